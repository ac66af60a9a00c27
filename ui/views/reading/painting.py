"""What is painted below and above the letters of one turn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QTextLine

from ui.theme import Theme
from ui.views.reading.marks import Part
from ui.views.reading.signs import Signs
from ui.views.reading.turns import Place

if TYPE_CHECKING:
    from ui.views.reading.text import ReadingText

_LINE = 2.0  # thickness of the underline of a mark that has the words to itself
_THIN = 1.5  # of those that share them
_LANE = 2.5  # distance of shared underlines


class Brush:
    """Paints the turns of a reading text.

    Args:
        painter: on the viewport; it may be ended and begun again between the layers.
        theme: colours.
        text: whose turns are painted.
    """

    def __init__(self, painter: QPainter, theme: Theme, text: ReadingText) -> None:
        self._painter = painter
        self._theme = theme
        self._text = text
        self._parts: dict[int, list[tuple[Part, list[QRectF]]]] = {}
        self._signs = None
        if text.shapes is not None:
            self._signs = Signs(painter, theme, text.turns, text.shapes, text.column())

    def paint_below(self, place: Place) -> None:
        """Paint the soft fills and the word being played, under the letters."""
        painter = self._painter
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._signs is not None:
            self._signs.paint(place)
        painter.setPen(Qt.PenStyle.NoPen)
        here = self._parts[place.row] = [
            (part, list(rects(place, part.start, part.end)))
            for part in self._text.marks.parts(place.row, place.block.length() - 1)
        ]
        for part, lines in here:
            painter.setBrush(self._theme.mark_fill(part.mark.colour))
            for rect in lines:
                painter.drawRoundedRect(rect.adjusted(-1, -1, 1, 2), 2, 2)
        lit = self._text.lit
        if lit and lit[0] == place.row:
            painter.setBrush(self._theme.colour("accent_soft"))
            for rect in rects(place, lit[1], lit[2]):
                painter.drawRoundedRect(rect.adjusted(-2, -1, 2, 2), 4, 4)

    def paint_above(self, place: Place) -> None:
        """Paint underlines, doubts and the outline of the selected mark, over the letters."""
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_doubts(place)
        chosen = []
        self._painter.setPen(Qt.PenStyle.NoPen)
        for part, lines in self._parts[place.row]:
            self._underline(part, lines)
            if part.mark.id in self._text.chosen_marks:
                chosen += lines
        if chosen:
            self._painter.setBrush(Qt.BrushStyle.NoBrush)
            self._painter.setPen(QPen(self._theme.colour("accent"), 2))
            for rect in chosen:
                self._painter.drawRoundedRect(rect.adjusted(-3, -2, 3, 3.5), 4, 4)

    def _underline(self, part: Part, lines: list[QRectF]) -> None:
        thick = _LINE if part.lanes == 1 else _THIN
        down = min(part.lane * _LANE, 3 * _LANE)
        colour = self._theme.mark_line(part.mark.colour)
        for rect in lines:
            line = QRectF(rect.left() - 1, rect.bottom() + down, rect.width() + 2, thick)
            self._painter.fillRect(line, colour)

    def _paint_doubts(self, place: Place) -> None:
        doubts = self._text.doubts(place.row)
        if not doubts:
            return
        pen = QPen(self._theme.colour("doubt"), 1.6, Qt.PenStyle.DotLine, Qt.PenCapStyle.RoundCap)
        pen.setDashPattern([0.1, 2.0])
        self._painter.setPen(pen)
        for start, end in doubts:
            for rect in rects(place, start, end):
                y = rect.bottom() + 0.5
                self._painter.drawLine(QLineF(rect.left() + 1, y, rect.right() - 1, y))


def rects(place: Place, start: int, end: int) -> Iterator[QRectF]:
    """Return one rectangle per line for the units `[start, end)` of a block."""
    layout = place.block.layout()
    line = layout.lineForTextPosition(start)
    while line.isValid() and line.textStart() < end:
        rect = _of_line(line, start, end)
        if rect.width() > 0:
            yield rect.translated(place.origin)
        number = line.lineNumber() + 1
        if number == layout.lineCount():
            return
        line = layout.lineAt(number)


def _of_line(line: QTextLine, start: int, end: int) -> QRectF:
    natural = line.naturalTextRect()
    first = line.textStart()
    stop = first + line.textLength()
    if start <= first and stop <= end:
        return natural
    one, other = across(line, max(start, first)), across(line, min(end, stop))
    left, right = max(min(one, other), natural.left()), min(max(one, other), natural.right())
    return QRectF(left, natural.top(), max(0.0, right - left), natural.height())


def across(line: QTextLine, unit: int) -> float:
    """Return how far to the right of its block a position in a line is."""
    # PySide hands back the position together with the place, since Qt may correct it.
    found: Any = line.cursorToX(unit)
    return float(found[0] if isinstance(found, tuple) else found)
