"""The sessions of a study in columns: title, people, date, length, state."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from ui.i18n import t
from ui.models.rows import Index, KeyedRows
from ui.plain import plain
from ui.theme import Role, Theme
from ui.views.collect.rows import SessionRow
from ui.views.widgets.hint import paint_hint
from ui.views.widgets.looks import look
from ui.views.widgets.row_ground import paint_row_ground
from ui.views.widgets.steady import show_steadily

_ROW, _HEADING, _EDGE, _GAP = 38, 44, 24, 16
_WIDE, _NARROW, _DATE, _LENGTH, _STATE = 640, 240, 132, 56, 120
_ROLE = Qt.ItemDataRole.UserRole


class SessionList(QListView):
    """The list.

    Attributes:
        hint: a sentence for the empty list.

    Signals:
        chosen: id of the session that became current.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.hint = ""
        self._rows = _Rows(self)
        self.setModel(self._rows)
        self.setItemDelegate(_Painter(theme, self))
        self.setAccessibleName(t("Sessions"))
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        look(self, "plain")
        self.selectionModel().currentChanged.connect(self._on_current_changed)

    @property
    def current_id(self) -> str:
        """Return the id of the current session, or an empty text."""
        return self._rows.id_at(self.currentIndex())

    def show_rows(self, rows: Sequence[SessionRow]) -> None:
        """Show rows; the current session stays current, or its neighbour when it is gone."""
        place = self.currentIndex().row()
        others = show_steadily(self, partial(self._rows.show_rows, rows))
        if (others or not rows) and not self.current_id:
            self._select_near(place)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        paint_hint(self, self._theme, self.hint, side=_EDGE)

    def select(self, session_id: str) -> bool:
        """Make a session current; tell whether it is there."""
        index = self._rows.find((session_id, ""))
        if index.isValid():
            self.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
            self.scrollTo(index)
        return index.isValid()

    def _select_near(self, place: int) -> None:
        ids = [self._rows.id_at(self._rows.index(at)) for at in range(self._rows.rowCount())]
        sessions = [at for at, found in enumerate(ids) if found]
        if sessions:
            self.select(ids[min(sessions, key=lambda at: abs(at - place))])
        else:
            self.chosen.emit("")

    def _on_current_changed(self, current: QModelIndex) -> None:
        self.chosen.emit(self._rows.id_at(current))


class _Rows(KeyedRows[SessionRow]):
    def __init__(self, parent: QObject) -> None:
        super().__init__(lambda row: (row.id, "" if row.id else row.title), parent)

    def id_at(self, index: Index) -> str:
        row = self.row_at(index)
        return row.id if row is not None else ""

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) if self.id_at(index) else Qt.ItemFlag.NoItemFlags

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row_at(index)
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (row.title, row.people, row.date, row.length, row.state)
            return ", ".join(part for part in parts if part)
        if role == Qt.ItemDataRole.ToolTipRole and row.id:
            return plain(f"{row.title}\n{row.people}".strip())
        return row if role == _ROLE else None


class _Painter(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, _ROW if index.data(_ROLE).id else _HEADING)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: SessionRow = index.data(_ROLE)
        rect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.id:
            paint_row_ground(painter, self._theme, option, bar=True)
            self._mark(painter, QRectF(rect.left() + _EDGE, rect.center().y() - 3.5, 8, 8), row)
            self._columns(painter, rect.adjusted(_EDGE + 20, 0, -_EDGE, 0), row)
        else:
            area = rect.adjusted(_EDGE, 14, -_EDGE, 0)
            self._words(painter, area, row.title, "heading", "ink_faint")
            self._words(painter, area, row.state, "heading", "ink_faint", right=True)
            painter.setPen(self._theme.colour("line"))
            painter.drawLine(
                rect.left() + _EDGE, rect.bottom(), rect.right() - _EDGE, rect.bottom()
            )
        painter.restore()

    def _mark(self, painter: QPainter, place: QRectF, row: SessionRow) -> None:
        if row.mark == "ring":
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.colour("ink_faint"), 1.5))
            painter.drawEllipse(place.adjusted(0.75, 0.75, -0.75, -0.75))
        elif row.share >= 0:
            painter.setPen(QPen(self._theme.colour("line"), 2))
            ring = place.adjusted(-1, -1, 1, 1)
            painter.drawEllipse(ring)
            painter.setPen(QPen(self._theme.colour("accent"), 2))
            painter.drawArc(ring, 90 * 16, -round(row.share * 57.6))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour(row.mark))
            painter.drawEllipse(place)

    def _columns(self, painter: QPainter, area: QRect, row: SessionRow) -> None:
        """Write the columns from the right; on a narrow list they make room for the title."""
        left, right = area.left(), area.right()
        tone = "bad" if row.mark == "bad" else "ink_soft"
        for text, width, shown in (
            (row.state, _STATE if area.width() > _NARROW else 0, tone),
            (row.length, _LENGTH if area.width() > _NARROW + _LENGTH else 0, "ink_faint"),
            (row.date, _DATE if area.width() > _WIDE - 120 else 0, "ink_faint"),
        ):
            if width:
                column = QRect(right - width, area.top(), width, area.height())
                self._words(painter, column, text, "small", shown, right=True)
                right -= width + (_GAP if text is not row.state else 8)
        room = right - left
        if area.width() > _WIDE - 40:
            people = QRect(left + room * 55 // 100, area.top(), room * 45 // 100, area.height())
            self._words(painter, people, row.people, "small", "ink_soft")
            room = room * 55 // 100 - _GAP
        self._words(painter, QRect(left, area.top(), room, area.height()), row.title, "base", "ink")

    def _words(
        self,
        painter: QPainter,
        area: QRect,
        text: str,
        role: Role,
        tone: str,
        *,
        right: bool = False,
    ) -> None:
        font = self._theme.font(role)
        painter.setFont(font)
        painter.setPen(self._theme.colour(tone))
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter, shown)
