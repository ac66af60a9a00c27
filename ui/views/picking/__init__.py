"""The pop-up list from which a code, a stage or a thing is chosen by typing."""
