"""One job of recognition at work: what its child says goes into the study, a little at a time."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from ui.bridge.worker import Worker
from ui.i18n import t
from workbench.domain.figures import rounded
from workbench.domain.transcript import TurnDraft
from workbench.speech import jobstate, speed
from workbench.speech.jobstate import StateChanged, TurnsArrived
from workbench.speech.protocol import (
    Done,
    Failed,
    HeardAgain,
    LanguageFound,
    Note,
    Peaks,
    Progress,
    Speakers,
    SpokenHere,
)

if TYPE_CHECKING:
    from PySide6.QtCore import QProcess

    from workbench.domain.jobs import Job
    from workbench.speech.jobstate import Event
    from workbench.speech.protocol import Order
    from workbench.study import Study

BATCH_MS = 250
_log = logging.getLogger(__name__)

Told = (
    tuple[TurnDraft, ...] | Progress | Peaks | HeardAgain | Speakers | Done | Failed | Note
    | LanguageFound | SpokenHere
)  # fmt: skip
"""What of a worker's words the study keeps."""


class Run(QObject):
    """The job that is at work, from its begin until it is over; it is deleted then.

    Whoever owns it hears its signals with methods or signals of his own, not with functions that
    hold him: as the last to hold him, they would have him deleted, and the run with him, while the
    run is being deleted.

    Args:
        study: takes the words.
        job: which one.
        order: what the child shall do.
        parent: owner.
        child: that of the job before, if it waits for this one.

    Signals:
        told: there is something new to say of it.
        peaks_found: source id, loudness of the recording as 1,000 numbers 0…100.
        lost: the study has no such job any more.
        over: whether the job is done, failed or cancelled (else the study could not take what was
            said, and the job stays unfinished). Not told of a run that is stopped.
    """

    told = Signal()
    peaks_found = Signal(str, object)
    lost = Signal()
    over = Signal(bool)

    def __init__(
        self, study: Study, job: Job, order: Order, parent: QObject, child: QProcess | None = None
    ) -> None:
        super().__init__(parent)
        self._study = study
        self.job = job
        self.progress: Progress | None = None
        self._unstored: Progress | None = None
        self._closed = False
        self._watch = speed.Stopwatch(job.done_ms, monotonic())
        self._turns: list[TurnDraft] = []
        self._said: deque[Event] = deque()
        self._again = _once(self, BATCH_MS, self._take_in)
        self._batch = _once(self, BATCH_MS, self._flush)
        self.worker = Worker(order, self, child)
        self.worker.told.connect(self._on_event)

    def start(self) -> None:
        """Start the child; whoever wants to hear of it listens by then."""
        self.worker.start()

    @property
    def paused(self) -> bool:
        """Tell whether the child rests."""
        return self.worker.state is jobstate.RunState.PAUSED

    @property
    def title(self) -> str:
        """Return what people call the recording."""
        return self._study.materials.source(self.job.source_id).title

    @property
    def line(self) -> str:
        """Return how far it is, in words."""
        title, progress = self.title, self.progress
        if self.paused:
            return t("{title} · paused", title=title)
        if progress is None or progress.stage == "preparing":
            return t("Preparing {title}", title=title)
        if progress.stage == "speakers":
            line = t("Telling the voices apart · {title}", title=title)
        elif progress.stage == "again":
            line = t("Hearing again where words are missing · {title}", title=title)
        else:
            line = t("Transcribing {title} · {share} %", title=title, share=share(progress))
        return line if progress.eta_s is None else f"{line} · {time_left(progress.eta_s)}"

    def stop(self) -> None:
        """End the child; the job stays unfinished and all its words are kept."""
        self._batch.stop()
        self.worker.stop()
        self._flush()
        self._close()

    def _close(self) -> None:
        self._closed = True
        self._batch.stop()
        self._again.stop()
        self._turns.clear()
        self._said.clear()
        self.deleteLater()  # and the child's end of the line with it

    def _on_event(self, event: Event) -> None:
        """Take in what the worker says, in order; while a long step alone may write, it waits."""
        if self._closed:
            return
        self._said.append(event)
        self._take_in()

    def _take_in(self) -> None:
        while self._said:
            if self._study.aside.doing:
                self._again.start()
                return
            self._take(self._said.popleft())

    def _take(self, event: Event) -> None:
        match event:
            case TurnsArrived():
                self._turns += event.turns
                self._later()
            case Progress():
                self.progress = self._unstored = event
                self._later()
            case HeardAgain() | Speakers() | Done() | Failed() | Note() | LanguageFound():
                self._flush()
                self._store(event)
            case SpokenHere():
                self._flush()
                self._store(event)
            case Peaks():
                self._store(event)
                self.peaks_found.emit(self.job.source_id, event.peaks)
            case StateChanged():
                self._flush()
                self._on_state(event.state)
            case _:
                return

    def _on_state(self, state: jobstate.RunState) -> None:
        if self._closed:
            return
        self._time(state)
        self._study.recognition.follow(self.job.id, state)
        if state in jobstate.FINAL:
            self._close()
            self.over.emit(True)
        else:
            self.told.emit()

    def _time(self, state: jobstate.RunState) -> None:
        """Learn how fast the model is here, for the settings."""
        if state is jobstate.RunState.PAUSED:
            self._watch.pause(monotonic())
        elif state is jobstate.RunState.RUNNING:
            self._watch.resume(monotonic())
        elif state is jobstate.RunState.DONE:
            total = self.progress.total_ms if self.progress else 0
            speed.keep(self.job.model, self._watch.measured(total, monotonic()))

    def _later(self) -> None:
        if not self._batch.isActive():
            self._batch.start()

    def _flush(self) -> None:
        """Store what has come since the last time."""
        self._batch.stop()
        if self._study.aside.doing:
            self._later()
            return
        turns, self._turns = tuple(self._turns), []
        progress, self._unstored = self._unstored, None
        if turns:
            self._store(turns)
        if progress is not None:
            self._store(progress)
            self.told.emit()

    def _store(self, message: Told) -> None:
        if self._closed:
            return
        try:
            self._study.recognition.accept(self.job.id, message)
        except KeyError:  # an undo took the recording away
            _log.info("words came for a job that is gone")
            self.lost.emit()
        except Exception:
            # A full disk, most likely. The words are in the spool; more would fail alike.
            self.worker.stop()
            self._close()
            self.over.emit(False)
            raise


def share(progress: Progress) -> int:
    """Return how much is done, in whole per cent."""
    return min(100, 100 * progress.done_ms // max(1, progress.total_ms))


def time_left(seconds: int) -> str:
    """Return "40 s left" or "3 min left"."""
    if seconds < 90:
        return t("{n} s left", n=seconds)
    return t("{n} min left", n=rounded(seconds / 60))


def length(seconds: int) -> str:
    """Return "40 s" or "3 min"."""
    if seconds < 90:
        return t("{n} s", n=seconds)
    return t("{n} min", n=rounded(seconds / 60))


def _once(parent: QObject, ms: int, run: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(ms)
    timer.timeout.connect(run)
    return timer
