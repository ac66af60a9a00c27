"""The people of a study, and who of them spoke."""
