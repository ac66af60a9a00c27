"""The Report workspace."""
