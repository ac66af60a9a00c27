"""With `--debug` the window says in its log what is done, and still no word of the study."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.programs import program
from tests.support.words import found_in
from tests.workbench.test_traces import PLANTED, planted
from workbench import paths

WORKS = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from workbench.cli import main

def work():
    for widget in QApplication.topLevelWidgets():
        if hasattr(widget, "run_action"):
            widget.run_action("view.larger")
            widget.close()

of_the_program = QApplication([])
QTimer.singleShot(0, work)
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize("asked", [("--debug",), ()], ids=["debug", "usual"])
def test_the_log_of_the_window(
    asked: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path / "home"))
    folder = tmp_path / "One.study"
    planted(folder)
    with program(WORKS, folder, *asked) as child:
        child.communicate(timeout=120)
    assert child.returncode == 0
    written = paths.log_dir() / "workbench.log"
    log = written.read_text("utf-8") if written.exists() else ""
    assert ("action view.larger" in log) == bool(asked)
    assert found_in(paths.log_dir(), PLANTED) == []
