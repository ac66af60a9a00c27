"""The window and locked studies."""
