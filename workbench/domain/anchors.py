"""Where an observation sits: in the words and in the seconds.

One unit of position everywhere: Unicode code points inside one turn. Times are integer
milliseconds. Ranges are half open, `[start, end)`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.domain.excerpts import beginning, ending
from workbench.domain.ids import TurnId
from workbench.domain.transcript import Turn


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A stretch of a recording, in milliseconds."""

    start_ms: int
    end_ms: int

    def overlap(self, other: TimeSpan) -> int:
        """Return the shared milliseconds, 0 when the two do not meet."""
        return max(0, min(self.end_ms, other.end_ms) - max(self.start_ms, other.start_ms))


@dataclass(frozen=True, slots=True)
class TextAnchor:
    """From a code point in one turn to a code point in the same or a later turn."""

    first_turn: TurnId
    start: int
    last_turn: TurnId
    end: int


@dataclass(frozen=True, slots=True)
class Edit:
    """One change to the text of one turn: at `position`, `removed` code points gave way to
    `added`.
    """

    position: int
    removed: int
    added: str

    def apply(self, text: str) -> str:
        """Return the text after the edit."""
        return text[: self.position] + self.added + text[self.position + self.removed :]

    def shift(self, start: int, end: int) -> tuple[int, int]:
        """Move a range of code points through the edit.

        Text inserted at either border stays outside; text that replaces words inside the range,
        or exactly the range, stays inside. A range whose words are all gone comes back empty.
        """
        grown = len(self.added) - self.removed
        stop = self.position + self.removed
        if self.removed and start <= self.position and stop <= end:
            return start, end + grown
        moved_start = start
        if start >= stop:
            moved_start = start + grown
        elif start > self.position:
            moved_start = self.position + len(self.added)
        moved_end = end
        if end > self.position:
            moved_end = end + grown if end >= stop else self.position
        return moved_start, max(moved_start, moved_end)


def in_common(one: str, other: str) -> tuple[int, int]:
    """Return how many code points two texts share at their begin, and then at their end."""
    pairs = enumerate(zip(one, other, strict=False))
    head = next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
    ends = zip(reversed(one[head:]), reversed(other[head:]), strict=False)
    shortest = min(len(one), len(other)) - head
    return head, next((at for at, (a, b) in enumerate(ends) if a != b), shortest)


def difference(before: str, after: str) -> Edit:
    """Return the one change that makes a text out of another, no longer than it has to be."""
    head, tail = in_common(before, after)
    return Edit(head, len(before) - tail - head, after[head : len(after) - tail])


def lies_on_words(turns: Sequence[Turn], anchor: TextAnchor) -> bool:
    """Tell whether an anchor lies inside the text and there are words under it.

    Args:
        turns: the turns from the anchor's first to its last, in order.
        anchor: what to look at.
    """
    if not turns or (turns[0].id, turns[-1].id) != (anchor.first_turn, anchor.last_turn):
        return False
    inside = 0 <= anchor.start <= len(turns[0].text) and 0 <= anchor.end <= len(turns[-1].text)
    return inside and bool(quote(turns, anchor).strip())


def quote(turns: Sequence[Turn], anchor: TextAnchor) -> str:
    """Return the words under an anchor; turns are joined by a space.

    Args:
        turns: the turns from the anchor's first to its last, in order.
        anchor: where to read.
    """
    parts = []
    for turn in turns:
        start = anchor.start if turn.id == anchor.first_turn else 0
        end = anchor.end if turn.id == anchor.last_turn else len(turn.text)
        parts.append(turn.text[start:end])
    return " ".join(parts)


def time_span(turns: list[Turn], anchor: TextAnchor) -> TimeSpan | None:
    """Return when the words under an anchor were said, from the word times where there are any.

    Args:
        turns: the turns from the anchor's first to its last, in order.
        anchor: where to look.
    """
    first, last = turns[0], turns[-1]
    if first.start_ms is None or last.end_ms is None:
        return None
    inside_first = [word for word in first.words if word.end > anchor.start]
    inside_last = [word for word in last.words if word.start < anchor.end]
    start = inside_first[0].start_ms if inside_first else first.start_ms
    end = inside_last[-1].end_ms if inside_last else last.end_ms
    return TimeSpan(start, max(start, end))


def surroundings(
    turns: Sequence[Turn], first: int, last: int, anchor: TextAnchor, *, letters: int = 80
) -> tuple[str, str]:
    """Return a little of what stands before and after the words of an anchor.

    Where the words begin or end their turn, it comes from the turn beside it.

    Args:
        turns: all turns of the text.
        first: place of the anchor's first turn among them; `last` of its last one.
        letters: how much at most, cut between words.
    """
    before = turns[first].text[: anchor.start].strip()
    # A full stop right behind the words says nothing.
    after = turns[last].text[anchor.end :].lstrip(".,;:!?…”’\"' ").rstrip()
    if not before and first:
        before = turns[first - 1].text.strip()
    if not after and last + 1 < len(turns):
        after = turns[last + 1].text.strip()
    return ending(before, letters), beginning(after, letters)
