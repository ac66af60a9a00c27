"""Two versions of a text side by side, word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from workbench.domain.anchors import Edit

_PARTS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of both versions; `old` and `new` are equal where nothing changed."""

    old: str
    new: str

    @property
    def same(self) -> bool:
        """Tell whether nothing changed here."""
        return self.old == self.new


def compare(old: str, new: str) -> list[Piece]:
    """Return the pieces of two texts in order; joined they give back both."""
    before, after = _PARTS.findall(old), _PARTS.findall(new)
    found = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return [Piece("".join(before[a:b]), "".join(after[c:d])) for _, a, b, c, d in found]


def edits(pieces: Sequence[Piece]) -> list[Edit]:
    """Return the edits that make the old text the new one, from the end to the begin.

    In that order none of them moves the place of the next.
    """
    position, made = 0, []
    for piece in pieces:
        if not piece.same:
            made.append(Edit(position, len(piece.old), piece.new))
        position += len(piece.old)
    return made[::-1]
