"""What the list of sessions shows, read from the study in a handful of queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ui.i18n import day, plural, t
from workbench.analysis.coverage import CoverageRow, coverage
from workbench.domain.figures import clock, rounded
from workbench.domain.ids import ParticipantId, SessionId, SourceId
from workbench.domain.jobs import Job, JobState
from workbench.domain.materials import Session, Source, SourceKind, by_method
from workbench.study import Study


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session as one line, or the heading of a method when `id` is empty.

    Attributes:
        mark: theme token of the dot, "ring" for an empty one.
        state: "new", "waiting", "63 %", "12 observations" …
        share: 0…100 while it is being recognised, else −1.
    """

    id: str
    title: str
    people: str = ""
    date: str = ""
    length: str = ""
    state: str = ""
    mark: str = "ring"
    share: int = -1


def session_rows(study: Study) -> list[SessionRow]:
    """Return headings and sessions, method by method."""
    state = _States(study)
    rows: list[SessionRow] = []
    for method, sessions in by_method(study.materials.sessions()):
        rows.append(SessionRow("", t(method.plural), state=str(len(sessions))))
        rows += [state.row(session) for session in sessions]
    return rows


def coverage_rows(study: Study) -> list[CoverageRow]:
    """Return how the segments are covered by the methods."""
    return coverage(
        study.materials.sessions(),
        study.materials.rosters(),
        study.people.participants(),
        study.people.segments(),
    )


def source_state(source: Source, job: Job | None, observations: int, recognised: bool) -> str:
    """Return in words where a source stands."""
    words = ""
    if job is not None and job.state not in (JobState.DONE, JobState.CANCELLED):
        words = _of_job(job)
    elif observations:
        words = plural(observations, "1 observation", "{n} observations")
    elif source.kind is SourceKind.TEXT:
        words = t("text")
    elif recognised:
        words = t("transcribed")
    return words or t("new")


def _of_job(job: Job) -> str:
    if job.state is JobState.RUNNING:
        return t("{n} %", n=percent(job))
    words = {
        JobState.WAITING: t("waiting"),
        JobState.PAUSED: t("paused"),
        JobState.FAILED: t("failed"),
    }
    return words.get(job.state, str(job.state))  # of a later version, or damaged


def percent(job: Job) -> int:
    """Return how much of a recording is recognised, 0…100."""
    return min(100, 100 * job.done_ms // max(1, job.total_ms))


class _States:
    """Everything the lines need, read once."""

    def __init__(self, study: Study) -> None:
        self._study = study
        self._sources: dict[SessionId, list[Source]] = {}
        for source in study.materials.sources():
            self._sources.setdefault(source.session_id, []).append(source)
        self._jobs = study.jobs.newest()
        self._texts = study.transcripts.present()
        self._counts: Mapping[SourceId, int] = study.observations.per_source()
        self._names = {person.id: person.pseudonym for person in study.people.participants()}
        self._rosters = study.materials.rosters()

    def row(self, session: Session) -> SessionRow:
        sources = self._sources.get(session.id, [])
        length = sum(source.duration_ms or 0 for source in sources)
        state, mark, share = self._state(session, sources)
        return SessionRow(
            session.id,
            session.title,
            self._people(self._rosters.get(session.id, ())),
            day(session.date),
            clock(length) if length else "",
            state,
            mark,
            share,
        )

    def _people(self, people: Sequence[ParticipantId]) -> str:
        return ", ".join(self._names[person] for person in people if person in self._names)

    def _state(self, session: Session, sources: Sequence[Source]) -> tuple[str, str, int]:
        jobs = {source.id: self._jobs.get(source.id) for source in sources}
        for source in sources:
            job = jobs[source.id]
            if job is not None and job.state not in (JobState.DONE, JobState.CANCELLED):
                share = percent(job) if job.state is JobState.RUNNING else -1
                mark = "bad" if job.state is JobState.FAILED else "accent"
                return source_state(source, job, 0, recognised=False), mark, share
        count = sum(self._counts.get(source.id, 0) for source in sources)
        if count:
            return plural(count, "1 observation", "{n} observations"), "good", -1
        if sources:
            words = [source_state(s, jobs[s.id], 0, s.id in self._texts) for s in sources]
            return words[0], "ring" if t("new") in words else "good", -1
        return self._score(session)

    def _score(self, session: Session) -> tuple[str, str, int]:
        visit = self._study.visits.visit(session.id)
        if visit is None:
            return t("no material"), "ring", -1
        score = visit.score.score
        return (t("form begun"), "ring", -1) if score is None else (score_text(score), "good", -1)


def score_text(score: float) -> str:
    """Return "score 97"."""
    return t("score {n}", n=rounded(score))
