"""Search over everything, and coding of what was found."""
