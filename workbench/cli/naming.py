"""What somebody means on the command line: ids, or the codes and names people use."""

from __future__ import annotations

from workbench.domain.codebook import Code
from workbench.domain.findings import Insight, Opportunity
from workbench.domain.ids import ParticipantId, SegmentId, StageId, TurnId
from workbench.domain.journey import Stage
from workbench.domain.materials import Session, Source
from workbench.domain.naming import pick, unknown
from workbench.domain.observation import Observation
from workbench.domain.people import Participant, Segment
from workbench.domain.transcript import Turn
from workbench.domain.visits import VisitForm
from workbench.study import Study


def person(study: Study, typed: str) -> Participant:
    """Return a person by id, code or pseudonym."""
    rows = {row.id: row for row in study.people.participants()}
    return rows[
        pick(typed, {key: (row.code, row.pseudonym) for key, row in rows.items()}, "person")
    ]


def people(study: Study, typed: list[str]) -> list[ParticipantId]:
    """Return the ids of several people; an empty name alone means nobody."""
    return [person(study, one).id for one in typed if one.strip()]


def session(study: Study, typed: str) -> Session:
    """Return a session by id or title."""
    rows = {row.id: row for row in study.materials.sessions()}
    return rows[pick(typed, {key: (row.title,) for key, row in rows.items()}, "session")]


def source(study: Study, typed: str) -> Source:
    """Return a source by id, title or the name its file had."""
    rows = {row.id: row for row in study.materials.sources()}
    names = {key: (row.title, row.original_name) for key, row in rows.items()}
    return rows[pick(typed, names, "source")]


def stage(study: Study, typed: str) -> Stage:
    """Return a stage of the customer's journey by id or name."""
    rows = {row.id: row for row in study.journeys.stages()}
    return rows[pick(typed, {key: (row.name,) for key, row in rows.items()}, "stage")]


def stage_id(study: Study, typed: str) -> StageId | None:
    """Return the id of a stage; an empty name means none."""
    return stage(study, typed).id if typed.strip() else None


def segment(study: Study, typed: str) -> Segment:
    """Return a segment by id or name."""
    rows = {row.id: row for row in study.people.segments()}
    return rows[pick(typed, {key: (row.name,) for key, row in rows.items()}, "segment")]


def segment_id(study: Study, typed: str) -> SegmentId | None:
    """Return the id of a segment; an empty name means none."""
    return segment(study, typed).id if typed.strip() else None


def code(study: Study, typed: str) -> Code:
    """Return a code by id or name."""
    rows = {row.id: row for row in study.codebook.codes()}
    return rows[pick(typed, {key: (row.name,) for key, row in rows.items()}, "code")]


def form(study: Study, typed: str) -> VisitForm | None:
    """Return a visit form by id or name; the first one, if there is any, when nothing is said."""
    rows = {row.id: row for row in study.visits.forms()}
    if not typed:
        return next(iter(rows.values()), None)
    return rows[pick(typed, {key: (row.name,) for key, row in rows.items()}, "form")]


def insight(study: Study, typed: str) -> Insight:
    """Return an insight by id or claim."""
    rows = {row.id: row for row in study.findings.insights()}
    return rows[pick(typed, {key: (row.claim,) for key, row in rows.items()}, "insight")]


def opportunity(study: Study, typed: str) -> Opportunity:
    """Return an opportunity by id or title."""
    rows = {row.id: row for row in study.findings.opportunities()}
    return rows[pick(typed, {key: (row.title,) for key, row in rows.items()}, "opportunity")]


def observation(study: Study, typed: str) -> Observation:
    """Return an observation by id or by its words."""
    words = {row.id: (" ".join(row.words.split()),) for row in study.passages.mentions()}
    return study.observations.get(pick(typed, words, "observation"))


def turn(study: Study, typed: str) -> Turn:
    """Return a turn by id."""
    try:
        return study.transcripts.turn(TurnId(typed))
    except KeyError:
        raise unknown(typed, [], "turn") from None
