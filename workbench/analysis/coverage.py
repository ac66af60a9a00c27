"""Who has been heard with which method, and who has not: the holes in the field work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from workbench.domain.ids import ParticipantId, SegmentId, SessionId
from workbench.domain.materials import Method, Session
from workbench.domain.people import Participant, Segment


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """How many sessions each method has had with one segment.

    Attributes:
        segment: the segment; `None` for sessions in which nobody of a segment took part.
        sessions: for every method, in their order.
    """

    segment: Segment | None
    sessions: Mapping[Method, int]


def coverage(
    sessions: Iterable[Session],
    rosters: Mapping[SessionId, Sequence[ParticipantId]],
    people: Iterable[Participant],
    segments: Iterable[Segment],
) -> list[CoverageRow]:
    """Count sessions by segment and method.

    A session counts once in each segment that took part, so a row is not a share of a whole.

    Returns:
        a row for each segment, and a last one for sessions without, if there are any.
    """
    segment_of = {person.id: person.segment_id for person in people}
    counts: Counter[tuple[SegmentId | None, Method]] = Counter()
    for session in sessions:
        present = {segment_of.get(person) for person in rosters.get(session.id, ())} - {None}
        for segment_id in present or {None}:
            counts[segment_id, session.method] += 1
    rows = [
        CoverageRow(segment, {method: counts[segment.id, method] for method in Method})
        for segment in segments
    ]
    rest = {method: counts[None, method] for method in Method}
    return [*rows, CoverageRow(None, rest)] if any(rest.values()) else rows
