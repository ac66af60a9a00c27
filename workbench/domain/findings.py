"""Findings: insights that stand on observations, and opportunities that follow from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from workbench.domain.declaring import Field
from workbench.domain.ids import InsightId, ObservationId, OpportunityId, StageId
from workbench.words import Phrase


class Confidence(StrEnum):
    """How sure the researcher is of a claim."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"

    @property
    def label(self) -> Phrase:
        """Return the words for it."""
        return _SURE.get(self, str(self))

    @property
    def told(self) -> Phrase:
        """Return the words for it where they stand alone: “high confidence”."""
        return _CONFIDENCE.get(self, str(self))


_SURE = {Confidence.LOW: "low", Confidence.MEDIUM: "medium", Confidence.HIGH: "high"}
_CONFIDENCE = {
    Confidence.LOW: "low confidence",
    Confidence.MEDIUM: "medium confidence",
    Confidence.HIGH: "high confidence",
}


class Stance(StrEnum):
    """Whether a piece of evidence speaks for a claim or against it."""

    FOR = "for"
    AGAINST = "against"


@dataclass(frozen=True, slots=True)
class Insight:
    """A claim with what follows from it."""

    id: InsightId
    claim: str
    so_what: str = ""
    confidence: Confidence = Confidence.MEDIUM
    position: int = 0
    deleted_at: str | None = None


CLAIM: Field[Insight, str] = Field("claim", lambda insight: insight.claim, "Claim")
SO_WHAT: Field[Insight, str] = Field("so_what", lambda insight: insight.so_what, "So what")
CONFIDENCE: Field[Insight, Confidence] = Field(
    "confidence", lambda insight: insight.confidence, "Confidence"
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """An observation that speaks for or against an insight."""

    insight_id: InsightId
    observation_id: ObservationId
    stance: Stance = Stance.FOR
    position: int = 0


@dataclass(frozen=True, slots=True)
class Support:
    """How much evidence an insight has.

    What was removed from the study counts for neither side, nor does what stands on a side that
    nobody can read.
    """

    speaks_for: int = 0
    against: int = 0
    removed: int = 0


def support(evidence: Iterable[Evidence], is_live: Callable[[ObservationId], bool]) -> Support:
    """Count the evidence of an insight.

    Args:
        evidence: all there is of it.
        is_live: tells whether an observation is still in the study.
    """
    listed = list(evidence)
    sides = [one.stance for one in listed if is_live(one.observation_id)]
    removed = len(listed) - len(sides)
    return Support(sides.count(Stance.FOR), sides.count(Stance.AGAINST), removed)


class Horizon(StrEnum):
    """The three layers of a roadmap."""

    IS = "is"
    MUST_BE = "must be"
    SHOULD_BE = "should be"

    @property
    def label(self) -> Phrase:
        """Return the words for it."""
        return _HORIZONS.get(self, str(self))


_HORIZONS = {
    Horizon.IS: "is",
    Horizon.MUST_BE: "must be",
    Horizon.SHOULD_BE: "should be",
}


class OpportunityKind(StrEnum):
    """What an opportunity does to the journey."""

    REMOVE = "remove"
    OPTIMISE = "optimise"
    INNOVATE = "innovate"

    @property
    def label(self) -> Phrase:
        """Return the words for it."""
        return _KINDS.get(self, str(self))


_KINDS = {
    OpportunityKind.REMOVE: "remove",
    OpportunityKind.OPTIMISE: "optimise",
    OpportunityKind.INNOVATE: "innovate",
}


@dataclass(frozen=True, slots=True)
class Opportunity:
    """Something to do, with owner, measure and the insight it answers.

    Attributes:
        severity: for the customer, 1…5, or `None`.
        business_value: for the company, 1…5, or `None`.
    """

    id: OpportunityId
    title: str
    kind: OpportunityKind = OpportunityKind.REMOVE
    horizon: Horizon = Horizon.MUST_BE
    stage_id: StageId | None = None
    insight_id: InsightId | None = None
    owner: str = ""
    kpi: str = ""
    severity: int | None = None
    business_value: int | None = None
    position: int = 0
    deleted_at: str | None = None
