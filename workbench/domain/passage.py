"""An observation with all that a list, a map or a report shows around it."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.domain.codebook import Code
from workbench.domain.ids import CodeId, ParticipantId, SegmentId, StageId, TouchpointId
from workbench.domain.journey import Stage, Touchpoint
from workbench.domain.materials import Method, Session, Source
from workbench.domain.observation import Expectation, Kind, Observation, Promise
from workbench.domain.people import Participant


@dataclass(frozen=True, slots=True)
class Passage:
    """An observation in its surroundings.

    Attributes:
        person: who said it, or whose session it is; `None` when that is not known.
        speaker: name of the voice as shown beside the words.
        quotable: the person is known and has consented to quotes.
        memo: the note on the observation, "" when there is none.
    """

    observation: Observation
    codes: tuple[Code, ...]
    stage: Stage | None
    touchpoint: Touchpoint | None
    source: Source
    session: Session
    person: Participant | None
    speaker: str
    quotable: bool
    memo: str


@dataclass(frozen=True, slots=True)
class Query:
    """Which observations to retrieve; empty fields do not restrict.

    Attributes:
        text: words that must occur in the passage (case does not matter).
        any_rating: only passages with at least one rating.
        review: only passages that wait for review.
    """

    code_ids: tuple[CodeId, ...] = ()
    stage_id: StageId | None = None
    touchpoint_id: TouchpointId | None = None
    participant_id: ParticipantId | None = None
    segment_id: SegmentId | None = None
    method: Method | None = None
    source_id: str | None = None
    text: str = ""
    kind: Kind | None = None
    expectation: Expectation | None = None
    promise: Promise | None = None
    moment_of_truth: bool = False
    any_rating: bool = False
    review: bool = False
