"""What is data in a study, as sheets of one workbook: observations, people, sessions, visits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from workbench.domain import figures, typed
from workbench.domain.sheets import Sheet, Value
from workbench.domain.typed import Unreadable
from workbench.domain.visits import Answer, FormItem, times_of
from workbench.services.leaving.observation_table import COLUMNS
from workbench.services.materials.visits import FilledVisit
from workbench.services.report.data import ReportData

_PEOPLE = ("code", "pseudonym", "segment", "sessions", "observations", "consent")
_SESSIONS = ("session", "method", "date", "place", "people", "sources", "minutes", "observations")
_VISITS = (
    "session", "date", "place", "shopper", "scenario", "arrived", "left", "minutes", "score",
)  # fmt: skip
_ANSWERS = ("session", "section", "question", "answer", "unit", "weight", "critical")


def sheets(data: ReportData, observations: Iterable[list[Value]]) -> list[Sheet]:
    """Return the sheets of a study; those that would be empty are left out.

    Args:
        data: the study as others may read it.
        observations: the rows of the table of observations, as others may read them.
    """
    found = [
        Sheet("Observations", [column.name for column in COLUMNS], observations),
        Sheet("People", _PEOPLE, list(_people(data))),
        Sheet("Sessions", _SESSIONS, list(_sessions(data))),
        Sheet("Visits", _visit_head(data), list(_visits(data))),
        Sheet("Visit answers", _ANSWERS, list(_answers(data))),
    ]
    return [sheet for sheet in found if sheet.rows or sheet is found[0]]


def _people(data: ReportData) -> Iterator[list[Value]]:
    segments = {segment.id: segment.name for segment in data.segments}
    told = Counter(passage.person.id for passage in data.passages if passage.person is not None)
    met = Counter(row.participant_id for row in data.attendance)
    for person in data.participants:
        segment = segments.get(person.segment_id, "") if person.segment_id else ""
        yield [
            person.code, person.pseudonym, segment, met[person.id], told[person.id],
            data.quotes.get(person.id, ""),
        ]  # fmt: skip


def _sessions(data: ReportData) -> Iterator[list[Value]]:
    told = Counter(passage.session.id for passage in data.passages)
    for session in data.sessions:
        sources = [source for source in data.sources if source.session_id == session.id]
        lasting = sum(source.duration_ms or 0 for source in sources)
        yield [
            session.title,
            session.method.value,
            str(typed.stored_date(session.date)),
            session.place,
            "; ".join(person.pseudonym for person in data.roster(session.id)),
            len(sources),
            _rounded(lasting / 60_000 if lasting else None),
            told[session.id],
        ]


def _parts(data: ReportData) -> list[str]:
    """Return the sections of all visit forms."""
    return list(dict.fromkeys(p.section for filled in data.visits for p in filled.score.sections))


def _visit_head(data: ReportData) -> list[str]:
    return [*_VISITS, *(f"score: {part}" for part in _parts(data)), "narrative"]


def _visits(data: ReportData) -> Iterator[list[Value]]:
    sessions = {session.id: session for session in data.sessions}
    for filled in data.visits:
        visit, session = filled.visit, sessions[filled.visit.session_id]
        arrived, left = times_of(visit)
        scores = {part.section: part.score for part in filled.score.sections}
        yield [
            session.title,
            str(typed.stored_date(session.date)),
            session.place,
            visit.shopper,
            visit.scenario,
            str(arrived),
            str(left),
            _plain(filled.minutes),
            _rounded(filled.score.score),
            *(_rounded(scores.get(part)) for part in _parts(data)),
            visit.narrative,
        ]


def _answers(data: ReportData) -> Iterator[list[Value]]:
    titles = {session.id: session.title for session in data.sessions}
    for filled in data.visits:
        for item in filled.items:
            yield [
                titles[filled.visit.session_id], item.section, item.ask, _answer(filled, item),
                item.unit, item.weight or None, "yes" if item.critical else "",
            ]  # fmt: skip


def _answer(filled: FilledVisit, item: FormItem) -> Value:
    """Return an answer: a number where it is one, else as it reads."""
    answer: Answer | Unreadable = filled.answers.get(item.id)
    if isinstance(answer, bool):
        return "yes" if answer else "no"  # as in all tables, whatever language is spoken
    return _plain(answer)


def _plain(value: str | float | Unreadable | None) -> Value:
    return str(value) if isinstance(value, Unreadable) else value


def _rounded(value: float | None) -> Value:
    return None if value is None else float(figures.nearest(value, 1))
