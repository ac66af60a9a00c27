"""The two handles of the selected observation: drag one, and the observation grows or shrinks."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from typing_extensions import override

from ui.theme import Theme
from ui.views.reading.marks import Mark
from ui.views.reading.turns import TurnText
from workbench.domain.anchors import TextAnchor
from workbench.domain.stretching import Edge, stretch_to

_REACH = 7.0  # pixels around a handle in which it is grasped
_KNOB = 4.0


class Handles(QObject):
    """Shows and moves the borders of the one selected mark.

    Args:
        text: in which it lies.
        theme: colours.
        may_move: tells whether observations can be changed now.

    Signals:
        moved: id of the mark, and its new anchor; told once, when the mouse lets go.
    """

    moved = Signal(str, object)

    def __init__(self, text: TurnText, theme: Theme, may_move: Callable[[], bool]) -> None:
        super().__init__(text)
        self._text = text
        self._theme = theme
        self._may_move = may_move
        self._edge: Edge | None = None
        self._before: Mark | None = None
        self._anchor: TextAnchor | None = None
        text.ink.over.append(self.paint)
        text.viewport().installEventFilter(self)
        text.installEventFilter(self)

    @property
    def mark(self) -> Mark | None:
        """Return the mark that has handles: the selected one, if it is alone."""
        if len(self._text.highlights.chosen) != 1 or not self._may_move():
            return None
        return self._text.marks.get(self._text.highlights.selected)

    def place(self, edge: Edge) -> QRectF:
        """Return where a handle is in the viewport; empty while its line cannot be seen."""
        mark = self.mark
        if mark is None:
            return QRectF()
        row, unit = (mark.first, mark.start) if edge is Edge.START else (mark.last, mark.end)
        return self._text.page.border(row, unit, after=edge is Edge.START)

    def paint(self, painter: QPainter) -> None:
        """Paint both, over everything else."""
        for edge in Edge:
            place = self.place(edge)
            if place.isEmpty():
                continue
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("accent"))
            painter.drawRoundedRect(place, 1, 1)
            centre = place.center()
            centre.setY(place.top() if edge is Edge.START else place.bottom())
            painter.drawEllipse(centre, _KNOB, _KNOB)

    def _at(self, point: QPointF) -> Edge | None:
        for edge in (Edge.END, Edge.START):
            place = self.place(edge)
            near = place.adjusted(-_REACH, -_REACH, _REACH, _REACH)
            if not place.isEmpty() and near.contains(point):
                return edge
        return None

    def _grasp(self, edge: Edge) -> None:
        self._edge, self._before = edge, self.mark
        self._anchor = None

    def _drag(self, point: QPointF, *, letters: bool) -> None:
        mark, edge = self.mark, self._edge
        if mark is None or edge is None:
            return
        text, marks = self._text, self._text.highlights
        position = text.cursorForPosition(point.toPoint())
        row = position.blockNumber()
        at = text.rows.points(row, position.positionInBlock())
        anchor = stretch_to(text.turns, marks.anchor_of(mark), edge, row, at, letters=letters)
        self._anchor = anchor
        self._show(marks.mark_on(mark, anchor))

    def _show(self, mark: Mark) -> None:
        marks = self._text.marks
        rows = marks.rows([mark.id])
        marks.put(mark)
        self._text.highlights.show_again(rows | marks.rows([mark.id]))

    def _let_go(self, *, keep: bool) -> None:
        before, anchor = self._before, self._anchor
        self._edge = self._before = self._anchor = None
        if before is None:
            return
        changed = anchor is not None and anchor != self._text.highlights.anchor_of(before)
        if keep and changed:
            self.moved.emit(before.id, anchor)
        elif changed:
            self._show(before)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent):
            cancels = self._edge is not None and event.key() == Qt.Key.Key_Escape
            if cancels and event.type() == QEvent.Type.KeyPress:
                self._let_go(keep=False)
            return cancels
        if not isinstance(event, QMouseEvent) or watched is not self._text.viewport():
            return False
        return self._on_mouse(event)

    def _on_mouse(self, event: QMouseEvent) -> bool:
        kind, left = event.type(), Qt.MouseButton.LeftButton
        if kind == QEvent.Type.MouseButtonPress and event.button() == left:
            edge = None if event.modifiers() else self._at(event.position())
            if edge is not None:
                self._grasp(edge)
            return edge is not None
        if kind == QEvent.Type.MouseMove:
            if self._edge is not None:
                letters = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
                self._drag(event.position(), letters=letters)
                return True
            if not event.buttons() and self._at(event.position()):
                self._text.viewport().setCursor(Qt.CursorShape.SizeHorCursor)
                return True
        if kind == QEvent.Type.MouseButtonRelease and self._edge is not None:
            self._let_go(keep=True)
            return True
        return False
