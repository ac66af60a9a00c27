"""The queue of recognition at work: one job at a time, words into the study as they come.

A job that was paused at work keeps its model in memory and holds those behind it; one that was
paused before it began, or in an earlier session, is passed over. Nothing is lost when the window
closes or the child dies: the worker's spool has every word, and an unfinished job goes on when
the study is opened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from ui.bridge.run import Run
from ui.bridge.worker import Spare
from ui.context import AppContext, Signals
from workbench.domain.ids import JobId
from workbench.domain.jobs import UNFINISHED, JobState

if TYPE_CHECKING:
    from ui.bridge.worker import Worker
    from workbench.domain.change import ChangeSet
    from workbench.domain.jobs import Job
    from workbench.speech.protocol import Progress
    from workbench.study import Study


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
        self._run: Run | None = None
        self._spare = Spare()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._advance)
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
        self._end_run()
        self._spare.end()
        self._soon.stop()
        self._tell()

    def running(self) -> list[str]:
        """Return what runs now, in words, for the question before closing."""
        return [self._run.title] if self._run is not None else []

    @property
    def worker(self) -> Worker | None:
        """Return the child at work, if there is one."""
        return self._run.worker if self._run is not None else None

    def progress(self, job_id: JobId) -> Progress | None:
        """Return how far the job that runs is; `None` for all others."""
        return run.progress if (run := self._of(job_id)) is not None else None

    def pause(self, job_id: JobId) -> None:
        """Stop a job after the chunk in work, and hold those behind it."""
        if (run := self._of(job_id)) is not None:
            run.worker.pause()
        else:
            _change(self._study, job_id, JobState.PAUSED)

    def resume(self, job_id: JobId) -> None:
        """Let a paused job go on."""
        if (run := self._of(job_id)) is not None:
            run.worker.resume()
        else:
            _change(self._study, job_id, JobState.WAITING)

    def cancel(self, job_id: JobId) -> None:
        """End a job; what was recognised stays."""
        if (run := self._of(job_id)) is not None:
            run.worker.cancel()
        else:
            _change(self._study, job_id, JobState.CANCELLED)

    def pause_all(self) -> None:
        """Let all jobs rest, also the one at work."""
        if self._study is not None:
            self._study.jobs.queue.pause_all()
        if self._run is not None:
            self._run.worker.pause()

    def resume_all(self) -> None:
        """Let all jobs go on."""
        if self._run is not None:
            self._run.worker.resume()
        if self._study is not None:
            self._study.jobs.queue.resume_all()

    def retry(
        self,
        job_id: JobId,
        *,
        model: str | None = None,
        language: str | None = None,
        translate: bool | None = None,
        track: int | None = None,
    ) -> None:
        """Let a failed or cancelled job go on; with another model, language … begin anew."""
        if self._study is None:
            return
        jobs = self._study.jobs
        job = jobs.get(job_id)
        again = (model or job.model, language or job.language) == (job.model, job.language)
        again = again and translate in (None, jobs.translates(job))
        again = again and track in (None, jobs.track(job))
        if self._of(job_id) is not None and not again:
            self._end_run()
        jobs.retry(job_id, model=model, language=language, translate=translate, track=track)

    def first(self, job_id: JobId) -> None:
        """Put a waiting job before all others; a paused one makes room for it."""
        if self._study is not None:
            self._study.jobs.queue.first(job_id)

    # The queue

    def _advance(self) -> None:
        """Start the first job of the queue that is not paused, if nothing runs."""
        if self._study is None:
            return
        waiting = self._study.jobs.queue.waiting()
        if self._run is not None and _must_yield(self._study, self._run, waiting):
            self._end_run()
        ready = [job for job in waiting if job.state is not JobState.PAUSED]
        if self._run is None and ready:
            self._start(self._study, ready[0])
        elif self._run is None:
            self._spare.end()  # nobody needs its memory now
        self._tell()

    def _start(self, study: Study, job: Job) -> None:
        order = study.recognition.begin(job)
        if order is None:
            self.ended.emit(job.id)
            return
        self._run = run = Run(study, job, order, self, self._spare.take(order))
        run.told.connect(self._tell)
        run.peaks_found.connect(self.peaks_found)
        run.lost.connect(self._soon.start)
        run.over.connect(self._on_over)
        run.start()

    def _end_run(self) -> None:
        run, self._run = self._run, None
        if run is not None:
            run.stop()

    def _on_over(self, ended: bool) -> None:
        run, self._run = self._run, None
        if ended and run is not None:
            run.worker.leave_child(self._spare)
            self.ended.emit(run.job.id)
            self._soon.start()
        self._tell()

    def _on_changes(self, changes: ChangeSet) -> None:
        if changes.touches("consent_entry", "attendance") and self._run and self._study:
            if self._study.jobs.refusal(self._run.job.source_id):
                self._end_run()  # it is turned down where it would begin again
                self._soon.start()
        elif changes.touches("job", "source", "session"):
            self._soon.start()

    def _of(self, job_id: JobId) -> Run | None:
        """Return the run of a job, if it is the one at work."""
        return self._run if self._run is not None and self._run.job.id == job_id else None

    def _tell(self) -> None:
        if self._run is not None:
            self.progressed.emit(self._run.job.id)
        self._signals.status_changed.emit(self._run.line if self._run is not None else "")


def _change(study: Study | None, job_id: JobId, state: JobState) -> None:
    if study is not None and study.jobs.get(job_id).state in UNFINISHED:
        study.jobs.change(job_id, state=state)


def _must_yield(study: Study, run: Run, waiting: list[Job]) -> bool:
    """Tell whether the job at work has gone, or rests and has others before it."""
    job = run.job
    if job.id not in {other.id for other in waiting}:
        stored = {other.id: other.state for other in study.jobs.all()}.get(job.id)
        # Removed, or its recording went into the bin; one that is done ends by itself.
        return stored is None or stored in UNFINISHED
    head = next((other for other in waiting if other.state is not JobState.PAUSED), job)
    return run.paused and head.position < job.position


def _nothing() -> None:
    return


def model_for(context: AppContext) -> str:
    """Return the speech model to use: the one chosen, else the first one installed."""
    installed = [choice.name for choice in context.models()]
    chosen = context.settings.current.model
    if chosen and chosen in installed:
        return chosen
    return installed[0] if installed else "base"
