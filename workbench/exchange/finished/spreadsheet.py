"""A workbook of spreadsheets: what stands in its cells, by sheet and cell.

Nearly all cells of a large table hold a number, or only say which of the shared texts they show.
They are known by their form and taken out before a sheet is parsed. What they hold or show is read
once; in which cells it stands is looked up only if somebody asks.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any

from lxml import etree

from workbench.exchange.finished import marked_up
from workbench.exchange.finished.piece import CELL, Piece, inside
from workbench.words import t

WORKBOOK = "xl/workbook.xml"
_STRINGS = "xl/sharedStrings.xml"
_SHEETS = "xl/worksheets/"
_PLAIN_CELL = re.compile(
    rb'<c r="[A-Z]{1,2}+\d{1,7}+"(?: s="\d{1,5}+")?+'
    rb'(?: t="s"><v>(\d{1,8}+)|><v>(-?\d[\d.E+-]{0,30}+))</v></c>'
)
"""What shows a shared text, and which, or holds a number. A column of three letters is read with
the rest, for it may be Bob."""
_PLACE = len(b'<c r="')
_EMPTY_ROW = re.compile(rb'<row r="\d{1,7}"(?: spans="\d{1,5}:\d{1,5}")?></row>')
_TOGETHER = 250  # texts that are one piece
_beside_cells = etree.XPath("*[local-name() != 'c' and local-name() != 'si']")

Unpack = Callable[[str], bytes | None]
"""Returns a part of the package by its name; `None` = it is not there, or cannot be read."""


class Workbook:
    """The sheets of a package, and the texts that its cells share.

    Args:
        unpack: gives the parts of the package.
    """

    def __init__(self, unpack: Unpack) -> None:
        self._called = _sheets(unpack)
        self._shared = _tree(unpack(_STRINGS))
        strings = self._shared.iterchildren("{*}si") if self._shared is not None else ()
        self._strings = [_words(one) for one in strings]
        self._shown: set[int] = set()
        self._numbers: dict[str, None] = {}  # in plain cells, as they are written
        self._pages: list[tuple[str, bytes]] = []  # sheets with plain cells

    def has(self, part: str) -> bool:
        """Tell whether a part is read here: a sheet, or what its cells share."""
        return part.startswith(_SHEETS) or (part == _STRINGS and bool(self._strings))

    def sheet(self, data: bytes, part: str, within: str) -> Iterator[Piece]:
        """Yield the cells of a sheet that are not plain, and what stands in its tags.

        Raises:
            etree.LxmlError: it is no XML.
        """
        called = self._called.get(part, posixpath.basename(part))
        name = inside(within, t("sheet “{name}”", name=called))
        shared = self._shared if part == _STRINGS else None
        root = marked_up.parsed(self._without_plain(data, name)) if shared is None else shared
        for cell in root.iter("{*}c"):
            if text := self._text(cell):
                yield Piece(text, inside(name, cell.get("r") or t("a cell")))
        for node in _beside(root):
            if words := (node.text or "").strip():
                yield Piece(words, f"{name}, {marked_up.name_of(node)}")
        yield from marked_up.attributes(root, name)

    def rest(self, within: str) -> Iterator[Piece]:
        """Yield what plain cells hold, and all shared texts, also those that no cell shows."""
        deleted = inside(within, t("deleted cells"))

        def where(at: int) -> Sequence[str]:
            # What is shown by none of the plain cells was read with the one that shows it.
            return self._cells.get(at) or ([] if at in self._shown else [deleted])

        yield from _listed(self._strings, where)
        numbers = list(self._numbers)
        yield from _listed(numbers, lambda at: self._cells[numbers[at]])

    def _without_plain(self, data: bytes, name: str) -> bytes:
        """Return a sheet without its plain cells, and remember those."""
        parts = _PLAIN_CELL.split(data)
        shown = set(map(int, filter(None, set(parts[1::3]))))
        if shown and max(shown) >= len(self._strings):
            return data  # nobody knows what such a number is
        self._shown |= shown
        self._numbers |= dict.fromkeys(map(bytes.decode, filter(None, parts[2::3])))
        self._pages.append((name, data))
        return _EMPTY_ROW.sub(b"", b"".join(parts[::3]))

    @cached_property
    def _cells(self) -> dict[int | str, list[str]]:
        """Return the plain cells in which shared texts, by number, and numbers stand."""
        cells: dict[int | str, list[str]] = {}
        for name, data in self._pages:
            for cell in _PLAIN_CELL.finditer(data):
                place = cell[0][_PLACE:].partition(b'"')[0].decode()
                held = int(cell[1]) if cell[1] else cell[2].decode()
                cells.setdefault(held, []).append(f"{name}, {place}")
        return cells

    def _text(self, cell: Any) -> str:
        words = _words(cell)
        if cell.get("t") == "s" and words.isdecimal() and int(words) < len(self._strings):
            self._shown.add(int(words))
            return self._strings[int(words)]
        return words


def _listed(texts: Sequence[str], where: Callable[[int], Sequence[str]]) -> Iterator[Piece]:
    for begin in range(0, len(texts), _TOGETHER):
        some = CELL.join(texts[begin : begin + _TOGETHER])
        yield Piece(some, "", "row", begin, listed=where)


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


def _beside(node: Any) -> Iterator[Any]:
    """Go through a sheet without the texts of cells: heads, feet, choices, what is marked."""
    for child in _beside_cells(node):
        yield child
        yield from _beside(child)


def _tree(data: bytes | None) -> Any:
    try:
        return None if data is None else marked_up.parsed(data)
    except (etree.LxmlError, ValueError):
        return None


def _words(node: Any) -> str:
    if len(node) == 1 and not len(node[0]) and marked_up.name_of(node[0]) == "t":
        return (node[0].text or "").strip("\n")  # as most are
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
