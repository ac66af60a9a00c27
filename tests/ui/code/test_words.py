"""Selecting words without a mouse, or with three clicks, and saying what they are at once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.support.studies import recognised
from tests.ui.code.conftest import observations, words
from ui.theme import Choice, contrast
from ui.views.code.workspace import CodeWorkspace
from workbench.domain.observation import Expectation, Kind, Promise

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PROMISE = "The promise, really. Connected from the day you move in. \U0001f600 I remember it."


def selected(code: CodeWorkspace) -> str:
    return code.text.textCursor().selectedText()


def put_caret(code: CodeWorkspace, phrase: str) -> None:
    words(code, phrase)
    cursor = code.text.textCursor()
    cursor.setPosition(cursor.selectionStart())
    code.text.setTextCursor(cursor)
    code.text.setFocus()


def picture(code: CodeWorkspace) -> QImage:
    return code.text.viewport().grab().toImage()


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_the_caret_of_the_reading_text_is_seen(
    code: CodeWorkspace, qtbot: QtBot, choice: Choice
) -> None:
    code.context.theme.choose(choice)
    put_caret(code, "Then an email")
    with_caret = picture(code)
    place = code.text.cursorRect().center()
    code.materials.setFocus()
    without = picture(code)
    assert with_caret.pixelColor(place) != without.pixelColor(place)
    assert contrast(with_caret.pixelColor(place), without.pixelColor(place)) > 7
    code.text.setFocus()
    qtbot.keyClick(code.text, Qt.Key.Key_Right)
    assert code.text.cursorRect().center() != place
    assert picture(code) != with_caret


def test_a_double_click_selects_and_ctrl_or_a_key_plays(code: CodeWorkspace, qtbot: QtBot) -> None:
    assert code.study is not None
    signals = code.context.signals
    for heard in (signals.source_shown, signals.play_requested):
        heard.disconnect()  # there is no sound behind these words
    transcript = recognised(code.study, "It moved twice.", "Nobody called.")
    code.focus_object("source", transcript.source_id)
    asked: list[tuple[str, int, int]] = []
    signals.play_requested.connect(lambda *what: asked.append(what))
    put_caret(code, "called")
    spot = code.text.cursorRect().center() + QPoint(6, 0)
    qtbot.mouseDClick(code.text.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert selected(code) == "called"
    assert asked == []
    qtbot.keyClick(code.text, Qt.Key.Key_Space, CTRL | SHIFT)
    qtbot.mouseClick(code.text.viewport(), Qt.MouseButton.LeftButton, CTRL, pos=spot)
    said = code.text.turns[1].words[1].start_ms
    assert asked == [(transcript.source_id, said, 0)] * 2
    assert selected(code) == "called"


def test_shift_and_arrows_select_letters_and_words(code: CodeWorkspace, qtbot: QtBot) -> None:
    put_caret(code, "Then an email")
    for _ in range(3):
        qtbot.keyClick(code.text, Qt.Key.Key_Right, SHIFT)
    assert selected(code) == "The"
    qtbot.keyClick(code.text, Qt.Key.Key_Left, SHIFT)
    assert selected(code) == "Th"
    put_caret(code, "an email")
    for _ in range(2):
        qtbot.keyClick(code.text, Qt.Key.Key_Right, CTRL | SHIFT)
    assert selected(code).strip() == "an email"


def test_a_dot_selects_more_and_more(code: CodeWorkspace, qtbot: QtBot) -> None:
    put_caret(code, "nected from")
    for expected in ("Connected", "Connected from the day you move in.", PROMISE, PROMISE):
        qtbot.keyClick(code.text, Qt.Key.Key_Period)
        assert selected(code) == expected


def test_a_dot_grows_over_turns(code: CodeWorkspace, qtbot: QtBot) -> None:
    put_caret(code, "No reason")
    for _ in range(6):
        qtbot.keyClick(code.text, Qt.Key.Key_Right, CTRL | SHIFT)
    assert "\u2029" in selected(code)
    qtbot.keyClick(code.text, Qt.Key.Key_Period)
    first, _, last = selected(code).partition("\u2029")
    assert first == "No reason."
    assert last == "I felt stupid, to be honest."


def test_three_clicks_select_the_sentence_four_the_turn(code: CodeWorkspace) -> None:
    put_caret(code, "day you move")
    at = code.text.cursorRect().center() + QPoint(8, 0)
    viewport, left = code.text.viewport(), Qt.MouseButton.LeftButton
    held = Qt.KeyboardModifier.NoModifier
    QTest.mouseClick(viewport, left, held, at)
    QTest.mouseDClick(viewport, left, held, at)
    assert selected(code) == "day"
    QTest.mouseClick(viewport, left, held, at)
    assert selected(code) == "Connected from the day you move in."
    QTest.mouseDClick(viewport, left, held, at)
    assert selected(code) == PROMISE


def test_the_whole_turn_is_coded_with_two_keys_and_a_name(
    code: CodeWorkspace, qtbot: QtBot
) -> None:
    put_caret(code, "day you move")
    qtbot.keyClick(code.text, Qt.Key.Key_Return, SHIFT)
    assert code.picker.isVisible()
    qtbot.keyClicks(code.picker.field, "los")
    qtbot.keyClick(code.picker.field, Qt.Key.Key_Return)
    assert [row.words for row in observations(code)] == [PROMISE]
    assert code.work.selection.passage is not None
    assert code.work.selection.passage.codes[0].name == "losing face"


@pytest.mark.parametrize(
    ("key", "field", "value"),
    [
        ("F", "kind", Kind.FACT),
        ("X", "expectation", Expectation.EXPECTED),
        ("P", "promise", Promise.NAMED),
        ("O", "moment_of_truth", True),
    ],
)
def test_a_capital_letter_says_it_of_the_words(
    code: CodeWorkspace, qtbot: QtBot, key: str, field: str, value: object
) -> None:
    assert code.study is not None
    anchor = words(code, "No reason")
    qtbot.keyClicks(code.text, key)
    assert not code.picker.isVisible()
    [made] = observations(code)
    assert made.anchor == anchor
    assert getattr(made, field) == value
    code.study.undo()
    assert observations(code) == []


def test_touchpoint_rating_and_memo_begin_with_the_words(code: CodeWorkspace, qtbot: QtBot) -> None:
    assert code.study is not None
    window = code.window()
    words(code, "No reason")
    qtbot.keyClicks(code.text, "T")
    qtbot.keyClicks(code.picker.field, "chat")
    qtbot.keyClick(code.picker.field, Qt.Key.Key_Return)
    [made] = observations(code)
    assert made.touchpoint_id is not None
    code.study.undo()
    qtbot.waitUntil(lambda: len(code.text.marks) == 0)

    words(code, "No reason")
    qtbot.keyClicks(code.text, "E")
    focused = window.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, Qt.Key.Key_Left)
    assert observations(code)[0].effectiveness == -1

    words(code, "stupid")
    qtbot.keyClicks(code.text, "M")
    qtbot.keyClicks(code.inspector.memo, "hm")
    code.inspector.memo.flush()
    noted = [row for row in observations(code) if row.words == "stupid"]
    kept = code.study.memos.of("observation", noted[0].id)
    assert kept is not None
    assert kept.text == "hm"


def test_a_small_letter_is_the_begin_of_a_name(code: CodeWorkspace, qtbot: QtBot) -> None:
    words(code, "No reason")
    qtbot.keyClick(code.text, Qt.Key.Key_T)
    assert code.picker.isVisible()
    assert code.picker.field.text() == "t"
    assert observations(code) == []


def test_another_key_is_another_capital_letter(code: CodeWorkspace, qtbot: QtBot) -> None:
    code.context.actions.shortcuts.set("code.kind", "G")
    code.context.actions.shortcuts.set("code.in_vivo", "W")
    words(code, "No reason")
    qtbot.keyClicks(code.text, "F")
    assert code.picker.isVisible()
    qtbot.keyClick(code.picker.field, Qt.Key.Key_Escape)
    qtbot.keyClicks(code.text, "G")
    assert observations(code)[0].kind is Kind.FACT
    words(code, "I felt stupid")
    qtbot.keyClick(code.text, Qt.Key.Key_W)
    assert code.work.selection.passage is not None
    assert [one.name for one in code.work.selection.passage.codes] == ["I felt stupid"]


def test_the_keys_say_nothing_about_nothing(code: CodeWorkspace, qtbot: QtBot) -> None:
    code.text.moveCursor(QTextCursor.MoveOperation.Start)
    for key in (Qt.Key.Key_F, Qt.Key.Key_X, Qt.Key.Key_1, Qt.Key.Key_Return, Qt.Key.Key_Space):
        qtbot.keyClick(code.text, key)
    assert observations(code) == []
    assert not code.picker.isVisible()
