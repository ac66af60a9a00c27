"""A text of a finished file, and where in it that stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from workbench.words import t

CELL, ROW = "\x1f", "\x1e"
"""What parts cells and rows of a table that is one text."""
_BORDER = re.compile(f"[{CELL}{ROW}]")
_BLANK = re.compile(r"\n(?:[^\S\n]*\n)+")
Unit = Literal["", "paragraph", "line", "row"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A text as it stands in a finished file.

    Attributes:
        text: the words; of a part that cannot be searched, the reason, in English: it passes `t`
            where it is shown.
        part: which part of the file, for people: “text”, “properties”, “file name” …
        unit: what is counted in that part; rows and their
            cells are parted by `ROW` and `CELL`.
        number: which of them it is; of lines and rows the first.
        unread: the part cannot be searched.
        head: names of the columns of a table; they are row 1.
        listed: tells where each of the texts of which it is a list stands, by its number, for
            people; each may stand in several places.
    """

    text: str
    part: str
    unit: Unit = ""
    number: int = 1
    unread: bool = False
    head: tuple[str, ...] = ()
    listed: Callable[[int], Sequence[str]] | None = None

    @property
    def scraps(self) -> list[str]:
        """Return the cells of a table, the paragraphs of lines of a text, else the whole.

        What was typed may go on in the next line, as a name does, or words of somebody.
        """
        if self.unit == "row":
            return self.text.replace(ROW, CELL).split(CELL)
        return _BLANK.split(self.text) if self.unit == "line" else [self.text]

    def where(self, scrap: str) -> Iterator[int]:
        """Yield each position at which one of the scraps stands."""
        begin, borders = 0, {"row": _BORDER, "line": _BLANK}.get(self.unit)
        for border in borders.finditer(self.text) if borders else ():
            if self.text[begin : border.start()] == scrap:
                yield begin
            begin = border.end()
        if self.text[begin:] == scrap:
            yield begin

    def places(self, at: int) -> Sequence[str]:
        """Return where a position of the text is, for people; it may be everywhere or nowhere."""
        if self.listed is None:
            return [self.place(at)]
        return self.listed(self.number + self.text.count(CELL, 0, at))

    def place(self, at: int) -> str:
        """Return where a position of the text is, for people."""
        match self.unit:
            case "line":
                return self._said(t("line {n}", n=self.number + self.text.count("\n", 0, at)))
            case "row":
                return self._said(self._cell(at))
            case "paragraph":
                return self._said(t("paragraph {n}", n=self.number))
        return self.part

    def _said(self, where: str) -> str:
        return inside(self.part, where)

    def _cell(self, at: int) -> str:
        row = self.number + self.text.count(ROW, 0, at)
        column = self.text.count(CELL, self.text.rfind(ROW, 0, at) + 1, at)
        named = row > 1 and column < len(self.head)
        if named:
            return t("row {n}, column “{column}”", n=row, column=self.head[column])
        return t("row {n}", n=row)


def inside(within: str, place: str) -> str:
    """Return a place with the one around it, for people; "" = it lies by itself."""
    return f"{within}, {place}" if within else place
