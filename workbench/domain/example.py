"""Which passage shows best what a code means."""

from __future__ import annotations

from collections.abc import Iterable

from workbench.domain.passage import Passage

_GOOD_LENGTH = 120  # characters: long enough to speak for itself, short enough to read


def strongest(passages: Iterable[Passage]) -> Passage | None:
    """Return the passage that may be quoted and says most; `None` when none may be.

    The strongest feeling wins, then a moment of truth, then the handiest length.
    """
    quotable = [passage for passage in passages if passage.quotable]
    return max(quotable, key=_strength, default=None)


def _strength(passage: Passage) -> tuple[int, bool, int]:
    seen = passage.observation
    ratings = (seen.effectiveness, seen.ease, seen.emotion)
    felt = sum(abs(rating) for rating in ratings if rating is not None)
    return felt, seen.moment_of_truth, -abs(len(seen.words) - _GOOD_LENGTH)
