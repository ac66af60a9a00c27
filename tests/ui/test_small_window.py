"""At 1024 × 640 nothing that one works with is cut off or lies below something else."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QPushButton,
    QSplitter,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.support import map_study
from tests.support.sample import make_sample
from tests.support.studies import recognised
from tests.ui.code.conftest import words
from ui.context import AppContext
from ui.main_window import MainWindow
from ui.views.code.workspace import CodeWorkspace
from ui.views.collect.workspace import CollectWorkspace
from ui.views.findings.workspace import FindingsWorkspace
from ui.views.journey.workspace import JourneyWorkspace
from ui.views.search.row import HitPainter
from ui.views.widgets.controls import ShortBox
from ui.views.widgets.fitting import screen_room
from ui.views.widgets.progress import ProgressLine
from workbench.domain.findings import Stance
from workbench.domain.passage import Query
from workbench.errors import EnvironmentProblem
from workbench.study import Study


@pytest.fixture
def small(window: MainWindow) -> MainWindow:
    """A small window."""
    window.resize(1024, 640)
    return window


@pytest.fixture
def code(small: MainWindow, study_folder: Path) -> CodeWorkspace:
    """The Code workspace in it, on a text with much to find."""
    with Study.open(study_folder) as study:
        recognised(study, *["The landlord sold the house, and then the wait began."] * 30)
    assert small.open_path(study_folder)
    small.show_workspace("code")
    code = small.workspaces["code"]
    assert isinstance(code, CodeWorkspace)
    return code


def test_it_first_opens_within_its_screen(context: AppContext, qtbot: QtBot) -> None:
    window = MainWindow(context)  # nobody has given it a size yet
    qtbot.addWidget(window)
    assert window.height() < screen_room(window).height()


def test_the_commands_of_collect_keep_their_words(
    window: MainWindow, map_folder: Path, qtbot: QtBot
) -> None:
    window.resize(880, 470)  # 1366 × 768 at one and a half times the size
    assert window.open_path(map_folder)
    window.show_workspace("collect")
    collect = window.workspaces["collect"]
    assert isinstance(collect, CollectWorkspace)
    shown = (collect.charter_button, collect.new_button, collect.record_button, collect.add_button)
    qtbot.waitUntil(collect.add_button.isVisible)
    cut = [one.text() for one in shown if one.width() < one.sizeHint().width()]
    assert cut == []
    window.resize(1024, 640)
    window.drawer.show_panel("bin")
    qtbot.waitUntil(lambda: not collect.record_button.isVisible())  # the menu has it
    qtbot.waitUntil(lambda: collect.add_button.width() >= collect.add_button.sizeHint().width())
    window.drawer.close_panel()
    qtbot.waitUntil(lambda: all(one.isVisible() for one in shown))


def test_several_people_are_in_sight_above_the_card_of_one(
    small: MainWindow, map_folder: Path, qtbot: QtBot
) -> None:
    assert small.open_path(map_folder)
    small.show_workspace("collect")
    collect = small.workspaces["collect"]
    assert isinstance(collect, CollectWorkspace)
    collect.show_people()
    people, card = collect.people.list, collect.people.card
    assert small._context.study is not None
    people.select(small._context.study.people.participants()[0].id)
    qtbot.waitUntil(card.isVisible)
    qtbot.waitUntil(lambda: people.height() >= 4 * people.sizeHintForRow(1))
    around = card.parentWidget()
    assert around is not None
    card.contact.setFocus()  # what has no room is scrolled to
    low = QPoint(0, card.contact.height())
    qtbot.waitUntil(lambda: 0 < card.contact.mapTo(around, low).y() <= around.height())
    small.resize(1024, 1000)
    qtbot.waitUntil(lambda: card.height() <= around.height())


@pytest.mark.parametrize("width", [880, 1024, 1366])
def test_the_map_says_what_it_is_restricted_to_beside_the_drawer(
    window: MainWindow, map_folder: Path, qtbot: QtBot, width: int
) -> None:
    window.resize(width, 640)
    assert window.open_path(map_folder)
    window.show_workspace("journey")
    journey = window.workspaces["journey"]
    assert isinstance(journey, JourneyWorkspace)
    for panel in ("bin", ""):
        window.drawer.show_panel(panel) if panel else window.drawer.close_panel()
        qtbot.waitUntil(lambda panel=panel: window.drawer.isVisible() is bool(panel))
        edge = window.drawer.x() if panel else window.centralWidget().width()
        qtbot.waitUntil(lambda edge=edge: _all_has_room(journey, window, edge))


def _all_has_room(journey: JourneyWorkspace, window: MainWindow, edge: int) -> bool:
    """Tell whether the commands above the map and what its filters say are whole."""
    boxes = (journey.filters.segment, journey.filters.method)
    shown = [one for one in journey.findChildren(QPushButton) if one.isVisible()]
    return all(
        box.width() >= box.fontMetrics().horizontalAdvance(box.currentText()) + 32 for box in boxes
    ) and all(
        _right(one, window) <= edge and one.width() >= one.sizeHint().width() for one in shown
    )


def test_long_names_leave_room_for_why_and_for_what_can_be_done(
    small: MainWindow, study_folder: Path, qtbot: QtBot
) -> None:
    assert small.open_path(study_folder)
    study, bar, line = small._context.study, small._studies.unsaved, small._studies.line.at_work
    assert study is not None
    assert isinstance(line, ProgressLine)
    names = ", ".join(f"interview {number}.wav" for number in range(40))
    full = EnvironmentProblem("disk-full", "The disk is full.", "Free some space.")
    spot = study.unsaved.spot(("import", "all"), f"What comes in: {names}", lambda _text: None)
    spot.wait(names, full)
    small._studies._long.began.emit(f"Storing {names}")
    qtbot.waitUntil(line.isVisible)
    inside = small.centralWidget().width()
    for shown in (bar.again, line.cancel_button):
        qtbot.waitUntil(lambda shown=shown: 0 < _right(shown, small) <= inside)
    assert bar.why.width() >= bar.why.fontMetrics().horizontalAdvance("The disk is full.")
    small._studies._long.ended.emit(True)
    study.unsaved.let_go()


@pytest.mark.parametrize(("width", "panes"), [(1024, 2), (880, 1)])
def test_no_pane_of_findings_lies_on_another_beside_the_drawer(
    small: MainWindow, map_folder: Path, qtbot: QtBot, width: int, panes: int
) -> None:
    small.resize(width, 640)
    assert small.open_path(map_folder)
    small.show_workspace("findings")
    findings = small.workspaces["findings"]
    splitter = findings.findChild(QSplitter, "findingsSplitter")
    assert isinstance(splitter, QSplitter)
    assert splitter.sizes().count(0) == 0
    small.drawer.show_panel("history")
    qtbot.waitUntil(lambda: splitter.sizes().count(0) == 3 - panes)
    shown = [pane for place in range(3) if (pane := splitter.widget(place)).isVisible()]
    assert all(left.geometry().right() < right.x() for left, right in pairwise(shown))
    assert _right(shown[-1], small) <= small.drawer.mapTo(small, QPoint(0, 0)).x()
    assert findings.waiting.isVisible() is (panes == 1)  # says where the passages are
    findings.filters.ask(Query(text="wait"))
    qtbot.waitUntil(lambda: "“wait”" in findings.waiting.text())  # and what they are restricted to
    small.drawer.close_panel()
    qtbot.waitUntil(lambda: splitter.sizes().count(0) == 0)
    assert not findings.waiting.isVisible()


def test_the_text_keeps_its_room_beside_the_drawer(
    code: CodeWorkspace, small: MainWindow, qtbot: QtBot
) -> None:
    assert code.inspector.isVisible()
    assert code.materials.isVisible()
    small.drawer.show_panel("search")
    qtbot.waitUntil(lambda: not code.inspector.isVisible())
    qtbot.waitUntil(lambda: code.view.width() >= code.view.minimumWidth())
    left = small.drawer.mapTo(small, small.drawer.rect().topLeft()).x()
    qtbot.waitUntil(lambda: _right(code.view, small) <= left)
    small.drawer.close_panel()
    qtbot.waitUntil(lambda: code.inspector.isVisible() and code.materials.isVisible())


def test_what_is_selected_is_inspected_where_there_is_room_for_one_pane(
    code: CodeWorkspace, small: MainWindow, qtbot: QtBot
) -> None:
    small.resize(880, 480)
    qtbot.waitUntil(lambda: not code.inspector.isVisible())
    assert code.materials.isVisible()
    code.text.setFocus()
    words(code, "the wait began")
    qtbot.keyClick(code.text, Qt.Key.Key_V)
    qtbot.waitUntil(code.inspector.isVisible)
    assert not code.materials.isVisible()
    assert code.view.width() >= code.view.minimumWidth()
    code.work.selection.choose([])
    qtbot.waitUntil(code.materials.isVisible)
    assert not code.inspector.isVisible()


def test_no_hit_lies_below_another(code: CodeWorkspace, small: MainWindow, qtbot: QtBot) -> None:
    panel = small.drawer.search
    small.drawer.show_panel("search")
    panel.field.setText("the")
    panel.search()
    qtbot.waitUntil(lambda: panel.list.verticalScrollBar().isVisible())
    painter = panel.list.itemDelegate()
    assert isinstance(painter, HitPainter)
    for row in range(1, panel.model.rowCount()):
        index = panel.model.index(row)
        hit, place = panel.model.hit(index), panel.list.visualRect(index)
        assert hit is not None
        _, height = painter._layout(hit, place.width() - 30)
        assert place.height() >= height + 14


def test_choices_of_the_search_are_whole_and_long_ones_end_in_dots(
    code: CodeWorkspace, small: MainWindow, qtbot: QtBot
) -> None:
    panel = small.drawer.search
    small.drawer.show_panel("search")
    boxes = (panel.person, panel.method, panel.stage)
    for box in boxes:
        assert isinstance(box, ShortBox)
        box.grab()
    assert [(box.currentText(), box.toolTip()) for box in boxes] == [
        *(("Person", ""), ("Method", ""), ("Stage", "")),
    ]
    panel.stage.addItem("Working out what one really needs", "x")
    panel.stage.setCurrentIndex(panel.stage.count() - 1)
    panel.stage.grab()
    assert panel.stage.toolTip() == "Working out what one really needs"


@pytest.fixture
def findings(small: MainWindow, tmp_path: Path) -> FindingsWorkspace:
    """The Findings workspace in it, with an insight."""
    assert small.open_path(map_study.build(tmp_path))
    small.show_workspace("findings")
    findings = small.workspaces["findings"]
    assert isinstance(findings, FindingsWorkspace)
    return findings


def test_evidence_shows_whole_rows(
    findings: FindingsWorkspace, small: MainWindow, qtbot: QtBot
) -> None:
    study = findings.study
    assert study is not None
    found = study.passages.find()[0].observation.id
    insight = study.findings.add_insight("People wait.")
    study.findings.add_evidence(insight.id, found, Stance.FOR)
    pane = findings.insights
    qtbot.waitUntil(lambda: pane.speaks_for.model().rowCount() == 1)
    for side in (pane.speaks_for, pane.against):
        assert side.viewport().height() >= _row_height(pane.speaks_for)
    area = pane.speaks_for.parentWidget()
    while area is not None and not hasattr(area, "ensureWidgetVisible"):
        area = area.parentWidget()
    assert area is not None
    area.ensureWidgetVisible(pane.against)
    assert not pane.against.visibleRegion().isEmpty()


def test_an_empty_study_says_what_to_do(small: MainWindow, study_folder: Path) -> None:
    assert small.open_path(study_folder)
    small.show_workspace("code")
    code = small.workspaces["code"]
    assert isinstance(code, CodeWorkspace)
    assert code.materials.model().rowCount() == 0
    with_hint = code.materials.viewport().grab().toImage()
    assert "“Import files…”" in code.materials.hint
    code.materials.hint = ""
    assert code.materials.viewport().grab().toImage() != with_hint


@pytest.mark.parametrize("size", [(910, 480), (1024, 640), (1366, 720)])
def test_nothing_is_cut_off_or_lies_below_its_neighbour(
    window: MainWindow, tmp_path: Path, size: tuple[int, int]
) -> None:
    window.resize(*size)
    assert window.open_path(make_sample(tmp_path / "Sample.study"))
    study = window.workspaces["code"].context.study
    assert study is not None
    for key, workspace in window.workspaces.items():
        window.show_workspace(key)
        if key == "code":
            found = study.passages.find()[5].observation.id
            window.open_object("observation", found)
        for _ in range(3):  # what is laid out may want another width for its neighbours
            QApplication.processEvents()
        assert (window.width(), window.height()) == size, key
        assert workspace.width() + window.rail.width() == window.width(), key
        for splitter in workspace.findChildren(QSplitter):
            if splitter.isVisible():
                _stand_side_by_side(splitter, key)


def _stand_side_by_side(splitter: QSplitter, where: str) -> None:
    """Check that the panes have the room they need, and end where their neighbours begin."""
    panes = [splitter.widget(at) for at in range(splitter.count())]
    panes = [pane for pane in panes if pane.isVisible()]
    for pane in panes:
        place = pane.geometry()
        assert splitter.rect().contains(place), f"{where}: {pane} is cut off"
        least = pane.minimumWidth() or pane.minimumSizeHint().width()
        assert place.width() >= least, f"{where}: {pane} has {place.width()} of {least}"
        others = (other for other in panes if other is not pane)
        assert not any(place.intersects(other.geometry()) for other in others), where


def _row_height(view: QAbstractItemView) -> int:
    return view.visualRect(view.model().index(0, 0)).height()


def _right(widget: QWidget, window: QWidget) -> int:
    return widget.mapTo(window, widget.rect().topRight()).x()
