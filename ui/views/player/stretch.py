"""Which part of a recording is in view, and how loud it is there: times, places and bars."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

_NEAREST_MS = 5_000  # the least that the whole width shows

Detail = Callable[[int, int, int], Sequence[int]]
"""Gives loudness 0…100 from one ms to another in so many numbers; empty if unknown."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The part of a recording that a width shows.

    Attributes:
        first: where it begins, in ms.
        last: where it ends.
        length: of the whole recording.
    """

    first: int
    last: int
    length: int

    @property
    def wide(self) -> int:
        """Return how much is shown, in ms."""
        return self.last - self.first

    def x(self, ms: float, width: float) -> float:
        """Return where a moment is; outside the width when it is not in view."""
        return (ms - self.first) / max(1, self.wide) * width

    def time_at(self, x: float, width: float) -> int:
        """Return the moment at a place, kept within the view."""
        return round(self.first + min(max(x / max(1, width), 0.0), 1.0) * self.wide)

    def at(self, first: int, wide: int) -> Stretch:
        """Return another part, kept within the recording."""
        first = min(max(0, first), self.length - wide)
        return Stretch(first, first + wide, self.length)

    def zoomed(self, factor: float, at: int) -> Stretch:
        """Return a nearer part (factor above 1) or a wider one; one moment stays where it is."""
        wide = min(max(self.wide / factor, min(_NEAREST_MS, self.length)), self.length)
        share = min(max((at - self.first) / max(1, self.wide), 0.0), 1.0)
        return self.at(round(at - share * wide), round(wide))

    def with_moment(self, ms: int) -> Stretch:
        """Return the part that shows a moment: the next page when it is not in view."""
        if self.first <= ms <= self.last:
            return self
        return self.at(ms - self.wide // 8, self.wide)


class Loudness:
    """How loud a recording is, in bars.

    Args:
        peaks: loudness 0…100 over the whole length; empty if unknown.
        detail: gives more of it for whoever comes near.
    """

    def __init__(self, peaks: Sequence[int] = (), detail: Detail | None = None) -> None:
        self.peaks = peaks
        self.detail = detail
        self._drawn: tuple[tuple[int, int, int], Sequence[int]] | None = None

    def bars(self, view: Stretch, count: int, step: float) -> Sequence[int]:
        """Return so many bars from the begin of a view; they are asked for once for each view.

        Args:
            view: what is shown.
            count: how many bars, at least one.
            step: from bar to bar, in ms.
        """
        key = (view.first, view.last, count)
        if self._drawn is None or self._drawn[0] != key:
            until = view.first + round(step * count)
            is_near = (until - view.first) * len(self.peaks) < count * view.length
            found = self.detail(view.first, until, count) if is_near and self.detail else ()
            self._drawn = key, found or self._rough(view, until, count)
        return self._drawn[1]

    def _rough(self, view: Stretch, until: int, count: int) -> Sequence[int]:
        """Return bars of the peaks of the whole recording, which may be wider than the bars."""
        length, known = max(1, view.length), len(self.peaks)
        bars = []
        for bar in range(count):
            time, end = (view.first + (until - view.first) * at / count for at in (bar, bar + 1))
            begin = min(int(time / length * known), known - 1)
            bars.append(max(self.peaks[begin : max(begin + 1, int(end / length * known))]))
        return bars
