"""What another speech model would bring for a recording: both hear one minute of it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from workbench.domain.transcript import Word

MINUTE_MS = 60_000
_STEP_MS = 5_000
_BEFORE_MS = 200  # of its first word
_LEAST_WORDS = 40  # of a minute that tells something


@dataclass(frozen=True, slots=True)
class Tried:
    """How a model heard the minute.

    Attributes:
        model: its name.
        text: what it heard.
        words: how many.
        sure_percent: how sure it was of them, on the average.
        whole_s: seconds that the words of the whole recording would take here.
    """

    model: str
    text: str
    words: int
    sure_percent: int
    whole_s: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """A minute of a recording as two models heard it.

    Attributes:
        start_ms: where it begins.
        end_ms: where it ends.
        present: the model that is used now.
        other: the one that was tried.
        differing: how many words they heard differently.
    """

    start_ms: int
    end_ms: int
    present: Tried
    other: Tried
    differing: int


def telling_minute(words: Sequence[Word], duration_ms: int) -> tuple[int, int]:
    """Return begin and end of the minute in which the recogniser was least sure.

    Args:
        words: of the present transcript in order of time; none where there is no transcript.
        duration_ms: length of the recording.
    """
    last = max(0, duration_ms - MINUTE_MS)
    starts = [word.start_ms for word in words]
    sums = [0]
    for word in words:
        sums.append(sums[-1] + word.probability)
    best, found = float("inf"), last // 2
    for start in range(0, last + 1, _STEP_MS):
        first, end = bisect_left(starts, start), bisect_left(starts, start + MINUTE_MS)
        if end - first < _LEAST_WORDS:
            continue
        mean = (sums[end] - sums[first]) / (end - first)
        if mean < best:
            best, found = mean, max(0, starts[first] - _BEFORE_MS)
    return found, min(duration_ms, found + MINUTE_MS)


def differing(one: str, other: str) -> int:
    """Return how many words two texts have differently; letter case and punctuation are nothing."""
    matcher = SequenceMatcher(None, _plain(one), _plain(other), autojunk=False)
    return sum(max(b - a, d - c) for kind, a, b, c, d in matcher.get_opcodes() if kind != "equal")


def _plain(text: str) -> list[str]:
    words = ("".join(char for char in word if char.isalnum()) for word in text.casefold().split())
    return [word for word in words if word]
