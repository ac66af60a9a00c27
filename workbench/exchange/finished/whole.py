"""Reads a whole file: tells by its content what it is, and hands it to who can read that.

The ending says little: people name files as they like, and a table may be called “.txt”.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from workbench.exchange.finished import marked_up, packed, pictures, plain
from workbench.exchange.finished.piece import Piece

MOST_BYTES = 400_000_000
"""Of one file; what is larger is not searched, and says so."""


def pieces(path: Path, name: str | None = None) -> Iterator[Piece]:
    """Yield all texts of a finished file, its name first.

    Args:
        path: where it lies now.
        name: what it will be called; by default as it is.
    """
    name = path.name if name is None else name
    yield Piece(name, "name of the file")
    if path.stat().st_size > MOST_BYTES:
        yield Piece(f"larger than {MOST_BYTES // 1_000_000} MB", name, unread=True)
        return
    yield from content(path.read_bytes(), name, packed.Budget(MOST_BYTES))


def content(data: bytes, name: str, budget: packed.Budget, within: str = "") -> Iterator[Piece]:
    """Yield all texts in the content of a file.

    Args:
        data: the content.
        name: what it is called, with its ending.
        budget: how much may still be unpacked.
        within: where the file lies itself, for people; "" = it lies by itself.
    """
    if packed.is_packed(data):
        yield from packed.read(data, budget, within, content)
    elif pictures.is_picture(data):
        yield from pictures.read(data, within)
    elif (text := plain.decoded(data)) is None:
        yield Piece("not in a form that can be searched", within or "content", unread=True)
    elif marked_up.is_marked_up(text):
        yield from marked_up.read(data, text, within)
    else:
        yield from plain.read(text, name, within)
