"""What a worker is told of a job, and what becomes of what it says; every word survives it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from workbench import paths
from workbench.domain import languages, trial
from workbench.domain.change import Op
from workbench.domain.charter import Charter
from workbench.domain.ids import JobId, SourceId, TranscriptId, new_id
from workbench.domain.jobs import JOINT, Job, JobState
from workbench.domain.spoken import Spoken
from workbench.domain.transcript import TurnDraft
from workbench.domain.vocabulary import listed
from workbench.domain.voices import fewer
from workbench.services.desk import Desk
from workbench.services.files import decoded
from workbench.services.materials.materials import Materials
from workbench.services.recognition.jobs import Jobs
from workbench.services.recognition.trial import Trial
from workbench.services.recognition.voice_prints import VoicePrints
from workbench.services.texts.arriving import Arrivals
from workbench.services.texts.transcripts import Transcripts
from workbench.speech import jobstate, protocol, spool
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
from workbench.vault import ring

# Ends have messages, which know more; by the child's end somebody may have put the job back.
_STATES = {
    jobstate.RunState.STARTING: JobState.RUNNING,
    jobstate.RunState.RUNNING: JobState.RUNNING,
    jobstate.RunState.PAUSED: JobState.PAUSED,
    jobstate.RunState.CANCELLED: JobState.CANCELLED,
}


class Recognition:
    """What stands between the jobs of one study and the worker that does them."""

    def __init__(
        self,
        desk: Desk,
        jobs: Jobs,
        materials: Materials,
        arrivals: Arrivals,
        prints: VoicePrints,
    ) -> None:
        self._desk = desk
        self._jobs = jobs
        self._materials = materials
        self._arrivals = arrivals
        self._prints = prints

    def begin(self, job: Job) -> protocol.Order | None:
        """Return what the worker is told; `None` if somebody said no since the job was added.

        It has failed then, and says why.
        """
        problem = self._jobs.refusal(job.source_id)
        if problem is None:
            return self.order(job)
        self._jobs.change(
            job.id, state=JobState.FAILED, reason=f"{problem.happened} {problem.todo}"
        )
        return None

    def log_path(self, job_id: JobId) -> Path:
        """Return where the log of a job lies; there is none before it has begun.

        It holds times, sizes and failures, never words of the recording.
        """
        return paths.job_log(job_id)

    def order(self, job: Job) -> protocol.Order:
        """Return what the worker is told.

        Raises:
            UserError: somebody who is in the recording did not agree, or does no longer.
        """
        self._jobs.require_consent(job.source_id)
        return self._told(job, translate=self._jobs.translates(job), track=self._jobs.track(job))

    def _told(self, job: Job, *, translate: bool = False, track: int = 0) -> protocol.Order:
        source = self._materials.source(job.source_id)
        charter = self._desk.tables.charter.select()[0]
        session = self._materials.session(source.session_id)
        cache = self._desk.folder / "cache"
        paths.within(cache, source.sha256)  # files are called after it there
        return protocol.Order(
            job=job.id,
            media=str(self._materials.media_path(source)),
            sha256=source.sha256,
            cache=str(cache),
            spool=str(self._spool_folder),
            model=job.model,
            language=None if job.language == "auto" else languages.base_of(job.language),
            script=self._script(job, charter),
            prompt=listed(dict.fromkeys([*session.vocabulary, *charter.vocabulary])),
            speakers=job.speakers,
            voices=self._prints.folder_for(source.sha256),
            translate=translate,
            track=track,
            key=ring.pipe_key(self._desk.folder),
        )

    def trial(
        self, source_id: SourceId, present: str, other: str, *, language: str = "auto"
    ) -> Trial:
        """Return what another model would bring for a recording, to be tried on one minute of it.

        Args:
            source_id: the recording.
            present: the model that is used now.
            other: the one to try.
            language: "auto" or a code.

        Raises:
            UserError: it is a text, or somebody who is in it did not agree.
        """
        source = self._jobs.require_recording(source_id)
        transcripts = Transcripts(self._desk)
        transcript = transcripts.of_source(source_id)
        turns = transcripts.turns(transcript.id) if transcript else []
        words = [word for turn in turns for word in turn.words]
        whole_ms = source.duration_ms or trial.MINUTE_MS
        start_ms, end_ms = trial.telling_minute(words, whole_ms)
        job = Job(JobId(new_id()), source_id, TranscriptId(""), present, language, speakers=0)
        first = replace(self._told(job), voices="", part=(start_ms, end_ms))
        return Trial((replace(first, job=new_id(), model=other), first), whole_ms)

    def follow(self, job_id: JobId, state: jobstate.RunState) -> None:
        """Note the state the worker's machine has entered; of an end the message tells."""
        if (entered := _STATES.get(state)) is not None:
            self._jobs.change(job_id, state=entered)

    def accept(self, job_id: JobId, message: protocol.Message | tuple[TurnDraft, ...]) -> None:
        """Store what the worker said: turns (a tuple of drafts), speakers, progress, the end."""
        job = self._jobs.get(job_id)
        match message:
            case tuple():
                self._arrivals.accept(job.transcript_id, message)
            case HeardAgain():
                self._arrivals.accept_again(
                    job.transcript_id,
                    message.turns,
                    message.added,
                    list(zip(message.holes[::2], message.holes[1::2], strict=True)),
                )
            case Speakers():
                self._arrivals.accept_speakers(job.transcript_id, message.turns)
                if text := fewer(message.asked, message.count):
                    self._note(job, text)
            case Progress() if message.stage == "recognising":
                self._jobs.change(job_id, done_ms=message.done_ms, total_ms=message.total_ms)
            case Peaks():
                self._materials.measured(
                    job.source_id, message.duration_ms, message.peaks, message.tracks
                )
            case Note(start_ms=int(start), end_ms=int(end)):
                self._arrivals.accept_unheard(job.transcript_id, start, end)
            case Note():
                self._note(job, message.text)
            case LanguageFound() | SpokenHere():
                self._accept_language(job, message)
            case Done():
                self._arrivals.finish(job.transcript_id, message.language)
                self._jobs.change(job_id, state=JobState.DONE, done_ms=job.total_ms)
                spool.path_of(self._spool_folder, job_id).unlink(missing_ok=True)
                self.forget_sound()
            case Failed():
                self._jobs.change(
                    job_id, state=JobState.FAILED, reason=f"{message.happened} {message.todo}"
                )
            case _:
                return

    def _accept_language(self, job: Job, told: LanguageFound | SpokenHere) -> None:
        """Note the language of a recording or of a stretch; twice is the same as once."""
        text, tables = job.transcript_id, self._desk.tables
        with self._desk.step(Op.RECEIVE_TURNS, merge_key=text):
            if isinstance(told, LanguageFound):
                tables.transcript.change(
                    text, language=told.language, language_probability=told.probability
                )
            elif tables.spoken.find(text, told.start_ms) is None:
                place = (told.start_ms, told.end_ms)
                tables.spoken.add(Spoken(text, *place, told.language, told.probability))

    def recover(self) -> int:
        """Take over what workers wrote before the program died.

        Turns and notes in spool files of unfinished jobs are stored, jobs that were running wait
        again.

        Returns:
            how many jobs had words to take over.
        """
        recovered = 0
        self.forget_sound()
        for job in self._jobs.queue.unfinished():
            content = spool.read(spool.path_of(self._spool_folder, job.id))
            turns = tuple(content.turns[ordinal] for ordinal in sorted(content.turns))
            for told in (*content.notes, content.language, *content.spoken):
                if told is not None:
                    self.accept(job.id, told)
            new = self._arrivals.accept(job.transcript_id, turns)
            recovered += bool(new or content.speakers)
            for message in (content.again, content.speakers, content.done):
                if message is not None:
                    self.accept(job.id, message)
            if content.done is not None:
                continue
            if job.state is JobState.RUNNING:
                self._jobs.change(job.id, state=JobState.WAITING)
        return recovered

    def forget_sound(self) -> None:
        """Delete decoded sound that no job needs now."""
        running: set[str] = set()
        waiting: set[str] = set()
        for job in self._jobs.queue.unfinished():
            sha256 = self._materials.source(job.source_id).sha256
            (running if job.state is JobState.RUNNING else waiting).add(sha256)
        decoded.forget(self._desk.folder / "cache", running=running, waiting=waiting)

    def _note(self, job: Job, text: str) -> None:
        known = job.notes
        if text not in known:  # a worker that goes on says its notes again
            self._jobs.change(job.id, reason=JOINT.join([*known, text]))

    @staticmethod
    def _script(job: Job, charter: Charter) -> str:
        """Return in which script Chinese is written: the one asked for, else that of the study."""
        asked = job.language.partition("-")[2]
        texts = (charter.title, charter.purpose, charter.promise)
        return asked or languages.script_of((*texts, *charter.questions, *charter.vocabulary))

    @property
    def _spool_folder(self) -> Path:
        return self._desk.folder / "spool"
