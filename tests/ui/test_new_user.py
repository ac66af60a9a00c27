"""A new user's walk: from the welcome page to the written report, with real dialogs.

Only the desktop's own file choosers are answered beforehand. All else is done with keys and the
mouse on what is visible, and seen on the screen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from docx import Document
from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QMenu,
    QWidget,
)
from pytestqt.qtbot import QtBot
from typing_extensions import override

from tests.support import word
from tests.support.keyboard import Held, Key
from tests.ui.conftest import Answers
from ui.context import AppContext, NewStudy
from ui.main_window import MainWindow
from ui.views.journey.map_view import MapView
from ui.views.journey.sheet import Place
from ui.views.new_study import NewStudyDialog
from ui.views.questions import QuestionDialog, TextDialog
from workbench.services.journey import lanes

CTRL, SHIFT = Held.ControlModifier, Held.ShiftModifier
LEFT = Qt.MouseButton.LeftButton
INTERVIEW = """Interviewer: How did you hear of it?
Maya: A friend told me it opens in ten minutes.
Interviewer: And then?
Maya: The form asked me for the same address three times.
Interviewer: And the card?
Maya: They promised three days, and it came after two weeks.
Interviewer: How was that?
Maya: The woman in the branch solved it in five minutes.
Interviewer: And today?
Maya: Now I use it every day and it just works.
"""


@dataclass(slots=True)
class OnlyFiles(Answers):
    """Answers the desktop's file choosers; every dialog of the program itself is a real one."""

    @override
    def ask_new_study(self, parent: QWidget) -> NewStudy | None:
        assert self.folder is not None
        dialog = NewStudyDialog(self.folder, self, parent)
        return dialog.answer() if dialog.exec() else None

    @override
    def ask_text(
        self, parent: QWidget, title: str, question: str, *, accept: str, text: str = ""
    ) -> str | None:
        dialog = TextDialog(title, question, accept, text=text, parent=parent)
        return dialog.answer if dialog.exec() else None

    @override
    def confirm(
        self, parent: QWidget, question: str, *, detail: str = "", accept: str, danger: bool = False
    ) -> bool:
        return bool(QuestionDialog(question, detail, accept, danger=danger, parent=parent).exec())


@pytest.fixture
def answers(tmp_path: Path) -> OnlyFiles:
    return OnlyFiles(folder=tmp_path)


class Person:
    """Sees what is visible in front, and uses it with mouse and keys."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self._qtbot = qtbot
        self._window = window

    @property
    def front(self) -> QWidget:
        front = QApplication.activeModalWidget() or self._window
        if not front.isActiveWindow():  # nothing manages windows here: what comes up is not active
            front.activateWindow()
            self._qtbot.waitUntil(front.isActiveWindow)
        return front

    def keys(self, *keys: Key, held: Held = Held.NoModifier) -> None:
        for key in keys:
            self._qtbot.keyClick(self._focus(), key, held)

    def write(self, text: str) -> None:
        for letter in text:
            self._qtbot.keyClicks(self._focus(), letter)

    def answer_next(self, text: str) -> None:
        """Type into the dialog that is about to come, and press Enter."""

        def type_it() -> None:
            if self.front is self._window or not isinstance(self._focus(), QLineEdit):
                QTimer.singleShot(1, type_it)
                return
            self.write(text)
            self.keys(Key.Key_Return)

        QTimer.singleShot(0, type_it)

    def click(self, name: str) -> None:
        """Click the one visible button of this name."""
        self._qtbot.waitUntil(lambda: len(self._buttons(name)) == 1)
        [found] = self._buttons(name)
        assert found.isEnabled(), name
        self._qtbot.mouseClick(found, LEFT)

    def choose(self, name: str) -> None:
        """Choose an entry of the menu that is open."""
        self._qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        [entry] = [one for one in menu.actions() if one.text() == name]
        assert isinstance(entry, QAction)
        self._qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(entry).center())

    def click_row(self, text: str, *, of: str) -> None:
        """Click the row with this text in the list of this name."""
        self._qtbot.waitUntil(lambda: bool(self._row(text, of)))
        [(view, index)] = self._row(text, of)
        view.scrollTo(index)
        at = view.visualRect(index).center()
        self._qtbot.mouseClick(view.viewport(), LEFT, pos=at)

    def click_field(self, name: str) -> None:
        fields = [f for f in self.front.findChildren(QWidget) if f.accessibleName() == name]
        [field] = [one for one in fields if one.isVisible()]
        inner = field.childAt(field.rect().center()) or field
        self._qtbot.mouseClick(inner, LEFT)
        assert field.hasFocus(), name

    def sees(self, text: str) -> None:
        """Wait until a text stands in a label, a button, a field or a list."""
        self._qtbot.waitUntil(lambda: any(text in one for one in self._texts()))

    def _focus(self) -> QWidget:
        front = self.front
        return QApplication.focusWidget() or front

    def _buttons(self, name: str) -> list[QAbstractButton]:
        return [
            one
            for one in self.front.findChildren(QAbstractButton)
            if one.isVisible() and name in (one.text(), one.accessibleName())
        ]

    def _row(self, text: str, of: str) -> list[tuple[QAbstractItemView, QModelIndex]]:
        return [
            (view, index)
            for view in self.front.findChildren(QAbstractItemView)
            if view.isVisible() and view.accessibleName() == of
            for index in _indexes(view)
            if text in _spoken(index)
        ]

    def _texts(self) -> Iterator[str]:
        for one in self.front.findChildren(QWidget):
            if not one.isVisible():
                continue
            if isinstance(one, QLabel | QAbstractButton | QLineEdit):
                yield one.text()
            elif isinstance(one, QAbstractItemView):
                yield from map(_spoken, _indexes(one))


def _indexes(view: QAbstractItemView) -> Iterator[QModelIndex]:
    model = view.model()
    for at in range(model.rowCount() if model else 0):
        yield model.index(at, 0)


def _spoken(index: QModelIndex) -> str:
    return str(
        index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data(Qt.ItemDataRole.DisplayRole)
    )


@pytest.fixture
def person(qtbot: QtBot, window: MainWindow) -> Person:
    return Person(qtbot, window)


def test_from_an_empty_study_to_the_written_report(
    qtbot: QtBot, person: Person, context: AppContext, answers: OnlyFiles, tmp_path: Path
) -> None:
    interview = tmp_path / "Talk.txt"
    interview.write_text(INTERVIEW, encoding="utf-8")
    answers.files = [interview]
    answers.saved = tmp_path / "Changing banks.docx"

    make_a_study(person)
    add_the_interview(person)
    meet_people(person)
    code_five_passages(person)
    look_at_the_journey(qtbot, person)
    write_an_insight(person)
    write_the_report(qtbot, person, answers.saved)

    check_the_report(answers.saved)
    assert context.study is not None
    assert context.study.check() == []
    assert answers.errors == []


def make_a_study(person: Person) -> None:
    person.answer_next("Changing banks")
    person.click("New study…")
    assert person.front.windowTitle() == "Changing banks – Workbench"
    person.sees("What did you bring from the field?")


def add_the_interview(person: Person) -> None:
    person.click("Add files…")
    person.sees("Talk.txt")
    person.click("Choose or add people")
    person.choose("New person…")
    person.write("Maya")
    person.keys(Key.Key_Tab)
    person.write("Young adults")
    person.keys(Key.Key_Return)
    person.click("Add")
    person.sees("One file added.")
    person.click_row("Talk", of="Sessions")


def meet_people(person: Person) -> None:
    person.click("People")
    person.click_row("Maya", of="People")
    person.click("Consent…")
    person.click("Enter the answer")
    person.click("Close")
    person.click_field("Pseudonym of somebody new")
    person.write("Ben")
    person.keys(Key.Key_Return)
    person.click_field("Segment")
    person.keys(Key.Key_A, held=CTRL)
    person.write("Families")
    person.keys(Key.Key_Return)
    person.sees("Families")


def code_five_passages(person: Person) -> None:
    person.keys(Key.Key_3, held=CTRL)
    person.sees("Select words, then type a code’s name.")
    code_sentence(person, 1, "1", "word of mouth", stage="Hearing")
    person.write("t")
    person.write("Friends")
    person.keys(Key.Key_Return)
    rate(person, Key.Key_Right, Key.Key_Right)
    person.write("x")  # expected
    person.sees("Friends")
    code_sentence(person, 2, "2", "address again", stage="Opening")
    rate(person, Key.Key_Left)
    person.write("xxo")  # had, a moment of truth
    code_sentence(person, 2, "3", "broken date", stage="Waiting")
    rate(person, Key.Key_Left, Key.Key_Left)
    person.write("xxppp")  # had, and the promise is broken
    person.sees("Promise broken")
    code_sentence(person, 2, "3", "helped at last")
    code_sentence(person, 2, "4", "just works", stage="Using")
    rate(person, Key.Key_Right)
    person.write("xx")


def code_sentence(person: Person, down: int, digit: str, code: str, stage: str = "") -> None:
    """Go down some lines, select the sentence there, give it a stage and a code."""
    person.keys(Key.Key_Escape, *[Key.Key_Down] * down)
    person.write(".." + digit)
    if stage:
        person.sees("Name a new one.")
        person.write(stage)
        person.keys(Key.Key_Return)
    person.write(code)
    person.keys(Key.Key_Return)
    person.sees(code)


def rate(person: Person, *keys: Key) -> None:
    """Rate effectiveness with the arrows and go back to the text."""
    person.write("e")
    person.keys(*keys, Key.Key_Escape)


def look_at_the_journey(qtbot: QtBot, person: Person) -> None:
    person.keys(Key.Key_4, held=CTRL)
    person.sees("The customer’s journey")
    [shown] = [one for one in person.front.findChildren(MapView) if one.isVisible()]
    sheet = shown.sheet
    assert sheet is not None
    names = ["Hearing", "Opening", "Waiting", "Using"]
    assert [column.name for column in sheet.columns] == names
    moment = sheet.rect(Place(lanes.MOMENTS, names.index("Opening"))).center().toPoint()
    qtbot.mouseClick(shown.viewport(), LEFT, pos=moment)
    person.sees("Opening · Moments of truth")
    person.sees("the same address three times.")
    assert "The form asked me" in shown.accessibleDescription()


def write_an_insight(person: Person) -> None:
    person.keys(Key.Key_5, held=CTRL)
    person.sees("5 passages · 1 person · 1 method")
    person.click_row("They promised", of="Passages")
    person.answer_next("Waiting breaks the promise that opening made")
    person.keys(Key.Key_I, held=CTRL | SHIFT)  # the passage selected is the first evidence for it
    person.sees("1 for · 0 against")
    person.keys(Key.Key_Down, Key.Key_Down)
    person.write("a")
    person.sees("1 for · 1 against")


def write_the_report(qtbot: QtBot, person: Person, file: Path) -> None:
    person.keys(Key.Key_6, held=CTRL)
    person.sees("5 pieces of evidence")
    person.click("Write report…")
    person.sees(f"Open {file.name}")
    person.sees("Reports written")
    qtbot.waitUntil(file.exists)


def check_the_report(file: Path) -> None:
    said = word.text(file)
    for sentence in (
        "Changing banks",
        "We met 1 person; the study stands on 1 interview. 1 person of the study has not been",
        "1 of the 2 people has not agreed to be quoted; no observation is theirs.",
        "Waiting breaks the promise that opening made",
        "Evidence: 1 for, 1 against. Carried by Interviews (1 mention, 1 person).",
        "Mentions of the promise: kept 0, broken 1, named 0.",
        "No stage has been rated by three people, so no mean is drawn.",
        "1 method. Methods: I interview.",
    ):
        assert sentence in said, sentence
    for untrue in ("bars show", "broken line", "Shoppers’ ratings", "mystery visit"):
        assert untrue not in said, untrue
    tables = [
        [[" ".join(cell.text.split()) for cell in row.cells] for row in table.rows]
        for table in Document(str(file)).tables
    ]
    people = next(table for table in tables if table[0][0] == "Person")
    assert people[1:] == [
        ["Maya P01", "Young adults", "Interview", "5", "quotes: given"],
        ["Ben P02", "Families", "–", "0", "quotes: not asked"],
    ]
    register = next(table for table in tables if table[0][:2] == ["No.", "Words"])
    assert [row[0] for row in register[1:]] == ["E1", "E2", "E3", "E4", "E5"]
    words = {row[1].strip("“”"): (row[2], row[4]) for row in register[1:]}
    assert words == {
        "A friend told me it opens in ten minutes.": ("Maya", "Hearing"),
        "The form asked me for the same address three times.": ("Maya", "Opening"),
        "They promised three days, and it came after two weeks.": ("Maya", "Waiting"),
        "The woman in the branch solved it in five minutes.": ("Maya", "Waiting"),
        "Now I use it every day and it just works.": ("Maya", "Using"),
    }
