"""The picture of a video, beside its text."""
