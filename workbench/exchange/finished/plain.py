"""Texts, tables with commas, subtitles and JSON; long ones are read in blocks, never whole."""

from __future__ import annotations

import codecs
import csv
import html
import io
import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import PurePath
from typing import Any, BinaryIO, TextIO

from workbench.exchange.finished.piece import CELL, ROW, Piece, inside
from workbench.words import Phrase, t

_BLOCK = 32_000  # letters that are one piece
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NO_TEXT: Phrase = "in a form that cannot be searched"


def read(file: BinaryIO, head: bytes, name: str, within: str = "") -> Iterator[Piece]:
    """Yield the words of a text without markup.

    Args:
        file: the text, from its beginning.
        head: what it begins with.
        name: what it is called, with its ending.
        within: where the file lies itself, for people.
    """
    encoding = "utf-16" if head.startswith(_WIDE) else "utf-8-sig"
    text = io.TextIOWrapper(file, encoding, newline="")
    begin = head.decode(encoding, "ignore").lstrip()
    try:
        if begin[:1] in {"{", "["}:
            yield from _json(text.read(), within)
        elif PurePath(name).suffix.lower() == ".csv":
            yield from _table(text, within)
        else:
            yield from _lines(text, within, subtitles=begin.startswith("WEBVTT"))
    except (UnicodeError, csv.Error):
        yield Piece(_NO_TEXT, within or t("content"), unread=True)
    finally:
        text.detach()


def _table(text: Iterable[str], within: str) -> Iterator[Piece]:
    head: tuple[str, ...] | None = None
    for number, rows in _blocks(map(CELL.join, csv.reader(text))):
        if head is None:
            head = tuple(rows[0].split(CELL))
        yield Piece(_whole(ROW.join(rows)), within, "row", number, head=head)


def _lines(text: TextIO, within: str, *, subtitles: bool) -> Iterator[Piece]:
    number = 1
    while block := _whole(text.read(_BLOCK)):
        block += _whole(_rest(text))
        block = block.replace("\r\n", "\n").replace("\r", "\n")
        lines = block.removesuffix("\n")
        yield Piece(html.unescape(lines) if subtitles else lines, within, "line", number)
        number += block.count("\n")


def _rest(text: TextIO) -> str:
    """Return what belongs to a block whose end was cut anywhere, up to the next blank line."""
    lines = [text.readline()]  # be it no more than the second sign of the end of a line
    letters = 0
    while letters < _BLOCK and lines[-1]:
        lines.append(text.readline())
        letters += len(lines[-1])
        if not lines[-1].strip():
            break
    return "".join(lines)


def _blocks(parts: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield rows together, with the number of the first; the head of a table is 1."""
    block: list[str] = []
    first, letters = 1, 0
    for number, part in enumerate(parts, start=1):
        if letters > _BLOCK:
            yield first, block
            block, first, letters = [], number, 0
        block.append(part)
        letters += len(part) + 1
    if block:
        yield first, block


def _whole(text: str) -> str:
    """Return a text.

    Raises:
        UnicodeError: it is none.
    """
    if "\0" in text:
        raise UnicodeError
    return text


def _json(text: str, within: str) -> Iterator[Piece]:
    """Yield the texts of JSON, with the way to each: “people[3].note”."""
    value: Any = None
    with suppress(ValueError, RecursionError):
        value = json.loads(text)
    if value is None:
        yield from _lines(io.StringIO(text, newline=""), within, subtitles=False)
        return
    waiting = [(value, "")]
    while waiting:
        value, place = waiting.pop()
        if isinstance(value, str):
            yield Piece(value, inside(within, place or t("text")))
        elif isinstance(value, list):
            waiting += reversed([(one, f"{place}[{at}]") for at, one in enumerate(value)])
        elif isinstance(value, dict):
            ways = {key: f"{place}.{key}" if place else key for key in value}
            yield from (Piece(key, inside(within, way)) for key, way in ways.items())
            waiting += reversed([(one, ways[key]) for key, one in value.items()])
