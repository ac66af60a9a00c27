"""What is painted below and above the letters of one turn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QTextLine

from ui.theme import Theme
from ui.views.reading.layout import across
from ui.views.reading.marks import Part
from ui.views.reading.page import Place

_LINE = 2.0  # thickness of the underline of a mark that has the words to itself
_THIN = 1.5  # of those that share them
_LANE = 2.5  # distance of shared underlines
Lines = dict[tuple[int, int], list[QRectF]]
"""One rectangle per line, for the words from one UTF-16 unit of a turn to another."""


class Brush:
    """Paints the marks of one turn.

    Args:
        theme: colours.
        place: where its lines are; they must be laid out.
        parts: of the marks on it, longest first.
        known: where words lie, as an earlier brush has found.

    Attributes:
        lines: where the words of each part lie.
    """

    def __init__(self, theme: Theme, place: Place, parts: Iterable[Part], known: Lines) -> None:
        self._theme = theme
        self._place = place
        self._parts = list(parts)
        self.lines: Lines = {}
        for part in self._parts:
            ends = part.start, part.end
            self.lines[ends] = known.get(ends) or list(rects(place, *ends))

    def fill(self, painter: QPainter) -> None:
        """Paint the soft fills that lie under the letters."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for part in self._parts:
            painter.setBrush(self._theme.marks.fill(part.mark.colour))
            for rect in self.lines[part.start, part.end]:
                painter.drawRoundedRect(rect.adjusted(-1, -1, 1, 2), 2, 2)

    def underline(self, painter: QPainter) -> None:
        """Paint the lines below the letters, side by side where marks share them."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for part in self._parts:
            thick = _LINE if part.lanes == 1 else _THIN
            down = min(part.lane * _LANE, 3 * _LANE)
            colour = self._theme.marks.line(part.mark.colour)
            for rect in self.lines[part.start, part.end]:
                line = QRectF(rect.left() - 1, rect.bottom() + down, rect.width() + 2, thick)
                painter.fillRect(line, colour)

    def dot(self, painter: QPainter, doubts: Iterable[tuple[int, int]]) -> None:
        """Paint dots below words that the engine was not sure of, given in UTF-16 units."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self._theme.colour("doubt"), 1.6, Qt.PenStyle.DotLine, Qt.PenCapStyle.RoundCap)
        pen.setDashPattern([0.1, 2.0])
        painter.setPen(pen)
        for start, end in doubts:
            for rect in rects(self._place, start, end):
                y = rect.bottom() + 0.5
                painter.drawLine(QLineF(rect.left() + 1, y, rect.right() - 1, y))


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
