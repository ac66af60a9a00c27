"""Reads a whole file: tells by its content what it is, and hands it to who can read that.

The ending says little: people name files as they like, and a table may be called “.txt”.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from workbench.exchange.finished.piece import Piece
from workbench.words import N_, Phrase, t

if TYPE_CHECKING:
    from workbench.exchange.finished.packed import Budget

MOST_BYTES = 400_000_000
"""Of one file; what is larger is not searched, and says so."""
_TOO_LARGE: Phrase = "larger than 400 MB"
_HEAD = 4096  # bytes by which a file is known


def pieces(
    path: Path, name: str | None = None, heard: Sequence[Piece] | None = None
) -> Iterator[Piece]:
    """Yield all texts of a finished file, its name first.

    Args:
        path: where it lies now.
        name: what it will be called; by default as it is.
        heard: for a file of sound, the words that are heard in it; `None` = nobody knows them.
    """
    from workbench.exchange.finished import sounds

    name = path.name if name is None else name
    yield Piece(name, t("name of the file"))
    with path.open("rb") as file:
        if heard is not None and sounds.is_sound(file.read(_HEAD)):
            yield from sounds.read(file)
            yield from heard
            return
    if path.stat().st_size > MOST_BYTES:
        yield Piece(_TOO_LARGE, t("content"), unread=True)
        return
    with path.open("rb") as file:
        yield from content(file, name)


def drawing(data: bytes) -> Iterator[Piece]:
    """Yield the words of a drawing; none of an empty one."""
    if data:
        yield from content(io.BytesIO(data), "")


def content(
    file: BinaryIO, name: str, budget: Budget | None = None, within: str = ""
) -> Iterator[Piece]:
    """Yield all texts in the content of a file.

    Args:
        file: the content.
        name: what it is called, with its ending.
        budget: how much may still be unpacked; a file of its own has `MOST_BYTES`.
        within: where the file lies itself, for people; "" = it lies by itself.
    """
    # Parsers load slowly: most commands let nothing out, and most files need none of them.
    from workbench.exchange.finished import heads, pictures, plain, sounds

    head = file.read(_HEAD)
    file.seek(0)
    if heads.is_packed(head):
        from workbench.exchange.finished import packed

        yield from packed.read(file, budget or packed.Budget(MOST_BYTES), within, content)
    elif pictures.is_picture(head):
        yield from pictures.read(file.read(), within)
    elif sounds.is_sound(head):
        yield from sounds.read(file, within)
        yield Piece(N_("sound, which cannot be searched"), within or t("content"), unread=True)
    elif heads.is_marked_up(head):
        from workbench.exchange.finished import marked_up

        data = file.read()
        try:
            yield from marked_up.read(data, within)
        except marked_up.NoMarkup:  # a text that only begins so
            yield from plain.read(io.BytesIO(data), head, name, within)
    else:
        yield from plain.read(file, head, name, within)
