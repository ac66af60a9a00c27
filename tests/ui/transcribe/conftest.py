"""A window that shows Transcribe."""

from __future__ import annotations

import pytest


@pytest.fixture
def left_in() -> str:
    """Workspace in which the window was closed last time."""
    return "transcribe"
