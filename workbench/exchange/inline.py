"""Builds the text of one paragraph from stretches that are bold, italic or plain."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from workbench.domain.layout import CELL, Block, Layout, Run, Style
from workbench.exchange.document import Paragraph

_SPACES = re.compile("[ \t\n\r\f]+")
_EMPTY = " \t\n|"
_MOST_LEVELS = 20  # of lists in lists; files may say thousands of millions
_STYLES: dict[tuple[bool, bool], Style] = {
    (True, False): "b",
    (False, True): "i",
    (True, True): "bi",
}


@dataclass(slots=True)
class Inline:
    """A paragraph in the making.

    Attributes:
        collapse: runs of spaces are one space, as in HTML; a line break is said with `line`.
    """

    collapse: bool = False
    _parts: list[str] = field(default_factory=list)
    _runs: list[Run] = field(default_factory=list)
    _length: int = 0
    _ends_in_space: bool = True

    def add(self, text: str, *, bold: bool = False, italic: bool = False) -> None:
        """Add a stretch of text."""
        if self.collapse:
            text = _SPACES.sub(" ", text)
            if self._ends_in_space:
                text = text.removeprefix(" ")
        if not text:
            return
        style = _STYLES.get((bold, italic))
        start, end = self._length, self._length + len(text)
        if style is not None:
            before = self._runs[-1] if self._runs else None
            if before is not None and before[1:] == (start, style):
                self._runs[-1] = (before[0], end, style)
            else:
                self._runs.append((start, end, style))
        self._parts.append(text)
        self._length = end
        self._ends_in_space = text[-1] in " \n"

    def line(self) -> None:
        """Break the line inside the paragraph."""
        self._append("\n")

    def cell(self) -> None:
        """Begin the next cell of a table's row."""
        spaced = self._ends_in_space and self._parts and self._parts[-1] != CELL
        self._append(CELL.lstrip() if spaced else CELL)

    def space(self, number: int, sign: str = " ") -> None:
        """Add spaces or tabs that are meant."""
        self._append(sign * number)

    def take(
        self,
        block: Block = "",
        *,
        level: int = 0,
        page: int | None = None,
        number: int | None = None,
    ) -> Paragraph:
        """Return the paragraph without space around it, and begin a new one."""
        text = "".join(self._parts)
        runs = tuple(_inside(text, run) for run in self._runs if text[run[0] : run[1]].strip())
        level = min(level, _MOST_LEVELS)
        made = Paragraph(text, Layout(block, level, page, runs, number)).cut(0)
        self._parts, self._runs, self._length, self._ends_in_space = [], [], 0, True
        return made

    def take_row(self) -> Paragraph:
        """Return the row of a table, without the empty cells at its end, and begin a new one."""
        row = self.take("table")
        return row.cut(0, len(row.text.rstrip(_EMPTY)))

    def _append(self, text: str) -> None:
        collapse, self.collapse = self.collapse, False
        self.add(text)
        self.collapse = collapse


def _inside(text: str, run: Run) -> Run:
    """Return a run without the space around its words."""
    start, end, style = run
    words = text[start:end]
    return (start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip()), style)
