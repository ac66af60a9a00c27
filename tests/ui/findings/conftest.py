"""The Findings workspace on a small study with a journey."""

from __future__ import annotations

from pathlib import Path

import pytest

from ui.main_window import MainWindow
from ui.views.findings.workspace import FindingsWorkspace


@pytest.fixture
def findings(window: MainWindow, map_folder: Path) -> FindingsWorkspace:
    """The workspace in front."""
    assert window.open_path(map_folder)
    window.show_workspace("findings")
    workspace = window.workspaces["findings"]
    assert isinstance(workspace, FindingsWorkspace)
    return workspace
