"""The Code workspace around the gestures: materials, review, changes from elsewhere, reload."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.code.conftest import observations, words
from ui.main_window import MainWindow
from ui.views.code.materials import REVIEW, material_rows
from ui.views.code.workspace import CodeWorkspace
from workbench.domain.anchors import Edit
from workbench.domain.observation import Placement
from workbench.study import Study


def test_first_text_is_open_with_title_and_meta(code: CodeWorkspace) -> None:
    assert code.study is not None
    rows = material_rows(code.study)
    assert [(row.title, row.note) for row in rows] == [("Interviews", "1"), ("Maya", "")]
    assert code.view.title.text() == "Maya"
    assert code.view.meta.text() == "P01 (quotes: not asked)"
    assert len(code.text.turns) == 4


def test_what_was_coded_is_there_after_a_restart(
    code: CodeWorkspace, window: MainWindow, coded_folder: Path, qtbot: QtBot
) -> None:
    words(code, "I felt stupid")
    qtbot.keyClicks(code.text, "l")
    qtbot.keyClick(code.picker.field, Qt.Key.Key_Return)
    assert window.open_path(coded_folder)
    window.show_workspace("code")
    marks = code.text.marks.all()
    assert [mark.label for mark in marks] == ["losing face"]
    assert material_rows(observed(code))[1].note == "1"


def test_changes_from_elsewhere_arrive_and_keep_the_selection(
    code: CodeWorkspace, qtbot: QtBot
) -> None:
    anchor = words(code, "No reason")
    turn = code.text.turns[3]
    observed(code).corrections.edit(turn.id, Edit(0, 1, "And I"))
    qtbot.waitUntil(lambda: code.text.turns[3].text.startswith("And I"))
    assert code.text.selected_anchor() == anchor
    point = words(code, "stupid")
    made = observed(code).observations.place(point)
    qtbot.waitUntil(lambda: code.text.marks.get(made.id) is not None)


def test_words_that_are_gone_are_placed_again(code: CodeWorkspace, qtbot: QtBot) -> None:
    study = observed(code)
    made = study.observations.place(words(code, "I felt stupid"))
    study.corrections.edit(code.text.turns[3].id, Edit(0, len("I felt stupid"), ""))
    row = REVIEW + made.id
    qtbot.waitUntil(lambda: row in {known.id for known in material_rows(study)})
    qtbot.waitUntil(lambda: code.text.turns[3].text.startswith(", to be"))
    code.materials.select(row)
    assert not code.inspector.place.isHidden()
    words(code, "to be honest")
    code.inspector.place.click()
    again = study.observations.get(made.id)
    assert (again.words, again.placement) == ("to be honest", Placement.PLACED)
    assert code.inspector.place.isHidden()


def test_an_observation_is_shown_from_anywhere(code: CodeWorkspace, window: MainWindow) -> None:
    made = observed(code).observations.place(words(code, "activation"))
    window.show_workspace("report")
    code.context.signals.open_requested.emit("observation", made.id)
    assert window.workspace is code
    assert code.text.highlights.selected == made.id
    assert code.inspector.quote.text() == "“activation”"


def test_next_and_previous_go_round(code: CodeWorkspace, qtbot: QtBot) -> None:
    study = observed(code)
    ids = [study.observations.place(words(code, phrase)).id for phrase in ("promise", "email")]
    qtbot.waitUntil(lambda: len(code.text.marks) == 2)
    code.text.selection.drop()
    qtbot.keyClick(code.text, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert code.text.highlights.selected == ids[0]
    qtbot.keyClick(code.text, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert code.text.highlights.selected == ids[1]


def test_codes_come_off_with_a_press(code: CodeWorkspace, qtbot: QtBot) -> None:
    words(code, "No reason")
    qtbot.keyClicks(code.text, "b")
    qtbot.keyClick(code.picker.field, Qt.Key.Key_Return)
    assert code.work.selection.passage is not None
    code.inspector.code_dropped.emit(code.work.selection.passage.codes[0].id)
    assert code.work.selection.passage.codes == ()
    assert len(observations(code)) == 1


def test_a_memo_being_typed_is_not_overwritten(code: CodeWorkspace, qtbot: QtBot) -> None:
    words(code, "No reason")
    qtbot.keyClick(code.text, Qt.Key.Key_1)
    memo = code.inspector.memo
    memo.setPlainText("first")
    memo.flush()
    memo.setPlainText("first and more")
    code.refresh(None)
    assert memo.toPlainText() == "first and more"
    memo.flush()
    assert code.work.selection.passage is not None
    kept = observed(code).memos.of("observation", code.work.selection.passage.observation.id)
    assert kept is not None
    assert kept.text == "first and more"


def test_a_read_only_study_offers_no_gesture(
    code: CodeWorkspace, window: MainWindow, coded_folder: Path, qtbot: QtBot
) -> None:
    from ui.views.code.coding import Coding

    observed_before = code.context.study
    assert observed_before is not None
    with Study.open(coded_folder, read_only=True) as study:
        code.set_study(study)
        code.refresh(None)
        words(code, "No reason")
        qtbot.keyClicks(code.text, "b")
        assert not code.picker.isVisible()
        assert not code.work.selection.can_code()
        assert isinstance(code.work.desk.coding, Coding)
        code.set_study(None)


def observed(code: CodeWorkspace) -> Study:
    """Return the study that is open."""
    assert code.study is not None
    return code.study
