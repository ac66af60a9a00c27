"""What a report is built from: one reading of the study, as plain values.

The builder works on this snapshot and never on the open study, so that a report is the same
whether it is made in the window, on the command line, or in a test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeVar

from workbench.analysis.ratings import is_shopper
from workbench.domain.charter import Charter
from workbench.domain.codebook import Code
from workbench.domain.figures import count, wide_clock
from workbench.domain.findings import Evidence, Insight, Opportunity
from workbench.domain.ids import ObservationId, ParticipantId, SessionId, StageId
from workbench.domain.journey import Stage, Touchpoint
from workbench.domain.materials import Attendance, Method, Session, Source
from workbench.domain.passage import Further, Said
from workbench.domain.people import Participant, Segment
from workbench.services.journey.map import JourneyMap, build
from workbench.services.materials.visits import FilledVisit

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ReportData:
    """The live content of a study; everything is in its order, nothing is from the bin.

    Attributes:
        agreed: the people who consented to quotes.
        quotes: what people said to being quoted, as “quotes: refused”.
        stages: the customer's stages.
        steps: the company's stages.
        evidence: insight id -> what speaks for and against it.
        coders: how many people coded the observations.
        unsigned: observations of nobody known.
        further: what was noted of observations besides what is counted of all.
        models: names of the speech models behind the transcripts.
        date: day of the report, ISO.
        numbers: observation id -> evidence number, as the study keeps them.
        cleaned: takes real names out of words; the free words of all else are without them.
        journey: the map of all that, as every view of the study shows it.
    """

    charter: Charter
    segments: tuple[Segment, ...] = ()
    participants: tuple[Participant, ...] = ()
    agreed: frozenset[ParticipantId] = frozenset()
    quotes: Mapping[ParticipantId, str] = field(default_factory=dict)
    sessions: tuple[Session, ...] = ()
    attendance: tuple[Attendance, ...] = ()
    sources: tuple[Source, ...] = ()
    stages: tuple[Stage, ...] = ()
    steps: tuple[Stage, ...] = ()
    codes: tuple[Code, ...] = ()
    passages: tuple[Said, ...] = ()
    insights: tuple[Insight, ...] = ()
    evidence: Mapping[str, tuple[Evidence, ...]] = field(default_factory=dict)
    opportunities: tuple[Opportunity, ...] = ()
    visits: tuple[FilledVisit, ...] = ()
    touchpoints: tuple[Touchpoint, ...] = ()
    further: Mapping[ObservationId, Further] = field(default_factory=dict)
    coders: int = 0
    unsigned: int = 0
    models: tuple[str, ...] = ()
    date: str = ""
    numbers: Mapping[str, int] = field(default_factory=dict)
    cleaned: Callable[[str], str] = str
    journey: JourneyMap = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Read the journey once, for all chapters that show something of it."""
        read = build(
            self.stages,
            self.passages,
            steps=self.steps,
            sessions=self.sessions,
            cleaned=self.cleaned,
        )
        object.__setattr__(self, "journey", read)

    def roster(self, session_id: SessionId) -> list[Participant]:
        """Return the participants of a session."""
        there = {a.participant_id for a in self.attendance if a.session_id == session_id}
        return [person for person in self.participants if person.id in there]

    def speaker(self, passage: Said) -> str:
        """Return the pseudonym to print for a passage."""
        if passage.person is not None:
            return passage.person.pseudonym
        return "Shopper" if is_shopper(passage) else ""

    def stage_name(self, stage_id: StageId | None) -> str:
        """Return the name of a customer stage, "" for none."""
        return next((stage.name for stage in self.stages if stage.id == stage_id), "")


def methods_of(passages: Iterable[Said]) -> str:
    """Return which methods carry some passages, with mentions and people.

    For example "Interviews (3 mentions, 2 people) · Focus groups (1 mention, 1 person)".
    """
    listed = list(passages)
    parts = []
    for method in Method:
        mine = [p for p in listed if p.session.method is method]
        if mine:
            parts.append(f"{method.plural} ({_voices(method, mine)})")
    return " · ".join(parts)


def evenly(things: Sequence[T], most: int) -> list[Sequence[T]]:
    """Return what stands beside each other in rows of about the same length.

    Args:
        things: in order.
        most: so many fit into a row.
    """
    rows = max(1, -(-len(things) // most))
    ends = [round(len(things) * row / rows) for row in range(rows + 1)]
    return [things[start:end] for start, end in pairwise(ends)]


def time_of(passage: Said) -> str:
    """Return the time span of a passage, "00:55–01:02"; "" for documents."""
    span = passage.span
    return f"{wide_clock(span.start_ms)}–{wide_clock(span.end_ms)}" if span else ""


def _voices(method: Method, passages: list[Said]) -> str:
    mentions = count(len(passages), "mention")
    if method is Method.MYSTERY_VISIT:
        return f"{mentions}, {count(len({p.session.id for p in passages}), 'visit')}"
    known = {p.person.id for p in passages if p.person is not None}
    return f"{mentions}, {count(len(known), 'person', 'people')}" if known else mentions
