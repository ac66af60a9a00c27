"""Another speech model tried on one minute of a recording, beside all that goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.bridge.worker import Worker
from workbench.errors import WorkbenchError
from workbench.services.recognition.trial import Heard, Trial
from workbench.speech.jobstate import FINAL, StateChanged

if TYPE_CHECKING:
    from workbench.speech.jobstate import Event


__all__ = ["Trial", "Trying"]


class Trying(QObject):
    """Lets one model after the other hear the minute.

    Signals:
        began: name of the model that listens now.
        finished: the Comparison.
        failed: the exception.
    """

    began = Signal(str)
    finished = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._trial: Trial | None = None
        self._heard: list[Heard] = []
        self._worker: Worker | None = None

    @property
    def busy(self) -> bool:
        """Tell whether a model listens."""
        return self._worker is not None

    def start(self, trial: Trial) -> None:
        """Begin with a trial; one at work is ended."""
        self.stop()
        self._trial, self._heard = trial, []
        self._next(trial)

    def stop(self) -> None:
        """End it, without a word."""
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.stop()
            worker.deleteLater()
            self._heard[-1].tidy()

    def _next(self, trial: Trial) -> None:
        order = trial.orders[len(self._heard)]
        self._heard.append(Heard(order))
        self._worker = Worker(order, self)
        self._worker.told.connect(self._on_told)
        self.began.emit(order.model)
        self._worker.start()

    def _on_told(self, event: Event) -> None:
        if self._worker is None or self._trial is None:
            return
        self._heard[-1].take(event)
        if not isinstance(event, StateChanged) or event.state not in FINAL:
            return
        self.stop()
        if len(self._heard) < len(self._trial.orders) and self._heard[-1].done:
            self._next(self._trial)
            return
        try:
            self._heard[0].tried(self._trial.whole_ms)
            found = self._trial.compared(*self._heard)
        except WorkbenchError as problem:
            self.failed.emit(problem)
        else:
            self.finished.emit(found)
