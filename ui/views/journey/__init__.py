"""The Journey workspace."""
