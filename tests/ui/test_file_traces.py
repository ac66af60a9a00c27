"""Qt’s own file dialogs leave no folder of a study in the file that all programs of Qt share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QSettings, QUrl
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from ui.dialogs import without_trace

_NATIVE, _USER = QSettings.Format.NativeFormat, QSettings.Scope.UserScope


@pytest.fixture
def notes(tmp_path: Path) -> Iterator[Path]:
    """The shared file, in a place of the test."""
    before = Path(QSettings(_USER, "QtProject").fileName())
    QSettings.setPath(_NATIVE, _USER, str(tmp_path / "config"))
    file = Path(QSettings(_USER, "QtProject").fileName())
    if file == before or tmp_path not in file.parents:
        pytest.skip("the shared notes are no file here")
    yield file
    QSettings.setPath(_NATIVE, _USER, str(before.parent))


def _went_through(folder: Path) -> None:
    """Go through a folder in a dialog of Qt’s, and put it into its sidebar."""
    dialog = QFileDialog(None, "", str(folder))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setSidebarUrls([*dialog.sidebarUrls(), QUrl.fromLocalFile(str(folder))])
    dialog.setHistory([str(folder)])
    dialog.show()
    dialog.accept()
    shiboken6.delete(dialog)


def _noted(file: Path) -> str:
    QSettings(_USER, "QtProject").sync()
    return file.read_text("utf-8") if file.exists() else ""


def test_nothing_is_noted_of_the_folders_one_goes_through(
    qtbot: QtBot, notes: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "Talks with Anselma"
    folder.mkdir()
    theirs = QSettings(_USER, "QtProject")
    theirs.setValue("FileDialog/lastVisited", "file:///theirs")
    theirs.sync()
    with without_trace():
        _went_through(folder)
    assert "Anselma" not in _noted(notes)
    assert "file:///theirs" in _noted(notes)
    _went_through(folder)  # as it would be otherwise
    assert "Anselma" in _noted(notes)
