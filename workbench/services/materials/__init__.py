"""Sessions with their files, in all their versions, and mystery visits."""
