"""A new, empty study: whatever can be done there does something or says why not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from ui.context import AppContext
from ui.main_window import MainWindow
from ui.views.widgets.looks import EmptyState
from ui.workspaces import WORKSPACES
from workbench.study import Study

ELSEWHERE = {"app.quit", "study.close", "study.open", "study.new", "study.sample"}


@pytest.fixture
def empty(window: MainWindow, tmp_path: Path) -> Iterator[MainWindow]:
    with Study.create(tmp_path / "new.study", title="New") as study:
        assert study.title
    assert window.open_path(tmp_path / "new.study")
    closer = QTimer()
    closer.setInterval(5)
    closer.timeout.connect(_close_what_asks)
    closer.start()
    yield window
    closer.stop()


def _close_what_asks() -> None:
    for found in (QApplication.activePopupWidget(), QApplication.activeModalWidget()):
        if isinstance(found, QMenu):
            found.close()
        elif isinstance(found, QDialog):
            found.reject()


@pytest.mark.parametrize("key", [kind.key for kind in WORKSPACES])
def test_nothing_raises_in_an_empty_study(
    empty: MainWindow, context: AppContext, qtbot: QtBot, key: str
) -> None:
    empty.show_workspace(key)
    QApplication.processEvents()
    for action in context.actions.all():
        if action.id in ELSEWHERE or action.context not in ("window", key):
            continue
        empty.show_workspace(key)
        context.actions.trigger(action.id)  # what cannot be done now is disabled
        QApplication.processEvents()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)


def test_an_empty_workspace_teaches_with_one_sentence_and_one_button(empty: MainWindow) -> None:
    for key in ("collect", "transcribe", "code", "journey", "report"):
        empty.show_workspace(key)
        QApplication.processEvents()
        shown: list[QWidget] = [one for one in empty.findChildren(EmptyState) if one.isVisible()]
        [state] = shown
        assert isinstance(state, EmptyState)
        assert state.sentence.text().count(".") >= 1
        assert state.button.isVisible()
        assert state.button.isEnabled()
    state.button.click()  # of Report: where what it lacks is made
    assert empty.workspace is empty.workspaces["code"]


def test_each_way_to_begin_stands_there_once(empty: MainWindow) -> None:
    for key in (kind.key for kind in WORKSPACES):
        empty.show_workspace(key)
        QApplication.processEvents()
        shown = [b for b in empty.workspaces[key].findChildren(QAbstractButton) if b.isVisible()]
        names = [button.text() or button.accessibleName() for button in shown]
        assert [name for name in names if name and names.count(name) > 1] == []
