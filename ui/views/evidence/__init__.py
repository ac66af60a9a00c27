"""Lists of passages, shared by the map, the findings and everything that rests on evidence."""
