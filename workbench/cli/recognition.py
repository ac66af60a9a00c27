"""Recognise a recording from the command line, telling how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any, Self

from workbench.cli import output
from workbench.cli.resting import Rest
from workbench.domain import languages
from workbench.domain.ids import SourceId
from workbench.domain.jobs import UNFINISHED, Job, JobState
from workbench.domain.voices import fewer
from workbench.errors import EnvironmentProblem, UserError
from workbench.services.consent.objecting import joined
from workbench.speech import client, jobstate, speed
from workbench.speech.jobstate import Event, JobMachine, StateChanged, TurnsArrived
from workbench.speech.models import BASE
from workbench.speech.protocol import (
    Failed,
    HeardAgain,
    LanguageFound,
    Note,
    Progress,
    Speakers,
)
from workbench.speech.speed import Stopwatch
from workbench.study import Study
from workbench.words import Phrase, plural

_STEPS: dict[str, tuple[Phrase, Phrase]] = {
    "recognising": (
        "{title}: transcribing {n} %",
        "{title}: transcribing {n} %, {left} s left",
    ),
    "speakers": (
        "{title}: telling voices apart {n} %",
        "{title}: telling voices apart {n} %, {left} s left",
    ),
    "again": (
        "{title}: hearing again {n} %",
        "{title}: hearing again {n} %, {left} s left",
    ),
}
"""What is said of each stage while nobody knows how long it will take, and when somebody does."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """What came out of a job."""

    source: SourceId
    title: str
    turns: int
    state: str


class Desk:
    """Where recordings are recognised one after the other: by whom, and who may let them rest."""

    def __init__(self) -> None:
        self.workers = client.Workers()
        self.rest = Rest(self.workers)

    def __enter__(self) -> Self:
        self.rest.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self.rest.__exit__(*error)
        self.workers.close()


def recognise(
    study: Study,
    source_id: SourceId,
    *,
    model: str | None = None,
    language: str | None = None,
    speakers: int | None = None,
    translate: bool = False,
    track: int | None = None,
    desk: Desk,
) -> Recognised:
    """Recognise one recording; a job that was interrupted goes on where it stopped.

    Args:
        study: an open study.
        source_id: what to recognise.
        model: name of an installed model; `None` = that of the interrupted job, else "base".
        language: "auto" or a code (`domain.languages`); `None` = that of the interrupted job,
            else "auto".
        speakers: number of voices; `None` = that of the interrupted job, else from the roster.
        translate: whether the text shall be English; an interrupted job that asks otherwise is
            given up.
        track: number of the only track of sound to hear, 0 = all; `None` = that of the interrupted
            job, else all.
        desk: where it is done.

    Raises:
        EnvironmentProblem: the recognition failed; what was recognised is kept.
        UserError: it was cancelled.
    """
    job = _taken_up(study, source_id, model, language, speakers, translate=translate, track=track)
    teller = _Teller(study, job, desk.rest)
    state = desk.workers.run(study.recognition.order(job), teller.hear)
    if state is jobstate.RunState.CANCELLED:
        raise UserError(
            "cancelled",
            "Transcribing “{recording}” was cancelled.",
            "What was recognised is kept; “workbench transcribe” goes on from there.",
            recording=teller.title,
        )
    if state is not jobstate.RunState.DONE:
        raise teller.failure or EnvironmentProblem(
            "recognition-failed",
            "“{recording}” could not be transcribed.",
            "What was recognised is kept. Try again, or with a smaller model.",
            recording=teller.title,
        )
    turns = len(study.transcripts.turns(job.transcript_id))
    return Recognised(source_id, teller.title, turns, state.value)


def recognise_all(
    study: Study, source_ids: Sequence[SourceId], **choices: Any
) -> tuple[list[Recognised], list[UserError]]:
    """Recognise recordings; one to which somebody in it did not agree keeps no other out.

    Args:
        study: an open study.
        source_ids: what to recognise.
        choices: as `recognise` takes them.

    Returns:
        what came out, and why others were not begun; each is told at once.

    Raises:
        UserError: nothing can be recognised in the language asked for.
    """
    languages.require(choices.get("language") or "auto")
    agreed, refused = [], []
    for source_id in source_ids:
        try:
            study.jobs.require_consent(source_id)
        except UserError as problem:
            refused.append(problem)
            if len(source_ids) > 1:
                output.progress(str(problem))
        else:
            agreed.append(source_id)
    with Desk() as desk:
        done = [recognise(study, source_id, desk=desk, **choices) for source_id in agreed]
    return done, refused


def end(refused: Sequence[UserError]) -> None:
    """End the command with 1 if recordings were not begun.

    Raises:
        UserError: they were not.
    """
    if refused:
        raise joined(refused)


def _taken_up(
    study: Study,
    source_id: SourceId,
    model: str | None,
    language: str | None,
    speakers: int | None,
    *,
    translate: bool,
    track: int | None,
) -> Job:
    """Return the job that was interrupted if it asks for the same words, else a new one."""
    present = study.jobs.of_source(source_id)
    if present is not None and present.state is not JobState.DONE:
        same = translate == study.jobs.translates(present)
        same = same and track in (None, study.jobs.track(present))
        if same and model in (None, present.model) and language in (None, present.language):
            if present.state not in UNFINISHED:
                present = study.jobs.retry(present.id)
            if speakers is not None:
                present = study.jobs.change(present.id, speakers=speakers)
            return present
        study.jobs.change(present.id, state=JobState.CANCELLED)
    return study.jobs.add(
        source_id,
        model=model or BASE,
        language=language or "auto",
        speakers=speakers,
        translate=translate,
        track=track or 0,
    )


class _Teller:
    """Stores what a job delivers and prints a line at every quarter."""

    def __init__(self, study: Study, job: Job, rest: Rest) -> None:
        self._study = study
        self._job = job
        self._rest = rest
        self._told = ("", 0)
        self._starts = 0
        self._total_ms = job.total_ms
        self._watch = Stopwatch(job.done_ms, monotonic())
        self.title = study.materials.source(job.source_id).title
        self.failure: EnvironmentProblem | None = None

    def hear(self, event: Event, _machine: JobMachine) -> None:
        """Take one event of the job."""
        match event:
            case TurnsArrived():
                self._study.recognition.accept(self._job.id, event.turns)
            case StateChanged():
                self._study.recognition.follow(self._job.id, event.state)
                self._time(event.state)
                self._rest.follow(event.state, self.title)
                if event.state is jobstate.RunState.STARTING:
                    self._begin()
                elif event.state is jobstate.RunState.DONE:
                    done = self._watch.measured(self._total_ms, monotonic())
                    speed.keep(self._job.model, done)
            case Progress():
                self._total_ms = event.total_ms
                self._study.recognition.accept(self._job.id, event)
                self._tell(event)
            case Note():
                self._study.recognition.accept(self._job.id, event)
                self._note(event.text)
            case HeardAgain():
                self._study.recognition.accept(self._job.id, event)
                if holes := len(event.holes) // 2:
                    self._note(
                        plural(
                            holes,
                            "{n} stretch of speech has no words",
                            "{n} stretches of speech have no words",
                        )
                    )
            case Speakers():
                self._study.recognition.accept(self._job.id, event)
                self._note(fewer(event.asked, event.count))
            case LanguageFound():
                self._study.recognition.accept(self._job.id, event)
                self._tell_language(event)
            case Failed():
                self.failure = EnvironmentProblem(event.code, event.happened, event.todo)
                self._study.recognition.accept(self._job.id, event)
            case _:
                self._study.recognition.accept(self._job.id, event)  # type: ignore[arg-type]

    def _time(self, state: jobstate.RunState) -> None:
        if state is jobstate.RunState.PAUSED:
            self._watch.pause(monotonic())
        elif state is jobstate.RunState.RUNNING:
            self._watch.resume(monotonic())

    def _note(self, text: str) -> None:
        if text:
            output.progress("{name}: {note}", name=self.title, note=text)

    def _tell_language(self, found: LanguageFound) -> None:
        if self._job.language == "auto":
            called = languages.name_of(found.language) or found.language
            output.progress("{title}: {language} is spoken", title=self.title, language=called)

    def _begin(self) -> None:
        if self._starts:
            output.progress(
                "{title}: was interrupted; it goes on where it stopped", title=self.title
            )
        self._starts += 1

    def _tell(self, event: Progress) -> None:
        step = (event.stage, 4 * event.done_ms // max(1, event.total_ms))
        if event.stage != "preparing" and step != self._told:
            self._told = step
            share, left = 25 * step[1], event.eta_s
            plain, timed = _STEPS.get(event.stage, _STEPS["recognising"])
            if left:
                output.progress(timed, title=self.title, n=share, left=left)
            else:
                output.progress(plain, title=self.title, n=share)
