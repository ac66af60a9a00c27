"""Coding with two actions: select words, type; everything drives a real study."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from tests.ui.code.conftest import observations, words
from ui.views.code.workspace import CodeWorkspace
from workbench.domain.observation import Expectation, Kind, Promise


def codes_of(code: CodeWorkspace) -> list[str]:
    assert code.study is not None
    only = observations(code)[0]
    return [code.study.codebook.code(key).name for key in code.study.observations.codes_of(only.id)]


def test_a_letter_opens_the_picker_and_enter_applies(code: CodeWorkspace, qtbot: QtBot) -> None:
    anchor = words(code, "your activation is now the eleventh")
    qtbot.keyClicks(code.text, "b")
    assert code.picker.isVisible()
    assert code.picker.field.text() == "b"
    qtbot.keyClicks(code.picker.field, "rok")
    qtbot.keyClick(code.picker.field, Qt.Key.Key_Return)
    assert not code.picker.isVisible()
    made = observations(code)
    assert [row.words for row in made] == ["your activation is now the eleventh"]
    assert made[0].anchor == anchor
    assert codes_of(code) == ["broken date"]
    assert code.text.highlights.selected == made[0].id
    assert not code.text.textCursor().hasSelection()


def test_enter_on_an_unknown_name_makes_the_code(code: CodeWorkspace, qtbot: QtBot) -> None:
    assert code.study is not None
    words(code, "I felt stupid")
    qtbot.keyClicks(code.text, "t")
    qtbot.keyClicks(code.picker.field, "aken for a fool")
    qtbot.keyClick(code.picker.field, Qt.Key.Key_Return)
    assert codes_of(code) == ["taken for a fool"]
    before = code.study.undo_label
    assert before == "Code passage"
    code.study.undo()
    assert observations(code) == []
    assert code.study.codebook.find("taken for a fool") is None


def test_escape_leaves_everything_as_it_was(code: CodeWorkspace, qtbot: QtBot) -> None:
    words(code, "I felt stupid")
    qtbot.keyClicks(code.text, "l")
    qtbot.keyClick(code.picker.field, Qt.Key.Key_Escape)
    assert not code.picker.isVisible()
    assert observations(code) == []
    assert code.text.textCursor().selectedText() == "I felt stupid"


def test_words_behind_an_emoji_are_the_right_words(code: CodeWorkspace, qtbot: QtBot) -> None:
    text = code.text
    block = text.document().findBlockByNumber(1)
    cursor = QTextCursor(block)
    begin = block.text().index("I remember")
    # `text()` counts code points, a cursor counts UTF-16 units.
    cursor.setPosition(block.position() + begin + 1)
    text.setTextCursor(cursor)
    for _ in range(10):
        qtbot.keyClick(text, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(text, "l")
    qtbot.keyClick(code.picker.field, Qt.Key.Key_Return)
    assert [row.words for row in observations(code)] == ["I remember"]


def test_space_gives_the_last_code_again(code: CodeWorkspace, qtbot: QtBot) -> None:
    words(code, "I felt stupid")
    qtbot.keyClicks(code.text, "l")
    qtbot.keyClick(code.picker.field, Qt.Key.Key_Return)
    words(code, "No reason")
    code.context.actions.trigger("code.again")
    assert sorted(row.words for row in observations(code)) == ["I felt stupid", "No reason"]
    assert code.work.selection.passage is not None
    assert [found.name for found in code.work.selection.passage.codes] == ["losing face"]


def test_v_makes_the_words_the_code(code: CodeWorkspace, qtbot: QtBot) -> None:
    words(code, "I felt stupid, to be honest.")
    qtbot.keyClick(code.text, Qt.Key.Key_V)
    assert codes_of(code) == ["I felt stupid, to be honest"]


def test_stage_first_then_code_is_one_observation(code: CodeWorkspace, qtbot: QtBot) -> None:
    words(code, "No reason")
    qtbot.keyClick(code.text, Qt.Key.Key_2)
    qtbot.keyClicks(code.text, "b")
    qtbot.keyClick(code.picker.field, Qt.Key.Key_Return)
    assert len(observations(code)) == 1
    assert code.work.selection.passage is not None
    assert code.work.selection.passage.stage is not None
    assert code.work.selection.passage.stage.name == "Getting help"
    assert codes_of(code) == ["broken date"]


@pytest.mark.parametrize(
    ("key", "field", "values"),
    [
        (Qt.Key.Key_F, "kind", [Kind.FACT, Kind.PERCEPTION, None]),
        (Qt.Key.Key_X, "expectation", [Expectation.EXPECTED, Expectation.HAD, None]),
        (Qt.Key.Key_P, "promise", [Promise.NAMED, Promise.KEPT, Promise.BROKEN, None]),
        (Qt.Key.Key_O, "moment_of_truth", [True, False]),
    ],
)
def test_keys_say_what_an_observation_is(
    code: CodeWorkspace, qtbot: QtBot, key: Qt.Key, field: str, values: list[object]
) -> None:
    words(code, "No reason")
    qtbot.keyClick(code.text, Qt.Key.Key_1)
    code.text.selection.drop()
    for value in values:
        qtbot.keyClick(code.text, key)
        assert getattr(observations(code)[0], field) == value


def test_touchpoint_is_picked_and_made(code: CodeWorkspace, qtbot: QtBot) -> None:
    words(code, "No reason")
    qtbot.keyClick(code.text, Qt.Key.Key_1)
    code.text.selection.drop()
    qtbot.keyClick(code.text, Qt.Key.Key_T)
    qtbot.keyClicks(code.picker.field, "ch")
    qtbot.keyClick(code.picker.field, Qt.Key.Key_Return)
    assert code.work.selection.passage is not None
    assert code.work.selection.passage.touchpoint is not None
    assert code.work.selection.passage.touchpoint.name == "Chat"
    qtbot.keyClick(code.text, Qt.Key.Key_T)
    qtbot.keyClicks(code.picker.field, "Hotline")
    qtbot.keyClick(code.picker.field, Qt.Key.Key_Return)
    assert code.work.selection.passage.touchpoint is not None
    assert code.work.selection.passage.touchpoint.name == "Hotline"


def test_rating_with_the_arrow_keys(code: CodeWorkspace, qtbot: QtBot) -> None:
    words(code, "No reason")
    qtbot.keyClick(code.text, Qt.Key.Key_1)
    code.text.selection.drop()
    qtbot.keyClick(code.text, Qt.Key.Key_E)
    window = code.window()
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Right):
        focused = window.focusWidget()
        assert focused is not None
        qtbot.keyClick(focused, key)
    only = observations(code)[0]
    assert (only.effectiveness, only.ease, only.emotion) == (-2, 1, None)
    focused = window.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, Qt.Key.Key_Escape)
    assert window.focusWidget() is code.text


def test_memo_is_kept_when_one_leaves(code: CodeWorkspace, qtbot: QtBot) -> None:
    assert code.study is not None
    words(code, "No reason")
    qtbot.keyClick(code.text, Qt.Key.Key_1)
    code.text.selection.drop()
    qtbot.keyClick(code.text, Qt.Key.Key_M)
    memo = code.inspector.memo
    qtbot.keyClicks(memo, "Nine days late")
    qtbot.keyClick(memo, Qt.Key.Key_Escape)
    only = observations(code)[0]
    memo.flush()
    kept = code.study.memos.of("observation", only.id)
    assert kept is not None
    assert kept.text == "Nine days late"


def test_delete_and_undo(code: CodeWorkspace, qtbot: QtBot) -> None:
    assert code.study is not None
    words(code, "No reason")
    qtbot.keyClick(code.text, Qt.Key.Key_1)
    code.text.selection.drop()
    qtbot.keyClick(code.text, Qt.Key.Key_Delete)
    assert observations(code) == []
    assert len(code.text.marks) == 0
    code.study.undo()
    qtbot.waitUntil(lambda: len(code.text.marks) == 1)
    code.study.undo()
    qtbot.waitUntil(lambda: len(code.text.marks) == 0)
    code.study.redo()
    qtbot.waitUntil(lambda: len(code.text.marks) == 1)
