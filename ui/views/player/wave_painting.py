"""Paints what is known of a stretch of a recording: its sound, who speaks, where to listen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ui.theme import Theme
from ui.views.player.stretch import Loudness, Stretch

if TYPE_CHECKING:
    from ui.views.player.bands import Band, Flag

_STEP = 4.0  # pixels from bar to bar
_BAR = 2.0


class WavePainting:
    """One painting of a stretch.

    Args:
        painter: paints without a pen.
        theme: colours.
        view: what is shown.
        size: on which room.
    """

    def __init__(self, painter: QPainter, theme: Theme, view: Stretch, size: QSize) -> None:
        self._painter = painter
        self._theme = theme
        self._view = view
        self._width, self._height = size.width(), size.height()

    def paint_bars(self, loudness: Loudness, span: tuple[int, int]) -> None:
        """Paint the loudness, lit where it is of a passage."""
        painter, middle, half = self._painter, self._height / 2, self._height / 2 - 6
        accent, soft = self._theme.colour("accent"), self._theme.colour("line_strong")
        soft.setAlphaF(0.5)
        step = self._view.wide * _STEP / max(1, self._width)
        count = max(1, int(self._width / _STEP))
        for bar, loud in enumerate(loudness.bars(self._view, count, step)):
            tall = max(1.0, loud / 100 * half)
            lit = span[0] <= self._view.first + (bar + 0.5) * step < span[1]
            painter.setBrush(accent if lit else soft)
            painter.drawRoundedRect(QRectF(bar * _STEP, middle - tall, _BAR, 2 * tall), 1, 1)

    def paint_line(self, ms: int) -> None:
        """Paint a plain line, filled up to a moment, where no loudness is known."""
        painter, middle = self._painter, self._height / 2
        painter.setBrush(self._theme.colour("line"))
        painter.drawRoundedRect(QRectF(0, middle - 2, self._width, 4), 2, 2)
        painter.setBrush(self._theme.colour("accent"))
        done = min(max(self._view.x(ms, self._width), 0.0), float(self._width))
        painter.drawRoundedRect(QRectF(0, middle - 2, done, 4), 2, 2)

    def paint_bands(self, bands: Sequence[Band]) -> None:
        """Paint who speaks when, below the sound."""
        foot = self._height - 3.0
        for band in bands:
            self._painter.setBrush(self._voice(band.voice))
            self._paint_stretch(band.start_ms, band.end_ms, foot, 2.0)
            if band.over:
                self._painter.setBrush(self._theme.colour("ink_faint"))
                self._paint_stretch(band.start_ms, band.end_ms, foot - 2, 1.0)

    def paint_flags(self, flags: Sequence[Flag]) -> None:
        """Paint where to listen again, above the sound."""
        doubt, missing = self._theme.colour("doubt"), self._theme.colour("bad")
        for flag in flags:
            self._painter.setBrush(missing if flag.unheard else doubt)
            self._paint_stretch(flag.start_ms, flag.end_ms, 1.0, 2.0)

    def paint_place(self, ms: int) -> None:
        """Paint where the sound is now."""
        x = min(max(self._view.x(ms, self._width), 1.0), self._width - 1.0)
        self._painter.setBrush(self._theme.colour("accent"))
        self._painter.drawRoundedRect(QRectF(x - 1, 3, 2, self._height - 6), 1, 1)

    def paint_focus(self) -> None:
        """Paint the frame of what has the keyboard."""
        painter, frame = self._painter, QRectF(0, 0, self._width, self._height)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.colour("focus"), 2))
        painter.drawRoundedRect(frame.adjusted(1, 1, -1, -1), 6, 6)

    def _paint_stretch(self, start_ms: int, end_ms: int, top: float, tall: float) -> None:
        left, right = (self._view.x(ms, self._width) for ms in (start_ms, end_ms))
        if right >= 0 and left <= self._width:
            self._painter.drawRect(QRectF(left, top, max(2.0, right - left - 1), tall))

    def _voice(self, number: int) -> QColor:
        return self._theme.colour("line") if number < 0 else self._theme.stage_line(number % 8)
