"""Who is this? Asked wherever figures depend on it, answered in one place."""
