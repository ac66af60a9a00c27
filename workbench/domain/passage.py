"""An observation with all that a list, a map or a report shows around it.

A `Passage` knows everything and is what one reads; a `Mention` knows what is counted and quoted,
and is what figures and reports are made of, since a study has tens of thousands of them. What both
have, has the same name; `Said` is either. A `Marking` knows what is painted over the words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from workbench.domain.anchors import TimeSpan
from workbench.domain.codebook import Code
from workbench.domain.declaring import Given
from workbench.domain.fields import Noted
from workbench.domain.ids import (
    CodeId,
    CoderId,
    ObservationId,
    ParticipantId,
    SegmentId,
    StageId,
    TouchpointId,
    TurnId,
)
from workbench.domain.journey import Stage, Touchpoint
from workbench.domain.materials import Method, Session, Source
from workbench.domain.observation import Basis, Expectation, Observation, Promise
from workbench.domain.people import Participant
from workbench.domain.quoting import Silence
from workbench.domain.speaking import Part

_VISIT = Method.MYSTERY_VISIT


class Mention(NamedTuple):
    """What is counted and quoted of an observation; see `Passage` for the rest.

    A tuple, because making one costs a fifth of what a frozen dataclass costs.
    """

    id: ObservationId
    words: str
    start_ms: int | None
    end_ms: int | None
    effectiveness: int | None
    ease: int | None
    emotion: int | None
    basis: Basis
    expectation: Expectation | None
    promise: Promise | None
    moment_of_truth: bool
    codes: tuple[Code, ...]
    stage: Stage | None
    touchpoint: Touchpoint | None
    session: Session
    person: Participant | None
    speaker: str
    silence: Silence | None
    part: Part = Part.UNKNOWN

    @property
    def quotable(self) -> bool:
        """Tell whether the words may be printed."""
        return self.silence is None

    @property
    def span(self) -> TimeSpan | None:
        """Return when the words were said."""
        if self.start_ms is None or self.end_ms is None:
            return None
        return TimeSpan(self.start_ms, self.end_ms)


@dataclass(frozen=True, slots=True)
class Passage:
    """An observation in its surroundings.

    Attributes:
        person: who said it, or whose session it is; `None` when that is not known.
        speaker: name of the voice as shown beside the words.
        silence: why the words may not be printed (`domain/quoting.py`); `None` = they may.
        memo: the note on the observation, "" when there is none.
        part: what the speaker is to the study; open where somebody should say who it is.
    """

    observation: Observation
    codes: tuple[Code, ...]
    stage: Stage | None
    touchpoint: Touchpoint | None
    source: Source
    session: Session
    person: Participant | None
    speaker: str
    silence: Silence | None
    memo: str
    part: Part = Part.UNKNOWN

    @property
    def quotable(self) -> bool:
        """Tell whether the words may be printed."""
        return self.silence is None

    @property
    def id(self) -> ObservationId:
        """Return the id of the observation."""
        return self.observation.id

    @property
    def words(self) -> str:
        """Return the quoted words."""
        return self.observation.words

    @property
    def span(self) -> TimeSpan | None:
        """Return when the words were said."""
        return self.observation.span

    @property
    def effectiveness(self) -> int | None:
        """Return the rating of what was achieved."""
        return self.observation.effectiveness

    @property
    def ease(self) -> int | None:
        """Return the rating of the effort."""
        return self.observation.ease

    @property
    def emotion(self) -> int | None:
        """Return the rating of the feeling."""
        return self.observation.emotion

    @property
    def basis(self) -> Basis:
        """Return how the ratings are known."""
        return self.observation.basis

    @property
    def expectation(self) -> Expectation | None:
        """Return which half of an expectation pair it is."""
        return self.observation.expectation

    @property
    def promise(self) -> Promise | None:
        """Return what it says about the promise."""
        return self.observation.promise

    @property
    def moment_of_truth(self) -> bool:
        """Tell whether it is a moment of truth."""
        return self.observation.moment_of_truth


Said = Mention | Passage


Further = Mapping[Noted[Any], Any]
"""What a report lists of an observation besides: those of `fields.LISTED` that are not empty."""


class Marking(NamedTuple):
    """What of an observation is painted over its words, in a text that may have thousands."""

    id: ObservationId
    first_turn_id: TurnId
    start: int
    last_turn_id: TurnId
    end: int
    emotion: int | None
    coder_id: CoderId | None
    stage: Stage | None
    codes: tuple[Code, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How much stands behind something.

    Attributes:
        people: known people.
        visits: mystery visits, whose shoppers are nobody of the study.
        methods: different methods.
        unknown: passages of which it is not known who spoke.
    """

    passages: int
    people: int
    visits: int
    methods: int
    unknown: int = 0


def tally(passages: Collection[Said]) -> Tally:
    """Count passages and who and what is behind them."""
    voices = {
        (passage.person.id if passage.person else None, passage.session.id): (
            passage.person,
            passage.session,
        )
        for passage in passages
    }
    unknown = sum(passage.part.is_open for passage in passages)
    return tally_of(len(passages), voices.values(), unknown)


def tally_of(
    passages: int, voices: Iterable[tuple[Participant | None, Session]], unknown: int = 0
) -> Tally:
    """Return the tally of passages whose different voices are known: person and session."""
    listed = list(voices)
    return Tally(
        passages,
        people=len({person.id for person, _ in listed if person}),
        visits=len({s.id for person, s in listed if not person and s.method is _VISIT}),
        methods=len({session.method for _, session in listed}),
        unknown=unknown,
    )


@dataclass(frozen=True, slots=True)
class Query:
    """Which observations to retrieve; empty fields do not restrict.

    Attributes:
        text: words that must occur in the passage (case does not matter).
        having: values they must have in fields, as in `fields.KIND.to(Kind.FACT)`.
        any_rating: only passages with at least one rating.
        no_stage: only passages that have no stage yet.
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
    having: tuple[Given[Observation], ...] = ()
    any_rating: bool = False
    no_stage: bool = False
    review: bool = False
