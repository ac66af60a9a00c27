"""What comes of attaching a transcript to a recording, and what makes one doubt that they match."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.domain.materials import Source
from workbench.domain.transcript import Transcript
from workbench.exchange.document import Document
from workbench.words import t

_OVERHANG_MS = 5_000


@dataclass(frozen=True, slots=True)
class Attached:
    """A transcript that took its place at a recording.

    Attributes:
        transcript: the new one.
        notes: what could not be kept, or looks wrong, in whole sentences.
        in_review: observations of the recording that now wait for review.
    """

    transcript: Transcript
    notes: tuple[str, ...]
    in_review: int


def doubts(source: Source, document: Document) -> list[str]:
    """Say what makes one doubt that a transcript and a recording belong together."""
    ends = [turn.end_ms for turn in document.turns if turn.end_ms is not None]
    if not ends:
        return [t("The transcript has no times, so it cannot follow the recording.")]
    if source.duration_ms is not None and max(ends) > source.duration_ms + _OVERHANG_MS:
        return [t("The transcript is longer than the recording; check that they belong together.")]
    return []
