"""Between the study and Qt: changes, jobs, reads."""
