"""ZIP and what is one inside: Word, spreadsheets, OpenDocument. Every part of a package is read."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from lxml import etree

from workbench.exchange.finished import marked_up
from workbench.exchange.finished.piece import Piece, inside
from workbench.exchange.finished.spreadsheet import WORKBOOK, Workbook
from workbench.words import N_, Phrase, t

_MOST_PARTS = 20_000
_DEEPEST = 4  # packages in packages
_PARTS: dict[str, Phrase] = {
    "document": "text",
    "header": "header",
    "footer": "footer",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "comments": "comments",
    "people": "comments",
    "core": "properties",
    "app": "properties",
    "custom": "properties",
    "sharedStrings": "cells",
    "workbook": "names of sheets",
    "content": "text",
    "meta": "properties",
}
"""What people call the parts of a document, by the begin of their file."""


@dataclass(slots=True)
class Budget:
    """How much may still be unpacked of a file, and how deep one is in it."""

    left: int
    depth: int = 0


Content = Callable[[BinaryIO, str, Budget, str], Iterator[Piece]]


def read(file: BinaryIO, budget: Budget, within: str, content: Content) -> Iterator[Piece]:
    """Yield the words of all parts of a package, and what its parts are called.

    Args:
        file: the package.
        budget: how much may still be unpacked.
        within: where the package lies itself, for people.
        content: reads what is no part of a document.
    """
    try:
        package = zipfile.ZipFile(file)
        parts = [info for info in package.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, ValueError, OSError):
        yield Piece(N_("damaged"), within or t("content"), unread=True)
        return
    office = "[Content_Types].xml" in package.NameToInfo or "mimetype" in package.NameToInfo
    if len(parts) > _MOST_PARTS or budget.depth >= _DEEPEST:
        yield Piece(N_("packed too often to be searched"), within or t("content"), unread=True)
        return
    if package.comment:
        yield Piece(package.comment.decode("utf-8", "replace"), inside(within, t("remark")))
    budget.depth += 1
    book = _workbook(package, budget)
    for info in parts:
        name = _called(info.filename, office=office)
        place = inside(within, name)
        if not office:
            called = t("name of “{file}”", file=info.filename)
            yield Piece(info.filename, place if within else called)
        part = _unpacked(package, info, budget)
        if part is None:
            yield Piece(N_("damaged, protected or too large"), place, unread=True)
        elif office and info.filename.endswith((".xml", ".rels")):
            yield from _of_document(part, info.filename, place, within, book)
        else:
            yield from content(io.BytesIO(part), info.filename, budget, place)
    if book is not None:
        yield from book.rest(within)
    budget.depth -= 1


def _workbook(package: zipfile.ZipFile, budget: Budget) -> Workbook | None:
    """Return the sheets of a package that has some."""
    if WORKBOOK not in package.NameToInfo:
        return None

    def unpack(name: str) -> bytes | None:
        info = package.NameToInfo.get(name)
        return None if info is None else _unpacked(package, info, budget)

    return Workbook(unpack)


def _unpacked(package: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> bytes | None:
    if info.file_size > budget.left:
        return None
    try:
        with package.open(info) as part:
            data = part.read(info.file_size + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError):
        return None
    if len(data) > info.file_size:
        return None
    budget.left -= len(data)
    return data


def _of_document(
    part: bytes, name: str, place: str, within: str, book: Workbook | None
) -> Iterator[Piece]:
    try:
        if book is not None and book.has(name):
            yield from book.sheet(part, name, within)
            return
        root = marked_up.parsed(part)
    except (etree.LxmlError, ValueError):
        yield Piece(N_("damaged"), place, unread=True)
        return
    spoken = name.startswith(("word/", "xl/", "content.xml"))
    yield from (marked_up.by_paragraph if spoken else marked_up.by_element)(root, place)


def _called(name: str, *, office: bool) -> str:
    if not office:
        return name
    path = PurePosixPath(name)
    stem = path.name.partition(".")[0].rstrip("0123456789")
    return t(_PARTS[stem]) if stem in _PARTS else path.name
