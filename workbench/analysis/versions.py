"""What became of every letter when a text was replaced by a newer version of it.

Paragraphs that occur once hold both versions together, and words are compared between them only, so
that a repeated sentence stays the one it was and a long text costs no more than its changes.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate, islice

SURE = 0.7  # share of the letters that must still be there
_GROWTH = 2  # so many times as long a passage may become
_WORD = re.compile(r"\w+|[^\w\s.,;:!?…“”„‘’'\"()–-]+")  # an emoji is as good as a word
_MOST = 4_000_000  # pairs of words that are compared; beyond, a stretch counts as rewritten
_ENOUGH = 20  # letters that a passage must have to be known again at another place

Point = tuple[int, int]
"""(index of the text, code point in it)"""


@dataclass(frozen=True, slots=True)
class _Same:
    """A stretch that both versions have."""

    old: int
    new: int
    length: int


class Versions:
    """Two versions of a text, each as its paragraphs.

    Args:
        old: what was.
        new: what is.
    """

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        # Each paragraph ends with a border, the last one too: a stretch that both have may end
        # with one that is followed by a paragraph in one version only.
        self._old, self._new = _whole(old), _whole(new)
        self._old_starts, self._new_starts = _starts(old), _starts(new)
        self._same = list(_joined(_same(old, new, self._old_starts, self._new_starts)))
        self._begins = [same.old for same in self._same]

    def follow(self, start: Point, end: Point) -> tuple[Point, Point] | None:
        """Return where a passage is now; `None` when its words are not surely there.

        Args:
            start: its first code point.
            end: the code point behind its last one.
        """
        begin, stop = self._at(start), self._at(end)
        return self._kept(begin, stop) or self._moved(self._old[begin:stop])

    def text_of(self, index: int) -> int | None:
        """Return which text has most of a text of before; `None` when it is gone."""
        begin = self._old_starts[index]
        kept = list(self._parts(begin, self._old_starts[index + 1] - 1))
        if not kept:
            return None
        largest = max(kept, key=lambda part: part.length)
        return self._point(largest.new)[0]

    def _kept(self, begin: int, stop: int) -> tuple[Point, Point] | None:
        parts = [part for part in self._parts(begin, stop) if self._letters(part)]
        letters = _count(self._old[begin:stop])
        if not letters or sum(map(self._letters, parts)) < SURE * letters:
            return None
        first, last = parts[0].new, parts[-1].new + parts[-1].length
        if last - first > _GROWTH * (stop - begin) + _ENOUGH:
            return None
        if parts[0].length < stop - begin:  # what is new may begin or end with a space or a border
            words = self._new[first:last]
            first += len(words) - len(words.lstrip())
            last -= len(words) - len(words.rstrip())
        return self._point(first), self._end_point(last)

    def _moved(self, words: str) -> tuple[Point, Point] | None:
        """Find words that stand at one other place, to the letter."""
        place = self._new.find(words) if _count(words) >= _ENOUGH else -1
        if place < 0 or self._new.find(words, place + 1) >= 0 or self._old.count(words) > 1:
            return None
        return self._point(place), self._end_point(place + len(words))

    def _parts(self, begin: int, stop: int) -> Iterator[_Same]:
        """Yield what is still there of a stretch of before."""
        at = max(0, bisect_right(self._begins, begin) - 1)
        for same in islice(self._same, at, None):
            if same.old >= stop:
                return
            first, last = max(begin, same.old), min(stop, same.old + same.length)
            if first < last:
                yield _Same(first, same.new + first - same.old, last - first)

    def _letters(self, part: _Same) -> int:
        return _count(self._new[part.new : part.new + part.length])

    def _at(self, point: Point) -> int:
        return self._old_starts[point[0]] + point[1]

    def _point(self, at: int) -> Point:
        index = min(bisect_right(self._new_starts, at), len(self._new_starts) - 1) - 1
        return index, at - self._new_starts[index]

    def _end_point(self, at: int) -> Point:
        """Return the end of a passage; behind a border it is in the next text, if there is one."""
        index, point = self._point(at - 1)
        if at < self._new_starts[index + 1]:
            return index, point + 1
        return (index + 1, 0) if at < len(self._new) else (index, point)


def _joined(parts: Iterable[_Same]) -> Iterator[_Same]:
    """Join stretches that follow each other in both versions."""
    whole: _Same | None = None
    for part in parts:
        if whole is None:
            whole = part
        elif (part.old - whole.old, part.new - whole.new) == (whole.length, whole.length):
            whole = _Same(whole.old, whole.new, whole.length + part.length)
        else:
            yield whole
            whole = part
    if whole is not None:
        yield whole


def _whole(texts: Sequence[str]) -> str:
    return "".join(f"{text}\n" for text in texts)


def _starts(texts: Sequence[str]) -> list[int]:
    return list(accumulate((len(text) + 1 for text in texts), initial=0))


def _count(text: str) -> int:
    return len("".join(text.split()))


def _same(
    old: Sequence[str], new: Sequence[str], old_starts: list[int], new_starts: list[int]
) -> Iterator[_Same]:
    """Yield what both have: paragraphs that occur once in each hold, the rest is between them."""
    a = c = 0
    for b, d in [*_held(old, new), (len(old), len(new))]:
        while a < b and c < d and old[a] == new[c]:
            yield _Same(old_starts[a], new_starts[c], len(old[a]) + 1)
            a, c = a + 1, c + 1
        tail = 0
        while b - tail > a and d - tail > c and old[b - tail - 1] == new[d - tail - 1]:
            tail += 1
        before, after = _whole(old[a : b - tail]), _whole(new[c : d - tail])
        yield from _same_words(before, after, old_starts[a], new_starts[c])
        for place in range(tail, 0, -1):
            row = b - place
            yield _Same(old_starts[row], new_starts[d - place], len(old[row]) + 1)
        a, c = b, d


def _held(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return paragraphs that occur once in each version, as many as keep their order."""
    once = [{text: row for row, text in enumerate(texts)} for texts in (old, new)]
    counts = [Counter(texts) for texts in (old, new)]
    pairs = [
        (row, once[1][text])
        for text, row in once[0].items()
        if text in once[1] and counts[0][text] == counts[1][text] == 1
    ]
    # The longest sequence whose rows grow in both: piles by patience, each row on the leftmost
    # pile it fits, with the top of the pile before it.
    tops: list[int] = []
    piles: list[int] = []
    before: list[int] = []
    for number, (_, row) in enumerate(pairs):
        pile = bisect_left(tops, row)
        tops[pile : pile + 1] = [row]
        piles[pile : pile + 1] = [number]
        before.append(piles[pile - 1] if pile else -1)
    held = []
    number = piles[-1] if piles else -1
    while number >= 0:
        held.append(pairs[number])
        number = before[number]
    return held[::-1]


def _same_words(old: str, new: str, old_start: int, new_start: int) -> Iterator[_Same]:
    """Yield what two stretches share: words, with the signs around them that are alike."""
    before, after = list(_WORD.finditer(old)), list(_WORD.finditer(new))
    if len(before) * len(after) > _MOST:
        return
    matcher = SequenceMatcher(
        None, [word[0] for word in before], [word[0] for word in after], autojunk=False
    )
    pairs = [
        (before[a + at], after[c + at])
        for a, c, size in matcher.get_matching_blocks()
        for at in range(size)
    ]
    ends = [(one.start(), other.start()) for one, other in pairs[1:]] + [(len(old), len(new))]
    free_old = free_new = 0  # what lies before belongs to the word before
    for (one, other), (end_old, end_new) in zip(pairs, ends, strict=False):
        ahead = _alike(old[free_old : one.start()][::-1], new[free_new : other.start()][::-1])
        behind = _alike(old[one.end() : end_old], new[other.end() : end_new])
        free_old, free_new = one.end() + behind, other.end() + behind
        first = one.start() - ahead
        yield _Same(old_start + first, new_start + other.start() - ahead, free_old - first)


def _alike(one: str, other: str) -> int:
    """Return how many characters two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
