"""Numbers of list items: what a file says, as little of it as has to be kept.

A reading view counts the items of a list from 1, anew after each paragraph that is no item. Only
where a file says another number the item keeps it (`Layout.number`), and the following ones count
on from there; so lists stay right when items are cut, joined or added.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from workbench.domain.layout import GOES_ON, LISTS, Layout

_NESTED = re.compile(r"(?:list|list bullet|list number|numbering) ([2-5])")


@dataclass(slots=True)
class Item:
    """An item of a list while its paragraphs are read.

    Attributes:
        number: what the file says; `None` for a bullet.
    """

    number: int | None = None
    _begun: bool = False

    def take(self) -> int | None:
        """Return the number of its first paragraph, and of the others that they go on."""
        begun, self._begun = self._begun, True
        return GOES_ON if begun else self.number


def spare(layouts: Iterable[Layout]) -> Iterator[Layout]:
    """Return the layouts of paragraphs without the numbers that counting finds as well."""
    counts: list[int] = []  # of the last item on each level
    for layout in layouts:
        if layout.block not in LISTS:
            counts.clear()
            yield layout
        elif layout.number == GOES_ON:
            yield layout
        else:
            del counts[layout.level + 1 :]
            counts += [0] * (layout.level + 1 - len(counts))
            counted = counts[layout.level] + 1 if layout.block == "numbered" else 0
            counts[layout.level] = counted if layout.number is None else layout.number
            yield replace(layout, number=None) if layout.number == counted else layout


def whole(said: str | None) -> int | None:
    """Return a number that is written in digits; `None` for anything else."""
    return int(said) if said and said.isascii() and said.isdigit() and len(said) < 10 else None


def styled_level(titles: Iterable[str]) -> int:
    """Return how deep an item is by its styles: “List Bullet 2” is a list of its own in Word."""
    found = (_NESTED.fullmatch(title.casefold()) for title in titles)
    return max((int(one[1]) - 1 for one in found if one), default=0)
