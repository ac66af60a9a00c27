"""Positions that outlive a new division into turns: letters counted without the spaces.

Grouping a transcript otherwise moves only spaces and borders; every letter stays, in order.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from workbench.domain.anchors import TextAnchor
from workbench.domain.transcript import Turn

Stretch = tuple[int, int]
"""(first letter, letter after the last one) in the whole transcript."""


def letters(texts: Iterable[str]) -> str:
    """Return texts without any white space."""
    return "".join("".join(text.split()) for text in texts)


class LetterMap:
    """Counts the letters of one division of a transcript.

    Args:
        turns: the whole transcript, in order.
    """

    def __init__(self, turns: Sequence[Turn]) -> None:
        self._turns = turns
        self._rows = {turn.id: row for row, turn in enumerate(turns)}
        self._starts = list(accumulate((_count(turn.text) for turn in turns), initial=0))

    @property
    def total(self) -> int:
        """Return how many letters there are."""
        return self._starts[-1]

    def stretch(self, anchor: TextAnchor) -> Stretch:
        """Return the letters under an anchor."""
        begin = self._before(self._rows[anchor.first_turn], anchor.start)
        return begin, max(begin, self._before(self._rows[anchor.last_turn], anchor.end))

    def anchor(self, stretch: Stretch) -> TextAnchor:
        """Return where letters stand; an empty stretch becomes a place."""
        begin, end = stretch
        first, start = self._place(begin)
        if begin == end:
            return TextAnchor(self._turns[first].id, start, self._turns[first].id, start)
        last, final = self._place(end - 1)
        return TextAnchor(self._turns[first].id, start, self._turns[last].id, final + 1)

    def _before(self, row: int, position: int) -> int:
        return self._starts[row] + _count(self._turns[row].text[:position])

    def _place(self, letter: int) -> tuple[int, int]:
        """Return turn and code point of a letter; behind all of them, the end of the last turn."""
        if letter >= self.total:
            last = len(self._turns) - 1
            return last, len(self._turns[last].text)
        row = bisect_right(self._starts, letter) - 1
        left = letter - self._starts[row]
        for position, character in enumerate(self._turns[row].text):
            if not character.isspace():
                if left == 0:
                    return row, position
                left -= 1
        raise IndexError(letter)


def _count(text: str) -> int:
    return len("".join(text.split()))
