"""What is pressed never looks kept when it is not: every choice, on a locked study."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from tests.support.studies import drafts, observe, recording
from tests.ui.conftest import Answers
from ui.context import AppContext
from ui.errors import ExceptionDesk
from ui.main_window import MainWindow
from ui.views.code.workspace import CodeWorkspace
from ui.views.collect.workspace import CollectWorkspace
from ui.views.findings.workspace import FindingsWorkspace
from ui.views.journey.tables import CompanyTrackDialog
from ui.views.transcribe.workspace import TranscribeWorkspace
from ui.views.who.dialog import WhoDialog
from ui.views.widgets.controls import Rating, Segmented
from ui.views.widgets.inputs import ComboBox
from workbench.domain import fields
from workbench.domain.journey import Track
from workbench.domain.materials import Method
from workbench.domain.visits import ItemKind
from workbench.errors import EnvironmentProblem
from workbench.storage import database
from workbench.study import Study


@dataclass(slots=True)
class Choice:
    """One choice as a person finds it.

    Attributes:
        go: brings it into sight.
        press: chooses something else.
        shown: reads what it looks like.
    """

    go: Callable[[], object]
    press: Callable[[], object]
    shown: Callable[[], object]


def _one_of(
    go: Callable[[], object], find: Callable[[], Segmented | Rating], value: object
) -> Choice:
    def press() -> None:
        find()._choice._on_pressed(value)

    def shown() -> object:
        on = [made.isChecked() for _value, made in find()._choice._buttons]
        return find().value, on

    return Choice(go, press, shown)


def _button(go: Callable[[], object], find: Callable[[], QAbstractButton]) -> Choice:
    return Choice(go, lambda: find().click(), lambda: find().isChecked())


def _box(go: Callable[[], object], find: Callable[[], ComboBox[Any]], place: int) -> Choice:
    def press() -> None:
        find().setCurrentIndex(place)
        find().activated.emit(place)

    return Choice(go, press, lambda: find().currentText())


def _in_collect(window: MainWindow, study: Study) -> dict[str, Choice]:
    collect = cast("CollectWorkspace", window.workspaces["collect"])
    session = study.materials.add_session(Method.MYSTERY_VISIT, "A visit").id
    study.visits.begin(session)
    filled = study.visits.visit(session)
    assert filled is not None
    items = {item.kind: item.id for item in filled.items}
    person = study.people.participants()[0].id
    form, roster = collect.session.visit, collect.session.roster

    def to(kind: str, object_id: str) -> Callable[[], None]:
        return lambda: window.open_object(kind, object_id)

    def answer(kind: ItemKind) -> Callable[[], Segmented]:
        return lambda: cast("Segmented", form.field(items[kind]))

    visit = to("session", session)
    return {
        "yes or no": _one_of(visit, answer(ItemKind.YES_NO), True),
        "a scale": _one_of(visit, answer(ItemKind.SCALE), 2),
        "who took part": Choice(
            visit, lambda: roster._on_toggled(person, True), lambda: roster.chosen
        ),
    }


def _in_code(window: MainWindow, study: Study) -> dict[str, Choice]:
    code = cast("CodeWorkspace", window.workspaces["code"])
    inspector, book = code.inspector, code.codebook
    observation = next(
        p.observation.id
        for p in study.passages.find()
        if not (p.observation.kind or p.observation.initiator or p.observation.moment_of_truth)
    )
    study.observations.change(
        observation, effectiveness=None, ease=1, expectation=None, brand_absent=False
    )
    named = study.codebook.codes()[0]

    def observed() -> None:
        window.open_object("observation", observation)

    def coded() -> None:
        window.show_workspace("code")
        code.left.show_codebook(True)
        book.tree.select([named.id])

    def swatch() -> QAbstractButton:
        return book.inspector.swatches[(named.colour + 3) % len(book.inspector.swatches)]

    parts: dict[str, tuple[Segmented | Rating, int]] = {
        "fact or perception": (inspector.kind, 1),
        "expected or had": (inspector.expectation, 1),
        "how it is known": (inspector.basis.basis, 2),
        "who began it": (inspector.more.parts[fields.INITIATOR], 1),
        "a rating": (inspector.ratings.rows[fields.EFFECTIVENESS], 4),
    }
    return {
        name: _one_of(observed, lambda part=part: part, part._choice._buttons[at][0])
        for name, (part, at) in parts.items()
    } | {
        "moment of truth": _button(observed, lambda: inspector.flags.chips()[1]),
        "no brand": _button(observed, lambda: inspector.more.parts[fields.BRAND_ABSENT]),
        "colour of a code": _button(coded, swatch),
    }  # type: ignore[misc]


def _elsewhere(window: MainWindow, study: Study) -> dict[str, Choice]:
    source = recording(study, title="One")
    transcript = study.arrivals.start(source.id, model="base")
    study.arrivals.accept(transcript.id, drafts("Calm.", "Slow.", speakers=["S1", "S2"]))
    observe(study, transcript.id, "Calm")
    desk = cast("TranscribeWorkspace", window.workspaces["transcribe"])
    pane = cast("FindingsWorkspace", window.workspaces["findings"]).insights
    insight = study.findings.insights()[0]
    other = next(one for one in pane._confidence if one is not insight.confidence)
    study.journeys.add_stage("Ship it", track=Track.COMPANY)
    track = CompanyTrackDialog(study, window)
    who = WhoDialog(window._context, study, window)
    unknown = next(row for row in who.rows.values() if row.heard.voice is not None)

    def heard() -> None:
        window.show_workspace("transcribe")
        desk.focus_object("source", source.id)

    def asked() -> None:
        track.close()
        who.open()

    return {
        "who a voice is": _box(
            heard,
            lambda: next(iter(desk.speakers.cards.values())).name,
            0,
        ),
        "confidence": _button(
            lambda: window.open_object("insight", insight.id), lambda: pane._confidence[other]
        ),
        "what a step serves": _box(
            track.open, lambda: cast("ComboBox[Any]", track.table.cellWidget(0, 1)), 1
        ),
        "who is this": _box(asked, lambda: unknown.box, 0),
    }


@pytest.fixture
def told(context: AppContext, window: MainWindow) -> Iterator[None]:
    """What rises out of a press is told as in the program."""
    desk = ExceptionDesk(lambda error: context.tell(window, error))
    desk.install()
    yield
    desk.remove()


@pytest.mark.usefixtures("told")
def test_what_is_pressed_in_vain_falls_back(
    window: MainWindow,
    map_folder: Path,
    answers: Answers,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(database, "_PATIENCE_MS", 1)
    assert window.open_path(map_folder)
    study = window._context.study
    assert study is not None
    choices: dict[str, Choice] = {}
    for made in (_in_collect, _in_code, _elsewhere):
        choices |= made(window, study)
    study.get_ready()
    assert window._studies._bridge is not None
    window._studies._bridge.flush()
    lock = sqlite3.connect(study.folder / "study.sqlite", isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    looks, stayed = {}, []
    for name, choice in choices.items():
        choice.go()
        looks[name] = choice.shown()
        choice.press()
        qtbot.waitUntil(lambda: bool(answers.errors))
        [problem] = answers.errors
        assert isinstance(problem, EnvironmentProblem), name
        answers.errors.clear()
        qtbot.wait(0)
        if choice.shown() != looks[name]:
            stayed.append(name)
    assert stayed == []
    lock.execute("ROLLBACK")
    lock.close()
    for name, choice in choices.items():  # the same press is kept when nothing hinders it
        choice.go()
        choice.press()
        assert choice.shown() != looks[name], name
    assert answers.errors == []
