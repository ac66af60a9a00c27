"""The roadmap: opportunities on a board of three horizons."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListView, QVBoxLayout, QWidget
from typing_extensions import override

from ui.context import AppContext
from ui.i18n import t
from ui.models.findings import OPPORTUNITY_MIME, OpportunityRow, RowModel
from ui.views.findings.cards import CardDelegate
from ui.views.findings.opportunity_dialog import HORIZONS
from ui.views.widgets.hint import paint_hint
from ui.views.widgets.looks import icon_button, label
from ui.views.widgets.steady import show_steadily
from workbench.domain.findings import Horizon, Opportunity

_HINTS = {
    Horizon.IS: "Under way today",
    Horizon.MUST_BE: "Repairs the journey: next",
    Horizon.SHOULD_BE: "Makes it worth telling: later",
}
_ORDER = tuple(Horizon)


class HorizonList(QListView):
    """One column. Enter edits, Ctrl+Left and Ctrl+Right move, Del removes.

    Signals:
        dropped: id of an opportunity that was dropped here.
        moved: id and direction (−1 or +1) of the current one.
        opened: id of the one to edit.
        removed: id of the one to remove.
    """

    dropped = Signal(str)
    moved = Signal(str, int)
    opened = Signal(str)
    removed = Signal(str)

    def __init__(self, context: AppContext, name: str) -> None:
        super().__init__()
        self._theme = context.theme
        self.row_model: RowModel[OpportunityRow] = RowModel()
        self.setModel(self.row_model)
        self.setItemDelegate(CardDelegate(context.theme, framed=True, parent=self))
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        context.theme.changed.connect(self.scheduleDelayedItemsLayout)

    def current(self) -> Opportunity | None:
        """Return the current opportunity."""
        row = self.currentIndex().data(Qt.ItemDataRole.UserRole)
        return row.opportunity if isinstance(row, OpportunityRow) else None

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        paint_hint(self, self._theme, t("Nothing here yet. Add an opportunity, or drag one here."))

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(OPPORTUNITY_MIME):
            event.acceptProposedAction()

    @override
    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if event.mimeData().hasFormat(OPPORTUNITY_MIME):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        key = bytes(event.mimeData().data(OPPORTUNITY_MIME).data()).decode()
        # Copy, so that the list the card came from does not remove a row of its own.
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.dropped.emit(key)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        if found := self.current():
            self.opened.emit(found.id)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        found, key = self.current(), event.key()
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if found and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(found.id)
        elif found and key == Qt.Key.Key_Delete:
            self.removed.emit(found.id)
        elif found and control and key in steps:
            self.moved.emit(found.id, steps[Qt.Key(key)])
        else:
            super().keyPressEvent(event)


class Roadmap(QWidget):
    """The board.

    Signals:
        add_requested: Horizon of a new opportunity.
        opened: id of the opportunity to edit.
        removed: id of the opportunity to remove.
        moved: id and new Horizon.
    """

    add_requested = Signal(object)
    opened = Signal(str)
    removed = Signal(str)
    moved = Signal(str, object)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns = {h: HorizonList(context, t(HORIZONS[h])) for h in _ORDER}
        self._counts = {h: label("", "meta") for h in _ORDER}
        board = QHBoxLayout(self)
        board.setContentsMargins(20, 4, 20, 12)
        board.setSpacing(20)
        for horizon, column in self.columns.items():
            board.addLayout(self._column(context, horizon, column), 1)
            column.opened.connect(self.opened)
            column.removed.connect(self.removed)
            column.dropped.connect(lambda key, h=horizon: self.moved.emit(key, h))
            column.moved.connect(lambda key, by, h=horizon: self._on_moved(key, by, h))

    def set_rows(self, rows: Sequence[OpportunityRow]) -> None:
        """Show opportunities; the current one keeps the focus, also in another column."""
        focused = next((c for c in self.columns.values() if c.hasFocus()), None)
        current = focused.current() if focused else None
        for horizon, column in self.columns.items():
            mine = [row for row in rows if row.opportunity.horizon == horizon]
            show_steadily(column, partial(column.row_model.show_rows, mine))
            self._counts[horizon].setText(f"{len(mine)} · {t(_HINTS[horizon])}")
        if current:
            self.select(current.id)

    def focus_board(self) -> None:
        """Give the keyboard to the first column that holds something."""
        filled = [c for c in self.columns.values() if c.row_model.rows]
        for column in filled[:1]:
            if column.current() is None:
                column.setCurrentIndex(column.row_model.index(0))
            column.setFocus()

    def select(self, opportunity_id: str) -> None:
        """Make an opportunity the current one."""
        for column in self.columns.values():
            row = column.row_model.row_of(opportunity_id)
            if row >= 0:
                column.setCurrentIndex(column.row_model.index(row))
                column.setFocus()

    def _column(self, context: AppContext, horizon: Horizon, column: HorizonList) -> QVBoxLayout:
        add = icon_button(context.icons, "plus", t("Add an opportunity…"))
        add.setAccessibleName(t("Add an opportunity: {horizon}", horizon=t(HORIZONS[horizon])))
        add.clicked.connect(lambda: self.add_requested.emit(horizon))
        top = QHBoxLayout()
        top.setContentsMargins(6, 0, 0, 0)
        top.addWidget(label(t(HORIZONS[horizon]), "strong"), 1)
        top.addWidget(add)
        self._counts[horizon].setContentsMargins(6, 0, 0, 6)
        made = QVBoxLayout()
        made.setSpacing(0)
        made.addLayout(top)
        made.addWidget(self._counts[horizon])
        made.addWidget(column, 1)
        return made

    def _on_moved(self, key: str, by: int, horizon: Horizon) -> None:
        place = _ORDER.index(horizon) + by
        if 0 <= place < len(_ORDER):
            self.moved.emit(key, _ORDER[place])
