"""The numbers Word puts before paragraphs, which stand nowhere in its files: counted as it does.

Lists that share an abstract numbering share its counters, so that a list goes on after paragraphs
in between, and in another list, until one says that it starts anew.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from workbench.exchange.archive import value
from workbench.exchange.numbering import whole

W = "{*}"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list.

    Attributes:
        kind: id of the abstract numbering.
        bullet: it has bullets instead of numbers.
        start: its first number.
        anew: the list begins with that number, although another one of its kind has counted.
    """

    kind: str
    bullet: bool
    start: int
    anew: bool


@dataclass(slots=True)
class Numbering:
    """The lists of one document, while it is read from its begin.

    Attributes:
        levels: (number of the list, level) → what it is; levels without a mark are left out.
    """

    levels: dict[tuple[str, int], Level] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def next(self, number: str, level: int) -> int:
        """Return the number of the next item on a level of a list."""
        here = self.levels[number, level]
        counts = self._counts.setdefault(here.kind, {})
        if here.anew and (number, level) not in self._begun:
            counts.pop(level, None)
        self._begun.add((number, level))
        counts[level] = counts[level] + 1 if level in counts else here.start
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        return counts[level]


def load(root: Any) -> Numbering:
    """Read the lists from the XML of `word/numbering.xml`."""
    numbering = Numbering()
    kinds = {value(node, "abstractNumId"): node for node in root.iter(W + "abstractNum")}
    for node in root.iter(W + "num"):
        key = value(child(node, "abstractNumId"))
        starts = {
            value(one, "ilvl"): value(child(one, "startOverride"))
            for one in node.iter(W + "lvlOverride")
        }
        for level in kinds[key].iter(W + "lvl") if key in kinds else ():
            form = value(child(level, "numFmt")) or "decimal"
            depth = value(level, "ilvl")
            if form != "none" and (at := whole(depth)) is not None:
                anew = whole(starts.get(depth))
                start = whole(value(child(level, "start"))) if anew is None else anew
                numbering.levels[value(node, "numId") or "", at] = Level(
                    key or "", form == "bullet", 1 if start is None else start, anew is not None
                )
    return numbering


def child(node: Any, name: str) -> Any:
    """Return the first child of this name, if there is one."""
    return None if node is None else node.find(W + name)
