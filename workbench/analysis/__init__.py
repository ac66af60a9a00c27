"""Pure functions over plain values; formulas with their sources."""
