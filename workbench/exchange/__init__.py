"""Files in and out: importers return drafts, exporters take a report or a snapshot."""
