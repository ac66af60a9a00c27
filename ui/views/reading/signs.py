"""What stands beside the words of a document and is no text: bullets, numbers, rules, grounds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from ui.theme import Theme
from ui.views.reading.page import Place
from ui.views.reading.shapes import Shapes
from workbench.domain.layout import GOES_ON
from workbench.domain.transcript import Turn

_AWAY = 8  # from a bullet or a number to its words
_RULE, _RULE_AWAY = 1, 12  # the rule beside a quotation: how thick, how far from its words


class Signs:
    """Paints the signs of turns, below their letters.

    Args:
        painter: on the viewport.
        theme: colours and fonts.
        turns: all turns of the text.
        shapes: numbers the items of lists.
        span: left and right end of the column, in pixels of the viewport.
    """

    def __init__(
        self,
        painter: QPainter,
        theme: Theme,
        turns: Sequence[Turn],
        shapes: Shapes,
        span: tuple[float, float],
    ) -> None:
        self._painter = painter
        self._theme = theme
        self._turns = turns
        self._shapes = shapes
        self._left, self._right = span

    def paint(self, place: Place) -> None:
        """Paint what stands beside one turn."""
        layout = self._turns[place.row].layout
        if layout.number == GOES_ON:
            return
        match layout.block:
            case "list":
                self._bullet(place)
            case "numbered":
                self._number(place)
            case "quote":
                self._rule(place)
            case "code":
                self._ground(place)
            case "table":
                self._row(place)

    def _bullet(self, place: Place) -> None:
        foot, x, outward = _beside(place)
        size = self._theme.reading_size * 0.3
        middle = QPointF(
            x + outward * (_AWAY + size / 2), foot - QFontMetricsF(self._font()).xHeight() / 2
        )
        soft, level = self._theme.colour("ink_soft"), self._turns[place.row].layout.level
        self._painter.setPen(QPen(soft, 1.2) if level == 1 else Qt.PenStyle.NoPen)
        self._painter.setBrush(Qt.BrushStyle.NoBrush if level == 1 else soft)
        box = QRectF(middle.x() - size / 2, middle.y() - size / 2, size, size)
        if level > 1:
            self._painter.drawRect(box.adjusted(0, size / 3, 0, -size / 3))
        else:
            self._painter.drawEllipse(box)

    def _number(self, place: Place) -> None:
        foot, x, outward = _beside(place)
        words = f"{self._shapes.number(place.row)}."
        font = self._font()
        wide = QFontMetricsF(font).horizontalAdvance(words)
        if wide > self._theme.reading_size * 1.6:  # from the hundredth item on
            font.setPixelSize(round(font.pixelSize() * 0.75))
            wide = QFontMetricsF(font).horizontalAdvance(words)
        self._painter.setFont(font)
        self._painter.setPen(self._theme.colour("ink_soft"))
        left = x - _AWAY - wide if outward < 0 else x + _AWAY
        self._painter.drawText(QPointF(left, foot), words)

    def _rule(self, place: Place) -> None:
        _, x, outward = _beside(place)
        top, bottom = self._extent(place)
        at = x + outward * _RULE_AWAY - _RULE / 2
        self._fill(QRectF(at, top, _RULE, bottom - top), "line_strong")

    def _ground(self, place: Place) -> None:
        top, bottom = self._extent(place)
        self._fill(
            QRectF(self._left, top - 4, self._right - self._left, bottom - top + 8), "sunken"
        )

    def _row(self, place: Place) -> None:
        wide = self._right - self._left
        if not self._is_same(place.row, place.row - 1):
            self._fill(QRectF(self._left, place.top, wide, 1), "line")
        self._fill(QRectF(self._left, place.bottom - 1, wide, 1), "line")

    def _fill(self, rect: QRectF, colour: str) -> None:
        self._painter.fillRect(rect, self._theme.colour(colour))

    def _font(self) -> QFont:
        return self._theme.reading_font()

    def _extent(self, place: Place) -> tuple[float, float]:
        """Return from where to where a block reaches; alike ones that follow are one."""
        layout = place.block.layout()
        first, last = layout.lineAt(0), layout.lineAt(layout.lineCount() - 1)
        top, bottom = place.top + first.y(), place.top + last.y() + last.height()
        if self._is_same(place.row, place.row - 1):
            top = place.top
        if self._is_same(place.row, place.row + 1):
            bottom = place.bottom
        return top, bottom

    def _is_same(self, row: int, other: int) -> bool:
        if not 0 <= other < len(self._turns):
            return False
        return self._turns[other].layout.block == self._turns[row].layout.block


def _beside(place: Place) -> tuple[float, float, int]:
    """Return the foot of the first line, where its words begin, and which way is outward."""
    line = place.block.layout().lineAt(0)
    foot = place.top + line.y() + line.ascent()
    if place.block.textDirection() is Qt.LayoutDirection.RightToLeft:
        return foot, place.origin.x() + line.naturalTextRect().right(), 1
    return foot, place.origin.x() + line.x(), -1
