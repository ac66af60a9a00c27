"""What asks for more before it does anything says so with “…”, on menus and on buttons."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QMenu
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.ui.conftest import Answers
from ui.context import AppContext
from ui.main_window import MainWindow
from ui.views.about import AboutDialog
from ui.views.guide import GuideDialog
from ui.views.log_dialog import LogDialog
from ui.workspaces import WORKSPACES

ELSEWHERE = {
    *("app.quit", "study.close", "study.open", "study.new", "study.sample"),
    "study.check",  # its dialog comes when it has looked
}
READ = (AboutDialog, GuideDialog, LogDialog)
"""In these nothing is asked: they are there to be read."""


class Asked:
    """What asks somebody something, and is left at once."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._answered = 0
        self._seen = False

    def look(self) -> None:
        """Leave what asks."""
        for found in QApplication.topLevelWidgets():
            if isinstance(found, QDialog) and found.isVisible():
                self._seen |= not isinstance(found, READ)
                found.reject()
            elif isinstance(found, QMenu) and found.isVisible():
                found.close()

    def anything(self) -> bool:
        """Tell whether something was asked since the last time; “Really?” does not count."""
        QApplication.processEvents()
        self.look()
        asked = len(self._answers.questions) - len(self._answers.details)
        seen, self._seen = self._seen or asked > self._answered, False
        self._answered = asked
        return seen


@pytest.fixture
def asked(window: MainWindow, map_folder: Path, answers: Answers, qtbot: QtBot) -> Iterator[Asked]:
    answers.yes = False
    assert window.open_path(map_folder)
    qtbot.waitUntil(lambda: window.ready.done)
    made = Asked(answers)
    closer = QTimer(interval=5)
    closer.timeout.connect(made.look)
    closer.start()
    yield made
    closer.stop()


@pytest.mark.parametrize("key", [kind.key for kind in WORKSPACES])
def test_what_asks_ends_with_three_dots(
    window: MainWindow, context: AppContext, asked: Asked, key: str
) -> None:
    window.show_workspace(key)
    asked.anything()
    wrong, asking = [], 0
    for action in context.actions.all():
        if action.id in ELSEWHERE or action.context not in ("window", key):
            continue
        window.show_workspace(key)
        entry = context.actions.qaction(action.id)
        if entry.isEnabled():
            title = entry.text()
            window.workspaces[key].setFocus()
            entry.trigger()
            if asked.anything():
                asking += 1
                wrong += [] if title.endswith("…") else [action.id]
    for button in window.workspaces[key].findChildren(QAbstractButton):
        if isValid(button) and button.isVisible() and button.isEnabled():
            names = (button.text(), button.accessibleName(), button.toolTip())
            button.click()
            if asked.anything():
                asking += 1
                wrong += [] if any(name.endswith("…") for name in names) else [str(names)]
    assert wrong == []
    assert asking > 5
