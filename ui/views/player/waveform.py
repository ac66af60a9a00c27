"""The recording as a picture of its loudness: press to go somewhere, turn the wheel to come near.

Below the sound lies a line per turn in the colour of its voice, with a second line where somebody
speaks over it; above the sound a mark where one should listen again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QSlider
from typing_extensions import override

from ui.i18n import t
from ui.plain import set_tip
from ui.theme import Theme
from workbench.domain.figures import clock

if TYPE_CHECKING:
    from ui.views.player.bands import Band, Flag

_STEP = 4.0  # pixels from bar to bar
_BAR = 2.0
_NEAREST_MS = 5_000  # the least that the whole width shows
_NOTCH = 120

Detail = Callable[[int, int, int], Sequence[int]]
"""Gives loudness 0…100 from one ms to another in so many numbers; empty if unknown."""


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
        self._detail: Detail = _unknown
        self._drawn: tuple[tuple[int, int, int], Sequence[int]] | None = None
        self._span = (0, 0)
        self._view = (0, 0)
        self.flags: Sequence[Flag] = ()
        self.bands: Sequence[Band] = ()
        self.setAccessibleName(t("Position in the recording"))
        self.setSingleStep(3_000)
        self.setPageStep(15_000)
        self.setMinimumWidth(80)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        # Keys of the slider; the mouse goes its own way below.
        self.actionTriggered.connect(lambda _action: self.sought.emit(self.sliderPosition()))
        self.valueChanged.connect(self._keep_in_view)
        theme.changed.connect(self.update)

    def show_recording(
        self, duration_ms: int, peaks: Sequence[int], detail: Detail | None = None
    ) -> None:
        """Show another recording.

        Args:
            duration_ms: its length.
            peaks: loudness 0…100 over the length; empty shows a plain line.
            detail: gives more of it for whoever comes near.
        """
        self._peaks, self._span = peaks, (0, 0)
        self._detail, self._drawn = detail or _unknown, None
        self._view = (0, duration_ms)
        self.bands, self.flags = (), ()
        self.setRange(0, duration_ms)
        self.setValue(0)
        self.update()

    def show_peaks(self, peaks: Sequence[int]) -> None:
        """Show the loudness of the same recording, now that it is known."""
        self._peaks, self._drawn = peaks, None
        self.update()

    def show_bands(self, bands: Sequence[Band], flags: Sequence[Flag]) -> None:
        """Show who speaks when, and where to listen again."""
        self.bands, self.flags = bands, flags
        self.update()

    def show_span(self, start_ms: int, end_ms: int) -> None:
        """Light a passage; two zeros light none."""
        self._span = (start_ms, end_ms)
        self.update()

    @property
    def view(self) -> tuple[int, int]:
        """Return which part of the recording the width shows, in ms."""
        return self._view

    def zoom(self, factor: float, at_ms: int | None = None) -> None:
        """Come nearer (factor above 1) or go further away, with one moment staying where it is."""
        first, last = self._view
        length = self.maximum()
        if not length:
            return
        at = self.value() if at_ms is None else at_ms
        wide = min(max((last - first) / factor, min(_NEAREST_MS, length)), length)
        share = (at - first) / max(1, last - first)
        share = min(max(share, 0.0), 1.0)
        self._look_at(round(at - share * wide), round(wide))

    def _look_at(self, first: int, wide: int) -> None:
        first = min(max(0, first), self.maximum() - wide)
        self._view = (first, first + wide)
        self.update()

    def _keep_in_view(self, ms: int) -> None:
        """Turn the page when the sound runs out of what is shown."""
        first, last = self._view
        if not first <= ms <= last:
            wide = last - first
            self._look_at(ms - wide // 8, wide)

    # From time to place

    def _x(self, ms: float) -> float:
        first, last = self._view
        return (ms - first) / max(1, last - first) * self.width()

    def _time_at(self, x: float) -> int:
        first, last = self._view
        return round(first + min(max(x / max(1, self.width()), 0.0), 1.0) * (last - first))

    # Painting

    def _paint_bars(self, painter: QPainter) -> None:
        middle, half = self.height() / 2, self.height() / 2 - 6
        first, last = self._view
        accent, soft = self._theme.colour("accent"), self._theme.colour("line_strong")
        soft.setAlphaF(0.5)
        step = (last - first) * _STEP / max(1, self.width())
        for bar, loud in enumerate(self._bars()):
            tall = max(1.0, loud / 100 * half)
            lit = self._span[0] <= first + (bar + 0.5) * step < self._span[1]
            painter.setBrush(accent if lit else soft)
            painter.drawRoundedRect(QRectF(bar * _STEP, middle - tall, _BAR, 2 * tall), 1, 1)

    def _bars(self) -> Sequence[int]:
        """Return the loudness of each bar of the view; it is asked for once for each view."""
        first, last = self._view
        count = max(1, int(self.width() / _STEP))
        if self._drawn is None or self._drawn[0] != (first, last, count):
            until = first + round((last - first) * count * _STEP / max(1, self.width()))
            is_near = (until - first) * len(self._peaks) < count * self.maximum()
            found = self._detail(first, until, count) if is_near else ()
            self._drawn = (first, last, count), found or self._rough(first, until, count)
        return self._drawn[1]

    def _rough(self, first: int, until: int, count: int) -> Sequence[int]:
        """Return bars of the peaks of the whole recording, which may be wider than the bars."""
        length, known = max(1, self.maximum()), len(self._peaks)
        bars = []
        for bar in range(count):
            time, end = (first + (until - first) * at / count for at in (bar, bar + 1))
            begin = min(int(time / length * known), known - 1)
            bars.append(max(self._peaks[begin : max(begin + 1, int(end / length * known))]))
        return bars

    def _paint_line(self, painter: QPainter) -> None:
        middle = self.height() / 2
        painter.setBrush(self._theme.colour("line"))
        painter.drawRoundedRect(QRectF(0, middle - 2, self.width(), 4), 2, 2)
        painter.setBrush(self._theme.colour("accent"))
        done = min(max(self._x(self.value()), 0.0), float(self.width()))
        painter.drawRoundedRect(QRectF(0, middle - 2, done, 4), 2, 2)

    def _paint_bands(self, painter: QPainter) -> None:
        foot = self.height() - 3.0
        for band in self.bands:
            painter.setBrush(self._voice(band.voice))
            self._paint_stretch(painter, band.start_ms, band.end_ms, foot, 2.0)
            if band.over:
                painter.setBrush(self._theme.colour("ink_faint"))
                self._paint_stretch(painter, band.start_ms, band.end_ms, foot - 2, 1.0)

    def _paint_flags(self, painter: QPainter) -> None:
        doubt, missing = self._theme.colour("doubt"), self._theme.colour("bad")
        for flag in self.flags:
            painter.setBrush(missing if flag.unheard else doubt)
            self._paint_stretch(painter, flag.start_ms, flag.end_ms, 1.0, 2.0)

    def _paint_stretch(
        self, painter: QPainter, start_ms: int, end_ms: int, top: float, tall: float
    ) -> None:
        left, right = self._x(start_ms), self._x(end_ms)
        if right >= 0 and left <= self.width():
            painter.drawRect(QRectF(left, top, max(2.0, right - left - 1), tall))

    def _voice(self, number: int) -> QColor:
        return self._theme.colour("line") if number < 0 else self._theme.stage_line(number % 8)

    # Qt

    @override
    def sizeHint(self) -> QSize:
        return QSize(400, 36)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        self._paint_bands(painter)
        if self._peaks:
            self._paint_bars(painter)
        else:
            self._paint_line(painter)
        self._paint_flags(painter)
        if self.value() or self._peaks:
            x = min(max(self._x(self.value()), 1.0), self.width() - 1.0)
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
        set_tip(self, self._tip(ms))
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.sought.emit(ms)

    def _tip(self, ms: int) -> str:
        over = [flag for flag in self.flags if flag.start_ms <= ms <= flag.end_ms]
        if any(flag.unheard for flag in over):
            return t("{time} · speech without words", time=clock(ms))
        return t("{time} · listen again", time=clock(ms)) if over else clock(ms)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        turned, pushed = event.angleDelta().y(), event.angleDelta().x()
        first, last = self._view
        if pushed or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            by = (pushed or turned) / _NOTCH
            self._look_at(first - round(by * (last - first) / 8), last - first)
        elif turned:
            self.zoom(1.25 ** (turned / _NOTCH), self._time_at(event.position().x()))
        event.accept()

    @override
    def event(self, event: QEvent) -> bool:
        if (
            isinstance(event, QNativeGestureEvent)
            and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture
        ):
            self.zoom(1.0 + event.value(), self._time_at(event.position().x()))
            return True
        return super().event(event)


def _unknown(_first: int, _until: int, _count: int) -> Sequence[int]:
    return ()
