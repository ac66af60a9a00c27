"""Pictures: what is painted cannot be read, but what was written into the file can."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import suppress

from workbench.exchange.finished.piece import Piece, inside
from workbench.words import t

_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_MOST = 4_000_000  # bytes of a text in a picture
_SAID = frozenset((b"tEXt", b"zTXt", b"iTXt", b"eXIf"))
_SHORTEST = 4  # letters; in EXIF, words stand among numbers


def is_picture(head: bytes) -> bool:
    """Tell whether a file that begins like this is a picture."""
    return head.startswith((_PNG, _JPEG))


def read(data: bytes, within: str = "") -> Iterator[Piece]:
    """Yield what was written into a picture, beside what is painted."""
    part = inside(within, t("properties"))
    if data.startswith(_PNG):
        for kind, chunk in _chunks(data):
            if kind in _SAID:
                yield Piece(_of_chunk(kind, chunk), part)
    else:
        for segment in _segments(data):
            yield Piece(_words(segment), part)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_PNG)
    while at + 8 <= len(data):
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        yield kind, data[at + 8 : at + 8 + length]
        at += 12 + length


def _of_chunk(kind: bytes, chunk: bytes) -> str:
    """Return key and words of a chunk: as they are, packed, or with language and translation."""
    if kind == b"eXIf":
        return _words(chunk)
    key, _, rest = chunk.partition(b"\0")
    if kind == b"tEXt":
        return f"{key.decode('latin-1')}: {rest.decode('latin-1')}"
    if kind == b"zTXt":
        return f"{key.decode('latin-1')}: {_grown(rest[1:]).decode('latin-1')}"
    packed = rest[:1] == b"\1"
    language, _, rest = rest[2:].partition(b"\0")
    translated, _, words = rest.partition(b"\0")
    said = (key, language, translated, _grown(words) if packed else words)
    return " ".join(one.decode("utf-8", "replace") for one in said if one)


def _grown(packed: bytes) -> bytes:
    with suppress(zlib.error):
        return zlib.decompressobj().decompress(packed, _MOST)
    return b""


def _segments(data: bytes) -> Iterator[bytes]:
    """Yield what programs wrote into a JPEG: EXIF, XMP, remarks; before the picture itself."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        if data[at + 1] == 0xFE or 0xE1 <= data[at + 1] <= 0xEF:
            yield data[at + 4 : at + 2 + length]
        at += 2 + length


def _words(data: bytes) -> str:
    """Return the texts among numbers, in both ways programs write them."""
    found = []
    for encoding in ("utf-8", "utf-16-le"):
        text = data.decode(encoding, "replace")
        runs = "".join(sign if sign.isprintable() and sign != "�" else "\n" for sign in text)
        found += [run for run in runs.split("\n") if len(run) >= _SHORTEST]
    return "\n".join(found)
