"""A text that is open in Code, with a caret in it."""
