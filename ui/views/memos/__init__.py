"""All memos in one place, and the field in which one is written."""
