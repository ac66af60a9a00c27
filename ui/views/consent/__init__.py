"""What people agreed to: the mark beside their name, the dialog, what is due."""
