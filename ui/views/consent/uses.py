"""The table of what is asked for: a row for each use, with the answer that stands now."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem
from typing_extensions import override

from ui.i18n import t
from ui.plain import set_tip
from workbench.domain import typed
from workbench.domain.consent import Standing, Standings, State, Use

KEYS = {
    Qt.Key.Key_N: State.NOT_ASKED,
    Qt.Key.Key_A: State.ASKED,
    Qt.Key.Key_G: State.GIVEN,
    Qt.Key.Key_R: State.REFUSED,
    Qt.Key.Key_W: State.WITHDRAWN,
}
_ROW = 26
_SAID = 1


class UseTable(QTableWidget):
    """What somebody, or several people, said to each use.

    Signals:
        answered: the State whose key was pressed, for the rows that are selected.
    """

    answered = Signal(object)

    def __init__(self) -> None:
        super().__init__(len(Use), 5)
        self.setHorizontalHeaderLabels(
            [t("What for"), t("Answer"), t("Date"), t("How it is known"), t("Until")]
        )
        self.setAccessibleName(t("What was agreed to"))
        set_tip(self, t("N, A, G, R or W: not asked, asked, given, refused, withdrawn"))
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)  # arrows go from row to row, Tab goes on
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW)
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for row, use in enumerate(Use):
            for column in range(self.columnCount()):
                self.setItem(row, column, QTableWidgetItem())
            name = self.item(row, 0)
            if name is not None:
                name.setText(t(use.label).capitalize())
                set_tip(name, t(use.told))

    @property
    def chosen(self) -> list[Use]:
        """Return the uses that are selected."""
        rows = {index.row() for index in self.selectedIndexes()}
        return [use for row, use in enumerate(Use) if row in rows]

    def choose(self, use: Use) -> None:
        """Select one use."""
        self.setCurrentCell(list(Use).index(use), 0)

    def show_people(self, people: Sequence[Standings], how: Sequence[str]) -> None:
        """Show what several people said; where they differ it says so.

        Args:
            people: how each stands to every use.
            how: how each answer of the first is known, in words, in the order of the uses.
        """
        for row, use in enumerate(Use):
            said = [one[use] for one in people]
            alike = len({(one.words, _date(one)) for one in said}) == 1
            texts = _texts(said[0], how[row]) if said and alike else ("", "", "", "")
            if said and not alike:
                texts = (t("different answers"), "", "", "")
            for column, text in enumerate(texts, start=_SAID):
                cell = self.item(row, column)
                if cell is not None:
                    cell.setText(text)
                    set_tip(cell, text)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Show all uses at once: how high the head is, is known only when it is dressed."""
        head = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(_ROW * len(Use) + head + 2 * self.frameWidth())
        super().showEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        state = KEYS.get(Qt.Key(event.key()))
        held = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if state is not None and not held:
            self.answered.emit(state)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()  # the dialog's own
        else:
            super().keyPressEvent(event)


def _texts(one: Standing, how: str) -> tuple[str, str, str, str]:
    until = one.entry.until if one.entry else ""
    shown = typed.show_date(until, short=True) if until else ""
    answer = t("ended") if one.ended else t(one.state.label)
    return answer, _date(one), how, shown


def _date(one: Standing) -> str:
    return typed.show_date(one.entry.date, short=True) if one.entry and one.entry.date else ""
