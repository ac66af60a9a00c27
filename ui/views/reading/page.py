"""What of a text can be seen: where its blocks are, what is painted anew, where one scrolls to."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, Signal
from PySide6.QtGui import QTextBlock, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from ui.views.reading.blocks import Blocks
from ui.views.reading.layout import across
from ui.views.reading.rows import Rows

_OVER = 8  # pixels by which handles and lines of a list item may reach into those beside it


@dataclass(frozen=True, slots=True)
class Place:
    """A block that is at least partly visible.

    Attributes:
        row: number of the turn.
        top: where its first line begins, in pixels of the viewport; `bottom` where it ends.
    """

    row: int
    block: QTextBlock
    origin: QPointF
    top: float
    bottom: float


class Page(QObject):
    """The part of a text that is in the viewport.

    Args:
        view: shows the text.
        rows: its turns.
        blocks: how they stand in it.

    Signals:
        repainted: what of the viewport is painted anew; margins follow.
    """

    repainted = Signal(QRect)

    def __init__(self, view: QPlainTextEdit, rows: Rows, blocks: Blocks) -> None:
        super().__init__(view)
        self._view = view
        self._rows = rows
        self._blocks = blocks
        self._seen: tuple[object, tuple[Place, ...]] = (None, ())
        view.updateRequest.connect(self._on_update_request)

    def places(self) -> Sequence[Place]:
        """Return the blocks that can be seen, from the top."""
        key = (
            self._view.verticalScrollBar().value(),
            self._view.contentOffset().y(),
            self._view.viewport().size(),
            self._blocks.layout.changes,
        )
        # The text and each margin ask in turn while they paint one and the same page.
        known, seen = self._seen
        # A new width drops all lines, and may be the old one again by now.
        if known != key or not all(place.block.layout().lineCount() for place in seen):
            seen = tuple(self._look())
            self._seen = (key, seen)
        return seen

    def _look(self) -> Iterator[Place]:
        view = self._view
        block = view.firstVisibleBlock()
        height = view.viewport().height()
        geometry = view.blockBoundingGeometry(block).translated(view.contentOffset())
        left, top = geometry.left(), geometry.top()
        row = block.blockNumber()
        while block.isValid() and top <= height and self._rows.turns:
            bottom = top + view.blockBoundingRect(block).height()
            yield Place(row, block, QPointF(left, top), top, bottom)
            block, row, top = block.next(), row + 1, bottom

    def before(self, count: int) -> Sequence[Place]:
        """Return so many blocks above those that can be seen, from the top."""
        found: list[Place] = []
        for place in self.places()[:1]:
            block, bottom = place.block.previous(), place.top
            while block.isValid() and len(found) < count:
                top = bottom - self._view.blockBoundingRect(block).height()
                origin = QPointF(place.origin.x(), top)
                found.append(Place(block.blockNumber(), block, origin, top, bottom))
                block, bottom = block.previous(), top
        return found[::-1]

    def at(self, y: float) -> Place | None:
        """Return the block at a height of the viewport."""
        return next((place for place in self.places() if place.top <= y < place.bottom), None)

    def on_line(self, point: QPointF) -> QPointF:
        """Return the nearest point that is on a line and not in the air between lines."""
        place = self.at(point.y())
        if place is None:
            return point
        layout = place.block.layout()
        middles = [layout.lineAt(n).rect().center().y() for n in range(layout.lineCount())]
        if not middles:
            return point
        nearest = min(middles, key=lambda y: abs(y + place.origin.y() - point.y()))
        return QPointF(point.x(), nearest + place.origin.y())

    def border(self, row: int, unit: int, *, after: bool) -> QRectF:
        """Return the border between two letters as a thin upright rectangle of the viewport.

        Args:
            row: number of the turn.
            unit: UTF-16 position in it.
            after: where a line breaks, the begin of the next one, not the end of the one before.
        """
        place = next((place for place in self.places() if place.row == row), None)
        if place is None:
            return QRectF()
        line = place.block.layout().lineForTextPosition(unit if after else max(0, unit - 1))
        if not line.isValid():
            return QRectF()
        rect = line.naturalTextRect().translated(place.origin)
        x = place.origin.x() + across(line, unit)
        return QRectF(x - 1, rect.top() - 2, 2, rect.height() + 5)

    def reveal(self, row: int, unit: int) -> None:
        """Put the caret at a place and scroll there, not to the very edge."""
        view = self._view
        block = view.document().findBlockByNumber(row)
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + min(unit, block.length() - 1))
        view.setTextCursor(cursor)
        if not view.viewport().rect().adjusted(0, 0, 0, -40).contains(view.cursorRect()):
            view.centerCursor()

    def repaint(self, rows: Iterable[int] | None = None, *, at_once: bool = False) -> None:
        """Paint turns anew and nothing else.

        Args:
            rows: the turns; without them all that can be seen.
            at_once: before this returns; the margins follow.
        """
        viewport = self._view.viewport()
        band = viewport.rect()
        if rows is not None:
            wanted = set(rows)
            seen = [place for place in self.places() if place.row in wanted]
            if not seen:
                return
            # Paragraphs end in air: a pixel less, or Qt would paint those beside them as well.
            over = -1 if self._blocks.shapes is None else _OVER
            band.setTop(math.floor(seen[0].top) - over)
            band.setBottom(math.ceil(seen[-1].bottom) + over)
        if at_once:
            viewport.repaint(band)
        else:
            viewport.update(band)
        self.repainted.emit(band)

    def _on_update_request(self, part: QRect, moved: int) -> None:
        self.repainted.emit(self._view.viewport().rect() if moved else part)
