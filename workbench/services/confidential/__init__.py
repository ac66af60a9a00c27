"""What of a study others may read and hear, and why not."""
