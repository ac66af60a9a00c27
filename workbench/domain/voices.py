"""What can be said about voices: why one is in doubt, and how much it speaks."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.domain.ids import SpeakerId
from workbench.words import Phrase, plural

UNCERTAIN: Phrase = "speaker uncertain"
"""Doubt of a turn in which two voices are nearly even."""
SPEAKS_OVER: Phrase = "speaks over another"
"""Doubt of a turn during which somebody else is heard too; shown as // in the margin."""

_JOINT = "; "


@dataclass(frozen=True, slots=True)
class Share:
    """How much one voice speaks.

    Attributes:
        spoken_ms: how long, in milliseconds.
        share: of all that is spoken, 0.0 to 1.0.
        words: how many.
        turns: how many.
    """

    speaker_id: SpeakerId
    spoken_ms: int
    share: float
    words: int
    turns: int


def fewer(asked: int | None, found: int) -> str:
    """Return what is said when fewer voices were told apart than were asked for, else ""."""
    if asked is None or found >= asked:
        return ""
    return plural(
        found,
        "{asked} voices were expected; only one could be told apart",
        "{asked} voices were expected; only {n} could be told apart",
        asked=asked,
    )


def reasons(doubt: str) -> list[Phrase]:
    """Return the single reasons of a turn's doubt."""
    return [reason for reason in doubt.split(_JOINT) if reason]


def without(doubt: str, *settled: str) -> str:
    """Return a turn's doubt without the reasons that are settled."""
    return _JOINT.join(reason for reason in reasons(doubt) if reason not in settled)
