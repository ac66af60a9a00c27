"""Tests of ui.views.journey."""
