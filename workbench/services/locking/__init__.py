"""Studies that are locked, and how they are opened."""
