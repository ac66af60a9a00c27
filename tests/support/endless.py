"""Files of studies that can be read for ever: in a tree of pages, all lead to the same few."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

_PAGE = 4096
_BRANCHES, _LEVELS = 400, 6
_BRANCH, _LEAF = 5, 13


def repeat_the_schema(file: Path) -> None:
    """Let the list of what is in a file name one index without end."""
    pages = _read(file)
    first = pages[0]
    assert first[100] == _BRANCH
    last = int.from_bytes(first[108:112], "big")
    cell = next(_cells(pages, b"sqlite_autoindex"))
    pages.append(_page(_LEAF, [cell]))
    top = _tower(pages, before=last)
    pages[0] = first[:108] + top.to_bytes(4, "big") + first[112:]
    _write(file, pages)


def repeat_a_row(file: Path, table: str) -> None:
    """Let a table of one row have that row without end."""
    with closing(sqlite3.connect(file)) as db:
        sql = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        [(root,)] = db.execute(sql, [table]).fetchall()
    pages = _read(file)
    pages.append(pages[root - 1])
    top = _tower(pages)
    pages[root - 1] = pages[top - 1]
    _write(file, pages)


def _tower(pages: list[bytes], before: int = 0) -> int:
    """Build pages over the last one, each of which leads to the next many times."""
    leaf = below = len(pages)
    for level in range(_LEVELS):
        ways = [before] * (level == _LEVELS - 1 and before > 0) + [below] * _BRANCHES
        pages.append(_page(_BRANCH, [way.to_bytes(4, "big") + b"\x7f" for way in ways], right=leaf))
        below = len(pages)
    return below


def _page(kind: int, cells: list[bytes], right: int = 0) -> bytes:
    begin = _PAGE - sum(map(len, cells))
    at, places = begin, b""
    for cell in cells:
        places += at.to_bytes(2, "big")
        at += len(cell)
    head = bytes([kind, 0, 0]) + len(cells).to_bytes(2, "big") + begin.to_bytes(2, "big") + b"\0"
    if kind == _BRANCH:
        head += right.to_bytes(4, "big")
    return (head + places).ljust(begin, b"\0") + b"".join(cells)


def _cells(pages: list[bytes], words: bytes) -> Iterator[bytes]:
    """Yield the short cells of leaves that hold some words."""
    for page in pages[1:]:
        count = int.from_bytes(page[3:5], "big") if page[0] == _LEAF else 0
        for number in range(count):
            at = int.from_bytes(page[8 + 2 * number : 10 + 2 * number], "big")
            size, rowid = page[at], page[at + 1]
            if size < 128 and rowid < 128 and words in page[at : at + 2 + size]:
                yield page[at : at + 2 + size]


def _read(file: Path) -> list[bytes]:
    whole = file.read_bytes()
    return [whole[at : at + _PAGE] for at in range(0, len(whole), _PAGE)]


def _write(file: Path, pages: list[bytes]) -> None:
    pages[0] = pages[0][:28] + len(pages).to_bytes(4, "big") + pages[0][32:]
    file.write_bytes(b"".join(pages))
