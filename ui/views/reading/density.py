"""The bar at the far right: where in the whole text it is coded, and which part one sees."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy
from typing_extensions import override

from ui.i18n import t
from ui.theme import Theme
from ui.views.reading.margins import Margin
from ui.views.reading.text import ReadingText

_EDGE = 8
_WIDTH = 6


class DensityBar(Margin):
    """All marks of a text on one line; it scrolls, too.

    Args:
        text: whose marks it shows.
        theme: colours.
    """

    def __init__(self, text: ReadingText, theme: Theme) -> None:
        super().__init__(text, theme)
        self._bands: list[tuple[float, float, int | None]] | None = None
        self.setAccessibleName(t("Coded parts of the whole text"))
        self.setToolTip(t("Coded parts of the whole text; press to go there"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def rebuild(self) -> None:
        """Take the marks of the text anew."""
        self._bands = None
        self.update()

    def _shares(self) -> list[float]:
        """Return where each turn begins, as a share of the text's letters."""
        lengths = [len(turn.text) + 40 for turn in self._text.turns]  # the gap weighs like words
        whole = sum(lengths) or 1
        return [at / whole for at in accumulate(lengths, initial=0)]

    def _measure(self) -> list[tuple[float, float, int | None]]:
        starts = self._shares()
        bands = []
        for mark in self._text.marks.all():
            row_from, row_to = mark.first, mark.last
            if row_to >= len(self._text.turns):
                continue
            first, last = self._text.turns[row_from], self._text.turns[row_to]
            begin = _between(starts, row_from, mark.start / (len(first.text) + 40))
            end = _between(starts, row_to, mark.end / (len(last.text) + 40))
            bands.append((begin, end, mark.colour))
        return bands

    def _seen(self) -> tuple[float, float]:
        """Return which part of the text can be seen, as shares."""
        starts = self._shares()
        places = list(self._text.places())
        if not places:
            return 0.0, 1.0
        head, tail = places[0], places[-1]
        height = self._text.viewport().height()
        above = -head.top / max(1.0, head.bottom - head.top)
        below = (height - tail.top) / max(1.0, tail.bottom - tail.top)
        return (
            _between(starts, head.row, min(max(above, 0), 1)),
            _between(starts, tail.row, min(max(below, 0), 1)),
        )

    @override
    def sizeHint(self) -> QSize:
        return QSize(20, 100)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._bands is None:
            self._bands = self._measure()
        theme = self._theme
        height = self.height() - 2 * _EDGE
        left = (self.width() - _WIDTH) / 2
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("sunken"))
        painter.drawRoundedRect(QRectF(left, _EDGE, _WIDTH, height), 3, 3)
        seen = self._seen()
        if seen[1] - seen[0] < 0.995:
            box = QRectF(left - 4, _EDGE + seen[0] * height, 2, 0)
            box.setHeight(max(16.0, (seen[1] - seen[0]) * height))
            seen_colour = theme.colour("line_strong")
            seen_colour.setAlphaF(0.5)
            painter.setBrush(seen_colour)
            painter.drawRoundedRect(box, 1, 1)
        for begin, end, colour in self._bands:
            painter.setBrush(
                theme.colour("ink_faint") if colour is None else theme.stage_line(colour)
            )
            band = QRectF(left, _EDGE + begin * height, _WIDTH, max(3.0, (end - begin) * height))
            painter.drawRoundedRect(band, 2, 2)
        painter.end()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._go(event.position().y())

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event.position().y())

    def _go(self, y: float) -> None:
        if not self._text.turns:
            return
        share = (y - _EDGE) / max(1, self.height() - 2 * _EDGE)
        row = max(0, bisect_right(self._shares(), share) - 1)
        block = self._text.document().findBlockByNumber(min(row, len(self._text.turns) - 1))
        bar = self._text.verticalScrollBar()
        bar.setValue(block.firstLineNumber() - bar.pageStep() // 2)


def _between(starts: list[float], row: int, share: float) -> float:
    return starts[row] + (starts[row + 1] - starts[row]) * min(max(share, 0.0), 1.0)
