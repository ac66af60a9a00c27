"""What people agreed to, and what must not begin without it."""
