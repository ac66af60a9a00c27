"""The Findings workspace."""
