"""When in a recording something is said, and the stretches that others must not hear.

The times of words are not exact, so what is taken out goes with a margin. A name is covered with
all of its margin, whatever is said beside it; the silence over what somebody says ends where
somebody else begins.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from workbench.domain.anchors import TimeSpan
from workbench.domain.transcript import Turn, Word
from workbench.domain.wording import CERTAIN

MARGIN_MS = 200
"""How much goes before and behind what is taken out."""
TRAIL_MS = 400
"""How much goes behind it at most, where nobody says anything else: before a pause words end early.

Both were measured (`benchmarks/word_edges.py`): no word began more than 92 ms late, none ended
more than 330 ms early.
"""


def stretches(turns: Collection[Turn]) -> list[TimeSpan]:
    """Return when turns are heard, in order, without overlaps."""
    return joined(
        TimeSpan(turn.start_ms, turn.end_ms)
        for turn in turns
        if turn.start_ms is not None and turn.end_ms is not None
    )


def joined(spans: Iterable[TimeSpan]) -> list[TimeSpan]:
    """Return stretches in order; those that meet are one."""
    found: list[TimeSpan] = []
    for span in sorted(spans, key=lambda span: (span.start_ms, span.end_ms)):
        if found and span.start_ms <= found[-1].end_ms:
            found[-1] = TimeSpan(found[-1].start_ms, max(span.end_ms, found[-1].end_ms))
        else:
            found.append(span)
    return found


def wider(span: TimeSpan) -> TimeSpan:
    """Return a stretch with the margin that belongs to words."""
    return TimeSpan(max(0, span.start_ms - MARGIN_MS), span.end_ms + MARGIN_MS)


def covering(turn: Turn, start: int, end: int, *, exact: bool = True) -> TimeSpan:
    """Return what has to be covered so that letters of a turn are not heard, with its margin.

    Args:
        turn: with times.
        start, end: code points.
        exact: its words say when they are said; those of a translation do not.
    """
    span = said(turn, start, end, exact=exact)
    words = turn.words if exact else ()
    after = min((w.start_ms for w in words if w.start_ms >= span.end_ms), default=None)
    trail = span.end_ms + TRAIL_MS
    trail = trail if after is None else min(after, trail)
    margin = wider(span)
    return TimeSpan(margin.start_ms, max(margin.end_ms, trail))


def within(span: TimeSpan, part: TimeSpan) -> TimeSpan | None:
    """Return what of a stretch lies in a part of the recording; `None` = nothing."""
    start, end = max(span.start_ms, part.start_ms), min(span.end_ms, part.end_ms)
    return TimeSpan(start, end) if start < end else None


def silent(theirs: Sequence[TimeSpan], others: Sequence[TimeSpan]) -> list[TimeSpan]:
    """Return the silence over what somebody says: as one where nobody else speaks in between.

    Args:
        theirs: when they speak, in order.
        others: when others speak, in order.
    """
    found: list[TimeSpan] = []
    for span in theirs:
        before = max((one.end_ms for one in others if one.end_ms <= span.start_ms), default=0)
        after = min((one.start_ms for one in others if one.start_ms >= span.end_ms), default=None)
        start = max(before, span.start_ms - MARGIN_MS)
        end = span.end_ms + TRAIL_MS
        end = end if after is None else min(after, end)
        if found and not _speaks(others, found[-1].end_ms, start):
            start = found.pop().start_ms
        found.append(TimeSpan(start, end))
    return found


def without(span: TimeSpan, gone: Sequence[TimeSpan]) -> list[TimeSpan]:
    """Return what is left of a stretch without others, which are in order."""
    parts, at = [], span.start_ms
    for one in gone:
        if one.start_ms < span.end_ms and one.end_ms > at:
            if one.start_ms > at:
                parts.append(TimeSpan(at, one.start_ms))
            at = max(at, one.end_ms)
    return [*parts, TimeSpan(at, span.end_ms)] if at < span.end_ms else parts


def said(turn: Turn, start: int, end: int, *, exact: bool = True) -> TimeSpan:
    """Return when letters of a turn are said; the whole turn where nobody knows.

    Words that a person wrote share the time of those they took the place of. So with one of them
    all are meant that were written beside it.

    Args:
        turn: with times.
        start, end: code points.
        exact: its words say when they are said; those of a translation do not.
    """
    words = list(turn.words) if exact else []
    first, last = _touched(words, start, end)
    if first < 0 or not _tells(turn.text, words[first : last + 1], start, end):
        return _whole(turn)
    if any(word.probability == CERTAIN for word in words[first : last + 1]):
        while first > 0 and words[first - 1].probability == CERTAIN:
            first -= 1
        while last + 1 < len(words) and words[last + 1].probability == CERTAIN:
            last += 1
    return _from_to(words[first : last + 1])


def words_in(turn: Turn, start: int, end: int) -> int:
    """Return how many words of a turn letters belong to."""
    first, last = _touched(turn.words, start, end)
    return last - first + 1 if first >= 0 else max(1, len(turn.text[start:end].split()))


def _touched(words: Sequence[Word], start: int, end: int) -> tuple[int, int]:
    """Return the numbers of the first and the last word that have one of the letters; −1 = none."""
    found = [at for at, word in enumerate(words) if word.start < end and word.end > start]
    return (found[0], found[-1]) if found else (-1, -1)


def _tells(text: str, words: Sequence[Word], start: int, end: int) -> bool:
    """Tell whether each of the letters belongs to a word."""
    loose = set(range(max(0, start), min(end, len(text))))
    for word in words:
        loose.difference_update(range(word.start, word.end))
    return not any(text[at].isalnum() for at in loose)


def _whole(turn: Turn) -> TimeSpan:
    spans = [_from_to(turn.words)] if turn.words else []
    if turn.start_ms is not None and turn.end_ms is not None:
        spans.append(TimeSpan(turn.start_ms, turn.end_ms))
    return TimeSpan(min(one.start_ms for one in spans), max(one.end_ms for one in spans))


def _from_to(words: Sequence[Word]) -> TimeSpan:
    return TimeSpan(min(word.start_ms for word in words), max(word.end_ms for word in words))


def _speaks(others: Sequence[TimeSpan], start: int, end: int) -> bool:
    return any(one.start_ms < end and start < one.end_ms for one in others)


__all__ = [
    "MARGIN_MS", "TRAIL_MS", "covering", "joined", "said", "silent", "stretches", "wider", "within",
    "without", "words_in",
]  # fmt: skip
