"""Tests of the Code workspace."""
