"""The recording as a picture of its loudness: press to go somewhere, turn the wheel to come near.

Below the sound lies a line per turn in the colour of its voice, with a second line where somebody
speaks over it; above the sound a mark where one should listen again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import (
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSlider
from typing_extensions import override

from ui.i18n import t
from ui.plain import set_tip
from ui.theme import Theme
from ui.views.player.stretch import Detail, Loudness, Stretch
from ui.views.player.wave_painting import WavePainting
from workbench.domain.figures import clock

if TYPE_CHECKING:
    from ui.views.player.bands import Band, Flag

_NOTCH = 120


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
        self._loudness = Loudness()
        self._span = (0, 0)
        self._view = Stretch(0, 0, 0)
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
        self._loudness, self._span = Loudness(peaks, detail), (0, 0)
        self._view = Stretch(0, duration_ms, duration_ms)
        self.bands, self.flags = (), ()
        self.setRange(0, duration_ms)
        self.setValue(0)
        self.update()

    def show_length(self, duration_ms: int) -> None:
        """Show all of the same recording, now that its length is known."""
        if duration_ms != self.maximum():
            self._view = Stretch(0, duration_ms, duration_ms)
            self.setRange(0, duration_ms)
            self.update()

    def show_peaks(self, peaks: Sequence[int]) -> None:
        """Show the loudness of the same recording, now that it is known."""
        self._loudness = Loudness(peaks, self._loudness.detail)
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
        return self._view.first, self._view.last

    def zoom(self, factor: float, at_ms: int | None = None) -> None:
        """Come nearer (factor above 1) or go further away, with one moment staying where it is."""
        if self._view.length:
            self._look_at(self._view.zoomed(factor, self.value() if at_ms is None else at_ms))

    def _look_at(self, view: Stretch) -> None:
        self._view = view
        self.update()

    def _keep_in_view(self, ms: int) -> None:
        """Turn the page when the sound runs out of what is shown."""
        self._look_at(self._view.with_moment(ms))

    def _time_of(self, event: QMouseEvent | QWheelEvent | QNativeGestureEvent) -> int:
        return self._view.time_at(event.position().x(), self.width())

    # Qt

    @override
    def sizeHint(self) -> QSize:
        return QSize(400, 36)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painting = WavePainting(painter, self._theme, self._view, self.size())
        painting.paint_bands(self.bands)
        if self._loudness.peaks:
            painting.paint_bars(self._loudness, self._span)
        else:
            painting.paint_line(self.value())
        painting.paint_flags(self.flags)
        if self.value() or self._loudness.peaks:
            painting.paint_place(self.value())
        if self.hasFocus():
            painting.paint_focus()
        painter.end()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.sought.emit(self._time_of(event))

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        ms = self._time_of(event)
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
        view = self._view
        if pushed or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            by = (pushed or turned) / _NOTCH
            self._look_at(view.at(view.first - round(by * view.wide / 8), view.wide))
        elif turned:
            self.zoom(1.25 ** (turned / _NOTCH), self._time_of(event))
        event.accept()

    @override
    def event(self, event: QEvent) -> bool:
        if (
            isinstance(event, QNativeGestureEvent)
            and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture
        ):
            self.zoom(1.0 + event.value(), self._time_of(event))
            return True
        return super().event(event)
