"""What somebody said to being quoted stands beside their name, wherever their words appear."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QTextCursor
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from tests.support import spoken_study
from tests.support.report_text import text_of
from tests.support.studies import drafts, person, recording
from ui.main_window import MainWindow
from ui.models.passages import PassageModel
from ui.views.code.workspace import CodeWorkspace
from ui.views.collect.workspace import CollectWorkspace
from ui.views.search.model import WHERE
from ui.views.transcribe.editor import Editor
from ui.views.transcribe.workspace import TranscribeWorkspace
from workbench.domain.consent import State, Use
from workbench.domain.ids import ParticipantId
from workbench.study import Study


@pytest.fixture
def study(window: MainWindow, map_folder: Path) -> Study:
    """Maya and Daniel agree, Ruth refuses."""
    assert window.open_path(map_folder)
    found = window._context.study
    assert found is not None
    return found


def _id(study: Study, name: str) -> ParticipantId:
    return next(one.id for one in study.people.participants() if one.pseudonym == name)


@pytest.fixture
def places(window: MainWindow, study: Study) -> dict[str, Callable[[str], str]]:
    """Where the words of somebody appear, and how one reads there what they said."""

    def pane(name: str) -> str:
        collect = window.workspaces["collect"]
        assert isinstance(collect, CollectWorkspace)
        window.open_object("participant", _id(study, name))
        model = collect.people.list.model()
        rows = [model.index(at, 0) for at in range(model.rowCount())]
        role = Qt.ItemDataRole.AccessibleTextRole
        return next(str(row.data(role)) for row in rows if row.data() == name)

    def card(name: str) -> str:
        collect = window.workspaces["collect"]
        assert isinstance(collect, CollectWorkspace)
        window.open_object("participant", _id(study, name))
        return collect.people.card.standing.lines[Use.QUOTE].accessibleName()

    def roster(name: str) -> str:
        collect = window.workspaces["collect"]
        assert isinstance(collect, CollectWorkspace)
        session = next(one.id for one in study.materials.sessions() if one.title == name)
        window.open_object("session", session)
        chips = collect.session.roster.findChildren(QPushButton)
        return [chip.text() for chip in chips if chip.text().startswith(name)][-1]

    def margin(name: str) -> str:
        code = window.workspaces["code"]
        assert isinstance(code, CodeWorkspace)
        source = next(one for one in study.materials.sources() if one.title == name)
        window.open_object("source", source.id)
        QApplication.processEvents()
        code.view.text.moveCursor(code.view.text.textCursor().MoveOperation.Start)
        [place, *_] = code.view.text.page.places()
        tip = code.view.speakers.tip_at(place.top + 1)
        said = tip.partition(" – ")[2]
        assert said in code.view.speakers.aloud(code.view.text.turns[0])
        return f"{said} {code.view.meta.text()}"

    def inspector(name: str) -> str:
        code = window.workspaces["code"]
        assert isinstance(code, CodeWorkspace)
        window.open_object("observation", _observed(study, name))
        QApplication.processEvents()
        return f"{code.inspector.head.source.text()} {code.inspector.head.source.toolTip()}"

    def evidence(name: str) -> str:
        passage = study.passages.read([_observed(study, name)])
        model = PassageModel(list)
        model.set_passages(passage)
        return str(model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole))

    def search(name: str) -> str:
        panel = window.drawer.search
        window.drawer.show_panel("search")
        panel.field.setText(_first_word(study, name))
        panel.search()
        rows = [panel.model.index(at) for at in range(panel.model.rowCount())]
        return next(str(r.data(WHERE)) for r in rows if name in str(r.data(WHERE)))

    def report(name: str) -> str:
        text = text_of(study.reports.model())
        at = text.index("Who took part")
        return text[text.index(name, at) :][:120]

    return {
        "people pane": pane, "person": card, "roster": roster, "margin": margin,
        "inspector": inspector, "evidence": evidence, "search": search, "report": report,
    }  # fmt: skip


def _observed(study: Study, name: str) -> str:
    found = study.passages.find()
    return next(p.observation.id for p in found if p.person and p.person.pseudonym == name)


def _first_word(study: Study, name: str) -> str:
    [passage] = study.passages.read([_observed(study, name)])
    return max(passage.words.split(), key=len).strip(".,")


@pytest.mark.parametrize(
    "place",
    ["people pane", "person", "roster", "margin", "inspector", "evidence", "search", "report"],
)
def test_it_stands_beside_the_name(
    places: dict[str, Callable[[str], str]], study: Study, place: str, qtbot: QtBot
) -> None:
    look = places[place]
    assert "quotes: refused" in look("Ruth")
    for state, told in ((State.WITHDRAWN, "withdrawn"), (State.ASKED, "asked")):
        study.ledger.set([_id(study, "Ruth")], {Use.QUOTE: state})
        QApplication.processEvents()
        assert f"quotes: {told}" in look("Ruth")
    assert "refused" not in look("Daniel")


def _corrected(
    window: MainWindow, folder: Path, qtbot: QtBot, *, turns: int
) -> tuple[Editor, Study]:
    """Show the recording of a study where it is corrected."""
    assert window.open_path(folder)
    window.show_workspace("transcribe")
    transcribe, study = window.workspaces["transcribe"], window._context.study
    assert isinstance(transcribe, TranscribeWorkspace)
    assert study is not None
    view = transcribe.text.view
    qtbot.waitUntil(lambda: len(view.turns) == turns and bool(view.text.page.places()))
    return view, study


def test_it_stands_beside_who_speaks_in_a_recording_that_is_corrected(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "Spoken.study"
    spoken_study.build(folder)
    view, study = _corrected(window, folder, qtbot, turns=4)

    def said() -> str:
        return view.speakers.tip_at(view.text.page.places()[1].top + 1)  # what Leila says

    qtbot.waitUntil(lambda: "Leila" in said())
    study.ledger.set([_id(study, "Leila")], {Use.QUOTE: State.REFUSED})
    qtbot.waitUntil(lambda: said() == "Leila – quotes: refused")
    study.ledger.set([_id(study, "Leila")], {Use.QUOTE: State.WITHDRAWN})
    qtbot.waitUntil(lambda: said() == "Leila – quotes: withdrawn")
    QAccessible.setActive(True)
    view.text.setTextCursor(QTextCursor(view.text.document().findBlockByNumber(1)))
    QAccessible.setActive(False)
    assert view.text.accessibleDescription().startswith("Leila, quotes: withdrawn")
    [standing] = [one for voice, one in view._standings.items() if not one.allows]
    for width, told in ((300, "quotes: withdrawn"), (90, "withdrawn")):  # what counts has room
        view.speakers.setFixedWidth(width)
        assert view.speakers.told(standing) == told


@pytest.mark.parametrize("voice", ["S1", ""])
def test_in_a_recording_that_is_corrected_it_goes_with_who_took_part(
    voice: str, window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "Alone.study"
    with Study.create(folder, title="Alone") as made:
        source = recording(made, people=[person(made, "Maya", quotes=False)])
        text = made.arrivals.start(source.id, model="base")
        made.arrivals.accept(text.id, drafts("I waited.", speakers=[voice] if voice else []))
    view, study = _corrected(window, folder, qtbot, turns=1)

    def said() -> str:
        return view.speakers.tip_at(view.text.page.places()[0].top + 1)

    assert said() == ("Maya – quotes: refused" if voice else "quotes: refused")
    study.materials.set_roster(source.session_id, [])
    qtbot.waitUntil(lambda: said() == ("Voice 1" if voice else ""))
