"""Looks through what is about to leave, and keeps what was decided about it."""
