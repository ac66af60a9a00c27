"""The history of the study, and the way back to any point of it."""
