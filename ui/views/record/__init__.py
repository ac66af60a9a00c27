"""Recording an interview in the program."""
