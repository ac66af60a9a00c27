"""What was done and removed, and the ways back."""
