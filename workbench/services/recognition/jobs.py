"""The recognition jobs; they survive a restart."""

from __future__ import annotations

from typing import Any

from workbench.domain import languages
from workbench.domain.change import Op
from workbench.domain.ids import JobId, SourceId, new_id
from workbench.domain.jobs import UNFINISHED, Job, JobState
from workbench.domain.materials import Source, SourceKind, voices_expected
from workbench.domain.voices import fewer
from workbench.errors import UserError
from workbench.services.consent.ledger import Ledger
from workbench.services.consent.objecting import NEEDED
from workbench.services.desk import Desk
from workbench.services.materials.materials import Materials
from workbench.services.recognition.queue import Queue
from workbench.services.texts.arriving import Arrivals


class Jobs:
    """The recognition jobs of one study.

    Attributes:
        queue: the order of those that are not finished.
    """

    def __init__(self, desk: Desk, materials: Materials, arrivals: Arrivals) -> None:
        self._desk = desk
        self.queue = Queue(desk, materials)
        self._rows = desk.tables.job
        self._materials = materials
        self._arrivals = arrivals

    def all(self) -> list[Job]:
        """Return all jobs in the order of the queue."""
        return self._rows.select(order="position")

    def get(self, job_id: JobId) -> Job:
        """Return one job."""
        return self._rows.get(job_id)

    def of_source(self, source_id: SourceId) -> Job | None:
        """Return the newest job of a source."""
        found = self._rows.select(source_id=source_id, order="position")
        return found[-1] if found else None

    def fewer_voices(self, source_id: SourceId, count: int) -> str:
        """Return what was noted of too few voices, while there are `count` of them; else ""."""
        job = self.of_source(source_id)
        text = fewer(job.speakers, count) if job else ""
        return text if job and text in job.reason else ""

    def newest(self) -> dict[SourceId, Job]:
        """Return the newest job of each source that has one."""
        return {job.source_id: job for job in self._rows.select(order="position, rowid")}

    def add(
        self,
        source_id: SourceId,
        *,
        model: str,
        language: str = "auto",
        speakers: int | None = None,
        translate: bool = False,
        track: int = 0,
    ) -> Job:
        """Put a recording into the queue.

        Args:
            source_id: what to recognise.
            model: name of an installed model.
            language: "auto", an ISO 639-1 code, or "zh-Hans" or "zh-Hant".
            speakers: number of voices; `None` = from the roster, else found out; 0 = do not look.
            translate: whether the text shall be English whatever is spoken.
            track: number of the only track of sound to hear, from 1; 0 = all.

        Raises:
            UserError: the source has no such track or is a text, there is no such language, or
                somebody who is in it did not agree.
        """
        source = self.require_recording(source_id)
        _require_track(source, track)
        languages.require(language)
        present = self.of_source(source_id)
        if present and present.state in UNFINISHED:
            return present
        with self._desk.step(Op.EDIT_JOB):
            transcript = self._arrivals.start(
                source_id, model=model, language=language, translated=translate, track=track
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
                    position=self.queue.end(),
                    created_at=self._desk.stamp(),
                )
            )

    def require_recording(self, source_id: SourceId) -> Source:
        """Return a source that may be recognised.

        Raises:
            UserError: it is a text, or somebody who is in it did not agree.
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
        return source

    def require_consent(self, source_id: SourceId) -> None:
        """Make sure that nobody of a session stands against its recording being transcribed.

        Raises:
            UserError: somebody does.
        """
        source = self._materials.source(source_id)
        Ledger(self._desk).objections.require(
            source.session_id, NEEDED, source.title, "transcribed"
        )

    def refusal(self, source_id: SourceId) -> UserError | None:
        """Return why a recording is not transcribed by what people said; `None` = it may be."""
        try:
            self.require_consent(source_id)
        except UserError as problem:
            return problem
        return None

    def change(self, job_id: JobId, **values: Any) -> Job:
        """Change fields of a job: state, reason, model."""
        with self._desk.step(Op.EDIT_JOB, merge_key=job_id):
            job = self._rows.change(job_id, **values)
        if values.get("state") in (JobState.FAILED, JobState.CANCELLED):
            self._arrivals.give_way(job.transcript_id)
        return job

    def translates(self, job: Job) -> bool:
        """Tell whether the text of a job is English whatever is spoken."""
        return self._desk.tables.transcript.get(job.transcript_id).translated

    def track(self, job: Job) -> int:
        """Return the number of the only track of sound that a job hears; 0 = all."""
        if self._materials.source(job.source_id).tracks == 1:
            return 0
        return self._desk.tables.transcript.get(job.transcript_id).track

    def retry(
        self,
        job_id: JobId,
        *,
        model: str | None = None,
        language: str | None = None,
        translate: bool | None = None,
        track: int | None = None,
    ) -> Job:
        """Put a job into the queue again, behind all others.

        One that failed or was cancelled goes on where it stopped. With another model, language,
        track or wish for a translation, or when it was done, a new job begins from the start: it
        takes the place of this one, and its text that of the present text as soon as its first
        words arrive.

        Args:
            job_id: the job.
            model: another model; `None` = the same.
            language: "auto" or an ISO 639-1 code; `None` = the same.
            translate: whether the text shall be English; `None` = the same.
            track: number of the only track of sound to hear, 0 = all; `None` = the same.

        Raises:
            UserError: somebody who is in the recording did not agree.
        """
        job = self.get(job_id)
        self.require_consent(job.source_id)
        present = (job.model, job.language, self.translates(job), self.track(job))
        wanted = (
            model or job.model,
            language or job.language,
            present[2] if translate is None else translate,
            present[3] if track is None else track,
        )
        if wanted == present and job.state is not JobState.DONE:
            if job.state in UNFINISHED:
                return job
            return self.change(job_id, state=JobState.WAITING, reason="", position=self.queue.end())
        with self._desk.step(Op.EDIT_JOB):
            if job.state in UNFINISHED:
                self._rows.change(job_id, state=JobState.CANCELLED)
            return self.add(
                job.source_id,
                model=wanted[0],
                language=wanted[1],
                speakers=job.speakers,
                translate=wanted[2],
                track=wanted[3],
            )

    def _voices(self, source_id: SourceId) -> int | None:
        """Return how many voices to expect by the roster."""
        session = self._materials.session(self._materials.source(source_id).session_id)
        roles = [seat.role for seat in self._materials.roster(session.id)]
        return voices_expected(session.method, roles)


def _require_track(source: Source, track: int) -> None:
    if not 0 <= track <= source.tracks:
        raise UserError(
            "track-unknown",
            "“{source}” has no track {track} of sound; it has {n}.",
            "Choose another track, or all of them.",
            source=source.title,
            track=track,
            n=source.tracks,
        )
