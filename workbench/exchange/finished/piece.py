"""A text of a finished file, and where in it that stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

CELL, ROW = "\x1f", "\x1e"
"""What parts cells and rows of a table that is one text."""
Unit = Literal["", "paragraph", "line", "row"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A text as it stands in a finished file.

    Attributes:
        text: the words; of a part that cannot be searched, the reason.
        part: which part of the file, for people: “text”, “properties”, “file name” …
        unit: what is counted in that part; rows and their
            cells are parted by `ROW` and `CELL`.
        number: which of them it is; of lines and rows the first.
        unread: the part cannot be searched.
    """

    text: str
    part: str
    unit: Unit = ""
    number: int = 1
    unread: bool = False

    def place(self, at: int) -> str:
        """Return where a position of the text is, for people."""
        match self.unit:
            case "line":
                return self._said(f"line {self.number + self.text.count(chr(10), 0, at)}")
            case "row":
                return self._said(_cell(self.text, at))
            case "paragraph":
                return self._said(f"paragraph {self.number}")
        return self.part

    def _said(self, where: str) -> str:
        return f"{self.part}, {where}" if self.part else where


def _cell(text: str, at: int) -> str:
    """Return row and column of a position in a table; its head is row 1."""
    row = text.count(ROW, 0, at) + 1
    column = text.count(CELL, text.rfind(ROW, 0, at) + 1, at)
    head = text.partition(ROW)[0].split(CELL)
    return f"row {row}, column “{head[column]}”" if row > 1 and column < len(head) else f"row {row}"
