"""The recording as a picture of its loudness; press or use the arrow keys to go somewhere."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSlider
from typing_extensions import override

from ui.i18n import clock, t
from ui.theme import Theme

_STEP = 4.0  # pixels from bar to bar
_BAR = 2.0


class Waveform(QSlider):
    """A slider that looks like the sound.

    Args:
        theme: colours.

    Signals:
        sought: the moment a person wants, in milliseconds.
    """

    sought = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme = theme
        self._peaks: Sequence[int] = ()
        self._span = (0, 0)
        self.setAccessibleName(t("Position in the recording"))
        self.setSingleStep(3_000)
        self.setPageStep(15_000)
        self.setMinimumWidth(80)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        # Keys of the slider; the mouse goes its own way below.
        self.actionTriggered.connect(lambda _action: self.sought.emit(self.sliderPosition()))
        theme.changed.connect(self.update)

    def show_recording(self, duration_ms: int, peaks: Sequence[int]) -> None:
        """Show another recording.

        Args:
            duration_ms: its length.
            peaks: loudness 0…100 over the length; empty shows a plain line.
        """
        self._peaks, self._span = peaks, (0, 0)
        self.setRange(0, duration_ms)
        self.setValue(0)
        self.update()

    def show_peaks(self, peaks: Sequence[int]) -> None:
        """Show the loudness of the same recording, now that it is known."""
        self._peaks = peaks
        self.update()

    def show_span(self, start_ms: int, end_ms: int) -> None:
        """Light a passage; two zeros light none."""
        self._span = (start_ms, end_ms)
        self.update()

    def _share(self, ms: int) -> float:
        return ms / self.maximum() if self.maximum() else 0.0

    def _time_at(self, x: float) -> int:
        return round(min(max(x / max(1, self.width()), 0.0), 1.0) * self.maximum())

    def _paint_bars(self, painter: QPainter) -> None:
        middle, half = self.height() / 2, self.height() / 2 - 4
        count = max(1, int(self.width() / _STEP))
        first, last = self._share(self._span[0]) * count, self._share(self._span[1]) * count
        accent, soft = self._theme.colour("accent"), self._theme.colour("line_strong")
        soft.setAlphaF(0.5)
        for bar in range(count):
            begin = bar * len(self._peaks) // count
            end = max(begin + 1, (bar + 1) * len(self._peaks) // count)
            tall = max(1.0, max(self._peaks[begin:end]) / 100 * half)
            painter.setBrush(accent if first - 0.5 <= bar < last else soft)
            painter.drawRoundedRect(QRectF(bar * _STEP, middle - tall, _BAR, 2 * tall), 1, 1)

    def _paint_line(self, painter: QPainter) -> None:
        middle = self.height() / 2
        painter.setBrush(self._theme.colour("line"))
        painter.drawRoundedRect(QRectF(0, middle - 2, self.width(), 4), 2, 2)
        painter.setBrush(self._theme.colour("accent"))
        done = self._share(self.value()) * self.width()
        painter.drawRoundedRect(QRectF(0, middle - 2, done, 4), 2, 2)

    @override
    def sizeHint(self) -> QSize:
        return QSize(400, 36)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self._peaks:
            self._paint_bars(painter)
        else:
            self._paint_line(painter)
        if self.value() or self._peaks:
            x = min(max(self._share(self.value()) * self.width(), 1.0), self.width() - 1.0)
            painter.setBrush(self._theme.colour("accent"))
            painter.drawRoundedRect(QRectF(x - 1, 3, 2, self.height() - 6), 1, 1)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.colour("focus"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.sought.emit(self._time_at(event.position().x()))

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        ms = self._time_at(event.position().x())
        self.setToolTip(clock(ms))
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.sought.emit(ms)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()
