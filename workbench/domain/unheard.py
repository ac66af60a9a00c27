"""Where somebody speaks but no word was recognised, and where in the text that is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workbench.domain.ids import TranscriptId, TurnId
from workbench.domain.transcript import Turn, Word
from workbench.domain.wording import CERTAIN


@dataclass(frozen=True, slots=True)
class Hole:
    """Speech without words, as the engine told it.

    Attributes:
        dismissed: a person has listened, and there is nothing to write.
    """

    transcript_id: TranscriptId
    start_ms: int
    end_ms: int
    dismissed: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """A hole that nobody has filled or dismissed, and its place in the text.

    Attributes:
        turn_id: the turn before it; the first turn if there is none before.
        at: code point behind the last word said before it.
    """

    turn_id: TurnId
    at: int
    start_ms: int
    end_ms: int


def gaps(turns: Sequence[Turn], holes: Iterable[Hole]) -> list[Gap]:
    """Return the holes that are open still, in order.

    A hole is filled by words that a person has written in its place. There is no sound of
    recognised words there, so these are the ones that have no length in time, or lie in it.

    Args:
        turns: of one transcript, in order.
        holes: of the same one.
    """
    found = []
    for hole in sorted(holes, key=lambda hole: hole.start_ms):
        if hole.dismissed or not turns:
            continue
        row = max(0, bisect_right(turns, hole.start_ms, key=lambda turn: turn.start_ms or 0) - 1)
        words = turns[row].words
        count = bisect_right(words, hole.start_ms, key=lambda word: word.start_ms)
        before, after = words[:count], words[count:]
        if not after and row + 1 < len(turns):
            after = turns[row + 1].words
        if any(_fills(word, hole) for word in (*before[-1:], *after[:1])):
            continue
        at = before[-1].end if before else 0 if words else len(turns[row].text)
        found.append(Gap(turns[row].id, at, hole.start_ms, hole.end_ms))
    return found


def _fills(word: Word, hole: Hole) -> bool:
    inside = word.start_ms < hole.end_ms and word.end_ms > hole.start_ms
    return word.probability == CERTAIN and (inside or word.start_ms == word.end_ms)
