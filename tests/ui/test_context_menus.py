"""Every list, tree, table and text of the window has a context menu with something to do in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QMenu,
    QPlainTextEdit,
    QTableView,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ui.main_window import MainWindow
from ui.views.code.workspace import CodeWorkspace
from ui.views.findings.workspace import FindingsWorkspace
from ui.views.journey.map_view import MapView
from ui.views.journey.sheet import STAGE, Place
from ui.views.widgets.context_menu import ask_menu
from ui.views.workspace import Workspace
from ui.workspaces import WORKSPACES
from workbench.domain.findings import Horizon, OpportunityKind
from workbench.study import Study


@pytest.fixture
def filled(map_folder: Path) -> Path:
    """A study in which every list has something."""
    with Study.open(map_folder) as study:
        study.people.add(pseudonym="Noor")
        study.findings.add_insight("Nobody says when.")
        study.findings.add_opportunity(
            title="Say when", kind=OpportunityKind.REMOVE, horizon=Horizon.MUST_BE
        )
        study.codebook.remove(study.codebook.add("gone").id)
        study.memos.write("code", study.codebook.add("waiting").id, "Look again.")
    return map_folder


def _views(root: QWidget) -> Iterator[QAbstractScrollArea]:
    for view in root.findChildren(QAbstractScrollArea):
        if isinstance(view, QPlainTextEdit | QTextEdit) and not view.isReadOnly():
            continue  # a field has the menu of the desktop: cut, copy, paste
        if view.isVisible() and isinstance(
            view, QAbstractItemView | QPlainTextEdit | QTextEdit | MapView
        ) and not isinstance(view.parentWidget(), QTableView):  # fmt: skip
            yield view


def _menu(view: QAbstractScrollArea, *, by_key: bool) -> list[str]:
    """Ask for the menu of a view and return what can be done there."""
    found: list[str] = []

    def look() -> None:
        menu = QApplication.activePopupWidget()
        if isinstance(menu, QMenu):
            entries = [one for one in menu.actions() if one.isEnabled() and not one.isSeparator()]
            found.extend(one.text() for one in entries)
            menu.close()

    at = QPoint(12, 12)
    if isinstance(view, QAbstractItemView) and view.currentIndex().isValid():
        at = view.visualRect(view.currentIndex()).center()
    QTimer.singleShot(0, look)
    if by_key:
        ask_menu(view)
    else:
        target = view.viewport()
        asked = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, target.mapToGlobal(at))
        QApplication.sendEvent(target, asked)
    QApplication.processEvents()
    return found


def _choose_first(view: QAbstractScrollArea) -> None:
    if isinstance(view, MapView):
        view.set_current(Place(STAGE, 0))
    if not isinstance(view, QAbstractItemView):
        return
    model = view.model()
    for row in range(model.rowCount()):
        index = model.index(row, 0)
        if index.flags() & Qt.ItemFlag.ItemIsSelectable:
            view.setCurrentIndex(index)
            return


def _pages(workspace: Workspace) -> Iterator[Callable[[], object]]:
    """Yield what turns to each page of a workspace, the one that is shown first."""
    yield lambda: None
    if isinstance(workspace, CodeWorkspace):
        yield lambda: workspace.left.show_codebook(True)
    if isinstance(workspace, FindingsWorkspace):
        yield lambda: workspace.show_page(1)


def test_every_view_says_what_can_be_done(window: MainWindow, filled: Path, qtbot: QtBot) -> None:
    assert window.open_path(filled)
    for key in (kind.key for kind in WORKSPACES):
        window.show_workspace(key)
        workspace = window.workspaces[key]
        mute: set[str] = set()
        seen = 0
        for turn in _pages(workspace):
            turn()
            QApplication.processEvents()
            for view in list(_views(workspace)):
                _choose_first(view)
                filled_view = (
                    not isinstance(view, QAbstractItemView) or view.currentIndex().isValid()
                )
                for by_key in (False, True):
                    seen += 1
                    if filled_view and not _menu(view, by_key=by_key):
                        mute.add(f"{type(view).__name__} “{view.accessibleName()}” {by_key=}")
        assert seen or key == "transcribe"
        assert not mute


def test_every_drawer_says_what_can_be_done(window: MainWindow, filled: Path, qtbot: QtBot) -> None:
    assert window.open_path(filled)
    for panel in ("search", "memos", "history", "bin"):
        window.drawer.show_panel(panel)
        if panel == "search":
            window.drawer.search.field.setText("waiting")
            window.drawer.search.search()
        QApplication.processEvents()
        views = {
            "search": window.drawer.search.list,
            "memos": window.drawer.memos.list,
            "history": window.drawer.history.list,
            "bin": window.drawer.bin.list,
        }
        _choose_first(views[panel])
        assert views[panel].currentIndex().isValid()
        assert _menu(views[panel], by_key=False)
        assert _menu(views[panel], by_key=True)


def test_the_menu_of_the_text_goes_to_the_words(window: MainWindow, filled: Path) -> None:
    assert window.open_path(filled)
    window.show_workspace("code")
    code = window.workspaces["code"]
    assert isinstance(code, CodeWorkspace)
    mark = code.text.marks.all()[0]
    spot = code.text.highlights.place_of(mark).center() + QPoint(6, 0)
    asked = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, spot, code.text.viewport().mapToGlobal(spot)
    )
    QApplication.sendEvent(code.text.viewport(), asked)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert code.work.selection.passage is not None
    assert code.work.selection.passage.id == mark.id
    entries = {one.text(): one for one in menu.actions() if one.isEnabled()}
    assert {"Give a code…", "Stage", "Write a memo", "Remove the observation"} <= set(entries)
    entries["Remove the observation"].trigger()
    menu.close()
    assert code.text.marks.get(mark.id) is None
