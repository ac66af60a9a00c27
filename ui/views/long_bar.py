"""Tells in the line kept for messages how far a long step is, and cancels it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from ui.bridge.long_steps import LongSteps
from ui.context import Signals
from ui.i18n import t
from ui.views.widgets.progress import ProgressLine
from ui.views.widgets.spoken import announce

_SOON_MS = 300  # what is done sooner needs no words


class LongBar(QObject):
    """Shows the long step at work.

    Args:
        steps: does it.
        signals: where it is said that one was cancelled.

    Attributes:
        line: where it is shown.
    """

    def __init__(self, steps: LongSteps, signals: Signals) -> None:
        super().__init__(steps)
        self._signals, self._asked = signals, False
        self.line = ProgressLine(t("Progress"), (16, 0))
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self.line.show)
        self.line.cancel_wanted.connect(self._on_cancel)
        self.line.cancel_wanted.connect(steps.cancel)
        steps.began.connect(self._on_began)
        steps.progressed.connect(lambda per_cent: self.line.show_progress(per_cent, 100))
        steps.ended.connect(self._on_ended)

    def _on_began(self, title: str) -> None:
        self._asked = False
        self.line.begin(t("{title} …", title=title))
        self._soon.start()
        announce(self.line, self.line.words.text())

    def _on_cancel(self) -> None:
        self._asked = True

    def _on_ended(self, done: bool) -> None:
        self._soon.stop()
        self.line.hide()
        if self._asked and not done:
            self._signals.toast_requested.emit(t("Cancelled. Nothing was changed."))
