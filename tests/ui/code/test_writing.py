"""Writing in the text that is open in Code: a document as well as a transcript."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt
from pytestqt.qtbot import QtBot

from tests.support.studies import Clock, text_under
from tests.ui.code.conftest import observations, words
from ui.main_window import MainWindow
from ui.views.code.materials import REVIEW
from ui.views.code.workspace import CodeWorkspace
from ui.views.reading.editing import EditableText
from workbench.domain.observation import Placement
from workbench.study import Study


def _study(code: CodeWorkspace) -> Study:
    assert code.study is not None
    return code.study


def _rows(code: CodeWorkspace) -> list[str]:
    model = code.materials.model()
    at = Qt.ItemDataRole.UserRole
    return [model.index(row, 0).data(at).id for row in range(model.rowCount())]


def test_the_key_puts_the_caret_into_the_text_and_out_again(
    code: CodeWorkspace, qtbot: QtBot
) -> None:
    study = _study(code)
    found = study.observations.place(words(code, "stupid"))
    code.text.page.reveal(1, 4)
    code.context.actions.trigger("code.write")
    text = code.writing.text
    assert text.isVisible()
    assert text.selection.here() == (1, 4)
    assert [mark.id for mark in text.marks.all()] == [found.id]
    # Keys that are commands in the reading view are letters here.
    qtbot.keyClicks(text, "1v ")
    assert text.turns[1].text.startswith("The 1v promise")
    assert observations(code) == [study.observations.get(found.id)]
    qtbot.keyClick(text, Qt.Key.Key_Escape)
    assert not text.isVisible()
    assert code.text.turns[1].text.startswith("The 1v promise")
    assert code.text.textCursor().blockNumber() == 1
    assert code.text.textCursor().positionInBlock() == 7


def test_marks_stay_on_their_words_while_one_writes(code: CodeWorkspace, qtbot: QtBot) -> None:
    study = _study(code)
    found = study.observations.place(words(code, "remember it"))
    code.work.writing.toggle()
    text = code.writing.text
    text.selection.put(1, 0)
    emoji = QMimeData()
    emoji.setText("😀 ")
    text.insertFromMimeData(emoji)
    qtbot.keyClick(text, Qt.Key.Key_Return)  # nothing but a sign on one side is a turn as well

    def shown() -> str:
        mark = text.marks.get(found.id)
        assert mark is not None
        block = text.document().findBlockByNumber(mark.first).text()
        wide = block.encode("utf-16-le")[2 * mark.start : 2 * mark.end]
        return wide.decode("utf-16-le")

    qtbot.waitUntil(lambda: shown() == "remember it")
    assert text_under(study, study.observations.get(found.id)) == "remember it"
    study.undo()
    study.undo()
    qtbot.waitUntil(lambda: len(text.turns) == 4)
    qtbot.waitUntil(lambda: shown() == "remember it")


def test_deleted_words_go_to_the_review_list_at_once_and_come_back(
    code: CodeWorkspace, qtbot: QtBot
) -> None:
    study = _study(code)
    found = study.observations.place(words(code, "No reason"))
    code.work.writing.toggle()
    text = code.writing.text
    start = text.turns[2].text.index("No reason")
    text.selection.put(2, start, length=len("No reason"))
    qtbot.keyClick(text, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: REVIEW + found.id in _rows(code))
    assert study.observations.get(found.id).placement is Placement.REVIEW
    study.undo()
    qtbot.waitUntil(lambda: REVIEW + found.id not in _rows(code))
    assert "No reason" in text.turns[2].text
    assert study.observations.get(found.id) == found


def test_another_material_ends_the_writing(
    code: CodeWorkspace, window: MainWindow, qtbot: QtBot
) -> None:
    study = _study(code)
    code.work.writing.toggle()
    assert code.work.writing.is_open()
    other = study.materials.media / "x.txt"
    other.write_text("Other words.", encoding="utf-8")
    [source] = study.imports.take_in([other])
    other.unlink()
    window.open_object("source", source.id)
    assert not code.work.writing.is_open()
    assert [turn.text for turn in code.text.turns] == ["Other words."]
    code.work.writing.toggle()
    assert [turn.text for turn in code.writing.text.turns] == ["Other words."]


def _move_away_and_back(text: EditableText, qtbot: QtBot, clock: Clock) -> None:
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
        qtbot.keyClick(text, key)


def _click(text: EditableText, qtbot: QtBot, clock: Clock) -> None:
    away, here = text.textCursor(), text.textCursor()
    away.movePosition(away.MoveOperation.StartOfBlock)
    for cursor in (away, here):
        spot = text.cursorRect(cursor).center()
        qtbot.mouseClick(text.viewport(), Qt.MouseButton.LeftButton, pos=spot)


def _pause(text: EditableText, qtbot: QtBot, clock: Clock) -> None:
    clock.tick(1)


def _paste(text: EditableText, qtbot: QtBot, clock: Clock) -> None:
    words = QMimeData()
    words.setText("pasted")
    text.insertFromMimeData(words)


def _delete(text: EditableText, qtbot: QtBot, clock: Clock) -> None:
    qtbot.keyClick(text, Qt.Key.Key_Backspace)


@pytest.mark.parametrize(
    ("between", "left"),
    [
        (_move_away_and_back, ["one", ""]),
        (_click, ["one", ""]),
        (_pause, ["one", ""]),
        (_paste, ["onepasted", "one", ""]),
        (_delete, ["on", "one", ""]),
    ],
)
def test_undo_takes_back_one_edit_at_a_time(
    code: CodeWorkspace, clock: Clock, qtbot: QtBot, between: Any, left: list[str]
) -> None:
    study = _study(code)
    code.work.writing.toggle()
    text = code.writing.text
    text.selection.put(1, 4)
    before = text.turns[1].text
    qtbot.keyClicks(text, "one")
    between(text, qtbot, clock)
    qtbot.keyClicks(text, "two")
    for typed in left:
        qtbot.keyClick(text, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda typed=typed: text.turns[1].text == before[:4] + typed + before[4:])
    assert study.undo_label != "Edit text"
