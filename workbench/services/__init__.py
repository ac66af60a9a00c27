"""Use cases: the managers a study offers."""
