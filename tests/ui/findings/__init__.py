"""Tests of ui.views.findings."""
