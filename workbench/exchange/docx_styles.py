"""What a Word paragraph is and how a run looks: the answer is spread over styles and numbering."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, cast

from workbench.domain.layout import Block
from workbench.exchange.archive import Archive, value

W = "{*}"
_HEADING = re.compile(r"heading (\d)")
_QUOTES = frozenset({"quote", "intense quote", "block text", "quotations"})
_DEEPEST = 20  # styles based on styles; more is a circle


@dataclass(slots=True)
class Styles:
    """Styles and numbering of one document.

    Attributes:
        nodes: the styles by id.
        bullets: (number of the list, level) → is it a bullet? Lists without a mark are left out.
    """

    nodes: dict[str, Any] = field(default_factory=dict)
    bullets: dict[tuple[str, str], bool] = field(default_factory=dict)

    def block(self, paragraph: Any) -> tuple[Block, int]:
        """Return what a paragraph is, and how deep it is nested in lists."""
        own = child(paragraph, "pPr")
        name = value(child(own, "pStyle"))
        chain = [own, *(child(style, "pPr") for style in self._chain(name))]
        for style in self._chain(name):
            title = (value(child(style, "name")) or "").lower()
            if found := _HEADING.fullmatch(title):
                return _heading(int(found[1])), 0
            if title == "title":
                return "heading1", 0
            if title in _QUOTES:
                return "quote", 0
        outline = _first(chain, "outlineLvl")
        if outline is not None and outline.isdigit() and int(outline) < 6:
            return _heading(int(outline) + 1), 0
        return self._list(chain)

    def look(self, run: Any) -> tuple[bool, bool]:
        """Return whether a run is bold and italic, by itself or by its character style."""
        own = child(run, "rPr")
        name = value(child(own, "rStyle"))
        chain = [own, *(child(style, "rPr") for style in self._chain(name))]
        return _is_on(chain, "b"), _is_on(chain, "i")

    def _list(self, chain: list[Any]) -> tuple[Block, int]:
        numbering = next((found for p in chain if (found := child(p, "numPr")) is not None), None)
        if numbering is None:
            return "", 0
        # A list style may leave one of the two to the paragraph, and the other way round.
        numbers = [child(p, "numPr") for p in chain]
        number = _first(numbers, "numId") or "0"
        level = _first(numbers, "ilvl") or "0"
        bullet = self.bullets.get((number, level))
        if bullet is None:
            return "", 0
        return ("list" if bullet else "numbered"), int(level) if level.isdigit() else 0

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
        root = archive.xml("word/numbering.xml")
        kinds = {value(node, "abstractNumId"): node for node in root.iter(W + "abstractNum")}
        for node in root.iter(W + "num"):
            kind = kinds.get(value(child(node, "abstractNumId")))
            for level in kind.iter(W + "lvl") if kind is not None else ():
                form = value(child(level, "numFmt")) or "decimal"
                if form != "none":
                    key = (value(node, "numId") or "", value(level, "ilvl") or "")
                    styles.bullets[key] = form == "bullet"
    return styles


def child(node: Any, name: str) -> Any:
    """Return the first child of this name, if there is one."""
    return None if node is None else node.find(W + name)


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
