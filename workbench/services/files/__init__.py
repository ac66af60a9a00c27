"""Files on their way into a study, and those that lie in it."""
