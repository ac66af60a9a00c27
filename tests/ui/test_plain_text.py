"""What came from a study or a file is shown as it is: nowhere does Qt take it for HTML."""

from __future__ import annotations

import html
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPoint, Qt
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QMenu,
    QTextEdit,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ui.context import AppContext
from ui.main_window import MainWindow
from ui.plain import plain, show_tip
from ui.views.error_dialog import ErrorDialog
from ui.views.questions import QuestionDialog
from workbench.errors import UserError

EVIL = "<img src=x><b>Maya</b>"
FIELDS = {
    "charter": ("title", "client", "purpose", "promise"),
    "participant": ("pseudonym",), "segment": ("name",),
    "session": ("title", "place", "note"), "source": ("title", "original_name"),
    "speaker": ("label", "name"), "turn": ("text",), "observation": ("words",),
    "code": ("name", "definition", "include", "exclude", "example"),
    "journey": ("name",), "stage": ("name", "need", "outcome", "context"),
    "touchpoint": ("name", "channel", "owner"), "memo": ("text",), "coder": ("name",),
    "insight": ("claim", "so_what"), "opportunity": ("title", "owner", "kpi"),
}  # fmt: skip


@pytest.fixture
def evil(map_folder: Path) -> Path:
    """A study with something that looks like HTML in every field of words."""
    with closing(sqlite3.connect(map_folder / "study.sqlite")) as db, db:
        for table, columns in FIELDS.items():
            for column in columns:
                db.execute(
                    f'UPDATE {table} SET "{column}" = ? || rowid',  # noqa: S608
                    [EVIL],
                )
    return map_folder


def test_no_widget_takes_words_for_html(
    evil: Path, window: MainWindow, context: AppContext, qtbot: QtBot
) -> None:
    assert window.open_path(evil)
    study = context.study
    assert study is not None
    found: list[str] = []
    seen = 0
    for key in window.workspaces:
        window.show_workspace(key)
        if key == "code":
            window.open_object("observation", study.passages.find()[0].observation.id)
        if key == "findings":
            window.open_object("insight", study.findings.insights()[0].id)
        qtbot.waitUntil(lambda: window.ready.done)
        for action in ("drawer.search", "drawer.memos", "drawer.history", "drawer.bin"):
            window.run_action(action)
            QApplication.processEvents()
        for widget in window.findChildren(QWidget):
            seen += any(EVIL in text for text in _texts(widget))
            found += [f"{key}: {type(widget).__name__}: {one}" for one in _guessed(widget)]
    assert not found, "\n".join(sorted(set(found)))
    assert seen > 10


def test_dialogs_show_words_as_they_are(qtbot: QtBot) -> None:
    for dialog in (
        ErrorDialog(UserError("x", EVIL, EVIL)),
        QuestionDialog(EVIL, detail=EVIL, accept="Yes", danger=False, parent=None),
    ):
        qtbot.addWidget(dialog)
        labels = [one for one in dialog.findChildren(QLabel) if EVIL in one.text()]
        assert len(labels) == 2
        assert not [text for one in labels for text in _guessed(one)]


@pytest.mark.parametrize("text", [EVIL, f"two\n{EVIL}", "a & b", "<", "1 < 2", "", "plain"])
def test_a_tip_reads_as_it_was_written(text: str, qtbot: QtBot) -> None:
    document = QTextDocument()
    if GuiQt.mightBeRichText(plain(text)):
        document.setHtml(plain(text))
    else:
        document.setPlainText(plain(text))
    assert document.toPlainText() == text
    over = QWidget()
    qtbot.addWidget(over)
    over.show()
    show_tip(over.mapToGlobal(QPoint(1, 1)), text, over)
    assert QToolTip.text() == plain(text)
    show_tip(QPoint(), "", over)


def _texts(widget: QWidget) -> list[str]:
    words = widget.text() if isinstance(widget, (QLabel, QAbstractButton)) else ""
    return [words, html.unescape(widget.toolTip())]


def _guessed(widget: QWidget) -> Iterator[str]:
    """Yield what of a widget would be rendered as HTML though it came from the study."""
    if (
        isinstance(widget, QLabel)
        and widget.textFormat() is not Qt.TextFormat.PlainText
        and "<img" in widget.text()
    ):
        yield f"text {widget.text()!r}"
    if "<img" in widget.toolTip():
        yield f"tip {widget.toolTip()!r}"
    if isinstance(widget, QMenu) and widget.toolTipsVisible():
        for action in widget.actions():
            if "<img" in action.toolTip():
                yield f"tip of action {action.toolTip()!r}"
    if isinstance(widget, QTextEdit):
        pictures = [one.toImageFormat().name() for one in widget.document().allFormats()]
        if "x" in pictures:
            yield "a picture in a text"
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        for tip in _tips(widget.model(), QModelIndex()):
            if isinstance(tip, str) and "<img" in tip:
                yield f"tip of a row {tip!r}"


def _tips(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[object]:
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        yield model.data(index, Qt.ItemDataRole.ToolTipRole)
        yield from _tips(model, index)
