"""Tests of the reading view."""
