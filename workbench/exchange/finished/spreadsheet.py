"""A workbook of spreadsheets: what stands in its cells, by sheet and cell."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from typing import Any

from lxml import etree

from workbench.exchange.finished import marked_up
from workbench.exchange.finished.piece import Piece

WORKBOOK = "xl/workbook.xml"
_STRINGS = "xl/sharedStrings.xml"
_SHEETS = "xl/worksheets/"

Unpack = Callable[[str], bytes | None]
"""Returns a part of the package by its name; `None` = it is not there, or cannot be read."""


class Workbook:
    """The sheets of a package, and the texts that its cells share.

    Args:
        unpack: gives the parts of the package.
    """

    def __init__(self, unpack: Unpack) -> None:
        self._called = _sheets(unpack)
        strings = _tree(unpack(_STRINGS))
        shared = strings.iterchildren("{*}si") if strings is not None else ()
        self._strings = [_words(one) for one in shared]
        self._shown: set[int] = set()

    def has(self, part: str) -> bool:
        """Tell whether a part is read here: a sheet, or what its cells share."""
        return part.startswith(_SHEETS) or (part == _STRINGS and bool(self._strings))

    def sheet(self, root: Any, part: str, within: str) -> Iterator[Piece]:
        """Yield the cells of a sheet, and what stands in its tags."""
        called = self._called.get(part, posixpath.basename(part))
        name = f"{within}, sheet “{called}”" if within else f"sheet “{called}”"
        for cell in root.iter("{*}c"):
            if text := self._text(cell):
                yield Piece(text, f"{name}, {cell.get('r', 'a cell')}")
        for node in _beside_cells(root):
            if words := (node.text or "").strip():
                yield Piece(words, f"{name}, {marked_up.name_of(node)}")
        yield from marked_up.attributes(root, name)

    def rest(self, within: str) -> Iterator[Piece]:
        """Yield the texts that no cell shows any more, and that are still in the file."""
        place = f"{within}, deleted cells" if within else "deleted cells"
        for at, text in enumerate(self._strings):
            if at not in self._shown:
                yield Piece(text, place)

    def _text(self, cell: Any) -> str:
        words = _words(cell)
        if cell.get("t") == "s" and words.isdecimal() and int(words) < len(self._strings):
            self._shown.add(int(words))
            return self._strings[int(words)]
        return words


def _sheets(unpack: Unpack) -> dict[str, str]:
    """Return what the sheets are called, by their parts."""
    root, links = _tree(unpack(WORKBOOK)), _tree(unpack("xl/_rels/workbook.xml.rels"))
    if root is None or links is None:
        return {}
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    called = {}
    for sheet in root.iter("{*}sheet"):
        keys = [key for key in sheet.attrib if marked_up.name_of(key) == "id"]
        target = targets.get(sheet.get(keys[0])) if keys else None
        if target:
            part = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
            called[part] = sheet.get("name", "")
    return called


def _beside_cells(node: Any) -> Iterator[Any]:
    """Go through a sheet without the texts of cells: heads, feet, choices, what is marked."""
    for child in node.iterchildren(etree.Element):
        if marked_up.name_of(child) not in {"c", "si"}:
            yield child
            yield from _beside_cells(child)


def _tree(data: bytes | None) -> Any:
    try:
        return None if data is None else marked_up.parsed(data)
    except (etree.LxmlError, ValueError):
        return None


def _words(node: Any) -> str:
    return " ".join(filter(None, (part.strip("\n") for part in _runs(node))))


def _runs(node: Any) -> Iterator[str]:
    """Yield the texts of a cell: runs of one text are one, a formula is another."""
    said: list[str] = []
    for part in node.iter():
        name = marked_up.name_of(part)
        if name == "f" and part.text:
            yield part.text
        elif name in {"t", "v"} and part.text:
            said.append(part.text)
    yield "".join(said)
