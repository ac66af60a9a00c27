"""From code points to the UTF-16 units of Qt and back; the only module that converts.

The study counts Unicode code points, a `QTextDocument` counts UTF-16 units: one emoji is one here
and two there. Mixing the two shifts every observation after the emoji.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

_LAST_SINGLE = "\uffff"
_ONE_LINE = str.maketrans(
    {"\n": "\u2028", "\r": "\u2028", "\u2029": "\u2028", "\ufdd0": "\ufffd", "\ufdd1": "\ufffd"}
)


class Positions:
    """Positions in one text.

    Args:
        text: the text; most texts hold no character beyond the first plane and cost nothing.
    """

    __slots__ = ("_low_halves", "_wide")

    def __init__(self, text: str) -> None:
        self._wide: list[int] = []
        if not text.isascii():
            self._wide = [at for at, sign in enumerate(text) if sign > _LAST_SINGLE]
        # Where the second half of each wide character lies, counted in units.
        self._low_halves = [at + number + 1 for number, at in enumerate(self._wide)]

    def units(self, point: int) -> int:
        """Return the UTF-16 position of a code point."""
        return point + bisect_left(self._wide, point)

    def points(self, unit: int) -> int:
        """Return the code point at a UTF-16 position; inside a character, its begin."""
        return unit - bisect_right(self._low_halves, unit)


def one_block(text: str) -> str:
    """Return a text that Qt keeps in one block, with every position unchanged."""
    if text.isprintable():  # none of the signs below is
        return text
    return text.replace("\r\n", "\u200b\u2028").translate(_ONE_LINE)
