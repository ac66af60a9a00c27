"""The Code workspace."""
