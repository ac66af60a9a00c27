"""Recordings become words, and voices become people."""
