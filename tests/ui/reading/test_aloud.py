"""A text says who speaks, when, and what is coded where the caret is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtGui import QAccessible, QTextCursor
from pytestqt.qtbot import QtBot

from ui.theme import Theme
from ui.views.reading.marks import Mark
from ui.views.reading.view import ReadingView
from ui.views.widgets import spoken
from workbench.domain.ids import SpeakerId, TranscriptId, TurnId
from workbench.domain.transcript import Turn

MAYA = SpeakerId("maya")
SAID = ("I waited three weeks.", "Nobody wrote. I felt stupid, to be honest.")


def turn(number: int, text: str) -> Turn:
    return Turn(
        TurnId(f"t{number}"), TranscriptId("x"), number, text, number * 60_000,
        number * 60_000 + 9_000, MAYA, (), "",
    )  # fmt: skip


@pytest.fixture
def view(theme: Theme, qtbot: QtBot) -> Iterator[ReadingView]:
    """Two turns, read by somebody who listens."""
    spoken.install()
    QAccessible.setActive(True)
    shown = ReadingView(theme)
    qtbot.addWidget(shown)
    shown.resize(900, 500)
    shown.show_text([turn(n, text) for n, text in enumerate(SAID)], {MAYA: "Maya"}, title="Maya")
    shown.text.highlights.tip_of = lambda mark_id: {"m": "shame\nWaiting"}.get(mark_id, "")
    shown.show()
    yield shown
    QAccessible.setActive(False)


def put_caret(view: ReadingView, row: int, unit: int) -> str:
    cursor = QTextCursor(view.text.document().findBlockByNumber(row))
    cursor.setPosition(cursor.block().position() + unit)
    view.text.setTextCursor(cursor)
    return view.text.accessibleDescription()


def mark(name: str, row: int, words: str) -> Mark:
    start = SAID[row].index(words)
    return Mark(name, row, start, row, start + len(words), None, name)


def test_the_caret_says_speaker_time_and_codes(view: ReadingView) -> None:
    view.show_marks([mark("m", 1, "I felt stupid"), mark("honesty", 1, "stupid, to be honest")])
    assert put_caret(view, 0, 3) == "Maya, 0:00. Not coded"
    assert put_caret(view, 1, 16) == "Maya, 1:00. Coded shame, Waiting"
    inside = SAID[1].index("stupid") + 2
    assert put_caret(view, 1, inside) == "Maya, 1:00. Coded shame, Waiting; honesty"


def test_what_is_coded_at_the_caret_just_now_is_said(view: ReadingView) -> None:
    assert put_caret(view, 0, 3) == "Maya, 0:00. Not coded"
    made = mark("waiting", 0, "I waited")
    view.change_marks([made])
    assert view.text.accessibleDescription() == "Maya, 0:00. Coded waiting"
    view.text.highlights.select("waiting")
    told = "Maya, 0:00. Coded waiting. Selected “I waited”, waiting"
    assert view.text.accessibleDescription() == told
    view.change_marks([replace(made, label="patience")])
    assert "Coded patience. Selected “I waited”, patience" in view.text.accessibleDescription()
    view.change_marks([], ["waiting"])
    assert view.text.accessibleDescription() == "Maya, 0:00. Not coded"


def test_nothing_is_read_while_nobody_listens(view: ReadingView) -> None:
    QAccessible.setActive(False)
    asked: list[str] = []
    view.text.highlights.tip_of = lambda mark_id: asked.append(mark_id) or ""
    view.show_marks([mark("m", 0, "I waited")])
    put_caret(view, 0, 3)
    assert asked == []


def test_words_caret_and_selection_are_told_by_qt(view: ReadingView) -> None:
    put_caret(view, 1, 0)
    view.text.textCursor()
    cursor = view.text.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.NextWord, QTextCursor.MoveMode.KeepAnchor)
    view.text.setTextCursor(cursor)
    text = QAccessible.queryAccessibleInterface(view.text).textInterface()
    begin = len(SAID[0]) + 1
    assert text.text(begin, begin + 6) == "Nobody"
    assert text.selectionCount() == 1
    assert text.cursorPosition() == begin + len("Nobody ")


def test_what_is_painted_beside_a_text_is_a_picture_with_a_name(view: ReadingView) -> None:
    for beside in (view.speakers, view.labels, view.density):
        interface = QAccessible.queryAccessibleInterface(beside)
        assert interface.role() is QAccessible.Role.Graphic
        assert interface.text(QAccessible.Text.Name)
