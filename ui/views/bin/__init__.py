"""The bin: what was removed, and the way back."""
