"""The shared controls say what a person chose, and only that."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QMenu,
    QPushButton,
    QStyle,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ui.context import AppContext
from ui.i18n import day, length_of, plural, t
from ui.theme import Theme
from ui.views.collect.roster import Roster
from ui.views.widgets import tabbing
from ui.views.widgets.controls import Rating, Segmented, add_chip, chip
from ui.views.widgets.dropping import Line
from ui.views.widgets.emptying import empty
from ui.views.widgets.flow import FlowLayout
from ui.views.widgets.foot import ask_foot, close_foot
from ui.views.widgets.frame import Rail
from ui.views.widgets.inputs import ComboBox, Stepper
from ui.views.widgets.looks import EmptyState, ShortLabel, bold_width, button, icon_button
from ui.views.widgets.pages import Pages
from ui.views.widgets.row_ground import paint_row_ground
from ui.views.widgets.side_list import SideList, SideRow
from ui.views.widgets.toast import Toast
from ui.workspaces import WORKSPACES

ROWS = (
    SideRow("", "Interviews", "2"),
    SideRow("a", "Maya", "2:09 · 14", "good"),
    SideRow("b", "Daniel", "63 %", "ring"),
    SideRow("c", "broken date", stage=3, indent=1),
)


def test_segment_is_chosen_and_can_be_emptied(qtbot: QtBot) -> None:
    segmented = Segmented([("f", "Fact"), ("p", "Perception")], name="What it is", empty=True)
    qtbot.addWidget(segmented)
    fact, perception = segmented.findChildren(QPushButton)
    with qtbot.waitSignal(segmented.chosen) as told:
        fact.click()
    assert told.args == ["f"]
    perception.click()
    assert segmented.value == "p"
    assert not fact.isChecked()
    perception.click()
    assert segmented.value is None


def test_segment_that_must_be_something_stays(qtbot: QtBot) -> None:
    segmented = Segmented([(1, "Is"), (2, "Must be")], name="Layer")
    qtbot.addWidget(segmented)
    segmented.set_value(1)
    segmented.findChildren(QPushButton)[0].click()
    assert segmented.value == 1
    assert segmented.findChildren(QPushButton)[0].isChecked()


def test_showing_a_value_tells_nobody(qtbot: QtBot) -> None:
    rating = Rating("Emotion")
    qtbot.addWidget(rating)
    with qtbot.assertNotEmitted(rating.rated):
        rating.set_value(-2)
    assert rating.value == -2


def test_rating_is_given_and_taken_back(qtbot: QtBot) -> None:
    rating = Rating("Emotion")
    qtbot.addWidget(rating)
    buttons = {b.accessibleName(): b for b in rating.findChildren(QPushButton)}
    assert list(buttons) == ["Emotion −2", "Emotion −1", "Emotion 0", "Emotion +1", "Emotion +2"]
    with qtbot.waitSignal(rating.rated) as told:
        buttons["Emotion −1"].click()
    assert told.args == [-1]
    buttons["Emotion −1"].click()
    assert rating.value is None


def test_chip_shows_its_words_as_they_are(theme: Theme, qtbot: QtBot) -> None:
    made = chip("Q&A", colour=theme.stage_line(1))
    qtbot.addWidget(made)
    assert made.accessibleName() == "Q&A"
    assert not made.icon().isNull()
    assert add_chip("code").text() == "+ code"


def test_flow_breaks_lines_and_asks_for_their_height(qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    flow = FlowLayout(box, gap=4)
    chips = [QPushButton("word") for _ in range(6)]
    for made in chips:
        made.setFixedSize(50, 20)
        flow.addWidget(made)
    assert flow.heightForWidth(1000) == 20
    assert flow.heightForWidth(110) == 3 * 20 + 2 * 4
    outer = QWidget()
    qtbot.addWidget(outer)
    QVBoxLayout(outer).addWidget(box)
    outer.resize(140, 40)
    outer.show()
    qtbot.waitUntil(lambda: box.minimumHeight() >= 3 * 20 + 2 * 4)
    assert chips[2].y() > chips[0].y()
    empty(flow)
    assert flow.count() == 0


def test_side_list_tells_the_row_and_skips_headings(theme: Theme, qtbot: QtBot) -> None:
    side = SideList(theme, "Materials")
    qtbot.addWidget(side)
    side.resize(232, 200)
    side.show_rows(ROWS)
    side.show()
    with qtbot.waitSignal(side.chosen) as told:
        side.select("a")
    assert told.args == ["a"]
    qtbot.keyClick(side, Qt.Key.Key_Down)
    assert side.current_id == "b"
    for _ in range(3):
        qtbot.keyClick(side, Qt.Key.Key_Up)
    assert side.current_id == "a"


def test_enter_takes_the_row_that_tab_came_to(theme: Theme, qtbot: QtBot) -> None:
    side = SideList(theme, "Removed")
    qtbot.addWidget(side)
    side.show_rows(ROWS)
    tabbing.show(side, Qt.FocusReason.TabFocusReason)
    taken: list[int] = []
    side.activated.connect(lambda _index: taken.append(len(side.selectedIndexes())))
    assert not side.selectedIndexes()
    side.activated.emit(side.currentIndex())  # Enter; a double click on some desktops
    assert taken == [1]


def test_words_lie_in_the_middle_of_an_editable_choice(theme: Theme, qtbot: QtBot) -> None:
    box: ComboBox[str] = ComboBox("Segment")
    qtbot.addWidget(box)
    box.setEditable(True)
    box.show()
    line = box.lineEdit()
    assert line is not None
    for focus in (False, True):
        box.setFocus() if focus else box.clearFocus()
        assert box.rect().contains(line.geometry())
        assert abs(box.rect().center().y() - line.geometry().center().y()) <= 1


def test_choosing_people_leaves_the_keys_where_they_are_chosen(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    roster = Roster()
    for part in (QPushButton("before"), roster, QPushButton("behind")):
        column.addWidget(part)
    roster.show_people([("1", "Maya"), ("2", "Daniel")], [], [])
    page.show()
    more = _more(roster)
    more.setFocus()
    for place, chosen in ((0, ["1"]), (1, ["1", "2"]), (0, ["2"])):
        now = _more(roster)
        assert page.focusWidget() is now
        now.click()
        menu = roster.findChildren(QMenu)[-1]
        menu.actions()[place].trigger()
        menu.close()
        assert roster.chosen == chosen
    assert page.focusWidget() is _more(roster)


def _more(roster: Roster) -> QPushButton:
    [made] = [
        one for one in roster.findChildren(QPushButton)
        if one.accessibleName() == "Choose or add people" and not one.isHidden()
    ]  # fmt: skip
    return made


def test_side_list_keeps_the_row_when_it_is_filled_anew(theme: Theme, qtbot: QtBot) -> None:
    side = SideList(theme, "Materials")
    qtbot.addWidget(side)
    side.show_rows(ROWS)
    side.select("b")
    with qtbot.assertNotEmitted(side.chosen):
        side.show_rows(ROWS[1:])
    assert side.current_id == "b"
    side.show_rows(ROWS[:2])
    assert side.current_id == ""


def test_side_list_paints_marks_in_their_colours(theme: Theme, qtbot: QtBot) -> None:
    side = SideList(theme, "Materials")
    qtbot.addWidget(side)
    side.resize(232, 140)
    side.show_rows(ROWS)
    side.select("a")
    picture = side.grab().toImage()
    colours = {
        picture.pixelColor(x, y).name()
        for x in range(picture.width())
        for y in range(picture.height())
    }
    for wanted in (theme.colour("good"), theme.stage_line(3), theme.colour("accent_soft")):
        assert wanted.name() in colours


@pytest.mark.parametrize("in_dialog", [False, True])
def test_enter_presses_a_button_of_the_window(
    context: AppContext, qtbot: QtBot, in_dialog: bool
) -> None:
    place = QDialog() if in_dialog else QWidget()
    qtbot.addWidget(place)
    row = QVBoxLayout(place)
    pressed: list[str] = []
    for made in (icon_button(context.icons, "x", "Close"), button("Add")):
        made.clicked.connect(lambda _on=False, made=made: pressed.append(made.accessibleName()))
        row.addWidget(made)
    choice = Segmented([(1, "Is"), (2, "Must be")], name="Layer")
    row.addWidget(choice)
    place.show()
    for made in place.findChildren(QAbstractButton):
        made.setFocus()
        qtbot.keyClick(made, Qt.Key.Key_Return)
    # In a dialog Enter is for what the dialog does, wherever the focus is.
    assert set(pressed) == ({""} if in_dialog else {"Close", ""})
    assert choice.value == (None if in_dialog else 2)


def _typed_in() -> ComboBox[str]:
    made = ComboBox[str]("Name")
    made.setEditable(True)
    return made


@pytest.mark.parametrize("make", [Line, Stepper, _typed_in])
def test_enter_where_one_types_does_what_a_dialog_is_for_and_never_only_closes(
    make: Callable[[], QWidget], qtbot: QtBot
) -> None:
    for closes in (True, False):
        dialog, field = QDialog(), make()
        qtbot.addWidget(dialog)
        column = QVBoxLayout(dialog)
        column.addWidget(field)
        column.addWidget(close_foot(dialog) if closes else ask_foot(dialog, "Save").box)
        dialog.open()
        field.setFocus()
        for enter in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            qtbot.keyClick(field, enter)
        assert dialog.isVisible() is closes


@pytest.mark.parametrize("width", [300, 420, 900])
def test_an_empty_place_says_all_of_its_sentence_however_narrow(
    context: AppContext, qtbot: QtBot, width: int
) -> None:
    place = EmptyState(context.icons, "quote", "Many words about what will be here. " * 6)
    qtbot.addWidget(place)
    place.resize(width, 500)
    place.show()
    said = place.sentence
    qtbot.waitUntil(lambda: said.height() >= said.heightForWidth(said.width()))
    assert abs(said.geometry().center().x() - place.rect().center().x()) <= 1


@pytest.mark.parametrize("top", [20, 21])
def test_a_row_paints_nothing_beside_it(theme: Theme, top: int) -> None:
    """At a scale of one and a half every other row begins in the middle of a pixel."""
    image = QImage(150, 150, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(1.5)
    image.fill(Qt.GlobalColor.white)
    option, row = QStyleOptionViewItem(), QRect(0, top, 100, 21)
    option.rect = row
    option.state |= QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_Selected
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_row_ground(painter, theme, option, bar=True)
    painter.end()
    touched = [y for y in range(150) if image.pixelColor(75, y) != QColor("white")]
    # Each pixel belongs to one row, so that rows painted anew leave nothing of each other.
    first, behind = (math.floor(edge * 1.5 + 0.5) for edge in (top, top + row.height()))
    assert (min(touched), max(touched) + 1) == (first, behind)


def test_toast_is_said_and_goes(theme: Theme, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    toast = Toast()
    column.addStretch(1)
    column.addWidget(toast)
    page.resize(600, 300)
    page.show()
    assert not toast.isVisible()
    toast.say("Copied")
    assert toast.isVisible()
    assert toast.text == "Copied"
    toast.say("No longer than the window is wide: " + "so many words " * 20)
    QApplication.processEvents()
    assert page.width() == 600
    toast.dismiss()
    assert not toast.isVisible()


@pytest.mark.parametrize(
    ("ms", "text"),
    [(51_615, "51 seconds"), (1_000, "1 second"), (129_000, "2 min 9 s"), (7_500_000, "2 h 5 min")],
)
def test_length(ms: int, text: str) -> None:
    assert length_of(ms) == text


def test_words_for_numbers_and_days() -> None:
    assert plural(1, "{n} source", "{n} sources") == "1 source"
    assert plural(0, "{n} source", "{n} sources") == "0 sources"
    assert day("2026-09-12T10:00:00+02:00") == "12 September 2026"
    assert day("soon") == "not readable: soon"
    assert t("{text} {x}", text="a", x="b") == "a b"


def test_empty_place_shows_every_line_it_says(context: AppContext, qtbot: QtBot) -> None:
    empty = EmptyState(context.icons, "folder", "")
    qtbot.addWidget(empty)
    empty.say("Bring in recordings, notes and visits, and say who is speaking. " * 3)
    line = empty.sentence.fontMetrics().height()
    assert empty.sentence.height() >= 3 * line
    assert empty.accessibleName() == empty.sentence.text()
    assert empty.button.isHidden()


def test_a_choice_that_is_on_has_room_for_bold_words(theme: Theme, qtbot: QtBot) -> None:
    segmented = Segmented([("c", "Codebook"), ("m", "Materials")], name="Left")
    qtbot.addWidget(segmented)
    segmented.show()
    for made in segmented.findChildren(QPushButton):
        thin, bold = made.fontMetrics().size(0, made.text()).width(), made.width()
        made.setCheckable(False)
        air = made.sizeHint().width() - thin
        assert bold_width(made, made.text()) > thin
        assert bold >= bold_width(made, made.text()) + air


def test_rail_shows_every_name_whole(context: AppContext, qtbot: QtBot) -> None:
    rail = Rail(context.icons, [(w.key, w.title, w.icon) for w in WORKSPACES])
    qtbot.addWidget(rail)
    rail.show()
    tools = rail.findChildren(QToolButton)
    assert len(tools) == len(WORKSPACES)
    for tool in tools:
        assert tool.width() >= bold_width(tool, tool.text()) + 4  # its border


def test_short_label_ends_in_dots_and_tells_the_rest(theme: Theme, qtbot: QtBot) -> None:
    words = "Maya · 12 September 2026 · 2 min 9 s · base model"
    made = ShortLabel(words, "meta")
    qtbot.addWidget(made)
    made.resize(100, 20)
    made.show()
    qtbot.waitUntil(lambda: made.toolTip() == words)
    assert made.text() == words
    made.resize(made.sizeHint())
    qtbot.waitUntil(lambda: not made.toolTip())


def test_hidden_pages_break_no_lines(qtbot: QtBot) -> None:
    class Wordy(QWidget):
        asked = 0

        def hasHeightForWidth(self) -> bool:
            return True

        def heightForWidth(self, _width: int) -> int:
            self.asked += 1
            return 400

    pages, wordy, place = Pages(), Wordy(), QWidget()
    qtbot.addWidget(place)
    pages.addWidget(QPushButton("In front"))
    pages.addWidget(wordy)
    beside = QPushButton("Beside")
    column = QVBoxLayout(place)
    column.addWidget(pages)
    column.addWidget(beside)
    place.show()
    beside.hide()
    beside.show()
    assert wordy.asked == 0
    assert not pages.hasHeightForWidth()
