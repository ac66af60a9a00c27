"""Where the cells of a table stand: below each other, as long as the bars fit on a line.

A row is one turn, its cells joined by a bar. Only the space before the bar is widened, so that the
letters, and with them all positions, stay those of the study.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtGui import QFont, QFontMetricsF, QTextCharFormat

from ui.theme import Theme
from workbench.domain.layout import CELL, Run
from workbench.domain.transcript import Turn

AIR = 6  # pixels added to the space before and after a bar
_LAST = 0.3  # share of the line that is enough for the last column, which may go on below
_MOST = 200  # rows that are measured; those after them take what comes out


@dataclass(frozen=True, slots=True)
class _Table:
    """Rows `[first, stop)`.

    Attributes:
        widths: of the columns, in pixels.
        joint: width of what stands between two cells.
    """

    first: int
    stop: int
    widths: tuple[float, ...]
    joint: float

    @property
    def last(self) -> float:
        """Return where the last column begins."""
        return sum(width + self.joint for width in self.widths[:-1])

    def fits(self, room: float) -> bool:
        """Tell whether the last column begins on the first line, with some room to go on."""
        return self.last + min(self.widths[-1], room * _LAST) < room


class Tables:
    """The tables of one text, each measured when somebody looks at it.

    Args:
        turns: gives the turns as they are now.
        room: gives the width of the column in pixels.
    """

    def __init__(self, turns: Callable[[], Sequence[Turn]], room: Callable[[], float]) -> None:
        self._turns = turns
        self._room = room
        self._known: list[_Table] = []
        self._fonts: dict[str, QFontMetricsF] = {}
        self._bar, self._air = QTextCharFormat(), QTextCharFormat()

    def dress(self, theme: Theme) -> None:
        """Take fonts and colours from the theme."""
        self.forget()
        self._bar, self._air = QTextCharFormat(), QTextCharFormat()
        self._bar.setForeground(theme.colour("line_strong"))
        self._air.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
        self._air.setFontLetterSpacing(AIR)
        for style in ("", "b", "i", "bi"):
            font = theme.reading_font()
            font.setBold("b" in style)
            font.setItalic("i" in style)
            self._fonts[style] = QFontMetricsF(font)

    def forget(self) -> None:
        """Measure anew, since turns or letters changed."""
        self._known.clear()

    def rows(self, row: int) -> range:
        """Return the rows of the table that a turn belongs to; none when it is no row."""
        turns = self._turns()
        if not 0 <= row < len(turns) or turns[row].layout.block != "table":
            return range(0)
        table = self._table(row)
        return range(table.first, table.stop)

    def outgrown(self, row: int) -> range:
        """Measure anew after a row was written in; return the rows that stand otherwise now."""
        rows = self.rows(row)
        if not rows:
            return rows
        before = self._table(row)
        self._known.remove(before)
        return rows if self._table(row) != before else range(0)

    def hang(self, row: int) -> float:
        """Return where a row goes on below its first line: in its last column."""
        rows = self.rows(row)
        table = self._table(row) if rows else None
        return table.last if table and table.fits(self._room()) else 0.0

    def joints(self, row: int, text: str) -> Iterator[tuple[int, QTextCharFormat]]:
        """Yield the code points between the cells of a row, each with its format."""
        table = self._table(row)
        fits = table.fits(self._room())
        runs = self._turns()[row].layout.runs
        for column, (start, end) in enumerate(_cells(text)):
            if end == len(text):
                return
            before = self._air
            if fits and column < len(table.widths):
                missing = table.widths[column] - self._width(text, start, end, runs)
                before = QTextCharFormat(self._air)
                before.setFontLetterSpacing(AIR + max(0.0, missing))
            yield from enumerate((before, self._bar, self._air), end)

    def _table(self, row: int) -> _Table:
        for known in self._known:
            if known.first <= row < known.stop:
                return known
        turns, first, stop = self._turns(), row, row + 1
        while first and turns[first - 1].layout.block == "table":
            first -= 1
        while stop < len(turns) and turns[stop].layout.block == "table":
            stop += 1
        made = self._measured(first, stop, turns[first : min(stop, first + _MOST)])
        self._known.append(made)
        return made

    def _measured(self, first: int, stop: int, rows: Sequence[Turn]) -> _Table:
        widths: list[float] = []
        for turn in rows:
            for column, (start, end) in enumerate(_cells(turn.text)):
                wide = self._width(turn.text, start, end, turn.layout.runs)
                if column == len(widths):
                    widths.append(0.0)
                widths[column] = max(widths[column], wide)
        joint = self._fonts[""].horizontalAdvance(CELL) + 2 * AIR
        return _Table(first, stop, tuple(widths), joint)

    def _width(self, text: str, start: int, end: int, runs: Sequence[Run]) -> float:
        """Return the width of some letters, bold and slanted ones as they are shown."""
        own = [run for run in runs if run[0] < end and run[1] > start]
        if not own:
            return self._fonts[""].horizontalAdvance(text[start:end])
        edges = {start, end, *(min(max(at, start), end) for run in own for at in run[:2])}
        wide = 0.0
        for one, other in pairwise(sorted(edges)):
            style = next((run[2] for run in own if run[0] <= one < run[1]), "")
            wide += self._fonts[style].horizontalAdvance(text[one:other])
        return wide


def _cells(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the cells of a row begin and end."""
    start, at = 0, text.find(CELL)
    while at >= 0:
        yield start, at
        start = at + len(CELL)
        at = text.find(CELL, start)
    yield start, len(text)
