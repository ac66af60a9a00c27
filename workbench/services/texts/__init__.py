"""Transcripts and documents as turns, and what changes them."""
