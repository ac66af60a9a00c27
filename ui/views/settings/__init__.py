"""Pages of the settings that are too large for the dialog's own file."""
