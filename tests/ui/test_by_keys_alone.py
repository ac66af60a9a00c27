"""Every control of every workspace and dialog is reached, left and spoken, without a mouse."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLineEdit,
    QMenu,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QTreeWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.support.keyboard import Held, Key, Walk, alike, press, unnamed, without_menu
from tests.support.sample import make_sample
from ui.actions import ALWAYS
from ui.context import AppContext
from ui.main_window import MainWindow
from ui.settings_dialog import KeyboardPage
from ui.views.collect.workspace import CollectWorkspace
from ui.views.findings.workspace import FindingsWorkspace
from ui.views.player.waveform import Waveform
from ui.views.reading.density import DensityBar
from ui.views.reading.editing import EditableText
from ui.views.reading.margins import LabelMargin
from ui.views.widgets import tabbing
from ui.views.widgets.controls import Segmented
from workbench.domain.ids import SessionId
from workbench.domain.materials import Method
from workbench.domain.visits import ItemKind
from workbench.study import Study

CTRL, SHIFT = Held.ControlModifier, Held.ShiftModifier
TAB = Qt.FocusPolicy.TabFocus
# What the mouse can do there, keys do in the text beside it.
BESIDE_THE_TEXT = {
    DensityBar: "Page Up and Page Down scroll the text it stands beside",
    LabelMargin: "Alt+Up and Alt+Down select the observation of a label",
}
KEYS_OF_QT = {Waveform: "it is a slider"}
MOUSE = ("mousePressEvent", "mouseReleaseEvent", "mouseDoubleClickEvent")
TAB_IS_TAKEN = (EditableText, QTextBrowser)


@pytest.fixture(autouse=True)
def _steady_caret(qapp: QApplication) -> Iterator[None]:
    """A caret that blinks is not always there when one looks."""
    before = qapp.cursorFlashTime()
    qapp.setCursorFlashTime(0)
    yield
    qapp.setCursorFlashTime(before)


class Tour:
    """Shows one place after the other, and collects what is wrong in them."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window = window
        self._qtbot = qtbot
        self.problems: list[str] = []

    def look(self, place: str) -> Walk:
        window = self.window
        # Without a window manager nobody gives the window back what a closed menu had.
        window.activateWindow()
        self._qtbot.waitUntil(window.isActiveWindow)
        self._qtbot.waitUntil(lambda: window.ready.done)
        QApplication.processEvents()
        walk = Walk(window, tab_is_taken=TAB_IS_TAKEN)
        found = [*walk.problems, *unnamed(window), *alike(window), *without_menu(walk.stops)]
        beside = tuple(kind.__name__ for kind in BESIDE_THE_TEXT)
        self.problems += [f"{place}: {one}" for one in found if not one.startswith(beside)]
        return walk

    def go(self, key: str) -> Walk:
        self.window.show_workspace(key)
        return self.look(key)


def test_an_empty_study(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "Empty.study"
    Study.create(folder, title="Empty").close()
    tour = Tour(window, qtbot)
    tour.look("welcome")
    assert window.open_path(folder)
    for key in window.workspaces:
        tour.go(key)
    assert not tour.problems, "\n".join(tour.problems)


def test_a_full_study(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    tour = Tour(window, qtbot)
    assert window.open_path(make_sample(tmp_path / "Sample.study"))
    study = window._context.study
    assert study is not None
    session = next(s for s in study.materials.sessions() if s.method is Method.MYSTERY_VISIT)
    window.open_object("session", session.id)
    tour.go("collect")
    tour.go("transcribe")
    window.show_workspace("code")
    window.open_object("observation", study.passages.find()[0].observation.id)
    splitter = window.workspaces["code"].findChild(QSplitter, "code")
    assert isinstance(splitter, QSplitter)
    columns = [splitter.widget(place) for place in range(splitter.count())]
    seen = tour.go("code").parts([window.top_bar, window.rail, *columns, window.bottom_bar])
    assert seen == [0, 1, 2, 3, 4, 5]
    tour.go("journey")
    window.open_object("insight", study.findings.insights()[0].id)
    tour.go("findings")
    tour.go("report")
    for panel in ("search", "memos", "history", "bin"):
        window.drawer.show_panel(panel)
        if panel == "search":
            window.drawer.search.field.setText("date")
            window.drawer.search.search()
        tour.look(panel)
    window.drawer.close_panel()
    collect = window.workspaces["collect"]
    assert isinstance(collect, CollectWorkspace)
    window.show_workspace("collect")
    window.open_object("participant", study.people.participants()[0].id)
    tour.look("people")
    window.show_workspace("code")
    window.run_action("code.codebook")
    tour.look("codebook")
    window.run_action("code.write")
    tour.look("writing")
    window.run_action("code.write")
    window.show_workspace("findings")
    findings = window.workspaces["findings"]
    assert isinstance(findings, FindingsWorkspace)
    findings.show_page(1)
    tour.look("roadmap")
    assert not tour.problems, "\n".join(tour.problems)


def test_each_choice_of_a_visit_is_made_and_emptied_by_keys(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    assert window.open_path(make_sample(tmp_path / "Sample.study"))
    study = window._context.study
    assert study is not None
    session = next(s for s in study.materials.sessions() if s.method is Method.MYSTERY_VISIT)
    window.open_object("session", session.id)
    collect = window.workspaces["collect"]
    assert isinstance(collect, CollectWorkspace)
    filled = study.visits.visit(session.id)
    assert filled is not None
    choices = (ItemKind.YES_NO, ItemKind.SCALE)
    items = [item for item in filled.items if item.kind in choices]
    assert len(items) > 5
    fields = [collect.session.visit.field(item.id) for item in filled.items]
    qtbot.waitUntil(lambda: window.ready.done)
    fields[0].findChildren(QPushButton)[0].setFocus()
    order = []
    for _ in fields:
        now = QApplication.focusWidget()
        order += [n for n, one in enumerate(fields) if one is now or one.isAncestorOf(now)]
        press(Key.Key_Tab)
    assert order == [*range(len(fields))]
    assert collect.session.visit.narrative.hasFocus()
    for item in items:
        field = collect.session.visit.field(item.id)
        assert isinstance(field, Segmented)
        stop = next(b for b in field.findChildren(QPushButton) if b.focusPolicy() & TAB)
        stop.setFocus()
        wanted: list[object] = [True, False]
        if item.kind is ItemKind.SCALE:
            wanted = [*range(item.lowest, item.highest + 1)]
        press(Key.Key_Home)
        for value in wanted:
            if field.value != value:
                press(Key.Key_Space if value == wanted[0] else Key.Key_Return)
            assert field.value == value
            assert _answer(study, session.id, item.id) == value
            press(Key.Key_Right)
        press(Key.Key_Delete)
        assert field.value is None
        assert _answer(study, session.id, item.id) is None


def _answer(study: Study, session_id: SessionId, item_id: str) -> object:
    filled = study.visits.visit(session_id)
    assert filled is not None
    return filled.answers.get(item_id)


def test_undo_and_redo_in_a_field_and_then_in_the_study(
    open_window: MainWindow, context: AppContext, qtbot: QtBot
) -> None:
    study = context.study
    assert study is not None
    study.codebook.add("new code")
    open_window.show_workspace("findings")
    findings = open_window.workspaces["findings"]
    assert isinstance(findings, FindingsWorkspace)
    field = findings.filters.findChild(QLineEdit)
    assert field is not None
    field.setFocus()
    QTest.keyClicks(field, "wait")
    press(Key.Key_Z, CTRL)
    assert (field.text(), study.codebook.find("new code") is None) == ("", False)
    for redo in ((Key.Key_Y, CTRL), (Key.Key_Z, CTRL | SHIFT)):
        press(*redo)
        assert field.text() == "wait"
        press(Key.Key_Z, CTRL)
        assert field.text() == ""
    press(Key.Key_Z, CTRL)
    assert study.codebook.find("new code") is None
    field.clear()  # a field with nothing to redo
    field.setText("")
    qtbot.waitUntil(context.actions.qaction("edit.redo").isEnabled)
    press(Key.Key_Y, CTRL)
    assert study.codebook.find("new code") is not None


def test_keys_go_from_pane_to_pane_and_back(open_window: MainWindow, qtbot: QtBot) -> None:
    window = open_window
    study = window._context.study
    assert study is not None
    study.findings.add_insight("Nobody rang.")  # without one, the pane in the middle has no control
    window.show_workspace("findings")
    findings = window.workspaces["findings"]
    assert isinstance(findings, FindingsWorkspace)
    window.drawer.show_panel("search")
    parts: list[QWidget] = [findings.filters, findings.insights, window.drawer, window.top_bar]
    findings.filters.findChild(QLineEdit).setFocus()  # type: ignore[union-attr]
    seen = []
    for _ in range(8):
        press(Key.Key_Tab, CTRL)
        now = QApplication.focusWidget()
        seen += [part for part in parts if now is not None and part.isAncestorOf(now)]
    order = [part for n, part in enumerate(seen) if n == 0 or part is not seen[n - 1]]
    assert order[:3] == [findings.insights, window.drawer, window.top_bar]
    assert findings.filters in order
    press(Key.Key_Backtab, CTRL | SHIFT)
    window.rail.findChild(QAbstractButton).setFocus()  # type: ignore[union-attr]
    press(Key.Key_Escape)
    assert findings.isAncestorOf(QApplication.focusWidget() or window)


def test_the_palette_is_gone_through_with_tab_and_left_with_escape(
    open_window: MainWindow, qtbot: QtBot
) -> None:
    before = QApplication.focusWidget()
    press(Key.Key_K, CTRL)
    palette = open_window.palette_box
    rows = []
    for key, held in ((Key.Key_Tab, Held.NoModifier), (Key.Key_Tab, Held.NoModifier),
                      (Key.Key_Backtab, SHIFT), (Key.Key_Backtab, SHIFT)):  # fmt: skip
        press(key, held)
        rows.append(palette.view.currentIndex().row())
        assert QApplication.focusWidget() is palette.field
    assert rows == [1, 2, 1, 0]
    press(Key.Key_Escape)
    assert not palette.isVisible()
    assert QApplication.focusWidget() is before


def test_the_menu_button_keeps_its_keys_to_itself(open_window: MainWindow, qtbot: QtBot) -> None:
    open_window.top_bar.menu_button.setFocus()
    press(Key.Key_Space)
    [menu] = [menu for menu in open_window.findChildren(QMenu) if menu.isVisible()]
    QTest.keyClick(menu, Key.Key_Down)
    assert menu.activeAction() is menu.actions()[0]
    menu.close()
    press(Key.Key_F10)
    assert menu.isVisible()
    assert menu.activeAction() is menu.actions()[0]
    assert not menu.actions()[0].menu().isVisible()  # type: ignore[attr-defined]
    menu.close()


def test_what_answers_the_mouse_answers_keys() -> None:
    """A class that takes presses of the mouse takes keys, or says who does it for it."""
    without = []
    for kind in below(QWidget):
        mine = [one for one in kind.__mro__ if one.__module__.startswith("ui.")]
        if not kind.__module__.startswith("ui.") or not any(_takes(one, MOUSE) for one in mine):
            continue
        if not any(_takes(one, ("keyPressEvent",)) for one in mine):
            without.append(kind)
    assert set(without) == {*BESIDE_THE_TEXT, *KEYS_OF_QT}


def _takes(kind: type, events: tuple[str, ...]) -> bool:
    return any(event in vars(kind) for event in events)


def below(kind: type[QWidget]) -> Iterator[type[QWidget]]:
    for one in kind.__subclasses__():
        yield one
        yield from below(one)


def test_the_page_of_keys_lists_every_key(open_window: MainWindow, context: AppContext) -> None:
    page = KeyboardPage(context)
    shown = " ".join(_rows(page.tree))
    assert "Ctrl+Shift+Z, Ctrl+Y" in shown
    for action in context.actions.all():
        assert action.name in shown
    for title, _keys in ALWAYS:
        assert title in shown
    page.deleteLater()


def _rows(tree: QTreeWidget) -> Iterator[str]:
    for at in range(tree.topLevelItemCount()):
        group = tree.topLevelItem(at)
        assert group is not None
        for row in range(group.childCount()):
            child = group.child(row)
            assert child is not None
            yield f"{child.text(0)}  {child.text(1)}"


def test_a_control_that_goes_hands_its_focus_to_the_next(
    open_window: MainWindow, context: AppContext
) -> None:
    open_window.show_workspace("findings")
    findings = open_window.workspaces["findings"]
    assert isinstance(findings, FindingsWorkspace)
    stops = tabbing.stops(findings.filters)
    stops[2].setFocus()
    stops[2].hide()
    assert QApplication.focusWidget() is stops[3]
    stops[2].show()
