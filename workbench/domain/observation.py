"""Observations: stretches of material, coded, rated and placed in the journey."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from workbench.domain.anchors import TextAnchor, TimeSpan
from workbench.domain.ids import (
    CoderId,
    MemoId,
    ObservationId,
    SourceId,
    StageId,
    TouchpointId,
    TranscriptId,
    TurnId,
)
from workbench.words import Phrase


class Basis(StrEnum):
    """How a rating is known."""

    SAID = "said"
    OBSERVED = "observed"
    INFERRED = "inferred"


class Kind(StrEnum):
    """What happened, or how it was perceived."""

    FACT = "fact"
    PERCEPTION = "perception"


class Expectation(StrEnum):
    """Which half of an expectation pair a passage is."""

    EXPECTED = "expected"
    HAD = "had"


class Promise(StrEnum):
    """What a passage says about the brand's promise."""

    NAMED = "named"
    KEPT = "kept"
    BROKEN = "broken"

    @property
    def label(self) -> Phrase:
        """Return the words for it."""
        return _PROMISES.get(self, str(self))


_PROMISES = {Promise.NAMED: "named", Promise.KEPT: "kept", Promise.BROKEN: "broken"}

LOWEST, HIGHEST = -2, 2
"""The ends of a rating."""


class Placement(StrEnum):
    """Whether the words of an observation are where they were."""

    PLACED = "placed"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Observation:
    """A coded stretch of material.

    Attributes:
        first_turn_id: turn of the first word; `None` when its turn is gone (then `placement` is
            `REVIEW` and `words` keeps what was said).
        start: code point in the first turn.
        end: code point after the last, in the last turn.
        start_ms: begin in the recording.
        end_ms: end in the recording.
        words: the quoted words as witness of the place.
        effectiveness: −2…+2 or `None`; so are `ease` and `emotion`.
        initiator: "customer", "company", "other" or "".
        comparator: the other brand that set the expectation.
        expectation_source: where an expectation came from.
    """

    id: ObservationId
    source_id: SourceId
    transcript_id: TranscriptId | None
    first_turn_id: TurnId | None
    start: int
    last_turn_id: TurnId | None
    end: int
    words: str
    start_ms: int | None = None
    end_ms: int | None = None
    placement: Placement = Placement.PLACED
    stage_id: StageId | None = None
    touchpoint_id: TouchpointId | None = None
    effectiveness: int | None = None
    ease: int | None = None
    emotion: int | None = None
    basis: Basis = Basis.SAID
    kind: Kind | None = None
    expectation: Expectation | None = None
    promise: Promise | None = None
    moment_of_truth: bool = False
    brand_absent: bool = False
    initiator: str = ""
    comparator: str = ""
    expectation_source: str = ""
    coder_id: CoderId | None = None
    created_at: str = ""
    deleted_at: str | None = None

    @property
    def anchor(self) -> TextAnchor | None:
        """Return where the words are, or `None` while the observation waits for review."""
        if self.first_turn_id is None or self.last_turn_id is None:
            return None
        return TextAnchor(self.first_turn_id, self.start, self.last_turn_id, self.end)

    @property
    def span(self) -> TimeSpan | None:
        """Return when the words were said."""
        if self.start_ms is None or self.end_ms is None:
            return None
        return TimeSpan(self.start_ms, self.end_ms)


@dataclass(frozen=True, slots=True)
class Memo:
    """A note on any object of the study: `subject` is its table name, `subject_id` its id."""

    id: MemoId
    subject: str
    subject_id: str
    text: str
    coder_id: CoderId | None = None
    created_at: str = ""
    updated_at: str = ""
