"""The Transcribe workspace."""
