"""The report as a tree without a file format, and the numbers of its evidence."""
