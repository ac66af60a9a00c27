"""Whatever pops up lies wholly where one can see it, with all its rows, or with a way to scroll."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QDialog, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.context import AppContext
from ui.main_window import MainWindow
from ui.views.journey.cell_editor import CellEditor
from ui.views.picking.matching import Option
from ui.views.picking.picker import Picker
from ui.views.widgets import fitting
from ui.views.widgets.dates import DateField
from ui.views.widgets.fitting import beside, resize_to_fit, screen_room, within
from ui.views.widgets.inputs import ComboBox

_UI = Path(fitting.__file__).parents[2]
ROOM = QRect(8, 8, 864, 454)
EDGES = ["top left", "top right", "bottom left", "bottom right"]


def test_the_screen_is_no_child_of_a_window_and_outlives_it(qtbot: QtBot) -> None:
    screen = QGuiApplication.primaryScreen()
    dialog = QDialog()
    qtbot.addWidget(dialog)
    resize_to_fit(dialog, 600, 400)
    assert "parent" not in shiboken6.dump(screen)
    asking = re.compile(r"\w\.screen\(\)")
    assert [path.name for path in _UI.rglob("*.py") if asking.search(path.read_text("utf-8"))] == []


@pytest.mark.parametrize("near", [(8, 8), (860, 8), (8, 440), (860, 440), (400, 200), (-50, 900)])
@pytest.mark.parametrize("size", [(100, 20), (300, 290), (2000, 100), (100, 2000), (864, 454)])
def test_a_box_lies_in_its_room_and_beside_what_it_is_about(
    near: tuple[int, int], size: tuple[int, int]
) -> None:
    about = QRect(QPoint(*near), QSize(30, 20))
    box = beside(about, QSize(*size), ROOM)
    assert ROOM.contains(box)
    assert box.size() == QSize(*size).boundedTo(ROOM.size())
    assert within(box, ROOM) == box
    room_there = max(about.top() - ROOM.top(), ROOM.bottom() - about.bottom()) - 2
    if ROOM.contains(about) and size[1] <= room_there:
        assert not box.intersects(about.adjusted(0, 0, 0, 0))


@pytest.fixture(params=[QSize(880, 470), QSize(240, 200)], ids=["window", "panel"])
def page(request: pytest.FixtureRequest, theme: object, qtbot: QtBot) -> QWidget:
    """A window as small as it can be, or a panel that is smaller than what pops up."""
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(request.param)
    page.show()
    return page


def _corner(page: QWidget, edge: str, size: QSize) -> QRect:
    """Return a place of a size in a corner of the page."""
    place = QRect(QPoint(4, 4), size)
    if "right" in edge:
        place.moveRight(page.width() - 4)
    if "bottom" in edge:
        place.moveBottom(page.height() - 4)
    return place


def _shows_all(view: QAbstractItemView) -> bool:
    """Tell whether the last row can be seen, now or by scrolling."""
    view.scrollToBottom()
    last = view.visualRect(view.model().index(view.model().rowCount() - 1, 0))
    return view.viewport().rect().contains(last.center()) and last.bottom() < view.height()


@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize("count", [1, 5, 40])
def test_the_picker_stays_on_its_page(
    context: AppContext, page: QWidget, qtbot: QtBot, edge: str, count: int
) -> None:
    picker = Picker(context, page)
    options = [Option(str(number), f"Code {number}") for number in range(count)]
    near = _corner(page, edge, QSize(60, 20))
    picker.ask(options, prompt="Code", near=near, picked=print, creates="New “{name}”")
    for text in ("", "Code", "Code 3", "something new"):
        picker.field.setText(text)
        assert page.rect().contains(picker.geometry()), (text, picker.geometry())
        assert picker.rect().contains(picker.field.geometry())
        assert picker.rect().contains(picker.list.geometry())
        assert _shows_all(picker.list)
        if page.width() > 800:
            assert not picker.geometry().intersects(near)


@pytest.mark.parametrize("edge", EDGES)
def test_the_editor_of_a_cell_stays_in_the_map(page: QWidget, qtbot: QtBot, edge: str) -> None:
    editor = CellEditor(page, "Words", "Need")
    editor.open_at(_corner(page, edge, QSize(120, 24)))
    assert page.rect().contains(editor.geometry())


@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize("kind", ["calendar", "combo box", "menu"])
def test_what_opens_over_the_window_stays_on_the_screen(
    context: AppContext, page: QWidget, qtbot: QtBot, edge: str, kind: str
) -> None:
    screen = screen_room(page)
    page.move(_corner_of(screen, edge, page.size()))
    field: QWidget
    if kind == "calendar":
        field = DateField("Date")
    else:
        field = ComboBox("Choice")
        field.fill([(f"Choice {number}", number) for number in range(30)])
    field.setParent(page)
    field.setGeometry(_corner(page, edge, QSize(168, 30)))
    field.show()
    if isinstance(field, DateField):
        opened: QWidget | None = field.open_calendar()
    elif kind == "combo box":
        assert isinstance(field, ComboBox)
        field.showPopup()
        opened = field.view().window()
        assert _shows_all(field.view())
    else:
        menu = QMenu(page)
        for number in range(12):
            menu.addAction(f"Entry {number}")
        menu.popup(field.mapToGlobal(field.rect().bottomLeft()))
        opened = menu
    assert opened is not None
    qtbot.waitUntil(opened.isVisible)
    assert screen.contains(opened.geometry())
    opened.close()


def _corner_of(screen: QRect, edge: str, size: QSize) -> QPoint:
    place = QRect(screen.topLeft(), size)
    if "right" in edge:
        place.moveRight(screen.right())
    if "bottom" in edge:
        place.moveBottom(screen.bottom())
    return place.topLeft()


@pytest.mark.parametrize("size", [(880, 470), (1280, 800)])
def test_the_palette_stays_in_the_window(open_window: MainWindow, size: tuple[int, int]) -> None:
    open_window.resize(*size)
    palette = open_window.palette_box
    open_window.palette_box.open_box()
    for text in ("", "e", "nothing is called so, not at all"):
        palette.field.setText(text)
        assert palette.parentWidget().rect().contains(palette.geometry())
        for part in (palette.field, palette.view, palette.nothing):
            assert part.isHidden() or palette.rect().contains(part.geometry())
        if palette.view.isVisible():
            assert _shows_all(palette.view)


@pytest.mark.parametrize("workspace", ["journey", "findings", "report"])
def test_a_short_choice_shows_all_its_rows_at_once(
    window: MainWindow, map_folder: Path, workspace: str, qtbot: QtBot
) -> None:
    assert window.open_path(map_folder)
    window.show_workspace(workspace)
    shown = [box for box in window.findChildren(ComboBox) if box.isVisible() and box.isEnabled()]
    for box in shown:
        assert box.currentText() or not box.count(), box.accessibleName()
        if 0 < box.count() <= box.maxVisibleItems():
            box.showPopup()
            view = box.view()
            qtbot.waitUntil(view.isVisible)
            last = view.visualRect(view.model().index(box.count() - 1, 0))
            assert last.bottom() < view.viewport().height(), box.accessibleName()
            box.hidePopup()
    assert shown


@pytest.mark.parametrize("groups", [[3], [8], [10], [1, 6], [2, 2, 2]])
def test_every_row_of_a_list_of_choices_is_seen(
    window: MainWindow, groups: list[int], qtbot: QtBot
) -> None:
    box: ComboBox[int] = ComboBox("Anything")
    box.fill(*([(f"Row {row}", 10 * at + row) for row in range(n)] for at, n in enumerate(groups)))
    assert box.currentText() == "Row 0"
    page = QWidget()
    qtbot.addWidget(page)
    QVBoxLayout(page).addWidget(box)
    page.setStyleSheet(window.styleSheet())  # later than the box is made, as in the window
    page.show()
    qtbot.waitUntil(page.isVisible)
    box.showPopup()
    view = box.view()
    qtbot.waitUntil(view.isVisible)
    last = view.visualRect(view.model().index(box.count() - 1, 0))
    assert last.bottom() < view.viewport().height()
    box.hidePopup()
