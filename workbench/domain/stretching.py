"""Make an observation longer or shorter: one border moves to the next word or letter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum

import regex

from workbench.domain.anchors import TextAnchor
from workbench.domain.sentences import WORD
from workbench.domain.transcript import Turn

# A letter as people see it: an accent, or the parts of an emoji, are never parted from it.
_LETTER = regex.compile(r"\X")
Borders = Callable[[str], Sequence[int]]
_Place = tuple[int, int]
"""Number of the turn, code point in its text."""


class Edge(StrEnum):
    """Which border of an observation moves."""

    START = "start"
    END = "end"


def stretch(
    turns: Sequence[Turn], anchor: TextAnchor, edge: Edge, *, by: int, letters: bool = False
) -> TextAnchor:
    """Move one border of an anchor by a word or a letter; the last one is never given up.

    Args:
        turns: of the text, in order.
        anchor: what is stretched.
        edge: the border that moves.
        by: 1 on through the text, −1 back.
        letters: move by what looks like one letter instead of by words.
    """
    start, end = _ends(turns, anchor)
    place = start if edge is Edge.START else end
    there = _next(turns, place, by, _borders(edge, letters=letters))
    return _moved(turns, anchor, (start, end), edge, there)


def stretch_to(
    turns: Sequence[Turn],
    anchor: TextAnchor,
    edge: Edge,
    row: int,
    point: int,
    *,
    letters: bool = False,
) -> TextAnchor:
    """Move one border of an anchor to a place, at the border of the word there.

    Args:
        turns: of the text, in order.
        anchor: what is stretched.
        edge: the border that moves.
        row: number of the turn.
        point: code point in its text.
        letters: exactly there, not at the border of a word.
    """
    known = _borders(edge, letters=letters)(turns[row].text)
    if not known:
        return anchor
    there = (row, min(known, key=lambda at: abs(at - point)))
    return _moved(turns, anchor, _ends(turns, anchor), edge, there)


def _moved(
    turns: Sequence[Turn],
    anchor: TextAnchor,
    ends: tuple[_Place, _Place],
    edge: Edge,
    place: _Place | None,
) -> TextAnchor:
    if place is None:
        return anchor
    start, end = ends
    start, end = (place, end) if edge is Edge.START else (start, place)
    if start >= end or not _has_words(turns, start, end):
        return anchor
    return TextAnchor(turns[start[0]].id, start[1], turns[end[0]].id, end[1])


def _ends(turns: Sequence[Turn], anchor: TextAnchor) -> tuple[_Place, _Place]:
    # Looked for and not listed: a long text has thousands of turns, and the hand waits.
    first = next(row for row, turn in enumerate(turns) if turn.id == anchor.first_turn)
    last = next(row for row in range(first, len(turns)) if turns[row].id == anchor.last_turn)
    return (first, anchor.start), (last, anchor.end)


def _has_words(turns: Sequence[Turn], start: _Place, end: _Place) -> bool:
    if start[0] == end[0]:
        return bool(turns[start[0]].text[start[1] : end[1]].strip())
    return bool(turns[start[0]].text[start[1] :].strip() or turns[end[0]].text[: end[1]].strip())


def _borders(edge: Edge, *, letters: bool) -> Borders:
    pattern = _LETTER if letters else WORD
    if edge is Edge.START:
        return lambda text: [found.start() for found in pattern.finditer(text)]
    return lambda text: [found.end() for found in pattern.finditer(text)]


def _next(turns: Sequence[Turn], place: _Place, by: int, borders: Borders) -> _Place | None:
    row, point = place
    while 0 <= row < len(turns):
        known = borders(turns[row].text)
        if row == place[0]:
            known = [at for at in known if (at > point if by > 0 else at < point)]
        if known:
            return row, known[0] if by > 0 else known[-1]
        row += by
    return None
