"""The queue of recognition at work: one job at a time, words into the study as they come.

A job that was paused at work keeps its model in memory and holds those behind it; one that was
paused before it began, or in an earlier session, is passed over. Nothing is lost when the window
closes or the child dies: the worker's spool has every word, and an unfinished job goes on when
the study is opened.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from ui.bridge.worker import Worker
from ui.context import AppContext, Signals
from ui.i18n import t
from workbench.domain.figures import rounded
from workbench.domain.ids import JobId
from workbench.domain.jobs import UNFINISHED, JobState
from workbench.domain.transcript import TurnDraft
from workbench.speech import jobstate, speed
from workbench.speech.jobstate import StateChanged, TurnsArrived
from workbench.speech.protocol import Done, Failed, Note, Peaks, Progress, Speakers

if TYPE_CHECKING:
    from workbench.domain.change import ChangeSet
    from workbench.domain.jobs import Job
    from workbench.speech.jobstate import Event
    from workbench.study import Study

BATCH_MS = 250
_STORED = {
    jobstate.RunState.STARTING: JobState.RUNNING,
    jobstate.RunState.RUNNING: JobState.RUNNING,
    jobstate.RunState.PAUSED: JobState.PAUSED,
    jobstate.RunState.CANCELLED: JobState.CANCELLED,
}
_log = logging.getLogger(__name__)

Told = tuple[TurnDraft, ...] | Progress | Peaks | Speakers | Done | Failed | Note
"""What of a worker's words the study keeps."""


class JobRunner(QObject):
    """Works through the jobs of the open study.

    Args:
        signals: where the line for the bottom bar goes.

    Signals:
        progressed: id of a job whose progress is new.
        peaks_found: source id, loudness of the recording as 1,000 numbers 0…100.
        ended: id of a job that is done, failed or cancelled.
    """

    progressed = Signal(str)
    peaks_found = Signal(str, object)
    ended = Signal(str)

    def __init__(self, signals: Signals, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._signals = signals
        self._study: Study | None = None
        self._job: Job | None = None
        self._worker: Worker | None = None
        self._progress: Progress | None = None
        self._unstored: Progress | None = None
        self._watch = speed.Stopwatch(0, 0.0)
        self._turns: list[TurnDraft] = []
        self._told: deque[Event] = deque()
        self._again = _once(self, BATCH_MS, self._take_in)
        self._batch = _once(self, BATCH_MS, self._flush)
        self._soon = _once(self, 0, self._advance)
        self._unsubscribe = _nothing

    # For views

    def set_study(self, study: Study | None) -> None:
        """Work on another study; unfinished jobs of it go on, those of the last one stop."""
        self.stop()
        self._unsubscribe()
        self._unsubscribe = _nothing
        self._study = study if study is not None and not study.read_only else None
        if self._study is not None:
            self._unsubscribe = self._study.subscribe(self._on_changes)
            self._soon.start()

    def stop(self) -> None:
        """End the child; its job stays unfinished and all its words are kept."""
        self._end_worker()
        self._soon.stop()
        self._say("")

    def running(self) -> list[str]:
        """Return what runs now, in words, for the question before closing."""
        return [self._title()] if self._job is not None else []

    @property
    def worker(self) -> Worker | None:
        """Return the child at work, if there is one."""
        return self._worker

    def progress(self, job_id: JobId) -> Progress | None:
        """Return how far the job that runs is; `None` for all others."""
        return self._progress if self._job is not None and self._job.id == job_id else None

    def pause(self, job_id: JobId) -> None:
        """Stop a job after the chunk in work, and hold those behind it."""
        if self._is_running(job_id):
            self._the_worker.pause()
        else:
            self._change(job_id, JobState.PAUSED)

    def resume(self, job_id: JobId) -> None:
        """Let a paused job go on."""
        if self._is_running(job_id):
            self._the_worker.resume()
        else:
            self._change(job_id, JobState.WAITING)

    def cancel(self, job_id: JobId) -> None:
        """End a job; what was recognised stays."""
        if self._is_running(job_id):
            self._the_worker.cancel()
        else:
            self._change(job_id, JobState.CANCELLED)

    def pause_all(self) -> None:
        """Let all jobs rest, also the one at work."""
        if self._study is not None:
            self._study.jobs.pause_all()
        if self._worker is not None:
            self._worker.pause()

    def resume_all(self) -> None:
        """Let all jobs go on."""
        if self._worker is not None:
            self._worker.resume()
        if self._study is not None:
            self._study.jobs.resume_all()

    def retry(
        self,
        job_id: JobId,
        *,
        model: str | None = None,
        language: str | None = None,
        translate: bool | None = None,
    ) -> None:
        """Let a failed or cancelled job go on; with another model or language begin anew."""
        if self._study is None:
            return
        jobs = self._study.jobs
        job = jobs.get(job_id)
        again = (model or job.model, language or job.language) == (job.model, job.language)
        again = again and translate in (None, jobs.translates(job))
        if self._is_running(job_id) and not again:
            self._end_worker()
        jobs.retry(job_id, model=model, language=language, translate=translate)

    def first(self, job_id: JobId) -> None:
        """Put a waiting job before all others; a paused one makes room for it."""
        if self._study is not None:
            self._study.jobs.first(job_id)

    # The queue

    def _advance(self) -> None:
        """Start the first job of the queue that is not paused, if nothing runs."""
        if self._study is None:
            return
        waiting = self._study.jobs.waiting()
        if self._job is not None and self._must_yield(waiting):
            self._end_worker()
        ready = [job for job in waiting if job.state is not JobState.PAUSED]
        if self._job is None and ready:
            self._start(ready[0])
        self._tell()

    def _must_yield(self, waiting: list[Job]) -> bool:
        job, study = self._job, self._study
        if job is None or study is None:
            return False
        if job.id not in {other.id for other in waiting}:
            stored = {other.id: other.state for other in study.jobs.all()}.get(job.id)
            # Removed, or its recording went into the bin; one that is done ends by itself.
            return stored is None or stored in UNFINISHED
        paused = self._the_worker.state is jobstate.RunState.PAUSED
        head = next((other for other in waiting if other.state is not JobState.PAUSED), job)
        return paused and head.position < job.position

    def _start(self, job: Job) -> None:
        if self._study is None:
            return
        order = self._study.jobs.begin(job)
        if order is None:
            self.ended.emit(job.id)
            return
        self._job, self._progress = job, None
        self._watch = speed.Stopwatch(job.done_ms, monotonic())
        self._worker = Worker(order, self)
        self._worker.told.connect(self._on_event)
        self._worker.start()

    def _end_worker(self) -> None:
        self._batch.stop()
        if self._worker is not None:
            self._worker.stop()
            self._flush()
            self._worker.deleteLater()
        self._forget()

    def _forget(self) -> None:
        self._worker = self._job = self._progress = self._unstored = None
        self._turns.clear()
        self._told.clear()

    def _on_changes(self, changes: ChangeSet) -> None:
        if changes.touches("consent_entry", "attendance") and self._job and self._study:
            if self._study.jobs.refusal(self._job.source_id):
                self._end_worker()  # it is turned down where it would begin again
                self._soon.start()
        elif changes.touches("job", "source", "session"):
            self._soon.start()

    def _change(self, job_id: JobId, state: JobState) -> None:
        if self._study is not None and self._study.jobs.get(job_id).state in UNFINISHED:
            self._study.jobs.change(job_id, state=state)

    def _is_running(self, job_id: JobId) -> bool:
        return self._job is not None and self._job.id == job_id

    @property
    def _the_worker(self) -> Worker:
        if self._worker is None:
            raise RuntimeError("No job is running.")
        return self._worker

    # What the worker says

    def _on_event(self, event: Event) -> None:
        """Take in what the worker says, in order; while a long step alone may write, it waits."""
        self._told.append(event)
        self._take_in()

    def _take_in(self) -> None:
        while self._told:
            if self._study is not None and self._study.aside.doing:
                self._again.start()
                return
            self._take(self._told.popleft())

    def _take(self, event: Event) -> None:
        match event:
            case TurnsArrived():
                self._turns += event.turns
                self._later()
            case Progress():
                self._progress = self._unstored = event
                self._later()
            case Speakers() | Done() | Failed() | Note():
                self._flush()
                self._store(event)
            case Peaks() if self._job is not None:
                self._store(event)
                self.peaks_found.emit(self._job.source_id, event.peaks)
            case StateChanged():
                self._flush()
                self._on_state(event.state)
            case _:
                return

    def _on_state(self, state: jobstate.RunState) -> None:
        if self._study is None or self._job is None:
            return
        job = self._job
        self._time(state)
        if state in _STORED:
            self._study.jobs.change(job.id, state=_STORED[state])
        if state in jobstate.FINAL:
            worker, self._worker = self._worker, None
            self._forget()
            if worker is not None:
                worker.deleteLater()
            self.ended.emit(job.id)
            self._soon.start()
        self._tell()

    def _time(self, state: jobstate.RunState) -> None:
        """Learn how fast the model is here, for the settings."""
        if state is jobstate.RunState.PAUSED:
            self._watch.pause(monotonic())
        elif state is jobstate.RunState.RUNNING:
            self._watch.resume(monotonic())
        elif state is jobstate.RunState.DONE and self._job is not None:
            total = self._progress.total_ms if self._progress else 0
            speed.keep(self._job.model, self._watch.measured(total, monotonic()))

    def _later(self) -> None:
        if not self._batch.isActive():
            self._batch.start()

    def _flush(self) -> None:
        """Store what has come since the last time."""
        self._batch.stop()
        if self._study is not None and self._study.aside.doing:
            self._later()
            return
        turns, self._turns = tuple(self._turns), []
        progress, self._unstored = self._unstored, None
        if turns:
            self._store(turns)
        if progress is not None:
            self._store(progress)
            self._tell()

    def _store(self, message: Told) -> None:
        if self._study is None or self._job is None:
            return
        try:
            self._study.jobs.accept(self._job.id, message)
        except KeyError:  # an undo took the recording away
            _log.info("words came for a job that is gone")
            self._soon.start()
        except Exception:
            # A full disk, most likely. The words are in the spool; more would fail alike.
            if self._worker is not None:
                self._worker.stop()
            self._forget()
            self._say("")
            raise

    # The line below

    def _tell(self) -> None:
        if self._job is not None:
            self.progressed.emit(self._job.id)
        self._say(self._line())

    def _line(self) -> str:
        if self._job is None or self._worker is None:
            return ""
        title, progress = self._title(), self._progress
        if self._worker.state is jobstate.RunState.PAUSED:
            return t("{title} · paused", title=title)
        if progress is None or progress.stage == "preparing":
            return t("Preparing {title}", title=title)
        if progress.stage == "speakers":
            return t("Telling the voices apart · {title}", title=title)
        line = t("Transcribing {title} · {share} %", title=title, share=share(progress))
        return line if progress.eta_s is None else f"{line} · {time_left(progress.eta_s)}"

    def _title(self) -> str:
        if self._study is None or self._job is None:
            return ""
        return self._study.materials.source(self._job.source_id).title

    def _say(self, line: str) -> None:
        self._signals.status_changed.emit(line)


def share(progress: Progress) -> int:
    """Return how much is done, in whole per cent."""
    return min(100, 100 * progress.done_ms // max(1, progress.total_ms))


def time_left(seconds: int) -> str:
    """Return "40 s left" or "3 min left"."""
    if seconds < 90:
        return t("{n} s left", n=seconds)
    return t("{n} min left", n=rounded(seconds / 60))


def _once(parent: QObject, ms: int, run: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(ms)
    timer.timeout.connect(run)
    return timer


def _nothing() -> None:
    return


def model_for(context: AppContext) -> str:
    """Return the speech model to use: the one chosen, else the first one installed."""
    installed = [choice.name for choice in context.models()]
    chosen = context.settings.current.model
    if chosen and chosen in installed:
        return chosen
    return installed[0] if installed else "base"
