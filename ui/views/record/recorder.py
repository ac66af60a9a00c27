"""From the microphone to the disk: listens, measures how loud it is, and writes."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Callable
from datetime import datetime
from math import log10
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from ui.views.record.microphone import Listener
from workbench.errors import WorkbenchError
from workbench.services.files.recording import Recorded, WaveWriter

_FLOOR_DB = -54.0  # what is more quiet shows nothing
_FULL = 32_768


class Recorder(QObject):
    """Records one interview at a time.

    Args:
        now: local time; names the file.

    Signals:
        heard: how loud it was just now, 0…1.
        advanced: milliseconds recorded.
        changed: it began, paused, went on or ended.
        troubled: why there is no sound, in words for people.
        failed: the exception that ended the recording; what was written is kept.
    """

    heard = Signal(float)
    advanced = Signal(int)
    changed = Signal()
    troubled = Signal(str)
    failed = Signal(object)

    def __init__(
        self, parent: QObject | None = None, *, now: Callable[[], datetime] = datetime.now
    ) -> None:
        super().__init__(parent)
        self._now = now
        self._listener: Listener | None = None
        self._writer: WaveWriter | None = None
        self.paused = False

    @property
    def recording(self) -> bool:
        """Tell whether a recording is open, also while it rests."""
        return self._writer is not None

    @property
    def duration_ms(self) -> int:
        """Return how much is recorded."""
        return self._writer.duration_ms if self._writer else 0

    def listen(self, listener: Listener | None) -> None:
        """Listen to a microphone, or to none; a recording goes on with it."""
        old, self._listener = self._listener, listener
        if old is not None:
            old.blockSignals(True)
            old.stop()
            old.deleteLater()
        if listener is not None:
            listener.heard.connect(self._on_heard)
            listener.failed.connect(self.troubled)
            listener.start()

    def start(self, folder: Path) -> None:
        """Begin to record into a folder.

        Raises:
            EnvironmentProblem: it cannot be written.
        """
        self._writer = WaveWriter(folder, self._now())
        self.paused = False
        self.changed.emit()

    def pause(self) -> None:
        """Let the recording rest."""
        self.paused = True
        self.changed.emit()

    def resume(self) -> None:
        """Go on with the recording."""
        self.paused = False
        self.changed.emit()

    def stop(self) -> Recorded | None:
        """End the recording and return it; `None` when there was none.

        Raises:
            EnvironmentProblem: the last second could not be written; all before it is kept.
        """
        writer, self._writer = self._writer, None
        if writer is None:
            return None
        try:
            return writer.close()
        finally:
            self.changed.emit()

    def _on_heard(self, sound: bytes) -> None:
        self.heard.emit(loudness(sound))
        if self._writer is None or self.paused:
            return
        try:
            self._writer.write(sound)
        except WorkbenchError as problem:
            self._give_up()
            self.failed.emit(problem)
        else:
            self.advanced.emit(self._writer.duration_ms)

    def _give_up(self) -> None:
        try:
            self.stop()
        except WorkbenchError:
            return  # the first failure is the one that is told


def loudness(sound: bytes) -> float:
    """Return how loud the loudest of these samples is, 0…1 over 54 decibels."""
    samples = array("h", sound[: len(sound) // 2 * 2])
    if sys.byteorder == "big":
        samples.byteswap()
    highest, lowest = (max(samples), min(samples)) if samples else (0, 0)
    peak = max(highest, -lowest)
    return max(0.0, 1 - 20 * log10(peak / _FULL) / _FLOOR_DB) if peak > 0 else 0.0
