"""Nothing typed is thought saved before the study has it: every field, on a locked study."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.support.studies import drafts, observe, recording
from tests.ui.conftest import Answers
from ui.bridge import long_steps
from ui.context import Leaving
from ui.main_window import MainWindow
from ui.views.code.workspace import CodeWorkspace
from ui.views.codebook.inspector import CodeInspector
from ui.views.collect.charter_dialog import CharterDialog
from ui.views.collect.segments_dialog import SegmentsDialog
from ui.views.collect.workspace import CollectWorkspace
from ui.views.findings.opportunity_dialog import OpportunityDialog
from ui.views.findings.workspace import FindingsWorkspace
from ui.views.journey.sheet import Place
from ui.views.journey.workspace import JourneyWorkspace
from ui.views.transcribe.workspace import TranscribeWorkspace
from workbench.domain import fields
from workbench.domain.ids import SessionId, SourceId, TranscriptId
from workbench.domain.materials import Method
from workbench.domain.visits import ItemKind
from workbench.errors import EnvironmentProblem
from workbench.services import unsaved
from workbench.services.journey.lanes import LANES
from workbench.storage import database
from workbench.study import Study

Lock = sqlite3.Connection
TYPED = "Typed in vain?"


@dataclass(slots=True)
class Field:
    """A field as a person finds it.

    Attributes:
        widget: where one types; asked for anew, since it may have been built again.
        stored: reads from the study what it has.
        away, back: show something else in its place, and this again.
        text: what is typed.
    """

    widget: Callable[[], QWidget]
    stored: Callable[[], object]
    away: Callable[[], object]
    back: Callable[[], object]
    text: str = TYPED

    def type(self, text: str) -> None:
        """Type over what is there, and leave the field."""
        field = self.widget()
        field.setFocus()
        if isinstance(field, QComboBox):
            field.setEditText(text)
            line = field.lineEdit()
            assert line is not None
            line.editingFinished.emit()
        elif isinstance(field, QLineEdit):
            field.setText(text)
            field.editingFinished.emit()
        elif isinstance(field, QPlainTextEdit):
            field.selectAll()
            field.insertPlainText(text)
        field.clearFocus()

    def shown(self) -> str:
        """Return what is to be seen."""
        field = self.widget()
        if isinstance(field, QComboBox):
            return field.currentText()
        return field.text() if isinstance(field, QLineEdit) else field.toPlainText()  # type: ignore[attr-defined,no-any-return]


def _collect(window: MainWindow) -> CollectWorkspace:
    window.show_workspace("collect")
    return cast("CollectWorkspace", window.workspaces["collect"])


def _session(window: MainWindow, study: Study, name: str, text: str = "") -> Field:
    pane = _collect(window).session
    first, other = (one.id for one in study.materials.sessions()[:2])
    go = window.workspaces["collect"].focus_object
    go("session", first)
    return Field(
        lambda: cast("QWidget", getattr(pane, name)),
        lambda: getattr(study.materials.session(first), name),
        lambda: go("session", other),
        lambda: go("session", first),
        text or TYPED,
    )


def _person(window: MainWindow, study: Study, name: str) -> Field:
    card = _collect(window).people.card
    first, other = (one.id for one in study.people.participants()[:2])
    go = window.workspaces["collect"].focus_object

    def back() -> None:
        go("participant", first)
        card.unlock.setChecked(True)

    def segment() -> str:
        found = study.people.participant(first).segment_id
        return next((one.name for one in study.people.segments() if one.id == found), "")

    read: dict[str, Callable[[], object]] = {
        "real_name": lambda: study.people.real_name(first),
        "segment": segment,
    }
    back()
    return Field(
        lambda: cast("QWidget", getattr(card, name)),
        read.get(name, lambda: getattr(study.people.participant(first), name)),
        lambda: go("participant", other),
        back,
        TYPED,
    )


def _visit(window: MainWindow, study: Study, name: str) -> Field:
    ids = [study.materials.add_session(Method.MYSTERY_VISIT, t).id for t in ("One", "Two")]
    for session_id in ids:
        study.visits.begin(session_id)
    collect = _collect(window)
    collect.refresh(None)
    collect.focus_object("session", ids[0])
    form = collect.session.visit
    filled = study.visits.visit(SessionId(ids[0]))
    assert filled is not None
    item = next(one.id for one in filled.items if one.kind is ItemKind.NUMBER)

    def stored() -> object:
        now = study.visits.visit(SessionId(ids[0]))
        assert now is not None
        return str(now.answers.get(item)) if name == "item" else getattr(now.visit, name)

    return Field(
        lambda: form.field(item) if name == "item" else getattr(form, name),
        stored,
        lambda: collect.focus_object("session", ids[1]),
        lambda: collect.focus_object("session", ids[0]),
        "3" if name == "item" else TYPED,
    )


def _observed(window: MainWindow, study: Study, name: str) -> Field:
    first, other = (p.observation.id for p in study.passages.find()[:2])
    window.open_object("observation", first)
    inspector = cast("CodeWorkspace", window.workspaces["code"]).inspector

    def memo() -> str:
        found = study.memos.of("observation", first)
        return found.text if found else ""

    comparator = inspector.expected.lines[fields.COMPARATOR]
    typed = {"memo": inspector.memo, "comparator": comparator}
    return Field(
        lambda: typed[name],
        memo if name == "memo" else lambda: getattr(study.observations.get(first), name),
        lambda: window.open_object("observation", other),
        lambda: window.open_object("observation", first),
    )


def _code(window: MainWindow, study: Study, name: str) -> Field:
    first, other = (code.id for code in study.codebook.codes()[:2])
    window.show_workspace("code")
    workspace = cast("CodeWorkspace", window.workspaces["code"])
    workspace.left.show_codebook(True)
    book = workspace.codebook
    book.tree.select([first])
    inspector: CodeInspector = book.inspector

    def memo() -> str:
        found = study.memos.of("code", first)
        return found.text if found else ""

    typed = {field.name: shown for field, shown in inspector.fields.items()}
    return Field(
        lambda: inspector.memo if name == "memo" else typed[name],
        memo if name == "memo" else lambda: getattr(study.codebook.code(first), name),
        lambda: book.tree.select([other]),
        lambda: book.tree.select([first]),
    )


def _drawer(window: MainWindow, study: Study, _name: str) -> Field:
    first, other = (stage.id for stage in study.journeys.stages()[:2])

    def stored() -> str:
        found = study.memos.of("stage", first)
        return found.text if found else ""

    window.drawer.write_memo("stage", first)
    return Field(
        lambda: window.drawer.memos.field,
        stored,
        lambda: window.drawer.write_memo("stage", other),
        lambda: window.drawer.write_memo("stage", first),
    )


def _insight(window: MainWindow, study: Study, name: str) -> Field:
    first = study.findings.insights()[0]
    other = study.findings.add_insight("Another one.")
    window.show_workspace("findings")
    pane = cast("FindingsWorkspace", window.workspaces["findings"]).insights
    pane.select(first.id)
    return Field(
        lambda: cast("QWidget", getattr(pane, name)),
        lambda: {i.id: getattr(i, name) for i in study.findings.insights()}[first.id],
        lambda: pane.select(other.id),
        lambda: pane.select(first.id),
    )


def _cell(window: MainWindow, study: Study, name: str) -> Field:
    window.show_workspace("journey")
    view = cast("JourneyWorkspace", window.workspaces["journey"]).map
    stage = study.journeys.stages()[0]
    lane = next(one for one in LANES if one.written and one.written.name == name)

    def editor() -> QWidget:
        if view._editor is None:
            view.set_current(Place(lane, 0))
            view.edit_current()
        assert view._editor is not None
        return view._editor

    return Field(
        editor,
        lambda: {s.id: getattr(s, name) for s in study.journeys.stages()}[stage.id],
        lambda: window.show_workspace("findings"),
        lambda: window.show_workspace("journey"),
    )


def _heard(study: Study, title: str) -> tuple[SourceId, TranscriptId]:
    source = recording(study, title=title)
    transcript = study.arrivals.start(source.id, model="base")
    words = ("The comparison page was calm.", "I expected a message.")
    study.arrivals.accept(transcript.id, drafts(*words, speakers=["S1", "S1"]))
    return source.id, transcript.id


def _speaker(window: MainWindow, study: Study, _name: str) -> Field:
    (first, transcript), (other, _) = _heard(study, "One"), _heard(study, "Two")
    window.show_workspace("transcribe")
    desk = cast("TranscribeWorkspace", window.workspaces["transcribe"])
    desk.focus_object("source", first)
    return Field(
        lambda: next(iter(desk.speakers.cards.values())).name,
        lambda: study.transcripts.speakers.of(transcript)[0].name,
        lambda: desk.focus_object("source", other),
        lambda: desk.focus_object("source", first),
    )


FIELDS: dict[str, Callable[[MainWindow, Study], Field]] = {
    **{f"session {n}": lambda w, s, n=n: _session(w, s, n) for n in ("title", "place", "note")},
    "session date": lambda w, s: _session(w, s, "date", "2026-09-12"),
    **{
        f"person {n}": lambda w, s, n=n: _person(w, s, n)
        for n in ("pseudonym", "code", "note", "segment", "real_name")
    },
    **{f"visit {n}": lambda w, s, n=n: _visit(w, s, n) for n in ("shopper", "narrative", "item")},
    **{f"observation {n}": lambda w, s, n=n: _observed(w, s, n) for n in ("memo", "comparator")},
    **{f"code {n}": lambda w, s, n=n: _code(w, s, n) for n in ("definition", "example", "memo")},
    "name of a voice": lambda w, s: _speaker(w, s, ""),
    "memo in the drawer": lambda w, s: _drawer(w, s, ""),
    **{f"insight {n}": lambda w, s, n=n: _insight(w, s, n) for n in ("claim", "so_what")},
    **{f"stage {n}": lambda w, s, n=n: _cell(w, s, n) for n in ("name", "need")},
}  # type: ignore[misc]


@pytest.fixture
def opened(window: MainWindow, map_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    """A study in the window whose steps do not wait long for a lock."""
    monkeypatch.setattr(database, "_PATIENCE_MS", 1)
    assert window.open_path(map_folder)
    study = window._context.study
    assert study is not None
    study.get_ready()
    return study


@pytest.fixture
def lock(opened: Study) -> Iterator[Lock]:
    """Another program, which can hold the study."""
    other = sqlite3.connect(opened.folder / "study.sqlite", isolation_level=None)
    yield other
    other.close()


@pytest.mark.parametrize("name", FIELDS)
def test_what_is_typed_is_saved_or_waits_and_says_so(
    window: MainWindow, opened: Study, lock: Lock, answers: Answers, qtbot: QtBot, name: str
) -> None:
    field, bar = FIELDS[name](window, opened), window._studies.unsaved
    before = field.stored()
    lock.execute("BEGIN IMMEDIATE")
    field.type(field.text)
    assert field.stored() == before
    assert [one.text for one in opened.unsaved.waiting] == [field.text]
    assert bar.isVisible()
    assert opened.unsaved.waiting[0].spot.title in bar.words.text()
    assert answers.errors == []
    typed = field.shown()
    field.away()
    assert field.shown() != typed or name.startswith("stage")
    field.back()
    assert field.shown() == typed
    lock.execute("ROLLBACK")
    with qtbot.waitSignal(window._context.signals.changed):
        qtbot.mouseClick(bar.again, Qt.MouseButton.LeftButton)
    assert field.stored() == field.text
    assert (opened.unsaved.waiting, bar.isVisible()) == ((), False)
    qtbot.waitUntil(lambda: not field.widget().property("unsaved"))
    assert field.shown() == typed


def test_what_is_being_typed_outlives_what_happens_meanwhile(
    window: MainWindow, opened: Study, answers: Answers, qtbot: QtBot
) -> None:
    for name, found in FIELDS.items():
        field = found(window, opened)
        widget = field.widget()
        inner = widget.lineEdit() if isinstance(widget, QComboBox) else widget
        assert isinstance(inner, QLineEdit | QPlainTextEdit)
        inner.setFocus()
        inner.selectAll()
        qtbot.keyClicks(inner, field.text)
        window._context.signals.refused.emit()  # whatever is in sight reads the study again
        assert field.shown() == field.text, name
        if not name.startswith("stage"):  # there is nothing else to show in a cell
            field.away()  # as “Show” of a message does, which does not take the focus
            assert field.stored() == field.text, name
        assert answers.errors == [], name


def test_words_of_a_transcript_wait_where_they_were_typed(
    window: MainWindow, opened: Study, lock: Lock, answers: Answers, qtbot: QtBot
) -> None:
    (first, transcript), (other, _) = _heard(opened, "One"), _heard(opened, "Two")
    observe(opened, transcript, "page was calm")
    window.show_workspace("transcribe")
    pane = cast("TranscribeWorkspace", window.workspaces["transcribe"])
    pane.focus_object("source", first)
    text, before = pane.text.view.text, opened.transcripts.turns(transcript)
    anchors = {p.observation.id: p.observation.words for p in opened.passages.find()}
    lock.execute("BEGIN IMMEDIATE")
    text.setFocus()
    text.selection.put(0, len("The"))
    qtbot.keyClicks(text, " only")
    text.selection.put(1, 0)
    qtbot.keyClicks(text, "Then ")
    typed = [turn.text for turn in text.turns]
    assert typed[0].startswith("The only comparison")
    assert typed[1].startswith("Then I expected")
    assert opened.transcripts.turns(transcript) == before
    assert answers.errors == []
    with pytest.raises(EnvironmentProblem):  # the shape of turns waits for their words
        pane.text.view.keeper.split(text.turns[0].id, 8)
    pane.focus_object("source", other)
    pane.focus_object("source", first)
    assert [turn.text for turn in pane.text.view.text.turns] == typed
    lock.execute("ROLLBACK")
    assert window._studies.unsaved.try_again()
    assert [turn.text for turn in opened.transcripts.turns(transcript)] == typed
    assert {p.observation.id: p.observation.words for p in opened.passages.find()} == anchors
    assert opened.check() == []


@pytest.mark.parametrize("how", ["pause", "something else"])
def test_it_is_tried_again_by_itself(
    window: MainWindow,
    opened: Study,
    lock: Lock,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    how: str,
) -> None:
    monkeypatch.setattr(unsaved, "PAUSES_S", (0, 0, 1) if how == "pause" else (3600,))
    field = _session(window, opened, "note")
    lock.execute("BEGIN IMMEDIATE")
    field.type(TYPED)
    with qtbot.waitSignal(window._studies.unsaved.tried) if how == "pause" else nullcontext():
        assert opened.unsaved.waiting
    lock.execute("ROLLBACK")
    if how != "pause":
        opened.codebook.add("something else")
    qtbot.waitUntil(lambda: opened.unsaved.waiting == ())
    assert field.stored() == TYPED


def test_a_disk_that_is_full_costs_no_word(
    window: MainWindow, opened: Study, qtbot: QtBot, answers: Answers
) -> None:
    field, long = _session(window, opened, "note"), "word " * 40_000
    db = opened._desk.db.conn
    [(pages,)] = db.execute("PRAGMA page_count").fetchall()
    db.execute(f"PRAGMA max_page_count = {pages}")
    field.type(long)
    assert field.stored() == ""
    bar = window._studies.unsaved
    assert "is full" in bar.why.text()
    bar.copy.click()
    assert long in QGuiApplication.clipboard().text()
    db.execute("PRAGMA max_page_count = 1000000")
    bar.again.click()
    assert field.stored() == long
    assert answers.errors == []


def test_closing_asks_about_what_is_not_saved(
    window: MainWindow, opened: Study, lock: Lock, answers: Answers
) -> None:
    field = _session(window, opened, "note")
    lock.execute("BEGIN IMMEDIATE")
    note = cast("QPlainTextEdit", field.widget())
    note.setFocus()
    note.insertPlainText(TYPED)  # and not left
    answers.leaving = [Leaving.TRY_AGAIN, Leaving.STAY]
    assert not window.close()
    assert len(answers.questions) == 2
    assert "Note" in answers.questions[0]
    assert window._context.study is opened
    assert note.toPlainText() == TYPED
    assert note.hasFocus()
    lock.execute("ROLLBACK")
    assert window.close()  # saved on the way, so nobody is asked
    assert len(answers.questions) == 2
    with Study.open(opened.folder) as again:
        assert TYPED in [session.note for session in again.materials.sessions()]


def test_closing_without_it_leaves_the_study_as_it_was(
    window: MainWindow, opened: Study, lock: Lock, answers: Answers
) -> None:
    field = _session(window, opened, "note")
    lock.execute("BEGIN IMMEDIATE")
    field.type(TYPED)
    answers.leaving = [Leaving.WITHOUT]
    assert window.close()
    lock.execute("ROLLBACK")
    with Study.open(opened.folder) as again:
        assert TYPED not in [session.note for session in again.materials.sessions()]


def test_what_is_named_at_once_waits_too(
    window: MainWindow, opened: Study, lock: Lock, answers: Answers
) -> None:
    collect, findings = _collect(window), window.workspaces["findings"]
    code = opened.codebook.codes()[0]
    table = SegmentsDialog(opened, window)
    cell = table.table.item(0, 0)
    assert cell is not None
    lock.execute("BEGIN IMMEDIATE")
    cast("CodeWorkspace", window.workspaces["code"]).codebook.model.renamed.emit(code.id, "anew")
    collect.session.roster.added.emit("Nadia", "Neighbours")
    answers.text = "A claim of our own."
    cast("FindingsWorkspace", findings).insight_commands.add()
    answers.text = "Coming back"
    cast("JourneyWorkspace", window.workspaces["journey"]).stages.add()
    cell.setText("Those who move")
    assert table.trouble.text()
    table.fill()
    assert "Those who move" in {
        item.text() for row in range(2) if (item := table.table.item(row, 0)) is not None
    }
    table.close()
    table.deleteLater()
    assert len(opened.unsaved.waiting) == 5
    lock.execute("ROLLBACK")
    assert window._studies.unsaved.try_again()
    assert opened.codebook.code(code.id).name == "anew"
    assert "Nadia" in [person.pseudonym for person in opened.people.participants()]
    assert "A claim of our own." in [insight.claim for insight in opened.findings.insights()]
    assert "Coming back" in [stage.name for stage in opened.journeys.stages()]
    assert "Those who move" in [segment.name for segment in opened.people.segments()]
    assert answers.errors == []


def test_a_form_stays_open_until_it_is_saved(window: MainWindow, opened: Study, lock: Lock) -> None:
    charter = CharterDialog(opened)
    charter.setParent(window, charter.windowFlags())
    charter.purpose.setPlainText(TYPED)
    form = OpportunityDialog(opened, save=opened.findings.add_opportunity, parent=window)
    form.title.setText(TYPED)
    forms: tuple[QDialog, ...] = (charter, form)
    lock.execute("BEGIN IMMEDIATE")
    for one in forms:
        one.open()
        with pytest.raises(EnvironmentProblem):
            one.accept()
        assert one.isVisible()
    lock.execute("ROLLBACK")
    for one in forms:
        one.accept()
        assert not one.isVisible()
        one.deleteLater()
    assert opened.charter.purpose == TYPED
    assert TYPED in [one.title for one in opened.findings.opportunities()]


@pytest.mark.parametrize("large", [10**6, 0], ids=["at once", "beside the window"])
def test_what_comes_in_waits_with_all_that_was_said_about_it(
    window: MainWindow,
    opened: Study,
    lock: Lock,
    answers: Answers,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    large: int,
) -> None:
    monkeypatch.setattr(long_steps, "LARGE", large)
    note = tmp_path / "At the door.txt"
    note.write_text("She smiled.", encoding="utf-8")
    importer, bar = _collect(window).importer, window._studies.unsaved
    media = opened.materials.media
    before, beside = set(media.iterdir()), []
    lock.execute("BEGIN IMMEDIATE")
    for paths, title in (([], "A session to come"), ([note], "At the door, at last")):
        importer.ask_session() if not paths else importer.ask(paths)
        assert importer.dialog is not None
        importer.dialog.title.setText(title)
        importer.dialog.accept()
        qtbot.waitUntil(lambda: not importer.taking_in.busy and importer.dialog is None)
    qtbot.waitUntil(lambda: len(opened.unsaved.waiting) == 2 and not opened.aside.doing)
    assert {path.suffix for path in set(media.iterdir()) - before} == {".partial"}
    lock.execute("ROLLBACK")
    window._studies._long.began.connect(beside.append)
    assert bar.try_again() is bool(large)
    qtbot.waitUntil(lambda: not opened.unsaved.waiting and not opened.aside.doing)
    assert len(beside) == (0 if large else 2)  # much is done beside the window, also this time
    assert (opened.materials.media / opened.materials.sources()[-1].file).exists()
    titles = [session.title for session in opened.materials.sessions()]
    assert {"A session to come", "At the door, at last"} <= set(titles)
    assert not answers.errors
    assert opened.check() == []


@pytest.mark.parametrize("sure", [True, False])
def test_closing_asks_while_what_waited_comes_in(
    window: MainWindow,
    opened: Study,
    lock: Lock,
    answers: Answers,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    sure: bool,
) -> None:
    monkeypatch.setattr(long_steps, "LARGE", 0)
    importer, folder = _collect(window).importer, opened.folder
    lock.execute("BEGIN IMMEDIATE")
    importer.ask_session()
    assert importer.dialog is not None
    importer.dialog.title.setText("A session to come")
    importer.dialog.accept()
    qtbot.waitUntil(lambda: bool(opened.unsaved.waiting) and not opened.aside.doing)
    lock.execute("ROLLBACK")
    answers.yes = sure
    assert window.close() is sure  # it begins, and what is begun is asked about
    assert "A session to come" in answers.questions[0]
    if not sure:
        qtbot.waitUntil(lambda: not opened.aside.doing)
        assert "A session to come" in [one.title for one in opened.materials.sessions()]
        assert window.close()
    with Study.open(folder) as again:
        assert again.check() == []


def test_what_is_let_go_leaves_no_copy_behind(
    window: MainWindow, opened: Study, lock: Lock, answers: Answers, tmp_path: Path, qtbot: QtBot
) -> None:
    note = tmp_path / "At the door.txt"
    note.write_text("She smiled.", encoding="utf-8")
    importer, before = _collect(window).importer, set(opened.materials.media.iterdir())
    lock.execute("BEGIN IMMEDIATE")
    importer.ask([note])
    assert importer.dialog is not None
    importer.dialog.accept()
    qtbot.waitUntil(lambda: bool(opened.unsaved.waiting))
    assert set(opened.materials.media.iterdir()) != before
    media, answers.leaving = opened.materials.media, [Leaving.WITHOUT]
    assert window.close()
    assert set(media.iterdir()) == before
