"""The Journey workspace on a small study with a journey."""

from __future__ import annotations

from pathlib import Path

import pytest

from ui.main_window import MainWindow
from ui.views.journey.workspace import JourneyWorkspace


@pytest.fixture
def journey(window: MainWindow, map_folder: Path) -> JourneyWorkspace:
    """The workspace in front."""
    assert window.open_path(map_folder)
    window.show_workspace("journey")
    workspace = window.workspaces["journey"]
    assert isinstance(workspace, JourneyWorkspace)
    return workspace
