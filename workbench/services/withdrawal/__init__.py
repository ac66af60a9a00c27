"""Withdrawal: at a person's wish their words, or they themselves, go for good."""
