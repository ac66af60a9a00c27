"""What one can look for, and what is found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from workbench.domain.ids import ParticipantId, StageId
from workbench.domain.materials import Method

OPEN, CLOSE = "\x02", "\x03"  # around each hit in a snippet


class Mode(StrEnum):
    """How the words of a search are meant."""

    WORDS = "words"
    PREFIX = "prefix"
    PHRASE = "phrase"
    NEAR = "near"
    PATTERN = "pattern"


class Extent(StrEnum):
    """How much around a hit is coded."""

    WORDS = "words"
    SENTENCE = "sentence"
    TURN = "turn"


KINDS = (
    "turn", "memo", "observation", "code", "stage", "touchpoint", "participant", "session",
    "source", "insight", "opportunity", "charter",
)  # fmt: skip
"""What is searched, in the order in which it is shown."""


@dataclass(frozen=True, slots=True)
class Search:
    """What to look for.

    Attributes:
        text: words, or with `Mode.PATTERN` a regular expression.
        kinds: what to search; all of `KINDS` by default.
        participant_id: only what this person said, what was noted on it, and the person, with
            sessions and material; so `method` and `stage_id`.
        limit: at most so many hits of each kind.
        distance: with `Mode.NEAR`, how many words may lie between.
    """

    text: str
    mode: Mode = Mode.WORDS
    kinds: tuple[str, ...] = KINDS
    participant_id: ParticipantId | None = None
    method: Method | None = None
    stage_id: StageId | None = None
    limit: int = 200
    distance: int = 10

    @property
    def restricted(self) -> bool:
        """Tell whether only a part of the material is searched."""
        return bool(self.participant_id or self.method or self.stage_id)


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where the words occur.

    Attributes:
        kind: one of `KINDS`.
        id: id of the turn, memo, code, …
        source_id: source of the turn; for all else "".
        title: where it is, in words.
        snippet: the words around, hits between `\\x02` and `\\x03`.
        start_ms: when the turn begins, if it has a time.
        spans: for turns found by `Search`, where the words are, in code points.
    """

    kind: str
    id: str
    source_id: str
    title: str
    snippet: str
    start_ms: int | None
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Thing:
    """Something with a name and a text, to be searched."""

    kind: str
    id: str
    title: str
    text: str
