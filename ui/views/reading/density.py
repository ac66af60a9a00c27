"""The bar at the far right: where in the whole text it is coded, and which part one sees."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate, groupby

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy
from typing_extensions import override

from ui.i18n import t
from ui.plain import set_tip
from ui.theme import Theme
from ui.views.reading.margins import Margin
from ui.views.reading.turns import TurnText

_EDGE = 8
_WIDTH = 6
_MOMENT = 120  # milliseconds
_GAP = 40  # the air below a turn weighs like so many letters


class DensityBar(Margin):
    """All marks of a text on one line; it scrolls, too.

    Args:
        text: whose marks it shows.
        theme: colours.
    """

    def __init__(self, text: TurnText, theme: Theme) -> None:
        super().__init__(text, theme)
        self._starts: list[float] = []
        self._letter = 1.0
        self._picture = QPixmap()
        # Five thousand marks take 15 ms: not while somebody is coding, nor before the text is seen.
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._paint_anew)
        theme.changed.connect(self._forget)  # no lens of Code tells it in other workspaces
        self.setAccessibleName(t("Coded parts of the whole text"))
        set_tip(self, t("Coded parts of the whole text; press to go there"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def turns_changed(self) -> None:
        """Measure the text anew."""
        lengths = [len(turn.text) + _GAP for turn in self._text.turns]
        whole = sum(lengths) or 1
        self._starts = [at / whole for at in accumulate(lengths, initial=0)]
        self._letter = 1 / whole
        self._forget()

    def marks_changed(self) -> None:
        """Take the marks of the text anew, a moment later."""
        self._later.start(_MOMENT)

    def _forget(self) -> None:
        self._picture = QPixmap()
        self._later.start(0)
        self.update()

    def _paint_anew(self) -> None:
        self._picture = self._paint_column()
        self.update()

    @override
    def _follow(self, band: QRect) -> None:
        """Stay: only scrolling and other turns change what is seen of the whole."""

    def _paint_column(self) -> QPixmap:
        """Return the coded parts of the text."""
        ratio, height = self.devicePixelRatio(), max(1, self.height() - 2 * _EDGE)
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        left = (self.width() - _WIDTH) / 2
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        at = 0
        for colour, run in groupby(self._column(height)):
            length = sum(1 for _ in run)
            if colour is not None:
                painter.setBrush(self._theme.marks.line(colour))
                painter.drawRoundedRect(QRectF(left, _EDGE + at, _WIDTH, length), 2, 2)
            at += length
        painter.end()
        return picture

    def _paint_ground(self, painter: QPainter) -> None:
        colour, left = self._theme.colour("sunken"), (self.width() - _WIDTH) / 2
        bar = QRectF(left, _EDGE, _WIDTH, max(_WIDTH, self.height() - 2 * _EDGE))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        for end in (bar.top(), bar.bottom() - _WIDTH):  # so much cheaper than a long round bar
            painter.drawEllipse(QRectF(left, end, _WIDTH, _WIDTH))
        painter.fillRect(bar.adjusted(0, _WIDTH / 2, 0, -_WIDTH / 2), colour)

    def _column(self, height: int) -> list[str | None]:
        """Return for each pixel of the height the key of its colour, `None` without a mark."""
        column: list[str | None] = [None] * height
        starts, letter = self._starts, self._letter
        for mark in self._text.marks.each():
            if mark.last >= len(starts) - 1:
                continue
            begin = round((starts[mark.first] + mark.start * letter) * height)
            end = max(round((starts[mark.last] + mark.end * letter) * height), begin + 3)
            colour = mark.colour or ""
            column[begin:end] = [colour] * (min(end, height) - begin)
        return column

    def _seen(self) -> tuple[float, float]:
        """Return which part of the text can be seen, as shares."""
        starts = self._starts
        places = list(self._text.page.places())
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
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._later.start(0)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self._painter(event)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        if not self._picture.isNull():
            painter.drawPixmap(self.rect(), self._picture)
        seen = self._seen()
        if seen[1] - seen[0] < 0.995:
            height = max(1, self.height() - 2 * _EDGE)
            box = QRectF((self.width() - _WIDTH) / 2 - 4, _EDGE + seen[0] * height, 2, 0)
            box.setHeight(max(16.0, (seen[1] - seen[0]) * height))
            colour = self._theme.colour("line_strong")
            colour.setAlphaF(0.5)
            painter.fillRect(box, colour)
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
