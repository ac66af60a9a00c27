"""Tests of the pop-up list."""
