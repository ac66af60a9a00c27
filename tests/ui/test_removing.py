"""Whatever can be removed: with none, one, two and all selected, through the real actions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.context import AppContext
from ui.main_window import MainWindow
from ui.views.code.workspace import CodeWorkspace
from ui.views.collect.form_dialog import FormDialog
from ui.views.collect.segments_dialog import SegmentsDialog
from ui.views.collect.workspace import CollectWorkspace
from ui.views.findings.workspace import FindingsWorkspace
from ui.views.journey.sheet import STAGE, Place
from ui.views.journey.tables import CompanyTrackDialog, TouchpointsDialog
from ui.views.journey.workspace import JourneyWorkspace
from ui.views.settings.models_page import ModelsPage
from ui.views.table_dialog import TableDialog
from workbench.domain.findings import Horizon, OpportunityKind, Stance
from workbench.domain.ids import SessionId
from workbench.domain.journey import Track
from workbench.domain.materials import Method
from workbench.speech.models import ModelStore
from workbench.study import Study


@dataclass(frozen=True, slots=True)
class Way:
    """How one kind of thing is removed.

    Attributes:
        workspace: where.
        there: the ids that are there.
        view: the list or table they are chosen in; made anew for each use.
        remove: the gesture, once they are chosen.
    """

    workspace: str
    there: Callable[[Study], Sequence[str]]
    view: Callable[[MainWindow], QAbstractItemView]
    remove: Callable[[MainWindow, QAbstractItemView], None]


def _of(window: MainWindow, kind: type) -> object:
    return next(one for one in window.workspaces.values() if isinstance(one, kind))


def _collect(window: MainWindow) -> CollectWorkspace:
    return _of(window, CollectWorkspace)  # type: ignore[return-value]


def _findings(window: MainWindow) -> FindingsWorkspace:
    return _of(window, FindingsWorkspace)  # type: ignore[return-value]


def _run(action_id: str) -> Callable[[MainWindow, QAbstractItemView], None]:
    return lambda window, _view: window.run_action(action_id)


def _press(_window: MainWindow, view: QAbstractItemView) -> None:
    QApplication.processEvents()  # the keys of the window behind know what can be done there
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Delete)


def _press_shortcut(window: MainWindow, view: QAbstractItemView) -> None:
    view.setFocus()
    [remove] = [one for one in view.findChildren(QShortcut) if one.key() == QKeySequence("Del")]
    remove.activated.emit()  # as the key does, of which one in the test would reach all windows


def _press_button(_window: MainWindow, view: QAbstractItemView) -> None:
    dialog = view.window()
    assert isinstance(dialog, TableDialog)
    assert dialog.remove_button.isEnabled() == view.selectionModel().hasSelection()
    dialog.remove_button.click()


def _form(study: Study, window: MainWindow) -> FormDialog:
    return FormDialog(study, study.visits.starter_form().id, "", window)


def _table(kind: Callable[..., TableDialog]) -> Callable[[MainWindow], QAbstractItemView]:
    def show(window: MainWindow) -> QAbstractItemView:
        shown = window.findChildren(TableDialog)
        dialog = shown[0] if shown else kind(_collect(window).study, window)
        dialog.show()
        return dialog.table

    return show


def _evidence(study: Study) -> list[str]:
    found = [study.findings.evidence(one.id) for one in study.findings.insights()]
    return [one.observation_id for some in found for one in some if one.stance is Stance.FOR]


def _board(window: MainWindow) -> QAbstractItemView:
    _findings(window).show_page(1)
    return _findings(window).roadmap.columns[Horizon.IS]


def _memos(window: MainWindow) -> QAbstractItemView:
    window.drawer.show_panel("memos")
    return window.drawer.memos.list


WAYS = {
    "sessions": Way(
        "collect", lambda s: [one.id for one in s.materials.sessions()],
        lambda w: _collect(w).sessions, _run("collect.remove"),
    ),
    "people": Way(
        "collect", lambda s: [one.id for one in s.people.participants()],
        lambda w: _collect(w).people.list, _run("collect.remove_person"),
    ),
    "insights": Way(
        "findings", lambda s: [one.id for one in s.findings.insights()],
        lambda w: _findings(w).insights.list, _run("findings.remove-insight"),
    ),
    "evidence": Way(
        "findings", _evidence, lambda w: _findings(w).insights.speaks_for, _press,
    ),
    "opportunities": Way(
        "findings",
        lambda s: [o.id for o in s.findings.opportunities() if o.horizon is Horizon.IS],
        _board, _press,
    ),
    "memos": Way(
        "code", lambda s: [one.id for one in s.memos.all()],
        _memos, _press_shortcut,
    ),
    "segments": Way(
        "collect", lambda s: [one.id for one in s.people.segments()],
        _table(SegmentsDialog), _press_button,
    ),
    "questions": Way(
        "collect", lambda s: [one.id for one in s.visits.items(s.visits.starter_form().id)],
        _table(_form), _press,
    ),
    "touchpoints": Way(
        "journey", lambda s: [one.id for one in s.journeys.touchpoints()],
        _table(TouchpointsDialog), _press_button,
    ),
    "steps of the company": Way(
        "journey", lambda s: [one.id for one in s.journeys.stages(Track.COMPANY)],
        _table(CompanyTrackDialog), _press,
    ),
}  # fmt: skip


@pytest.fixture
def full(window: MainWindow, map_folder: Path) -> MainWindow:
    """A study with at least three of each kind."""
    with Study.open(map_folder) as study:
        study.people.add_segment("Third")
        for number in range(3):
            study.journeys.add_stage(f"Step {number}", track=Track.COMPANY)
            study.journeys.add_touchpoint(f"Desk {number}")
            study.findings.add_insight(f"Claim {number}")
            study.findings.add_opportunity(
                title=f"Way {number}", kind=OpportunityKind.REMOVE, horizon=Horizon.IS
            )
        for number, code in enumerate(study.codebook.codes()):
            study.memos.write("code", code.id, f"Memo {number}")
        study.memos.write("charter", study.charter.id, "Memo on all")
        for passage in study.passages.find():
            for insight in study.findings.insights()[:1]:
                study.findings.add_evidence(insight.id, passage.id, Stance.FOR)
    assert window.open_path(map_folder)
    return window


def _choose(view: QAbstractItemView, rows: Sequence[int]) -> None:
    """Select rows, as far as the view takes several."""
    flags = QItemSelectionModel.SelectionFlag
    picks, model = view.selectionModel(), view.model()
    picks.clear()
    for row in rows:
        index = model.index(row, 0)
        picks.setCurrentIndex(index, flags.NoUpdate)
        several = view.selectionMode() is not QAbstractItemView.SelectionMode.SingleSelection
        picks.select(index, (flags.Select if several else flags.ClearAndSelect) | flags.Rows)


def _rows(view: QAbstractItemView) -> list[int]:
    model = view.model()
    wanted = Qt.ItemFlag.ItemIsSelectable
    return [row for row in range(model.rowCount()) if model.index(row, 0).flags() & wanted]


@pytest.mark.parametrize("kind", WAYS)
def test_none_one_two_and_all_are_removed(full: MainWindow, kind: str) -> None:
    way, study = WAYS[kind], _collect(full).study
    assert study is not None
    full.show_workspace(way.workspace)
    begin = list(way.there(study))
    assert len(begin) >= 3
    for wanted in (0, 1, 2, len(begin)):
        view = way.view(full)
        rows = _rows(view)[:wanted]
        assert len(rows) == wanted
        _choose(view, rows)
        chosen = len(view.selectionModel().selectedRows())
        assert chosen <= wanted
        way.remove(full, view)
        assert len(way.there(study)) == len(begin) - chosen, wanted
        if chosen:
            study.undo()  # however many, it is one step
            QApplication.processEvents()
            assert sorted(way.there(study)) == sorted(begin)
            for dialog in full.findChildren(TableDialog):
                dialog.fill()
    while way.there(study):  # where one at a time is chosen, until nothing is left
        QApplication.processEvents()
        before = len(way.there(study))
        view = way.view(full)
        _choose(view, _rows(view)[:1])
        way.remove(full, view)
        assert len(way.there(study)) == before - 1


def test_stages_go_one_after_the_other(full: MainWindow) -> None:
    full.show_workspace("journey")
    journey = _of(full, JourneyWorkspace)
    assert isinstance(journey, JourneyWorkspace)
    assert journey.study is not None
    full.run_action("journey.remove-stage")  # none is current
    assert len(journey.study.journeys.stages()) == 3
    while left := journey.study.journeys.stages():
        journey.map.set_current(Place(STAGE, 0))
        full.run_action("journey.remove-stage")
        assert len(journey.study.journeys.stages()) == len(left) - 1
    full.run_action("journey.remove-stage")


@pytest.mark.parametrize("wanted", [0, 1, 2, None])
def test_observations_are_removed_where_they_are_coded(
    full: MainWindow, wanted: int | None
) -> None:
    full.show_workspace("code")
    code = _of(full, CodeWorkspace)
    assert isinstance(code, CodeWorkspace)
    assert code.study is not None
    all_ids = [passage.id for passage in code.study.passages.find()]
    here = [mark.id for mark in code.text.marks.all()]
    chosen = here[:wanted]
    code.work.selection.choose(chosen)
    full.run_action("code.remove")
    left = [passage.id for passage in code.study.passages.find()]
    assert sorted(left) == sorted(set(all_ids) - set(chosen))


def _buttons(page: QWidget, named: str) -> list[QAbstractButton]:
    """Return the buttons that are seen and whose name begins so."""
    found = page.findChildren(QAbstractButton)
    return [one for one in found if one.isVisible() and one.accessibleName().startswith(named)]


def _files(window: MainWindow, session_id: SessionId) -> list[str]:
    study = _collect(window).study
    assert study is not None
    return [one.original_name for one in study.materials.sources(session_id)]


@pytest.mark.parametrize("wanted", [0, 1, 2, 3])
def test_files_of_a_session_go_one_after_the_other(
    full: MainWindow, tmp_path: Path, wanted: int, qtbot: QtBot
) -> None:
    collect = _collect(full)
    assert collect.study is not None
    session = collect.study.materials.add_session(Method.INTERVIEW, "Three files").id
    names = ["a.txt", "b.txt", "c.txt"]
    for name in names:
        (tmp_path / name).write_text(f"The words of {name}", "utf-8")
        collect.study.imports.take_in([tmp_path / name], session_id=session)
    full.show_workspace("collect")

    def chosen() -> bool:
        collect.focus_object("session", session)
        return collect.sessions.current_id == session

    qtbot.waitUntil(chosen)
    for name in names[:wanted]:
        named = f"Put “{name}” into the bin"
        qtbot.waitUntil(lambda named=named: len(_buttons(collect.session, named)) == 1)
        _buttons(collect.session, named)[0].click()
    assert _files(full, session) == names[wanted:]
    assert {one.title for one in collect.study.materials.sessions()} >= {"Three files"}
    for _ in range(wanted):
        collect.study.undo()
    assert sorted(_files(full, session)) == names


def test_speech_models_go_one_after_the_other(
    context: AppContext, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path / "home"))
    names = ["one", "two"]
    for name in names:
        (ModelStore().folder / name).mkdir(parents=True)
        (ModelStore().folder / name / "model.bin").write_bytes(b"model")
    page = ModelsPage(context)
    qtbot.addWidget(page)
    page.show()
    while names:
        qtbot.waitUntil(lambda: len(_buttons(page, "Remove ")) == len(names))
        offered = _buttons(page, "Remove ")
        assert [one.accessibleName() for one in offered] == [f"Remove {name}" for name in names]
        offered[0].click()
        del names[0]
        assert [info.name for info in ModelStore().list() if not info.embedded] == names
