"""The customer's journey and its map."""
