"""Which language was heard where in a recording."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from workbench.domain.ids import TranscriptId

UNCERTAIN = 500
"""Thousandths: a language that was less likely is marked as uncertain."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A language, as the engine told it of a stretch of a recording.

    Attributes:
        language: its code.
        probability: in thousandths.
    """

    transcript_id: TranscriptId
    start_ms: int
    end_ms: int
    language: str
    probability: int


def joined(heard: Iterable[Spoken]) -> list[Spoken]:
    """Return stretches in order, those joined that follow one another in the same language."""
    found: list[Spoken] = []
    for one in sorted(heard, key=lambda one: one.start_ms):
        if found and found[-1].language == one.language:
            surest = min(found[-1].probability, one.probability)
            found[-1] = replace(found[-1], end_ms=one.end_ms, probability=surest)
        else:
            found.append(one)
    return found


def others(heard: Iterable[Spoken], main: str) -> list[str]:
    """Return the codes of the languages besides the main one, the most heard one first."""
    lengths: dict[str, int] = {}
    for one in heard:
        lengths[one.language] = lengths.get(one.language, 0) + one.end_ms - one.start_ms
    lengths.pop(main, None)
    return sorted(lengths, key=lambda code: -lengths[code])
