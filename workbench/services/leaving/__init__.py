"""What leaves a study besides the report."""
