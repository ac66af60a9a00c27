"""What a Word paragraph is and how a run looks: the answer is spread over styles and numbering."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, cast

from workbench.domain.layout import Block
from workbench.exchange import docx_numbering
from workbench.exchange.archive import Archive, value
from workbench.exchange.docx_numbering import Numbering, W, child
from workbench.exchange.numbering import styled_level, whole

_HEADING = re.compile(r"heading (\d)")
_QUOTES = frozenset({"quote", "intense quote", "block text", "quotations"})
_DEEPEST = 20  # styles based on styles; more is a circle


@dataclass(slots=True)
class Styles:
    """Styles and numbering of one document.

    Attributes:
        nodes: the styles by id.
        numbering: the lists.
    """

    nodes: dict[str, Any] = field(default_factory=dict)
    numbering: Numbering = field(default_factory=Numbering)

    def block(self, paragraph: Any) -> tuple[Block, int, int | None]:
        """Return what a paragraph is, how deep it is nested in lists, and its number there.

        Numbers are counted, so each paragraph is asked for once and in order.
        """
        own = child(paragraph, "pPr")
        name = value(child(own, "pStyle"))
        chain = [own, *(child(style, "pPr") for style in self._chain(name))]
        titles = [(value(child(style, "name")) or "").lower() for style in self._chain(name)]
        block, level, number = self._list(chain)  # a heading counts too where it is numbered
        for title in titles:
            if found := _HEADING.fullmatch(title):
                return _heading(int(found[1])), 0, None
            if title == "title":
                return "heading1", 0, None
            if title in _QUOTES:
                return "quote", 0, None
        outline = _first(chain, "outlineLvl")
        if outline is not None and outline.isdigit() and int(outline) < 6:
            return _heading(int(outline) + 1), 0, None
        return block, max(level, styled_level(titles)) if block else 0, number

    def look(self, run: Any) -> tuple[bool, bool]:
        """Return whether a run is bold and italic, by itself or by its character style."""
        own = child(run, "rPr")
        name = value(child(own, "rStyle"))
        chain = [own, *(child(style, "rPr") for style in self._chain(name))]
        return _is_on(chain, "b"), _is_on(chain, "i")

    def _list(self, chain: list[Any]) -> tuple[Block, int, int | None]:
        numbering = next((found for p in chain if (found := child(p, "numPr")) is not None), None)
        if numbering is None:
            return "", 0, None
        # A list style may leave one of the two to the paragraph, and the other way round.
        numbers = [child(p, "numPr") for p in chain]
        number, level = _first(numbers, "numId") or "0", whole(_first(numbers, "ilvl")) or 0
        kind = self.numbering.levels.get((number, level))
        if kind is None:
            return "", 0, None
        counted = self.numbering.next(number, level)
        return ("list", level, None) if kind.bullet else ("numbered", level, counted)

    def _chain(self, name: str | None) -> list[Any]:
        found: list[Any] = []
        while name in self.nodes and len(found) < _DEEPEST:
            found.append(self.nodes[name])
            name = value(child(found[-1], "basedOn"))
        return found


def load(archive: Archive) -> Styles:
    """Read the styles and the numbering of a document; it may have neither."""
    styles = Styles()
    if archive.has("word/styles.xml"):
        for node in archive.xml("word/styles.xml").iter(W + "style"):
            styles.nodes[value(node, "styleId") or ""] = node
    if archive.has("word/numbering.xml"):
        styles.numbering = docx_numbering.load(archive.xml("word/numbering.xml"))
    return styles


def _first(chain: list[Any], name: str) -> str | None:
    return next((found for p in chain if (found := value(child(p, name))) is not None), None)


def _is_on(chain: list[Any], name: str) -> bool:
    for properties in chain:
        found = child(properties, name)
        if found is not None:
            return value(found) not in {"0", "false", "off", "none"}
    return False


def _heading(level: int) -> Block:
    return cast("Block", f"heading{min(max(level, 1), 6)}")
