"""The guide is in the program: F1 opens it where one is, and one finds words in it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.main_window import MainWindow
from ui.views.guide import GuideDialog
from ui.workspaces import WORKSPACES


@pytest.fixture
def left_in() -> str:
    """Workspace in which the window was closed last time."""
    return "findings"


@pytest.fixture
def guide(open_window: MainWindow, qtbot: QtBot) -> GuideDialog:
    qtbot.keyClick(open_window, Qt.Key.Key_F1)
    found = open_window.findChild(GuideDialog)
    assert isinstance(found, GuideDialog)
    qtbot.waitUntil(found.isVisible)
    return found


def test_f1_opens_it_at_the_workspace_in_front(guide: GuideDialog, open_window: MainWindow) -> None:
    titles = [title for _, title in guide._headings()]
    assert {kind.title for kind in WORKSPACES} - {"Transcribe", "Code"} <= set(titles)
    assert guide.text.textCursor().block().text() == "Findings"
    assert 0 <= guide.text.cursorRect().top() < guide.text.viewport().height() / 4
    block = guide.text.textCursor().block()
    assert block.blockFormat().topMargin() > block.next().blockFormat().bottomMargin() > 0
    # Nobody is kept from working meanwhile; F1 there turns to where one is then.
    assert not guide.isModal()
    open_window.show_workspace("collect")
    open_window._context.actions.trigger("help.guide")
    assert guide.text.textCursor().block().text() == "Collect"


def test_words_are_found_in_it(guide: GuideDialog, qtbot: QtBot) -> None:
    guide.search.setFocus()
    qtbot.keyClicks(guide.search, "roster")
    assert len(guide.text.extraSelections()) >= 1
    assert guide.count.text().endswith(("place", "places"))
    first = guide.text.textCursor().position()
    qtbot.keyClick(guide.search, Qt.Key.Key_Return)
    assert guide.isVisible()
    assert guide.text.textCursor().selectedText().casefold() == "roster"
    assert first > 0
    guide.search.setText("zzqqxx")
    assert guide.count.text() == "Not in the guide"
    guide.search.clear()
    assert guide.count.text() == ""


def test_pages_it_names_open_in_it_and_the_theme_follows(
    guide: GuideDialog, open_window: MainWindow
) -> None:
    guide._follow(QUrl("formats.md"))
    assert guide.text.toPlainText().startswith("Files in and out")
    rows = guide.sections
    back = rows.model().index(rows.model().rowCount() - 1, 0)
    rows.setCurrentIndex(back)
    assert guide.text.toPlainText().startswith("Guide")
    open_window._context.theme.choose("dark")
    ink = guide.text.palette().text().color()
    assert ink.lightness() > 128
    assert QApplication.activeModalWidget() is None
