"""How a turn of a document looked: what kind of block it is, where it stood, what was bold.

The words of a turn are its text and nothing else: no mark of a list or a heading stands in it,
so that positions and quotes are clean. What the document said beyond the words is here, for the
reading view to show. A turn of a conversation has the plain layout.

A row of a table is one turn with its cells joined by `CELL`: a row says one thing about one case,
so a passage may run over its cells, search finds it as a whole, and each row can be coded alone.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import islice, takewhile
from operator import itemgetter
from typing import Literal, Self, get_args

Block = Literal[
    "",
    "heading1",
    "heading2",
    "heading3",
    "heading4",
    "heading5",
    "heading6",
    "list",
    "numbered",
    "quote",
    "table",
    "code",
]
"""What a turn is in its document; "" is a paragraph."""

Style = Literal["b", "i", "bi"]
"""Bold, italic, or both."""

Run = tuple[int, int, Style]
"""(first code point, code point after the last one, style)."""

CELL = " | "
LISTS = frozenset({"list", "numbered"})
GOES_ON = -1
"""Number of a paragraph that belongs to the item before it, and has no bullet or number."""

_BLOCKS = frozenset(get_args(Block))
_STYLES = frozenset(get_args(Style))


@dataclass(frozen=True, slots=True)
class Layout:
    """The look of one turn.

    Attributes:
        block: what it is.
        level: how deep a list item is nested, from 0.
        page: number of its page in the document, from 1, where the format has pages.
        runs: stretches that are bold or italic: in order, never empty, never overlapping.
        number: of an item that does not count on from the one before it, or `GOES_ON`.
    """

    block: Block = ""
    level: int = 0
    page: int | None = None
    runs: tuple[Run, ...] = ()
    number: int | None = None

    def moved(self, shift: Callable[[int, int], tuple[int, int]]) -> Self:
        """Return the layout after its text has changed.

        Args:
            shift: moves a range of code points, as `Edit.shift` does.
        """
        if not self.runs:
            return self
        places = ((*shift(start, end), style) for start, end, style in self.runs)
        return replace(self, runs=tuple(run for run in places if run[0] < run[1]))

    def cut(self, start: int, end: int) -> Self:
        """Return the layout of a part of the text."""
        if not self.runs:
            return self
        first = bisect_right(self.runs, start, key=itemgetter(1))
        kept = takewhile(lambda run: run[0] < end, islice(self.runs, first, None))
        runs = (
            (max(begin, start) - start, min(to, end) - start, style) for begin, to, style in kept
        )
        return replace(self, runs=tuple(run for run in runs if run[0] < run[1]))

    def after(self, start: int, end: int) -> Self:
        """Return the layout of the rest of a text that is cut in two; it is the next item."""
        number = GOES_ON if self.number == GOES_ON else None
        return replace(self.cut(start, end), number=number)

    def as_json(self) -> str:
        """Return the layout as it is stored; "" for the plain one."""
        said: dict[str, object] = {}
        if self.block:
            said["block"] = self.block
        if self.level:
            said["level"] = self.level
        if self.page is not None:
            said["page"] = self.page
        if self.runs:
            said["runs"] = [list(run) for run in self.runs]
        if self.number is not None:
            said["number"] = self.number
        return json.dumps(said, separators=(",", ":")) if said else ""

    @classmethod
    def from_json(cls, stored: str) -> Self:
        """Read what `as_json` wrote; what a later version may have added is left out."""
        if not stored:
            return cls()
        said = json.loads(stored)
        block, page = said.get("block", ""), said.get("page")
        runs = tuple(
            (int(start), int(end), style)
            for start, end, style in said.get("runs", ())
            if style in _STYLES
        )
        return cls(
            block if block in _BLOCKS else "",
            int(said.get("level", 0)),
            page,
            runs,
            said.get("number"),
        )


PLAIN = Layout()
