"""Tells in the line kept for messages how far a long step is, and cancels it."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from ui.bridge.long_steps import LongSteps
from ui.context import Signals
from ui.i18n import t
from ui.views.widgets.looks import button, label
from ui.views.widgets.spoken import announce

_SOON_MS = 300  # what is done sooner needs no words


class LongBar(QWidget):
    """Shows the long step at work.

    Args:
        steps: does it.
        signals: where it is said that one was cancelled.
    """

    def __init__(self, steps: LongSteps, signals: Signals) -> None:
        super().__init__()
        self._signals, self._asked = signals, False
        self.words = label("", "strong")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(t("Progress"))
        self.cancel = button(t("Cancel"), "link")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(12)
        row.addWidget(self.words)
        row.addWidget(self.bar, 1)
        row.addWidget(self.cancel)
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self.show)
        self.cancel.clicked.connect(self._on_cancel)
        self.cancel.clicked.connect(steps.cancel)
        steps.began.connect(self._on_began)
        steps.progressed.connect(self._on_progress)
        steps.ended.connect(self._on_ended)
        self.hide()

    def _on_began(self, title: str) -> None:
        self._asked = False
        self.words.setText(t("{title} …", title=title))
        self._on_progress(-1)
        self.cancel.setEnabled(True)
        self._soon.start()
        announce(self, self.words.text())

    def _on_progress(self, per_cent: int) -> None:
        self.bar.setRange(0, 100 if per_cent >= 0 else 0)  # without an end it is only busy
        self.bar.setValue(per_cent)

    def _on_cancel(self) -> None:
        self._asked = True
        self.cancel.setEnabled(False)

    def _on_ended(self, done: bool) -> None:
        self._soon.stop()
        self.hide()
        if self._asked and not done:
            self._signals.toast_requested.emit(t("Cancelled. Nothing was changed."))
