"""Texts, tables with commas, subtitles and JSON."""

from __future__ import annotations

import codecs
import csv
import html
import io
import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import PurePath
from typing import Any

from workbench.exchange.finished.piece import CELL, ROW, Piece

_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decoded(data: bytes) -> str | None:
    """Return the text of a file; `None` if it is none."""
    encoding = "utf-16" if data.startswith(_WIDE) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def read(text: str, name: str, within: str = "") -> Iterator[Piece]:
    """Yield the words of a text without markup."""
    if text.lstrip()[:1] in {"{", "["}:
        with suppress(ValueError, RecursionError):
            yield from _values(json.loads(text), within)
            return
    if PurePath(name).suffix.lower() == ".csv":
        yield Piece(_table(text), within, "row")
    else:
        subtitles = text.startswith("WEBVTT")
        yield Piece(html.unescape(text) if subtitles else text, within, "line")


def _table(text: str) -> str:
    """Return a table with commas as one text, in which cells and rows are parted."""
    rows = csv.reader(io.StringIO(text, newline=""))
    return ROW.join(map(CELL.join, rows))


def _values(value: Any, within: str) -> Iterator[Piece]:
    """Yield the texts of JSON, with the way to each: “people[3].note”."""
    before = f"{within}, " if within else ""
    waiting = [(value, "")]
    while waiting:
        value, place = waiting.pop()
        if isinstance(value, str):
            yield Piece(value, f"{before}{place or 'text'}")
        elif isinstance(value, list):
            waiting += reversed([(one, f"{place}[{at}]") for at, one in enumerate(value)])
        elif isinstance(value, dict):
            ways = {key: f"{place}.{key}" if place else key for key in value}
            yield from (Piece(key, f"{before}{way}") for key, way in ways.items())
            waiting += reversed([(one, ways[key]) for key, one in value.items()])
