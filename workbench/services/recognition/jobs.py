"""The queue of recognition jobs; it survives a restart, and so does every word."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from workbench import paths
from workbench.domain.change import Op
from workbench.domain.ids import JobId, SourceId, new_id
from workbench.domain.jobs import UNFINISHED, Job, JobState
from workbench.domain.materials import SourceKind
from workbench.domain.transcript import TurnDraft
from workbench.errors import UserError
from workbench.services.consent.ledger import NEEDED, Ledger
from workbench.services.desk import Desk
from workbench.services.files import decoded
from workbench.services.materials.materials import Materials
from workbench.services.recognition.voice_prints import VoicePrints
from workbench.services.texts.arriving import Arrivals
from workbench.speech import client, jobstate, protocol, spool
from workbench.speech.protocol import Done, Failed, Note, Peaks, Progress, Speakers
from workbench.vault import ring

_STATES = {
    jobstate.RunState.STARTING: JobState.RUNNING,
    jobstate.RunState.RUNNING: JobState.RUNNING,
    jobstate.RunState.PAUSED: JobState.PAUSED,
    jobstate.RunState.CANCELLED: JobState.CANCELLED,
    jobstate.RunState.FAILED: JobState.FAILED,
    jobstate.RunState.CRASHED: JobState.FAILED,
}


class Jobs:
    """The recognition jobs of one study."""

    def __init__(
        self, desk: Desk, materials: Materials, arrivals: Arrivals, prints: VoicePrints
    ) -> None:
        self._desk = desk
        self._prints = prints
        self._rows = desk.tables.job
        self._materials = materials
        self._arrivals = arrivals

    def all(self) -> list[Job]:
        """Return all jobs in the order of the queue."""
        return self._rows.select(order="position")

    def get(self, job_id: JobId) -> Job:
        """Return one job."""
        return self._rows.get(job_id)

    def unfinished(self) -> list[Job]:
        """Return the jobs that wait, run or pause, in order."""
        return self._rows.select(state=list(UNFINISHED), order="position")

    def of_source(self, source_id: SourceId) -> Job | None:
        """Return the newest job of a source."""
        found = self._rows.select(source_id=source_id, order="position")
        return found[-1] if found else None

    def newest(self) -> dict[SourceId, Job]:
        """Return the newest job of each source that has one."""
        return {job.source_id: job for job in self._rows.select(order="position, rowid")}

    def waiting(self) -> list[Job]:
        """Return the unfinished jobs whose recordings are not in the bin, in order."""
        there = {source.id for source in self._materials.sources()}
        return [job for job in self.unfinished() if job.source_id in there]

    def add(
        self,
        source_id: SourceId,
        *,
        model: str,
        language: str = "auto",
        speakers: int | None = None,
        translate: bool = False,
    ) -> Job:
        """Put a recording into the queue.

        Args:
            source_id: what to recognise.
            model: name of an installed model.
            language: "auto" or an ISO 639-1 code.
            speakers: number of voices; `None` = from the roster, else found out; 0 = do not look.
            translate: whether the text shall be English whatever is spoken.

        Raises:
            UserError: the source is a text, or somebody who is in it did not agree.
        """
        source = self._materials.source(source_id)
        if source.kind is SourceKind.TEXT:
            raise UserError(
                "not-a-recording",
                "“{source}” is a text, there is nothing to recognise.",
                "Choose a recording.",
                source=source.title,
            )
        self.require_consent(source_id)
        present = self.of_source(source_id)
        if present and present.state in UNFINISHED:
            return present
        with self._desk.step(Op.EDIT_JOB):
            transcript = self._arrivals.start(
                source_id, model=model, language=language, translated=translate
            )
            return self._rows.add(
                Job(
                    JobId(new_id()),
                    source_id,
                    transcript.id,
                    model,
                    language,
                    self._voices(source_id) if speakers is None else speakers,
                    total_ms=source.duration_ms or 0,
                    position=max((job.position for job in self.all()), default=-1) + 1,
                    created_at=self._desk.stamp(),
                )
            )

    def require_consent(self, source_id: SourceId) -> None:
        """Make sure that nobody of a session stands against its recording being transcribed.

        Raises:
            UserError: somebody does.
        """
        source = self._materials.source(source_id)
        Ledger(self._desk).require(source.session_id, NEEDED, source.title, "transcribed")

    def refusal(self, source_id: SourceId) -> UserError | None:
        """Return why a recording is not transcribed by what people said; `None` = it may be."""
        try:
            self.require_consent(source_id)
        except UserError as problem:
            return problem
        return None

    def begin(self, job: Job) -> protocol.Order | None:
        """Return what the worker is told; `None` if somebody said no since the job was added.

        It has failed then, and says why.
        """
        problem = self.refusal(job.source_id)
        if problem is None:
            return self.order(job)
        self.change(job.id, state=JobState.FAILED, reason=f"{problem.happened} {problem.todo}")
        return None

    def change(self, job_id: JobId, **values: Any) -> Job:
        """Change fields of a job: state, reason, model."""
        with self._desk.step(Op.EDIT_JOB, merge_key=job_id):
            job = self._rows.change(job_id, **values)
        if values.get("state") in (JobState.FAILED, JobState.CANCELLED):
            self._arrivals.give_way(job.transcript_id)
        return job

    def first(self, job_id: JobId) -> Job:
        """Put a job at the head of the queue."""
        ahead = min((job.position for job in self.all()), default=0)
        return self.change(job_id, position=ahead - 1)

    def place(self, job_id: JobId, place: int) -> None:
        """Put an unfinished job at a place of the queue, 0 = the head; others make room."""
        queue = self.waiting()
        positions = [job.position for job in queue]
        job = next((job for job in queue if job.id == job_id), None)
        if job is None:
            return
        queue.remove(job)
        queue.insert(max(0, place), job)
        with self._desk.step(Op.EDIT_JOB):
            for other, position in zip(queue, positions, strict=True):
                if other.position != position:
                    self._rows.change(other.id, position=position)

    def move(self, job_id: JobId, by: int) -> None:
        """Move an unfinished job up (−1) or down (1) in the queue; the ends stop it."""
        ids = [job.id for job in self.waiting()]
        if job_id in ids:
            self.place(job_id, ids.index(job_id) + by)

    def pause_all(self) -> None:
        """Let all jobs rest that wait; those that run are paused by whoever runs them."""
        self._enter_all(JobState.WAITING, JobState.PAUSED)

    def resume_all(self) -> None:
        """Let all jobs go on that rest."""
        self._enter_all(JobState.PAUSED, JobState.WAITING)

    def _enter_all(self, old: JobState, new: JobState) -> None:
        with self._desk.step(Op.EDIT_JOB):
            for job in self.waiting():
                if job.state is old:
                    self._rows.change(job.id, state=new)

    def translates(self, job: Job) -> bool:
        """Tell whether the text of a job is English whatever is spoken."""
        return self._desk.tables.transcript.get(job.transcript_id).translated

    def retry(
        self,
        job_id: JobId,
        *,
        model: str | None = None,
        language: str | None = None,
        translate: bool | None = None,
    ) -> Job:
        """Put a job into the queue again, behind all others.

        One that failed or was cancelled goes on where it stopped. With another model, language or
        wish for a translation, or when it was done, a new job begins from the start: it takes the
        place of this one, and its text that of the present text as soon as its first words arrive.

        Args:
            job_id: the job.
            model: another model; `None` = the same.
            language: "auto" or an ISO 639-1 code; `None` = the same.
            translate: whether the text shall be English; `None` = the same.

        Raises:
            UserError: somebody who is in the recording did not agree.
        """
        job = self.get(job_id)
        self.require_consent(job.source_id)
        present = (job.model, job.language, self.translates(job))
        wanted = (
            model or job.model,
            language or job.language,
            present[2] if translate is None else translate,
        )
        if wanted == present and job.state is not JobState.DONE:
            if job.state in UNFINISHED:
                return job
            last = max((other.position for other in self.all()), default=0)
            return self.change(job_id, state=JobState.WAITING, reason="", position=last + 1)
        with self._desk.step(Op.EDIT_JOB):
            if job.state in UNFINISHED:
                self._rows.change(job_id, state=JobState.CANCELLED)
            return self.add(
                job.source_id,
                model=wanted[0],
                language=wanted[1],
                speakers=job.speakers,
                translate=wanted[2],
            )

    def log_path(self, job_id: JobId) -> Path:
        """Return where the log of a job lies; there is none before it has begun.

        It holds times, sizes and failures, never words of the recording.
        """
        return client.log_path(job_id)

    def order(self, job: Job) -> protocol.Order:
        """Return what the worker is told.

        Raises:
            UserError: somebody who is in the recording did not agree, or does no longer.
        """
        self.require_consent(job.source_id)
        source = self._materials.source(job.source_id)
        charter = self._desk.tables.charter.select()[0]
        cache = self._desk.folder / "cache"
        paths.within(cache, source.sha256)  # files are called after it there
        return protocol.Order(
            job=job.id,
            media=str(self._materials.media_path(source)),
            sha256=source.sha256,
            cache=str(cache),
            spool=str(self._spool_folder),
            model=job.model,
            language=None if job.language == "auto" else job.language,
            prompt=", ".join(charter.vocabulary),
            speakers=job.speakers,
            voices=self._prints.folder_for(source.sha256),
            translate=self.translates(job),
            key=ring.pipe_key(self._desk.folder),
        )

    def follow(self, job_id: JobId, state: jobstate.RunState) -> None:
        """Note the state the worker's machine has entered; `DONE` comes with its message."""
        if (entered := _STATES.get(state)) is not None:
            self.change(job_id, state=entered)

    def accept(self, job_id: JobId, message: protocol.Message | tuple[TurnDraft, ...]) -> None:
        """Store what the worker said: turns (a tuple of drafts), speakers, progress, the end."""
        job = self.get(job_id)
        match message:
            case tuple():
                self._arrivals.accept(job.transcript_id, message)
            case Speakers():
                self._arrivals.accept_speakers(job.transcript_id, message.turns)
            case Progress() if message.stage == "recognising":
                self.change(job_id, done_ms=message.done_ms, total_ms=message.total_ms)
            case Peaks():
                self._materials.keep_peaks(self._materials.source(job.source_id), message.peaks)
            case Note(start_ms=int(start), end_ms=int(end)):
                self._arrivals.accept_unheard(job.transcript_id, start, end)
            case Note():
                self.change(job_id, reason=message.text)
            case Done():
                self._arrivals.finish(job.transcript_id, message.language)
                self.change(job_id, state=JobState.DONE, done_ms=job.total_ms)
                spool.path_of(self._spool_folder, job_id).unlink(missing_ok=True)
                self.forget_sound()
            case Failed():
                self.change(
                    job_id, state=JobState.FAILED, reason=f"{message.happened} {message.todo}"
                )
            case _:
                return

    def recover(self) -> int:
        """Take over what workers wrote before the program died.

        Turns and notes in spool files of unfinished jobs are stored, jobs that were running wait
        again.

        Returns:
            how many jobs had words to take over.
        """
        recovered = 0
        self.forget_sound()
        for job in self.unfinished():
            content = spool.read(spool.path_of(self._spool_folder, job.id))
            turns = tuple(content.turns[ordinal] for ordinal in sorted(content.turns))
            for note in content.notes:
                self.accept(job.id, note)
            if content.speakers is None:
                recovered += bool(self._arrivals.accept(job.transcript_id, turns))
            else:
                recovered += 1
                self._arrivals.accept(job.transcript_id, turns)
                self._arrivals.accept_speakers(job.transcript_id, content.speakers.turns)
            if content.done is not None:
                self.accept(job.id, content.done)
            elif job.state is JobState.RUNNING:
                self.change(job.id, state=JobState.WAITING)
        return recovered

    def forget_sound(self) -> None:
        """Delete decoded sound that no job needs now."""
        running: set[str] = set()
        waiting: set[str] = set()
        for job in self.unfinished():
            sha256 = self._materials.source(job.source_id).sha256
            (running if job.state is JobState.RUNNING else waiting).add(sha256)
        decoded.forget(self._desk.folder / "cache", running=running, waiting=waiting)

    @property
    def _spool_folder(self) -> Path:
        return self._desk.folder / "spool"

    def _voices(self, source_id: SourceId) -> int | None:
        """Return how many voices to expect: the people of the roster and whoever asks them."""
        session_id = self._materials.source(source_id).session_id
        people = len(self._materials.roster(session_id))
        return people + 1 if people else None
