"""What becomes of word times when somebody corrects a text.

A person corrects words, the recording stays as it is: so the words beside a correction keep their
times to the millisecond, and the new words share the time of those they replace.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from workbench.domain.anchors import Edit
from workbench.domain.transcript import Turn, Word

CERTAIN = 1000  # thousandths: a person has written it
_TOKEN = re.compile(r"\S+")


def edited(turn: Turn, edit: Edit) -> Turn:
    """Return a turn after an edit of its text: words and layout go along."""
    return replace(
        turn,
        text=edit.apply(turn.text),
        words=reword(turn, edit),
        layout=turn.layout.moved(edit.shift),
    )


def reword(turn: Turn, edit: Edit) -> tuple[Word, ...]:
    """Return the words of a turn after an edit of its text, in order.

    Words the edit does not touch keep times and probability. Touched words that are as many as
    before keep their times; otherwise they share, by length, the time of the words they replace,
    or the pause in which they were put. A text without word times gets none.

    Args:
        turn: as it is before the edit.
        edit: lies inside the text.
    """
    if turn.start_ms is None or turn.end_ms is None or (turn.text.strip() and not turn.words):
        return ()
    text = edit.apply(turn.text)
    grown = len(edit.added) - edit.removed
    start, stop = _touched(turn, edit)
    before = [word for word in turn.words if word.end <= start]
    touched = [word for word in turn.words if word.start < stop and word.end > start]
    after = [word for word in turn.words if word.start >= stop and word not in touched]
    old = [(turn.text[word.start : word.end], word) for word in touched]
    new = [
        (found.group(), start + found.start())
        for found in _TOKEN.finditer(text[start : stop + grown])
    ]
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    # The same word may stand elsewhere in the stretch than before.
    kept_head = list(_placed(old[:head], new[:head]))
    kept_tail = list(_placed(old[len(old) - tail :], new[len(new) - tail :]))
    between = _fill(
        [word for _, word in old[head : len(old) - tail]],
        new[head : len(new) - tail],
        floor=_end(before + kept_head, turn.start_ms),
        roof=_begin(kept_tail + after, turn.end_ms),
    )
    moved = [_moved(word, grown) for word in after]
    return (*before, *kept_head, *between, *kept_tail, *moved)


def _touched(turn: Turn, edit: Edit) -> tuple[int, int]:
    """Return the stretch of the old text in which words may change: whole words only."""
    start, stop = edit.position, edit.position + edit.removed
    whole = edit.apply(turn.text)
    end = start + len(edit.added)
    # Letters put at the very border of a word belong to it; a space does not.
    joins_left = start < len(whole) and not whole[start].isspace()
    joins_right = end > 0 and not whole[end - 1].isspace()
    for word in turn.words:
        if word.start < start and (word.end > start or (word.end == start and joins_left)):
            start = word.start
        if word.end > stop and (word.start < stop or (word.start == stop and joins_right)):
            stop = word.end
    while start > 0 and joins_left and not turn.text[start - 1].isspace():
        if any(word.end == start for word in turn.words):
            break
        start -= 1
    while stop < len(turn.text) and joins_right and not turn.text[stop].isspace():
        if any(word.start == stop for word in turn.words):
            break
        stop += 1
    return start, stop


def _alike(old: Sequence[tuple[str, Word]], new: Sequence[tuple[str, int]]) -> int:
    """Return how many words at the begin are the same in both."""
    count = 0
    for (was, _), (now, _) in zip(old, new, strict=False):
        if was != now:
            break
        count += 1
    return count


def _fill(
    old: Sequence[Word], new: Sequence[tuple[str, int]], *, floor: int, roof: int
) -> list[Word]:
    """Return new words with the times of the old ones, or with shares of them.

    Args:
        old: the words that give way.
        new: text and first code point of the words that come.
        floor: end of the word before, in ms.
        roof: begin of the word after, in ms.
    """
    if len(old) == len(new):
        return [
            Word(at, at + len(text), word.start_ms, word.end_ms, CERTAIN)
            for word, (text, at) in zip(old, new, strict=True)
        ]
    begin = old[0].start_ms if old else floor
    end = max(begin, old[-1].end_ms if old else roof)
    letters = sum(len(text) for text, _ in new)
    words, done = [], 0
    for text, at in new:
        first = begin + (end - begin) * done // letters
        done += len(text)
        last = begin + (end - begin) * done // letters
        words.append(Word(at, at + len(text), first, last, CERTAIN))
    return words


def _placed(old: Sequence[tuple[str, Word]], new: Sequence[tuple[str, int]]) -> Iterator[Word]:
    """Yield words with their times, where they are now."""
    for (_, word), (text, at) in zip(old, new, strict=True):
        yield replace(word, start=at, end=at + len(text))


def _moved(word: Word, by: int) -> Word:
    return replace(word, start=word.start + by, end=word.end + by)


def _end(words: Sequence[Word], otherwise: int) -> int:
    return words[-1].end_ms if words else otherwise


def _begin(words: Sequence[Word], otherwise: int) -> int:
    return words[0].start_ms if words else otherwise
