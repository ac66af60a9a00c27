"""What is painted of a text besides its letters, for visible lines only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen

from ui.theme import Theme
from ui.views.reading.layers import Ahead, Layer, Layers
from ui.views.reading.layout import column
from ui.views.reading.marks import Mark
from ui.views.reading.page import Place
from ui.views.reading.painting import rects
from ui.views.reading.signs import Signs

if TYPE_CHECKING:
    from ui.views.reading.turns import TurnText

Painted = list[tuple[Place, Layer]]
"""Blocks of which something is painted, each with what belongs to it."""


class Ink:
    """Paints below and above the letters of a text.

    Args:
        text: on which it is painted.
        theme: colours and fonts.

    Attributes:
        over: paint over everything else.
        ahead: makes ready the page to which one will scroll next.
    """

    def __init__(self, text: TurnText, theme: Theme) -> None:
        self._text = text
        self._theme = theme
        self._layers = Layers(text, theme)
        self._ahead_of: Sequence[Place] = ()
        self.over: list[Callable[[QPainter], None]] = []
        self.ahead = Ahead(text, self._layers)

    def forget(self) -> None:
        """Record all anew, since colours changed."""
        self._layers.forget()

    def labels(self, place: Place) -> list[tuple[float, Mark]]:
        """Return the marks that begin in a turn, each with the middle of its line below its top."""
        return self._layers.labels(place)

    def paint(self, event: QPaintEvent, letters: Callable[[QPaintEvent], None]) -> None:
        """Paint what an event asks for.

        Args:
            event: says which part of the viewport.
            letters: paints the letters of the text.
        """
        text, theme = self._text, self._theme
        seen = text.page.places()
        painted = [(one, self._layers.of(one)) for one in seen if _meets(one, event.rect())]
        painter = QPainter(text.viewport())
        painter.fillRect(event.rect(), theme.colour("surface"))
        self._paint_below(painter, painted)
        painter.end()
        letters(event)
        painter.begin(text.viewport())
        for place, layer in painted:
            painter.drawPicture(place.origin, layer.above)
        self._paint_above(painter, painted)
        painter.end()
        if seen is not self._ahead_of:
            self._ahead_of = seen
            self.ahead.start()

    def _paint_below(self, painter: QPainter, painted: Painted) -> None:
        text, lit = self._text, self._text.sound.lit
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shapes = text.blocks.shapes
        signs = shapes and Signs(painter, self._theme, text.turns, shapes, column(text))
        for place, layer in painted:
            if signs:
                signs.paint(place)
            painter.drawPicture(place.origin, layer.below)
            if lit and lit[0] == place.row:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._theme.colour("accent_soft"))
                for rect in rects(place, lit[1], lit[2]):
                    painter.drawRoundedRect(rect.adjusted(-2, -1, 2, 2), 4, 4)

    def _paint_above(self, painter: QPainter, painted: Painted) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._text.highlights.chosen:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.colour("accent"), 2))
            for place, _ in painted:
                self._outline(painter, place)
        for paint in self.over:
            paint(painter)

    def _outline(self, painter: QPainter, place: Place) -> None:
        """Paint a line round the words of the selected marks."""
        marks = self._text.highlights
        for part in marks.marks.parts(place.row, place.block.length() - 1):
            if part.mark.id in marks.chosen:
                for rect in rects(place, part.start, part.end):
                    painter.drawRoundedRect(rect.adjusted(-3, -2, 3, 3.5), 4, 4)


def _meets(place: Place, rect: QRect) -> bool:
    return place.bottom > rect.top() and place.top <= rect.bottom()
