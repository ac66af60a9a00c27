"""Collect, as a person uses it: drop, answer once, see it, change it, undo it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Answers
from ui.main_window import MainWindow
from ui.views.collect.charter_dialog import CharterDialog
from ui.views.collect.form_dialog import FormDialog
from ui.views.collect.rows import session_rows
from ui.views.collect.workspace import CollectWorkspace
from ui.views.widgets.controls import Segmented
from ui.views.widgets.fields import LineField
from ui.views.widgets.inputs import ComboBox
from workbench.domain.jobs import JobState
from workbench.domain.materials import Method
from workbench.study import Study


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "First_evening.md"
    path.write_text("She put the router on the floor.\n\nNobody asked why.\n", encoding="utf-8")
    return path


def study_of(workspace: CollectWorkspace) -> Study:
    assert workspace.study is not None
    return workspace.study


def drop(workspace: CollectWorkspace, paths: list[Path]) -> bool:
    """Drag files over the workspace and let go; tell whether the workspace welcomed them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    ask = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0))
    enter = QDragEnterEvent(QPoint(200, 200), *ask)
    QApplication.sendEvent(workspace, enter)
    if not workspace.veil.isVisible():
        return False
    assert enter.isAccepted()
    QApplication.sendEvent(workspace, QDropEvent(QPointF(200, 200), *ask))
    assert not workspace.veil.isVisible()
    return True


def begin_drop(qtbot: QtBot, workspace: CollectWorkspace, paths: list[Path]) -> None:
    assert drop(workspace, paths)
    qtbot.waitUntil(lambda: workspace.importer.dialog is not None)


def test_a_drop_asks_once_and_becomes_sessions(
    qtbot: QtBot, collect: CollectWorkspace, jfk: Path, note: Path
) -> None:
    study = study_of(collect)
    study.people.add_segment("Renters")
    begin_drop(qtbot, collect, [jfk, note])
    dialog = collect.importer.dialog
    assert dialog is not None
    dialog.method.set_value(Method.FIELD_NOTE)
    dialog.roster.open_line()
    dialog.roster.pseudonym.setText("Grace")
    dialog.roster.segment.setEditText("renters")
    dialog.roster.add_button.click()
    dialog.date.set_value("2026-09-12")
    with qtbot.waitSignal(collect.taking_in.imported):
        dialog.accept_button.click()
    sessions = study.materials.sessions()
    assert [s.title for s in sessions] == ["jfk", "First evening"]
    assert {s.method for s in sessions} == {Method.FIELD_NOTE}
    assert {s.date for s in sessions} == {"2026-09-12"}
    [grace] = [p for p in study.people.participants() if p.pseudonym == "Grace"]
    assert [s.name for s in study.people.segments()] == ["Renters"]
    assert all(people == [grace.id] for people in study.materials.rosters().values())
    study.undo()
    assert study.materials.sessions() == []
    assert "Grace" not in [p.pseudonym for p in study.people.participants()]


@pytest.mark.parametrize("way", ["enter", "button"])
def test_a_person_being_typed_comes_along(
    qtbot: QtBot, collect: CollectWorkspace, note: Path, way: str
) -> None:
    study = study_of(collect)
    begin_drop(qtbot, collect, [note])
    dialog = collect.importer.dialog
    assert dialog is not None
    dialog.roster.open_line()
    qtbot.keyClicks(dialog.roster.pseudonym, "Grace")
    segment = dialog.roster.segment
    segment.setFocus()
    qtbot.keyClicks(segment, "Renters")
    if way == "enter":
        qtbot.keyClick(segment, Qt.Key.Key_Return)
        assert dialog.isVisible()  # Enter has added her, and asks for no more
        assert len(dialog.roster.chosen) == 1
    with qtbot.waitSignal(collect.taking_in.imported):
        qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    [grace] = [one for one in study.people.participants() if one.pseudonym == "Grace"]
    assert [one.name for one in study.people.segments()] == ["Renters"]
    assert list(study.materials.rosters().values()) == [[grace.id]]


def test_a_person_being_typed_is_of_the_session_that_was_shown(
    qtbot: QtBot, collect: CollectWorkspace
) -> None:
    study = study_of(collect)
    first, second = (study.materials.add_session(Method.INTERVIEW, one) for one in ("A", "B"))
    collect.refresh(None)
    collect.focus_object("session", first.id)
    roster = collect.session.roster
    roster.open_line()
    qtbot.keyClicks(roster.pseudonym, "Grace")
    collect.focus_object("session", second.id)
    [grace] = [one for one in study.people.participants() if one.pseudonym == "Grace"]
    assert study.materials.rosters() == {first.id: [grace.id]}
    assert roster.pseudonym.text() == ""


def test_many_files_may_be_one_session(
    qtbot: QtBot, collect: CollectWorkspace, jfk: Path, tmp_path: Path
) -> None:
    other = Path(shutil.copy(jfk, tmp_path / "second.flac"))
    begin_drop(qtbot, collect, [jfk, other])
    dialog = collect.importer.dialog
    assert dialog is not None
    assert not dialog.title.isVisible()
    dialog.together.setChecked(True)
    dialog.title.setText("Evening group")
    with qtbot.waitSignal(collect.taking_in.imported):
        dialog.accept_button.click()
    [session] = study_of(collect).materials.sessions()
    assert session.title == "Evening group"
    assert len(study_of(collect).materials.sources(session.id)) == 2


def test_a_folder_is_taken_with_all_in_it_and_what_is_bad_is_listed(
    qtbot: QtBot, collect: CollectWorkspace, answers: Answers, note: Path, tmp_path: Path
) -> None:
    deep = tmp_path / "field" / "monday"
    deep.mkdir(parents=True)
    shutil.copy(note, deep)
    (deep / "second.md").write_text("Nobody wrote.", encoding="utf-8")
    for name in ("photo.JPG", "Thumbs.db", ".hidden.md"):
        (deep / name).write_text("x", encoding="utf-8")
    (deep / "empty.wav").touch()
    (tmp_path / "bare").mkdir()
    study = study_of(collect)
    study.imports.take_in([note])
    answers.yes = False  # not once more
    begin_drop(qtbot, collect, [tmp_path / "field", tmp_path / "bare"])
    dialog = collect.importer.dialog
    assert dialog is not None
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: collect.importer.left_out.dialog is not None)
    told = collect.importer.left_out.dialog
    assert told is not None
    parts = [part.split("\n")[0] for part in told.words.split("\n\n")]
    assert parts == ["bare", "empty.wav", "photo.JPG"]
    assert "field note" in told.words
    told.accept()
    assert not answers.errors
    assert [s.title for s in study.materials.sources()] == ["First evening", "second"]
    assert len(list(study.materials.media.iterdir())) == 2


def test_a_missing_file_is_chosen_again(
    qtbot: QtBot, collect: CollectWorkspace, answers: Answers, note: Path
) -> None:
    study = study_of(collect)
    [source] = study.imports.take_in([note])
    study.materials.media_path(source).unlink()
    collect.refresh(None)
    collect.focus_object("session", source.session_id)

    def finders() -> list[QPushButton]:
        found = collect.session.findChildren(QPushButton)
        return [one for one in found if one.text() == "Choose…" and not one.isHidden()]

    assert [note.name in problem.text for problem in study.check()] == [True]
    answers.files = [note]
    finders()[0].click()
    qtbot.waitUntil(lambda: study.check() == [])
    qtbot.waitUntil(lambda: not finders())
    assert not answers.errors


@pytest.mark.parametrize("together", [True, False])
def test_what_was_refused_is_tried_again(
    qtbot: QtBot, collect: CollectWorkspace, note: Path, tmp_path: Path, *, together: bool
) -> None:
    study = study_of(collect)
    late, never = tmp_path / "late.md", tmp_path / "never.md"
    late.touch()
    never.touch()
    begin_drop(qtbot, collect, [late, note, never])
    dialog = collect.importer.dialog
    assert dialog is not None
    dialog.together.setChecked(together)
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: collect.importer.left_out.dialog is not None)
    told = collect.importer.left_out.dialog
    assert told is not None
    for row in (0, 1):
        told.list.item(row).setCheckState(Qt.CheckState.Unchecked)
    assert not told.again.isEnabled()
    told.list.setCurrentRow(0)
    qtbot.keyClick(told.list, Qt.Key.Key_Space)
    late.write_text("It has words by now.", encoding="utf-8")
    told.again.click()
    if not together:  # each is a session of its own, so it is asked about
        assert collect.importer.dialog is not None
        collect.importer.dialog.accept_button.click()
    qtbot.waitUntil(lambda: len(study.materials.sources()) == 2)
    assert len(study.materials.sessions()) == (1 if together else 2)
    assert collect.importer.left_out.dialog is None


def test_a_bad_file_alone_says_why(
    qtbot: QtBot, collect: CollectWorkspace, answers: Answers, tmp_path: Path
) -> None:
    fake = tmp_path / "text.wav"
    fake.write_text("this is not sound", encoding="utf-8")
    begin_drop(qtbot, collect, [fake])
    dialog = collect.importer.dialog
    assert dialog is not None
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: bool(answers.errors))
    assert "text.wav" in str(answers.errors[0])
    assert study_of(collect).materials.sessions() == []
    assert list(study_of(collect).materials.media.iterdir()) == []
    assert not collect.importer.taking_in.bar.isVisible()


@pytest.mark.parametrize("again", [True, False])
def test_a_file_that_is_there_already_is_asked_about(
    qtbot: QtBot, collect: CollectWorkspace, answers: Answers, note: Path, *, again: bool
) -> None:
    study = study_of(collect)
    study.imports.take_in([note])
    answers.yes = again
    begin_drop(qtbot, collect, [note])
    dialog = collect.importer.dialog
    assert dialog is not None
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: not collect.importer.taking_in.busy)
    assert any("already" in question for question in answers.questions)
    assert len(study.materials.sources()) == 1 + again
    assert len(list(study.materials.media.iterdir())) == 1 + again


def test_a_study_folder_is_left_to_the_window(collect: CollectWorkspace, tmp_path: Path) -> None:
    other = tmp_path / "other.study"
    other.mkdir()
    assert not drop(collect, [other])


def test_closing_while_files_come_in_asks_and_leaves_nothing(
    qtbot: QtBot, open_window: MainWindow, collect: CollectWorkspace, jfk: Path, answers: Answers
) -> None:
    media = study_of(collect).materials.media
    begin_drop(qtbot, collect, [jfk])
    dialog = collect.importer.dialog
    assert dialog is not None
    dialog.accept_button.click()
    assert collect.importer.taking_in.busy
    answers.yes = False
    assert not open_window.close()
    assert answers.questions == ["“Adding files” is still being done."]
    assert collect.study is not None
    answers.yes = True
    open_window.run_action("study.close")
    assert not collect.taking_in.busy
    qtbot.waitUntil(lambda: list(media.iterdir()) == [])


def test_states_are_told_in_words(study: Study, jfk: Path, note: Path) -> None:
    study.imports.take_in([jfk, note])
    states = [(row.title, row.state) for row in session_rows(study)]
    assert states == [("Interviews", "2"), ("jfk", "new"), ("First evening", "text")]
    source = study.materials.sources()[0]
    job = study.jobs.add(source.id, model="fake")
    assert session_rows(study)[1].state == "waiting"
    study.jobs.change(job.id, state=JobState.RUNNING, done_ms=7_000, total_ms=11_000)
    assert (session_rows(study)[1].state, session_rows(study)[1].share) == ("63 %", 63)
    study.jobs.change(job.id, state=JobState.DONE)
    assert session_rows(study)[1].state == "transcribed"


def test_the_score_follows_while_one_answers(qtbot: QtBot, collect: CollectWorkspace) -> None:
    study = study_of(collect)
    session = study.materials.add_session(Method.MYSTERY_VISIT, "Castle Street")
    collect.refresh(None)
    collect.focus_object("session", session.id)
    qtbot.mouseClick(collect.session.begin_visit, Qt.MouseButton.LeftButton)
    form = collect.session.visit
    assert form.isVisible()
    filled = study.visits.visit(session.id)
    assert filled is not None
    greeted = form.field(filled.items[0].id)
    assert isinstance(greeted, Segmented)
    press(qtbot, greeted, "Yes")
    assert form.score.text() == "score 100"
    listening = form.field(next(item.id for item in filled.items if item.key == "listening"))
    assert isinstance(listening, Segmented)
    press(qtbot, listening, "1")
    assert form.score.text() == "score 29"
    study.undo()
    qtbot.waitUntil(lambda: form.score.text() == "score 100")
    assert listening.value is None


def press(qtbot: QtBot, seg: Segmented, text: str) -> None:
    for made in seg.findChildren(QPushButton):
        if made.text() == text:
            qtbot.mouseClick(made, Qt.MouseButton.LeftButton)


def test_details_are_kept_when_the_field_is_left(qtbot: QtBot, collect: CollectWorkspace) -> None:
    study = study_of(collect)
    one = study.materials.add_session(Method.INTERVIEW, "One")
    two = study.materials.add_session(Method.INTERVIEW, "Two")
    collect.refresh(None)
    collect.focus_object("session", one.id)
    collect.session.note.setPlainText("She smiled when she said it.")
    collect.session.place.setText("Her kitchen")
    collect.session.place.commit()
    collect.session.vocabulary.setText("Northline, Hub; Northline")
    collect.session.vocabulary.commit()
    collect.sessions.select(two.id)
    kept = study.materials.session(one.id)
    assert (kept.note, kept.place) == ("She smiled when she said it.", "Her kitchen")
    assert kept.vocabulary == ("Northline", "Hub")
    assert collect.session.note.toPlainText() == ""
    collect.session.roster.added.emit("Leila", "")
    [leila] = [p for p in study.people.participants() if p.pseudonym == "Leila"]
    assert study.materials.rosters() == {two.id: [leila.id]}


def test_removed_sessions_come_back_with_undo(
    qtbot: QtBot, open_window: MainWindow, collect: CollectWorkspace
) -> None:
    study = study_of(collect)
    study.materials.add_session(Method.INTERVIEW, "One")
    collect.refresh(None)
    assert collect.sessions.current_id
    with qtbot.waitSignal(collect.context.signals.toast_requested) as said:
        open_window.run_action("collect.remove")
    assert "One" in said.args[0]
    assert study.materials.sessions() == []
    qtbot.waitUntil(lambda: not collect.sessions.current_id)
    open_window.run_action("edit.undo")
    assert [s.title for s in study.materials.sessions()] == ["One"]


def test_a_person_and_the_lock_on_the_real_name(collect: CollectWorkspace) -> None:
    study = study_of(collect)
    [maya] = study.people.participants()
    study.people.set_real_name(maya.id, "Mary Example")
    collect.focus_object("participant", maya.id)
    card = collect.people.card
    assert card.isVisible()
    assert "Mary" not in card.real_name.text()
    assert card.real_name.isReadOnly()
    card.unlock.click()
    assert card.real_name.text() == "Mary Example"
    card.real_name.setText("Mary Other")
    card.real_name.editingFinished.emit()
    assert study.people.real_name(maya.id) == "Mary Other"
    card.segment.setEditText("Renters")
    line = card.segment.lineEdit()
    assert isinstance(line, QLineEdit)
    line.editingFinished.emit()
    segment_id = study.people.participant(maya.id).segment_id
    assert [s.name for s in study.people.segments() if s.id == segment_id] == ["Renters"]


def test_what_can_be_done_with_a_person_can_be_done_once_one_is_chosen(
    qtbot: QtBot, collect: CollectWorkspace
) -> None:
    keys = collect.context.actions.qaction("collect.withdraw")
    assert not keys.isEnabled()
    collect.show_people()
    collect.people.list.select(study_of(collect).people.participants()[0].id)
    qtbot.waitUntil(keys.isEnabled)


def test_adding_and_removing_people(qtbot: QtBot, collect: CollectWorkspace) -> None:
    study = study_of(collect)
    collect.new_person()
    qtbot.keyClicks(collect.people.new_name, "Owen")
    qtbot.keyClick(collect.people.new_name, Qt.Key.Key_Return)
    assert [p.pseudonym for p in study.people.participants()] == ["Maya", "Owen"]
    collect.people.card.remove.click()
    assert [p.pseudonym for p in study.people.participants()] == ["Maya"]
    qtbot.waitUntil(lambda: not collect.people.card.isVisible())


def test_holes_are_counted(qtbot: QtBot, collect: CollectWorkspace) -> None:
    study = study_of(collect)
    renters = study.people.add_segment("Renters")
    [maya] = study.people.participants()
    study.people.change(maya.id, segment_id=renters.id)
    study.materials.add_session(Method.INTERVIEW, "One", people=[maya.id])
    collect.refresh(None)
    assert collect.coverage.isVisible()
    assert collect.coverage.holes() == 3
    assert "Renters, Focus groups: nobody yet" in collect.coverage.accessibleDescription()


def test_the_charter_is_kept_in_one_step(qtbot: QtBot, collect: CollectWorkspace) -> None:
    collect.commands.show_charter()
    [dialog] = collect.findChildren(CharterDialog)
    dialog.promise.setPlainText("Connected from the day you move in")
    dialog.values.setText("simple, honest")
    dialog.questions.setPlainText("What breaks trust?\nWho holds the story?\n")
    dialog.accept()
    charter = study_of(collect).charter
    assert charter.values == ("simple", "honest")
    assert charter.questions == ("What breaks trust?", "Who holds the story?")
    study_of(collect).undo()
    assert study_of(collect).charter.promise == ""


def test_an_empty_study_teaches_one_thing(
    make_window: Callable[[], MainWindow], tmp_path: Path
) -> None:
    folder = tmp_path / "empty.study"
    Study.create(folder).close()
    window = make_window()
    assert window.open_path(folder)
    window.show_workspace("collect")
    collect = window.workspaces["collect"]
    assert isinstance(collect, CollectWorkspace)
    assert collect.empty.isVisible()
    assert not collect.add_button.isVisible()
    collect.empty.other.click()  # people can come before any file
    assert window.focusWidget() is collect.people.new_name
    collect.people.new_name.setText("Maya")
    collect.people.add_button.click()
    assert collect.sessions.isVisible()
    assert "Drop recordings" in collect.sessions.hint  # the list beside the people is not just bare


def test_the_first_session_that_comes_in_has_the_focus(
    make_window: Callable[[], MainWindow], tmp_path: Path, qtbot: QtBot, note: Path
) -> None:
    folder = tmp_path / "empty.study"
    Study.create(folder).close()
    window = make_window()
    assert window.open_path(folder)
    window.show_workspace("collect")
    collect = window.workspaces["collect"]
    assert isinstance(collect, CollectWorkspace)
    collect.empty.button.setFocus()
    begin_drop(qtbot, collect, [note])
    assert collect.importer.dialog is not None
    with qtbot.waitSignal(collect.taking_in.imported):
        collect.importer.dialog.accept_button.click()
    qtbot.waitUntil(collect.sessions.isVisible)
    assert window.focusWidget() is collect.sessions


def test_reading_only_changes_nothing(
    make_window: Callable[[], MainWindow], study_folder: Path
) -> None:
    with Study.open(study_folder):
        window = make_window()
        assert window.open_path(study_folder)
        window.show_workspace("collect")
        collect = window.workspaces["collect"]
        assert isinstance(collect, CollectWorkspace)
        assert not collect.add_button.isEnabled()
        assert not collect.commands.can_change()
        assert not collect.acceptDrops()
        collect.commands.show_charter()
        [charter] = collect.findChildren(CharterDialog)
        assert charter.promise.isReadOnly()  # to be read, not written
        charter.reject()


def test_the_questions_of_a_visit_are_edited_where_they_are_answered(
    qtbot: QtBot, collect: CollectWorkspace
) -> None:
    study = study_of(collect)
    session = study.materials.add_session(Method.MYSTERY_VISIT, "Castle Street")
    study.visits.fill(session.id, answers={"greeted": "yes", "listening": "4"})
    collect.refresh(None)
    collect.focus_object("session", session.id)
    visit = collect.session.visit
    items = {one.key: one for one in study.visits.items(study.visits.forms()[0].id)}

    def asked() -> list[str]:
        return [one.text() for one in visit.findChildren(QLabel) if not one.isHidden()]

    visit.questions_wanted.emit(items["listening"].id)
    [dialog] = visit.findChildren(FormDialog)
    table = dialog.table
    row = table.currentRow()
    assert table.item(row, 0).text() == "Quality of listening"
    table.item(row, 0).setText("How well she listened")
    table.item(row, 3).setText("1 to 3")  # but 4 was answered
    assert "1 answer that would not fit" in dialog.trouble.text()
    assert table.item(row, 3).text() == "1–5"
    table.item(row, 3).setText("0-10")
    assert table.item(row, 3).text() == "0–10"
    table.editItem(table.item(row, 2))
    kind = table.findChild(ComboBox)
    assert kind.value == "Scale"
    kind.set_value("Text")
    kind.activated.emit(3)
    assert table.item(row, 3).text() == ""
    qtbot.waitUntil(lambda: asked().count("How well she listened") == 1)
    assert isinstance(visit.field(items["listening"].id), LineField)
    table.setCurrentCell(row, 0)
    dialog.steps[1].click()
    assert table.currentRow() == row + 1
    table.selectRow(0)
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    assert "One answer went along" in dialog.told.text()
    assert table.currentRow() == 0  # and goes on from there
    qtbot.waitUntil(lambda: items["greeted"].ask not in asked())
    dialog.add_button.click()
    qtbot.waitUntil(lambda: "New question" in asked())
    dialog.accept()
    for _ in range(6):
        study.undo()
    filled = study.visits.visit(session.id)
    assert filled is not None
    assert list(filled.items) == list(items.values())
    assert filled.answers[items["greeted"].id] is True
    qtbot.waitUntil(lambda: items["greeted"].ask in asked())
    row_of = visit.field(items["greeted"].id).parentWidget()
    assert row_of is not None
    [_edit, remove] = row_of.actions()
    remove.trigger()
    qtbot.waitUntil(lambda: items["greeted"].ask not in asked())
