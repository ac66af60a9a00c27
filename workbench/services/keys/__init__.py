"""The key of a study, and what takes real names out of words that leave it."""
