"""Tests of the bridge between Qt and the study."""
