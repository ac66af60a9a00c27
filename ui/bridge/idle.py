"""Tells when nobody has touched keyboard or mouse for a while, also after the machine slept."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication
from typing_extensions import override

_LOOK_MS = 10_000
_TOUCHES = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
}


class Idle(QObject):
    """Looks while it is told to; nobody's events are looked at else.

    Signals:
        idle: for how many seconds nothing was touched, again and again.
    """

    idle = Signal(float)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._touched = time.time()
        self._clock = QTimer(self)
        self._clock.setInterval(_LOOK_MS)
        self._clock.timeout.connect(self._look)

    def start(self) -> None:
        """Begin to look."""
        self._touched = time.time()
        if not self._clock.isActive():
            self._clock.start()
            if (app := QApplication.instance()) is not None:
                app.installEventFilter(self)

    def stop(self) -> None:
        """Look no more."""
        if self._clock.isActive():
            self._clock.stop()
            if (app := QApplication.instance()) is not None:
                app.removeEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self._touched = time.time()
        return False

    def _look(self) -> None:
        # The clock on the wall: others stand still while the machine sleeps.
        self.idle.emit(max(0.0, time.time() - self._touched))
