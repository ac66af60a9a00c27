"""The ledger of one person, the newest entry first, each with what shows it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem
from typing_extensions import override

from ui.i18n import t, when
from ui.plain import set_tip
from workbench.domain import typed
from workbench.domain.consent import Entry
from workbench.domain.figures import clock
from workbench.study import Study


def how_known(study: Study, entry: Entry | None) -> str:
    """Return in words how an answer is known: “signed.pdf · said in Call, 0:12 · on the phone”."""
    if entry is None:
        return ""
    parts = []
    if entry.form_id is not None:
        parts.append(study.ledger.forms.get(entry.form_id).title)
    if entry.source_id is not None and entry.at_ms is not None:
        title = study.materials.source(entry.source_id).title
        parts.append(t("said in {title}, {time}", title=title, time=clock(entry.at_ms)))
    return " · ".join([*parts, *([entry.how] if entry.how else [])])


class EntryTable(QTableWidget):
    """What was entered.

    Signals:
        opened: the Entry whose form or recording shall be shown.
    """

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__(0, 4)
        self._entries: list[Entry] = []
        self.setHorizontalHeaderLabels(
            [t("What for"), t("Answer"), t("How it is known"), t("Entered")]
        )
        self.setAccessibleName(t("What was entered"))
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(26)
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.setMinimumHeight(84)
        self.cellDoubleClicked.connect(lambda *_: self._open())

    @property
    def current(self) -> Entry | None:
        """Return the entry that is selected."""
        row = self.currentRow()
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def show_entries(self, study: Study, entries: Sequence[Entry]) -> None:
        """Show entries in the order given."""
        self._entries = list(entries)
        self.setRowCount(len(self._entries))
        for row, entry in enumerate(self._entries):
            stamp = when(entry.entered_at)
            day = stamp.partition(",")[0]
            texts = (
                t(entry.use.label).capitalize(),
                _answer(entry),
                how_known(study, entry),
                " · ".join(filter(None, (day, entry.coder))),
            )
            tips = (*texts[:-1], " · ".join(filter(None, (stamp, entry.coder))))
            for column, (text, tip) in enumerate(zip(texts, tips, strict=True)):
                cell = QTableWidgetItem(text)
                set_tip(cell, tip)
                self.setItem(row, column, cell)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()  # what stands here is only shown: the dialog’s Enter would enter it anew
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        if self.current is not None:
            self.opened.emit(self.current)


def _answer(entry: Entry) -> str:
    """Return “given 12 Sep 2026 – 12 Oct 2026”, as far as the days are known."""
    days = [typed.show_date(day, short=True) for day in (entry.date, entry.until)]
    shown = f"{days[0]} – {days[1]}" if entry.until else days[0]
    return f"{t(entry.state.label)} {shown}".strip()
