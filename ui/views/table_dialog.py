"""A list of named things, edited in a table: touchpoints, steps, segments, items of a form.

Every change is saved and undoable at once, so there is nothing to confirm and only “Close”.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ui.i18n import t
from ui.views.widgets.context_menu import offer_menu
from ui.views.widgets.dropping import RowEditing
from ui.views.widgets.fitting import resize_to_fit
from ui.views.widgets.foot import close_foot
from ui.views.widgets.looks import button, label
from ui.views.widgets.spoken import announce
from workbench.domain.change import Op
from workbench.errors import UserError
from workbench.services.unsaved import Spot
from workbench.study import Study


class TableDialog(QDialog):
    """A table of named things with Add, Remove (of all rows selected; also Del) and Close.

    Args:
        study: the open study.
        title: headline.
        hint: one sentence that says what the list is for.
        columns: head of each column; the first is the name.

    Attributes:
        ordered: the order of the rows means something and can be changed.
        joining: a name given twice makes two rows one.
        op: what one does here, as the history tells it.
    """

    ordered = joining = False
    op = Op.EDIT_JOURNEY

    def __init__(
        self, study: Study, title: str, hint: str, columns: Sequence[str], parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self.study = study
        self._filling, self._columns = False, tuple(columns)
        self.setWindowTitle(title)
        resize_to_fit(self, 620, 460)
        self.table = _Table(0, len(columns))
        self.table.setHorizontalHeaderLabels(list(columns))
        self.table.setAccessibleName(title)
        self.table.setItemDelegate(RowEditing(self.table))
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)  # arrows go from cell to cell, Tab goes on
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(34)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.table.itemChanged.connect(self._on_item_changed)
        self.table.itemSelectionChanged.connect(self._follow)
        self.table.remove_wanted.connect(self._on_remove)
        self.add_button = button(t("Add"))
        self.add_button.clicked.connect(self._on_add)
        self.remove_button = button(t("Remove"), "quiet")
        self.remove_button.clicked.connect(self._on_remove)
        self.steps = [button(t("Up"), "quiet"), button(t("Down"), "quiet")]
        for step, by in zip(self.steps, (-1, 1), strict=True):
            if not self.ordered:
                step.hide()
            step.setEnabled(not study.read_only)
            step.clicked.connect(lambda _on=False, by=by: self._on_move(by))
        self.trouble = label("", "bad", wrap=True)
        self.trouble.hide()
        row = QHBoxLayout()
        row.addWidget(self.add_button)
        row.addWidget(self.remove_button)
        row.addSpacing(12)
        for step in self.steps:
            row.addWidget(step)
        row.addStretch(1)
        row.addWidget(close_foot(self))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        column.addWidget(label(title, "title"))
        column.addWidget(label(hint, "soft", wrap=True))
        column.addWidget(self.table, 1)
        column.addWidget(self.trouble)
        column.addLayout(row)
        offer_menu(self.table, self._fill_menu)
        self.add_button.setEnabled(not study.read_only)
        self.fill()

    def fill(self) -> None:
        """Read the rows from the study."""
        self._filling = True
        self.table.setRowCount(0)
        for key, values in self.rows():
            self._put_row(key, values)
        self._filling = False
        self._follow()

    @abstractmethod
    def rows(self) -> list[tuple[str, tuple[str, ...]]]:
        """Return id and texts of each row."""

    @abstractmethod
    def add(self) -> None:
        """Add a row to the study."""

    @abstractmethod
    def change(self, key: str, column: int, text: str) -> None:
        """Change one text in the study; perhaps when the table is closed already."""

    @abstractmethod
    def remove(self, key: str) -> None:
        """Remove a row from the study."""

    def move_row(self, key: str, position: int) -> None:
        """Put a row at another place; only where the order means something."""

    def _on_move(self, by: int) -> None:
        row = self.table.currentRow()
        item = self.table.item(row, 0)
        if item and 0 <= row + by < self.table.rowCount():
            self.move_row(str(item.data(Qt.ItemDataRole.UserRole)), row + by)
            self.fill()
            self.table.setCurrentCell(row + by, 0)

    def _put_row(self, key: str, values: tuple[str, ...]) -> int:
        row = self.table.rowCount()
        self.table.insertRow(row)
        for column, text in enumerate(values):
            item = QTableWidgetItem(self._spot(key, column).shown(text))
            item.setData(Qt.ItemDataRole.UserRole, key)
            if self.study.read_only:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
            self.table.setItem(row, column, item)
        return row

    def _on_item_changed(self, item: QTableWidgetItem) -> None:
        if self._filling:
            return
        text = " ".join(item.text().split())
        self.trouble.hide()
        if not item.column() and not text:
            self.fill()
            return
        try:
            saved = self._spot(str(item.data(Qt.ItemDataRole.UserRole)), item.column()).keep(text)
        except UserError as refused:
            self.fill()
            self._say(str(refused))
            return
        if not saved:
            self._say(t("Not saved yet. It is tried again by itself."))
        elif self.joining and not item.column():
            self.fill()

    def _spot(self, key: str, column: int) -> Spot:
        return self.study.unsaved.spot(
            (type(self).__name__, key, str(column)),
            f"{self.windowTitle()} · {self._columns[column]}",
            lambda text: self.change(key, column, text),
        )

    def _say(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        announce(self.trouble, sentence)
        self.trouble.show()

    def _on_add(self) -> None:
        self.add()
        self.fill()
        last = self.table.item(self.table.rowCount() - 1, 0)
        if last:
            self.table.setCurrentItem(last)
            self.table.editItem(last)

    def _fill_menu(self, menu: QMenu, _at: QPoint) -> None:
        here = self.table.item(self.table.currentRow(), self.table.currentColumn())
        free = not self.study.read_only
        menu.addAction(t("Add"), self._on_add).setEnabled(free)
        if here is not None:
            menu.addAction(t("Edit"), lambda: self.table.editItem(here)).setEnabled(free)
            menu.addAction(t("Remove"), self._on_remove).setEnabled(self.remove_button.isEnabled())

    def _chosen(self) -> list[str]:
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        items = [self.table.item(row, 0) for row in rows]
        return [str(item.data(Qt.ItemDataRole.UserRole)) for item in items if item is not None]

    def _follow(self) -> None:
        self.remove_button.setEnabled(bool(self._chosen()) and not self.study.read_only)

    def _on_remove(self) -> None:
        chosen = self._chosen()
        if not chosen or self.study.read_only:
            return
        row = self.table.selectionModel().selectedRows()[0].row()
        with self.study.step(self.op):
            for key in chosen:
                self.remove(key)
        self.fill()
        self.table.setCurrentCell(min(row, self.table.rowCount() - 1), 0)


class _Table(QTableWidget):
    """Signals: remove_wanted, when Del is pressed."""

    remove_wanted = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Delete):
            self.remove_wanted.emit()
        else:
            super().keyPressEvent(event)
