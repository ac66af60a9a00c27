"""The reading view, one for all texts: turns, their margins, and what is painted over them."""
