"""The folder of a study: opened, copied, kept."""
