"""The bar at the far right: where in the whole text it is coded, and which part one sees."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate, groupby

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy
from typing_extensions import override

from ui.i18n import t
from ui.theme import Theme
from ui.views.reading.margins import Margin
from ui.views.reading.text import ReadingText

_EDGE = 8
_WIDTH = 6
_GAP = 40  # the air below a turn weighs like so many letters


class DensityBar(Margin):
    """All marks of a text on one line; it scrolls, too.

    Args:
        text: whose marks it shows.
        theme: colours.
    """

    def __init__(self, text: ReadingText, theme: Theme) -> None:
        super().__init__(text, theme)
        self._starts: list[float] = []
        self._column: list[str | None] = []
        # Five thousand marks take 15 ms: not while somebody is coding.
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(120)
        self._later.timeout.connect(self._forget)
        self.setAccessibleName(t("Coded parts of the whole text"))
        self.setToolTip(t("Coded parts of the whole text; press to go there"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def turns_changed(self) -> None:
        """Measure the text anew."""
        lengths = [len(turn.text) + _GAP for turn in self._text.turns]
        whole = sum(lengths) or 1
        self._starts = [at / whole for at in accumulate(lengths, initial=0)]
        self._forget()

    def marks_changed(self) -> None:
        """Take the marks of the text anew, a moment later."""
        self._later.start()

    def _forget(self) -> None:
        self._column = []
        self.update()

    def _paint_column(self, height: int) -> list[str | None]:
        """Return for each pixel of the height the key of its colour, `None` without a mark."""
        column: list[str | None] = [None] * height
        turns, starts = self._text.turns, self._starts
        for mark in self._text.marks.each():
            if mark.last >= len(turns):
                continue
            head = len(turns[mark.first].text) + _GAP
            tail = len(turns[mark.last].text) + _GAP
            begin = round(_between(starts, mark.first, mark.start / head) * height)
            end = max(round(_between(starts, mark.last, mark.end / tail) * height), begin + 3)
            colour = mark.colour or ""
            column[begin:end] = [colour] * (min(end, height) - begin)
        return column

    def _seen(self) -> tuple[float, float]:
        """Return which part of the text can be seen, as shares."""
        starts = self._starts
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
        theme = self._theme
        height = max(1, self.height() - 2 * _EDGE)
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
        if len(self._column) != height:
            self._column = self._paint_column(height)
        at = 0
        for colour, run in groupby(self._column):
            length = sum(1 for _ in run)
            if colour is not None:
                painter.setBrush(theme.mark_line(colour))
                painter.drawRoundedRect(QRectF(left, _EDGE + at, _WIDTH, length), 2, 2)
            at += length
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
        row = max(0, bisect_right(self._starts, share) - 1)
        block = self._text.document().findBlockByNumber(min(row, len(self._text.turns) - 1))
        bar = self._text.verticalScrollBar()
        bar.setValue(block.firstLineNumber() - bar.pageStep() // 2)


def _between(starts: list[float], row: int, share: float) -> float:
    return starts[row] + (starts[row + 1] - starts[row]) * min(max(share, 0.0), 1.0)
