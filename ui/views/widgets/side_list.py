"""The list at the left of a workspace: quiet headings with a count, rows with a mark and a note.

A row without an id is a heading. `show_rows` keeps the current row.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from ui.models.rows import Index, KeyedRows
from ui.plain import plain
from ui.theme import Theme
from ui.views.widgets.hint import paint_hint
from ui.views.widgets.looks import look
from ui.views.widgets.row_ground import paint_row_ground
from ui.views.widgets.steady import show_steadily

_ROW = 30
_HEADING = 29


@dataclass(frozen=True, slots=True)
class SideRow:
    """One row.

    Attributes:
        id: what `chosen` tells; empty for a heading.
        title: the words at the left.
        note: the small words at the right: a count, a length, a percentage.
        mark: theme token of the dot ("good", "accent", "bad"), "ring" for an empty one, or "".
        stage: index of a stage colour for the dot, instead of `mark`; −1 for none.
        indent: levels below the heading.
        faint: of little weight; shown in a quieter tone.
    """

    id: str
    title: str
    note: str = ""
    mark: str = ""
    stage: int = -1
    indent: int = 0
    faint: bool = False


class SideList(QListView):
    """The list.

    Args:
        theme: colours and fonts.
        name: what it lists; read aloud.

    Attributes:
        hint: a sentence for the empty list.
        tell: says more about a row, in faint words behind its title; asked for rows that are seen.

    Signals:
        chosen: id of the row a person or `select` made current.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.hint = ""
        self.tell: Callable[[SideRow], str] = lambda _row: ""
        self._model = _Rows(self)
        self.setModel(self._model)
        self.setItemDelegate(_RowPainter(theme, self))
        self.setAccessibleName(name)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        look(self, "plain")
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self.activated.connect(self._take)

    @property
    def current_id(self) -> str:
        """Return the id of the current row, or an empty text."""
        row = self._model.row_at(self.currentIndex())
        return row.id if row else ""

    def show_rows(self, rows: Sequence[SideRow]) -> None:
        """Show rows in place of those before; the current one stays current, without a signal."""
        show_steadily(self, partial(self._model.show_rows, rows))

    def select(self, row_id: str) -> None:
        """Make a row current, if it is there."""
        index = self._model.find((row_id, "")) if row_id else QModelIndex()
        if index.isValid():
            self.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
            self.scrollTo(index)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        paint_hint(self, self._theme, self.hint, side=16)

    def _take(self, index: QModelIndex) -> None:
        """Select what Enter was pressed on: a row that Tab came to is current, not selected."""
        if not self.selectionModel().isSelected(index):
            self.selectionModel().select(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _on_current_changed(self, current: QModelIndex) -> None:
        row = self._model.row_at(current)
        if row is not None and row.id:
            self.chosen.emit(row.id)


class _Rows(KeyedRows[SideRow]):
    def __init__(self, parent: SideList) -> None:
        super().__init__(lambda row: (row.id, "" if row.id else row.title), parent)
        self._list = parent

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        row = self.row_at(index)
        return super().flags(index) if row and row.id else Qt.ItemFlag.NoItemFlags

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row_at(index)
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain(f"{row.title} {self._list.tell(row)}".strip())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return " ".join(filter(None, (row.title, self._list.tell(row), row.note)))
        return row if role == Qt.ItemDataRole.UserRole else None


class _RowPainter(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: SideList) -> None:
        super().__init__(parent)
        self._theme = theme
        self._list = parent

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: SideRow = index.data(Qt.ItemDataRole.UserRole)
        return QSize(80, _ROW if row.id else _HEADING)

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> None:
        row: SideRow = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.id:
            self._paint_row(painter, option, row)
        else:
            inner = option.rect.adjusted(16, 6, -16, 0)
            self._paint_words(painter, inner, row, "heading", ("ink_faint", "ink_faint"))
        painter.restore()

    def _paint_row(self, painter: QPainter, option: QStyleOptionViewItem, row: SideRow) -> None:
        rect, theme = option.rect, self._theme
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        paint_row_ground(painter, theme, option, bar=True)
        left = 16 + 14 * row.indent
        if row.mark or row.stage >= 0:
            self._paint_mark(painter, QRectF(rect.left() + left, rect.center().y() - 3, 8, 8), row)
            left += 16
        tones = ("ink_faint" if row.faint else "ink", "ink_soft" if chosen else "ink_faint")
        self._paint_words(painter, rect.adjusted(left, 0, -16, 0), row, "base", tones)

    def _paint_mark(self, painter: QPainter, place: QRectF, row: SideRow) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        if row.stage >= 0:
            painter.setBrush(self._theme.stage_line(row.stage))
            painter.drawRoundedRect(place, 2, 2)
        elif row.mark == "ring":
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.colour("ink_faint"), 1.5))
            painter.drawEllipse(place.adjusted(0.75, 0.75, -0.75, -0.75))
        else:
            painter.setBrush(self._theme.colour(row.mark))
            painter.drawEllipse(place)

    def _paint_words(
        self, painter: QPainter, rect: QRect, row: SideRow, role: str, tones: tuple[str, str]
    ) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        note_font = self._theme.font("heading" if role == "heading" else "small")
        width = QFontMetrics(note_font).horizontalAdvance(row.note)
        painter.setFont(note_font)
        painter.setPen(self._theme.colour(tones[1]))
        painter.drawText(rect, middle | Qt.AlignmentFlag.AlignRight, row.note)
        room = rect.adjusted(0, 0, -width - 8 if width else 0, 0)
        font = self._theme.font("heading" if role == "heading" else "base")
        shown = QFontMetrics(font).elidedText(row.title, Qt.TextElideMode.ElideRight, room.width())
        painter.setFont(font)
        painter.setPen(self._theme.colour(tones[0]))
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignLeft, shown)
        if row.id and (more := self._list.tell(row)):
            metrics = QFontMetrics(font)
            room.setLeft(room.left() + metrics.horizontalAdvance(f"{shown}  "))
            painter.setPen(self._theme.colour("ink_faint"))
            shown = metrics.elidedText(more, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, middle | Qt.AlignmentFlag.AlignLeft, shown)
