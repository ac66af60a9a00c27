"""Tests of ui.views.evidence."""
