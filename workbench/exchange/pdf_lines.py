"""From boxes of letters on a page to lines in the order in which a person reads them.

A PDF says where letters stand and not what belongs together. Pieces on one height are a line,
unless a gutter runs between them: an upright strip that hardly any piece crosses, with several
lines on both sides. Then the left column is read before the right one; what crosses the gutter,
such as a title, parts the page into an upper and a lower half.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from workbench.domain.layout import CELL

WORD_GAP = 0.15  # heights of a line
_FEWEST = 4  # lines beside each other that make a column
_CROSSING = 0.25  # share of a page's pieces that may cross a gutter
_MOST_EDGES = 200  # places that are looked at, of which each costs a look at all pieces
_NARROWEST = 0.6  # width of a gutter, in heights of a line
_MARGIN = 0.25  # share of the width; names in front of what people say are no column
_CELL_GAP = 1.6
_ALIGNED = 1.0  # points


@dataclass(frozen=True, slots=True)
class Piece:
    """Text in a box; points, from the lower left corner of the page."""

    left: float
    bottom: float
    right: float
    top: float
    text: str

    @property
    def height(self) -> float:
        """Return how high the letters are."""
        return self.top - self.bottom

    @property
    def middle(self) -> float:
        """Return the height at which it stands."""
        return (self.top + self.bottom) / 2


def reading_order(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Return the lines of a page by blocks that are read one after the other."""
    if not pieces:
        return []
    gutter = _gutter(pieces)
    if gutter is None:
        return [lines(pieces)]
    blocks: list[list[Piece]] = []
    left: list[Piece] = []
    right: list[Piece] = []
    for line in _rows(pieces):
        crossing = [p for p in line if p.left < gutter < p.right]
        if crossing:
            blocks += [*reading_order(left), *reading_order(right), lines(line)]
            left, right = [], []
            continue
        left += [p for p in line if p.right <= gutter]
        right += [p for p in line if p.left >= gutter]
    return [*blocks, *reading_order(left), *reading_order(right)]


def lines(pieces: Sequence[Piece]) -> list[Piece]:
    """Join the pieces on one height, from left to right, from top to bottom."""
    rows = _rows(pieces)
    edges = [{piece.left for piece in row} for row in rows]
    margin = min((min(found) for found in edges), default=0.0)
    if _is_justified(rows):
        return [_joined(row, []) for row in rows]
    joined = []
    for number, row in enumerate(rows):
        near = set().union(*edges[max(0, number - 1) : number], *edges[number + 1 : number + 2])
        joined.append(_joined(row, sorted(near - {margin})))
    return joined


def _rows(pieces: Sequence[Piece]) -> list[list[Piece]]:
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: (-p.middle, p.left)):
        last = rows[-1][0] if rows else None
        if last is not None and abs(last.middle - piece.middle) < 0.5 * min(
            last.height, piece.height
        ):
            rows[-1].append(piece)
        elif last is not None and last.bottom - 0.2 * last.height <= piece.middle <= last.top:
            rows[-1].append(piece)  # a raised or lowered figure
        else:
            rows.append([piece])
    return [sorted(row, key=lambda p: p.left) for row in rows]


def _is_justified(rows: Sequence[Sequence[Piece]]) -> bool:
    """Tell whether most lines end at the same place."""
    ends = [max(piece.right for piece in row) for row in rows]
    flush = sum(max(ends) - end < 1.5 for end in ends) if ends else 0
    return len(rows) >= 5 and flush * 10 > len(rows) * 6


def _joined(row: Sequence[Piece], edges: Sequence[float]) -> Piece:
    """Join a line; a wide gap parts cells only where a neighbouring line begins something too.

    In justified text there are wide gaps everywhere, but not one under the other.
    """
    text = row[0].text
    for before, after in pairwise(row):
        gap = (after.left - before.right) / max(before.height, after.height)
        if gap > _CELL_GAP and _is_aligned(after.left, edges):
            text = text.rstrip() + CELL + after.text.lstrip()
        elif gap > WORD_GAP and not text.endswith(" ") and not after.text.startswith(" "):
            text += f" {after.text}"
        else:
            text += after.text
    return Piece(
        row[0].left,
        min(p.bottom for p in row),
        max(p.right for p in row),
        max(p.top for p in row),
        text,
    )


def _is_aligned(left: float, edges: Sequence[float]) -> bool:
    """Tell whether something begins where one of these edges is; they are in order."""
    behind = bisect_right(edges, left - _ALIGNED)
    return behind < len(edges) and edges[behind] < left + _ALIGNED


def _gutter(pieces: Sequence[Piece]) -> float | None:
    """Return where a gutter runs that parts the pieces into columns, if there is one."""
    if len(pieces) < 2 * _FEWEST:
        return None
    need = _NARROWEST * median(p.height for p in pieces)
    first, last = min(p.left for p in pieces), max(p.right for p in pieces)
    best: tuple[int, float] | None = None
    for edge in _edges(pieces):
        at = edge - need / 2
        if not first + _MARGIN * (last - first) < at < last - _MARGIN * (last - first):
            continue
        crossing = sum(p.left < at + need / 2 - 1 and p.right > at - need / 2 for p in pieces)
        crossing -= sum(p.left >= at and p.left < at + need / 2 - 1 for p in pieces)
        if crossing > _CROSSING * len(pieces):
            continue
        right = [p for p in pieces if p.left >= at]
        begin_here = sum(abs(p.left - edge) < 1.5 for p in right)
        if begin_here < _FEWEST or (best is not None and begin_here <= best[0]):
            continue
        left = [p for p in pieces if p.right <= at]
        # The right side may hold more columns.
        text = _fills(left, at - first, 0.5) and _fills(right, last - at, 0.3)
        if text and _side_by_side(left, right):
            best = (begin_here, at)
    return best[1] if best else None


def _edges(pieces: Sequence[Piece]) -> list[int]:
    """Return where several pieces begin, from left to right; of very many the likeliest."""
    counts = Counter(round(p.left) for p in pieces)
    begins = {edge: sum(counts[edge + by] for by in range(-2, 3)) for edge in counts}
    likely = [edge for edge, number in begins.items() if number >= _FEWEST]
    return sorted(sorted(likely, key=lambda edge: -begins[edge])[:_MOST_EDGES])


def _fills(pieces: Sequence[Piece], width: float, share: float) -> bool:
    """Tell whether there are lines enough, and long enough, to be a column of a text."""
    rows = _rows(pieces)
    if len(rows) < _FEWEST:
        return False
    return median(sum(p.right - p.left for p in row) for row in rows) > share * width


def _side_by_side(left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    """Tell whether two groups share most of the height of the smaller one."""
    top = min(max(p.top for p in left), max(p.top for p in right))
    bottom = max(min(p.bottom for p in left), min(p.bottom for p in right))
    heights = [max(p.top for p in g) - min(p.bottom for p in g) for g in (left, right)]
    return top - bottom > 0.5 * min(heights)
