"""What researchers make of the words: observations, codes, memos, insights."""
