"""The reports written so far, and what is different since: below the outline."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from ui.i18n import plural, t, when
from ui.plain import plain
from ui.views.widgets.looks import label
from workbench.domain.written import ReportRecord

_NUMBER = Qt.ItemDataRole.UserRole
_TALLEST = 240
_MOST = 12  # numbers on a line; who wants all of them asks the command line
_CHECKSUM = 12  # digits shown; all of them are in the tooltip


class WrittenReports(QWidget):
    """A line for each report, and below it which file it is, who wrote it, and what changed since.

    Signals:
        number_chosen: an evidence number, to be shown in the register.
    """

    number_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hint = label("", "meta", wrap=True)
        self.hint.setContentsMargins(12, 0, 12, 8)
        self._heading = label(t("Reports written"), "heading")
        self._heading.setContentsMargins(12, 4, 12, 0)
        self.list = QTreeWidget()
        self.list.setHeaderHidden(True)
        self.list.setAccessibleName(t("Reports written"))
        self.list.setIndentation(14)
        self.list.setMaximumHeight(_TALLEST)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.itemActivated.connect(self._on_chosen)
        self.list.itemClicked.connect(self._on_chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.hint)
        column.addWidget(self._heading)
        column.addWidget(self.list)

    def show_records(self, records: Sequence[ReportRecord], provisional: Sequence[int]) -> None:
        """Show the reports, newest first.

        Args:
            records: the reports written so far.
            provisional: numbers of the preview that are not kept yet.
        """
        self.hint.setText(_hint(provisional))
        self.hint.setVisible(bool(provisional))
        self._heading.setVisible(bool(records))
        self.list.setVisible(bool(records))
        self.list.clear()
        for place, record in enumerate(records):
            item = _line(record)
            self.list.addTopLevelItem(item)
            item.setExpanded(place == 0)

    def _on_chosen(self, item: QTreeWidgetItem) -> None:
        number = item.data(0, _NUMBER)
        if number is not None:
            self.number_chosen.emit(number)


def _hint(provisional: Sequence[int]) -> str:
    return plural(
        len(provisional),
        "E{first} is kept once a report with it is written; until then it may change.",
        "E{first} to E{last} are kept once a report is written; until then they may change.",
        first=provisional[0] if provisional else 0,
        last=provisional[-1] if provisional else 0,
    )


def _line(record: ReportRecord) -> QTreeWidgetItem:
    report = record.report
    item = QTreeWidgetItem([" · ".join(filter(None, (when(report.written_at), _since(record))))])
    item.setData(0, Qt.ItemDataRole.ToolTipRole, plain(report.file))
    for words, told, number in _facts(record):
        child = QTreeWidgetItem([words])
        child.setData(0, Qt.ItemDataRole.ToolTipRole, plain(told))
        child.setData(0, _NUMBER, number)
        item.addChild(child)
    return item


def _since(record: ReportRecord) -> str:
    """Return how many numbers are another thing today, "" for none."""
    other = len(record.changed) + len(record.removed)
    return plural(other, "{n} differs", "{n} differ") if other else ""


def _facts(record: ReportRecord) -> list[tuple[str, str, int | None]]:
    """Return what to say of a report: shown, told in full, and the number it leads to."""
    report = record.report
    cites = plural(len(record.numbers), "{n} piece of evidence", "{n} pieces of evidence")
    facts: list[tuple[str, str, int | None]] = [(report.file, report.file, None)]
    if report.coder:
        facts.append((t("By {name}", name=report.coder), report.coder, None))
    facts.append((cites, cites, None))
    for words, numbers in (
        (t("Changed since"), record.changed),
        (t("Removed since"), record.removed),
    ):
        if numbers:
            listed = f"{words}: {_listed(numbers)}"
            facts.append((listed, listed, numbers[0]))
    if not record.changed and not record.removed:
        same = t("Its evidence is unchanged")
        facts.append((same, same, None))
    checksum = t("SHA-256 {sum}…", sum=report.sha256[:_CHECKSUM])
    return [*facts, (checksum, report.sha256, None)]


def _listed(numbers: Sequence[int]) -> str:
    shown = ", ".join(f"E{number}" for number in numbers[:_MOST])
    return f"{shown} …" if len(numbers) > _MOST else shown
