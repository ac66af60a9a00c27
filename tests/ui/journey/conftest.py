"""The Journey workspace on a small study with a journey."""

from __future__ import annotations

from pathlib import Path

import pytest

from ui.main_window import MainWindow
from ui.views.journey.workspace import JourneyWorkspace


@pytest.fixture
def left_in() -> str:
    """Workspace in which the window was closed last time."""
    return "journey"


@pytest.fixture
def journey(window: MainWindow, map_folder: Path) -> JourneyWorkspace:
    """The workspace in front."""
    assert window.open_path(map_folder)
    workspace = window.workspace
    assert isinstance(workspace, JourneyWorkspace)
    return workspace
