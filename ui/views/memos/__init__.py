"""All memos in one place."""
