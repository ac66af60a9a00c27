"""How one list becomes another: what is taken out, in which order the rest stands, what is put in.

Without Qt, so that any list can be tried against any other. What both lists hold stays, so whoever
is at one of these rows stays there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Differences:
    """The steps from one list to another, in this order.

    Attributes:
        removed: runs of places, the last first, so that each is still right when its turn comes.
        order: for every place among those that stay, the place before; empty where none moves.
        inserted: runs of places in the list that comes of it, the first first.
    """

    removed: tuple[range, ...] = ()
    order: tuple[int, ...] = ()
    inserted: tuple[range, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether the lists differ."""
        return bool(self.removed or self.order or self.inserted)


def differences(before: Sequence[Hashable], after: Sequence[Hashable]) -> Differences:
    """Return the way from one list of keys to another; no key stands twice in one list."""
    there, wanted = frozenset(before), frozenset(after)
    gone = runs(place for place, key in enumerate(before) if key not in wanted)
    places = {key: place for place, key in enumerate(key for key in before if key in wanted)}
    order = tuple(places[key] for key in after if key in there)
    moved = any(place != old for place, old in enumerate(order))
    new = runs(place for place, key in enumerate(after) if key not in there)
    return Differences(tuple(gone)[::-1], order if moved else (), tuple(new))


def runs(places: Iterable[int]) -> Iterator[range]:
    """Yield rising places as runs without a gap."""
    start = end = None
    for place in places:
        if start is not None and place == end:
            end = place + 1
            continue
        if start is not None and end is not None:
            yield range(start, end)
        start, end = place, place + 1
    if start is not None and end is not None:
        yield range(start, end)


def told_apart(keys: Iterable[K]) -> Iterator[tuple[K, int]]:
    """Yield keys with how often each has been there before, so that none stands twice."""
    seen: Counter[K] = Counter()
    for key in keys:
        yield key, seen[key]
        seen[key] += 1
