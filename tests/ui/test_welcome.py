"""The welcome page leads back to a study that is damaged or gone, by mouse and by key."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Answers
from ui.context import AppContext
from ui.main_window import MainWindow
from ui.views.widgets.context_menu import ask_menu
from workbench.study import Study

GONE = Path("/nowhere/x.study")


@pytest.fixture
def broken(study_folder: Path) -> Path:
    """A study with a backup, of which the file is damaged."""
    with Study.open(study_folder) as study:
        study.keeping.copies.backup()
    (study_folder / "study.sqlite").write_bytes(b"noise" * 1000)
    return study_folder


@pytest.fixture
def welcome(context: AppContext, broken: Path, make_window: Callable[[], MainWindow]) -> MainWindow:
    whole = Path(shutil.copytree(broken, broken.with_name("whole.study")))
    shutil.copy(next((whole / "backups").glob("*.sqlite")), whole / "study.sqlite")
    context.settings.remember(GONE, title="Gone", opened="2026-09-11")
    context.settings.remember(whole, title="Whole", opened="2026-09-12T10:00:00")
    context.settings.remember(broken, title="Broken", opened="2026-09-12T10:00:00")
    window = make_window()
    context.get_ready()  # which studies are damaged is looked into after the page is painted
    return window


def test_the_title_of_a_study_that_was_locked_is_gone_before_the_passphrase_is_asked_for(
    welcome: MainWindow, context: AppContext, broken: Path, qtbot: QtBot
) -> None:
    welcome.show()

    def shown() -> set[str]:
        labels = welcome.welcome.findChildren(QLabel)
        return {label.text() for label in labels if label.isVisible()}

    assert "Broken" in shown()
    context.settings.remember(broken, title="Locked", opened="2026-09-13T10:00:00")
    welcome.welcome.refresh()  # what is deleted later is not, while the dialog is open
    assert "Broken" not in shown()
    qtbot.waitUntil(lambda: "Locked" in shown())


def _buttons(window: MainWindow) -> dict[str, QAbstractButton]:
    return {one.accessibleName(): one for one in window.welcome.findChildren(QAbstractButton)}


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_a_damaged_study_is_restored_from_its_row(
    welcome: MainWindow, context: AppContext, key: Qt.Key
) -> None:
    offered = {name for name in _buttons(welcome) if name.startswith("Restore")}
    assert offered == {"Restore a backup of Broken", "Restore a backup of Gone"}
    QTest.keyClick(_buttons(welcome)["Restore a backup of Broken"], key)
    assert context.study is not None
    assert context.study.check() == []


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_a_recent_study_is_opened_from_its_row(
    welcome: MainWindow, context: AppContext, key: Qt.Key
) -> None:
    [row] = [made for name, made in _buttons(welcome).items() if name.startswith("Open Whole")]
    QTest.keyClick(row, key)
    assert context.study is not None
    assert context.study.folder.name == "whole.study"


@pytest.mark.parametrize("missing", [False, True])
def test_every_study_is_restored_from_its_menu_by_the_keyboard(
    welcome: MainWindow, context: AppContext, broken: Path, qtbot: QtBot, missing: bool
) -> None:
    if missing:
        (broken / "study.sqlite").unlink()
        welcome.welcome.refresh()
    ask_menu(_buttons(welcome)[f"Open Broken, {broken}"])
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [one.text() for one in menu.actions()] == [
        "Open", "Restore a backup…", "Take off the list"
    ]  # fmt: skip
    menu.setActiveAction(menu.actions()[1])
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert context.study is not None


def test_of_a_study_that_is_gone_the_folder_is_asked_for(
    welcome: MainWindow, context: AppContext, answers: Answers, broken: Path
) -> None:
    answers.folder = broken
    _buttons(welcome)["Restore a backup of Gone"].click()
    assert answers.questions[0].startswith("Restore a study")
    assert context.study is not None
    assert context.study.folder == broken
