"""Which observations lie on which words: an index per turn, asked for visible lines only.

A highlight is never a character format. So placing, resizing or removing one observation costs
the turns it touches and nothing else, however many others the text carries.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate


@dataclass(frozen=True, slots=True)
class Mark:
    """An observation as the reading view paints it.

    Attributes:
        id: of the observation.
        first: row of the first turn; `last` of the last one.
        start: UTF-16 position in the first turn; `end` after the last word in the last turn.
        colour: key of its colour, see `MarkColours`; `None` for a quiet one.
        label: what stands beside it.
    """

    id: str
    first: int
    start: int
    last: int
    end: int
    colour: str | None
    label: str

    def within(self, row: int, length: int) -> tuple[int, int]:
        """Return the part of the mark in one row that is `length` units long."""
        start = self.start if row == self.first else 0
        end = self.end if row == self.last else length
        return start, min(end, length)


@dataclass(frozen=True, slots=True)
class Part:
    """The part of a mark in one turn.

    Attributes:
        lane: its place among those that share words with it, from 0.
        lanes: how many places its group needs.
    """

    mark: Mark
    start: int
    end: int
    lane: int
    lanes: int


class Marks:
    """All marks of one text."""

    def __init__(self) -> None:
        self._marks: dict[str, Mark] = {}
        self._in_row: dict[int, set[str]] = {}
        self._built: dict[int, _Row] = {}

    def __len__(self) -> int:
        return len(self._marks)

    def all(self) -> list[Mark]:
        """Return every mark, in the order of the text."""
        return sorted(self._marks.values(), key=_order)

    def each(self) -> Iterable[Mark]:
        """Return every mark, in no order."""
        return self._marks.values()

    def get(self, mark_id: str) -> Mark | None:
        """Return one mark."""
        return self._marks.get(mark_id)

    def rows(self, mark_ids: Iterable[str]) -> set[int]:
        """Return the turns that some marks touch."""
        known = (self._marks.get(mark_id) for mark_id in mark_ids)
        return {row for mark in known if mark for row in range(mark.first, mark.last + 1)}

    def replace(self, marks: Iterable[Mark]) -> None:
        """Hold these marks and no others."""
        self._marks.clear()
        self._in_row.clear()
        self._built.clear()
        for mark in marks:
            self._marks[mark.id] = mark
            for row in range(mark.first, mark.last + 1):
                self._in_row.setdefault(row, set()).add(mark.id)

    def put(self, mark: Mark) -> None:
        """Add a mark, or put a changed one in place of the old."""
        self.remove(mark.id)
        self._marks[mark.id] = mark
        for row in range(mark.first, mark.last + 1):
            self._in_row.setdefault(row, set()).add(mark.id)
            self._built.pop(row, None)

    def remove(self, mark_id: str) -> None:
        """Take a mark away; unknown ids do no harm."""
        mark = self._marks.pop(mark_id, None)
        if mark is None:
            return
        for row in range(mark.first, mark.last + 1):
            self._in_row[row].discard(mark_id)
            self._built.pop(row, None)

    def parts(self, row: int, length: int) -> tuple[Part, ...]:
        """Return the parts in a turn, longest first, so that short ones are painted on top.

        Args:
            row: of the turn.
            length: of the turn's text in UTF-16 units.
        """
        return self._row(row, length).painted

    def over(self, row: int, length: int, start: int, end: int) -> list[Part]:
        """Return the parts that share a unit with `[start, end)` of a turn, in order."""
        return self._row(row, length).over(start, end)

    def _row(self, row: int, length: int) -> _Row:
        built = self._built.get(row)
        if built is None or built.length != length:
            marks = [self._marks[mark_id] for mark_id in self._in_row.get(row, ())]
            built = self._built[row] = _Row(marks, row, length)
        return built


class _Row:
    """The marks of one turn, sorted, with lanes."""

    def __init__(self, marks: list[Mark], row: int, length: int) -> None:
        self.length = length
        spans = sorted(
            ((*mark.within(row, length), mark) for mark in marks),
            key=lambda span: (span[0], -span[1], span[2].id),
        )
        self.parts = _with_lanes([span for span in spans if span[0] < span[1]])
        self.painted = tuple(sorted(self.parts, key=lambda part: part.start - part.end))
        self._starts = [part.start for part in self.parts]
        self._furthest = list(accumulate((part.end for part in self.parts), max))

    def over(self, start: int, end: int) -> list[Part]:
        found: list[Part] = []
        at = bisect_left(self._starts, end) - 1
        while at >= 0 and self._furthest[at] > start:
            if self.parts[at].end > start:
                found.append(self.parts[at])
            at -= 1
        return found[::-1]


def _with_lanes(spans: list[tuple[int, int, Mark]]) -> list[Part]:
    """Give overlapping spans different lanes; spans come sorted by their start."""
    parts: list[Part] = []
    group: list[tuple[int, int, Mark, int]] = []
    ends: list[int] = []  # end of the last span in each lane of the open group

    def close() -> None:
        parts.extend(Part(mark, start, end, lane, len(ends)) for start, end, mark, lane in group)
        group.clear()
        ends.clear()

    for start, end, mark in spans:
        if ends and start >= max(ends):
            close()
        lane = next((at for at, busy in enumerate(ends) if busy <= start), len(ends))
        if lane == len(ends):
            ends.append(end)
        else:
            ends[lane] = end
        group.append((start, end, mark, lane))
    close()
    return parts


def _order(mark: Mark) -> tuple[int, int, int, int]:
    return mark.first, mark.start, -mark.last, -mark.end
