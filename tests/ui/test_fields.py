"""Fields read what one types, refuse it in their place, and keep the last good value."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import QDate, QModelIndex, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableView, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.support.keyboard import Key, press
from ui.theme import Choice, Theme, contrast
from ui.views.collect.import_dialog import ImportDialog
from ui.views.collect.segments_dialog import SegmentsDialog
from ui.views.collect.workspace import CollectWorkspace
from ui.views.widgets.dates import Calendar, DateField
from ui.views.widgets.fields import LineField, with_trouble
from workbench.domain.change import Op
from workbench.domain.ids import SessionId
from workbench.domain.materials import Method
from workbench.domain.visits import VisitAnswer
from workbench.study import Study

Type = Callable[[LineField, str], None]


@pytest.fixture
def type_in(qtbot: QtBot) -> Type:
    """Type a text over what a field shows, and press Enter."""

    def type_in(field: LineField, text: str) -> None:
        field.setFocus()
        field.selectAll()
        qtbot.keyClick(field, Qt.Key.Key_Delete)
        field.insert(text)  # keyClicks knows no dash
        qtbot.keyClick(field, Qt.Key.Key_Return)

    return type_in


@pytest.fixture
def page(theme: Theme, qtbot: QtBot) -> QWidget:
    page = QWidget()
    qtbot.addWidget(page)
    return page


@pytest.fixture
def date(page: QWidget) -> DateField:
    """A field for a date, alone on a page."""
    made = DateField("Date")
    QVBoxLayout(page).addWidget(with_trouble(made))
    page.resize(400, 400)
    page.show()
    return made


@pytest.fixture
def visit(collect: CollectWorkspace) -> SessionId:
    """A mystery visit with its form, shown."""
    assert collect.study is not None
    session = collect.study.materials.add_session(Method.MYSTERY_VISIT, "Castle Street")
    collect.study.visits.begin(session.id)
    collect.refresh(None)
    collect.focus_object("session", session.id)
    return session.id


def study_of(workspace: CollectWorkspace) -> Study:
    assert workspace.study is not None
    return workspace.study


def test_a_date_shows_what_was_understood(date: DateField, type_in: Type) -> None:
    told: list[str] = []
    date.committed.connect(told.append)
    for text, shown in (("12.9.2026", "12 Sep 2026"), ("Sept 14, 2026", "14 Sep 2026"), ("", "")):
        type_in(date, text)
        assert date.text() == shown
        assert not date.trouble.isVisible()
    assert told == ["2026-09-12", "2026-09-14", ""]


@pytest.mark.parametrize("text", ["Sep", "31.9.2026", "No date12", "2026"])
def test_what_is_no_date_stays_and_is_said_below(
    date: DateField, type_in: Type, qtbot: QtBot, text: str
) -> None:
    told: list[str] = []
    date.set_value("2026-09-12")
    date.committed.connect(told.append)
    type_in(date, text)
    assert told == []
    assert date.text() == text
    assert date.hasFocus()
    assert text in date.trouble.text()
    assert date.accessibleDescription() == date.trouble.text()
    assert date.trouble.isVisible()
    date.set_value("2026-09-12")  # as when anything else in the study changes
    assert date.text() == text
    qtbot.keyClick(date, Qt.Key.Key_Escape)
    assert (date.text(), date.trouble.isVisible()) == ("12 Sep 2026", False)
    assert date.value == "2026-09-12"


def test_the_calendar_opens_at_the_date_or_at_today(date: DateField, qtbot: QtBot) -> None:
    def opened() -> Calendar:
        qtbot.keyClick(date, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
        return date.findChildren(Calendar)[-1]

    calendar = opened()
    assert calendar.month.selectedDate() == QDate.currentDate()
    calendar.close()
    date.set_value("2026-09-12")
    calendar = opened()
    assert calendar.month.selectedDate() == QDate(2026, 9, 12)
    view = calendar.month.findChild(QWidget, "qt_calendar_calendarview")
    assert view is not None
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert (date.value, date.text()) == ("2026-09-13", "13 Sep 2026")
    opened().none.click()
    assert (date.value, date.text()) == ("", "")


def test_the_calendar_can_be_read_in_both_themes(
    date: DateField, theme: Theme, qtbot: QtBot
) -> None:
    choices: tuple[Choice, ...] = ("light", "dark")
    for choice in choices:
        theme.choose(choice)
        calendar = date.open_calendar()
        assert calendar is not None
        view = calendar.month.findChild(QTableView, "qt_calendar_calendarview")
        assert view is not None
        days = [view.model().index(row, column) for row in range(1, 7) for column in range(7)]
        drawn = {_picture(view, day) for day in days}
        assert len(drawn) >= 28  # each day its own number, none cut off to “…”
        picture = view.grab().toImage()
        shades = {
            picture.pixelColor(x, y).name()
            for x in range(0, picture.width(), 2)
            for y in range(picture.height())
        }
        ground = theme.colour("surface")
        assert max(contrast(ground, QColor(one)) for one in shades) > 7
        assert ground.name() in shades
        calendar.close()


def _picture(view: QTableView, day: QModelIndex) -> bytes:
    image = view.viewport().grab(view.visualRect(day)).toImage()
    return bytes(image.constBits())


def test_tab_goes_through_an_empty_date_field(theme: Theme, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    fields = [LineField("Title"), DateField("Date"), LineField("Place")]
    column = QVBoxLayout(page)
    for field in fields:
        column.addWidget(field)
    page.show()
    page.activateWindow()
    fields[0].setFocus()
    for before, after in pairwise(fields):
        qtbot.waitUntil(before.hasFocus)
        QTest.keyClick(before, Qt.Key.Key_Tab)
        qtbot.waitUntil(after.hasFocus)


def test_times_of_a_visit_are_read_and_refused_in_their_place(
    collect: CollectWorkspace, visit: SessionId, type_in: Type
) -> None:
    study, form = study_of(collect), collect.session.visit

    def kept() -> tuple[str, str]:
        filled = study.visits.visit(visit)
        assert filled is not None
        return filled.visit.arrived, filled.visit.left_at

    type_in(form.arrived, "9.05")
    type_in(form.left, "9:40 pm")
    assert kept() == ("09:05", "21:40")
    assert (form.arrived.text(), form.left.text()) == ("09:05", "21:40")
    assert form.stay.text() == "12 h 35 min"
    type_in(form.arrived, "9:5x")
    assert kept() == ("09:05", "21:40")
    assert form.arrived.text() == "9:5x"
    assert "9:5x" in form.arrived.trouble.text()
    type_in(form.arrived, "15.10–15.31")
    assert kept() == ("09:05", "21:40")
    assert "“Left” says 21:40" in form.arrived.trouble.text()
    type_in(form.left, "")
    type_in(form.arrived, "15.10–15.32")
    assert kept() == ("15:10", "15:32")
    assert (form.arrived.text(), form.left.text()) == ("15:10", "15:32")
    assert not form.arrived.trouble.isVisible()


def test_a_number_keeps_its_decimals(
    collect: CollectWorkspace, visit: SessionId, type_in: Type
) -> None:
    study, form = study_of(collect), collect.session.visit
    filled = study.visits.visit(visit)
    assert filled is not None
    waited = next(item for item in filled.items if item.key == "wait_minutes")
    field = form.field(waited.id)
    assert isinstance(field, LineField)

    def kept() -> object:
        filled = study.visits.visit(visit)
        assert filled is not None
        return filled.answers.get(waited.id)

    for text, value, shown in (("2.5", 2.5, "2.5"), ("2,5 min", 2.5, "2.5"), ("90 s", 1.5, "1.5")):
        type_in(field, text)
        assert (kept(), field.text()) == (value, shown)
    type_in(field, "-3")
    assert (kept(), field.text()) == (1.5, "-3")
    assert "less than 0" in field.trouble.text()
    type_in(field, "")
    assert kept() is None
    study.undo()
    field.setFocus()
    field.setText("2.3")
    press(Key.Key_Up)
    assert (field.text(), field.trouble.isHidden()) == ("3.3", True)
    for _ in range(5):  # not below what the field allows
        press(Key.Key_Down)
    assert field.text() == "0.3"
    press(Key.Key_Return)
    assert kept() == 0.3
    with study._desk.step(Op.EDIT_VISIT):
        study._desk.tables.visit_answer.put(VisitAnswer(visit, waited.id, '"four"'))
    form.show_visit(study, visit, study.visits.visit(visit))  # type: ignore[arg-type]
    assert field.text() == '"four"'
    assert field.trouble.isVisible()


def test_a_code_that_is_taken_is_refused_in_its_place(
    collect: CollectWorkspace, type_in: Type
) -> None:
    study = study_of(collect)
    [maya] = study.people.participants()
    tom = study.people.add(pseudonym="Tom")
    collect.refresh(None)
    collect.focus_object("participant", tom.id)
    card = collect.people.card
    type_in(card.code, maya.code.lower())
    assert study.people.participant(tom.id).code == tom.code
    assert card.code.text() == maya.code.lower()
    assert "Maya" in card.code.trouble.text()
    type_in(card.code, "T1")
    assert study.people.participant(tom.id).code == "T1"
    type_in(card.pseudonym, "")
    assert study.people.participant(tom.id).pseudonym == "Tom"
    assert "empty" in card.pseudonym.trouble.text()
    collect.focus_object("participant", maya.id)
    assert (card.pseudonym.text(), card.pseudonym.trouble.isVisible()) == ("Maya", False)


def test_a_dialog_does_not_go_on_with_a_date_to_mend(
    study: Study, theme: Theme, qtbot: QtBot, type_in: Type
) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    dialog = ImportDialog(study, [], Method.INTERVIEW, page)
    dialog.title.setText("Maya")
    dialog.open()
    dialog.date.setFocus()
    dialog.date.setText("soon")
    dialog.accept_button.click()
    assert dialog.isVisible()
    assert dialog.date.trouble.isVisible()
    dialog.date.setText("Sep 2026")
    dialog.accept_button.click()
    assert not dialog.isVisible()
    assert dialog.plan().date == "2026-09"


def test_a_mistyped_segment_is_mended_where_it_is_chosen(
    collect: CollectWorkspace, qtbot: QtBot
) -> None:
    study = study_of(collect)
    [maya] = study.people.participants()
    renters = study.people.add_segment("Renters")
    study.people.change(maya.id, segment_id=study.people.add_segment("Rentrs").id)
    collect.refresh(None)
    collect.focus_object("participant", maya.id)
    card = collect.people.card
    card.segments.click()
    [dialog] = card.findChildren(SegmentsDialog)
    shown = [[dialog.table.item(row, at) for at in (0, 2)] for row in range(2)]
    assert [[cell.text() for cell in row if cell] for row in shown] == [
        ["Renters", "unused"], ["Rentrs", "1 person"],
    ]  # fmt: skip
    typo = dialog.table.item(1, 0)
    assert typo is not None
    typo.setText("renters")
    assert dialog.table.rowCount() == 1
    assert study.people.participant(maya.id).segment_id == renters.id
    qtbot.waitUntil(lambda: card.segment.currentText() == "Renters")
    dialog.table.setCurrentCell(0, 0)
    dialog.remove_button.click()
    assert study.people.segments() == []
    assert study.people.participant(maya.id).segment_id is None
    dialog.close()
