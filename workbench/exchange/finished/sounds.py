"""Sound: what is heard cannot be searched, but what was written into the file can."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import BinaryIO

from workbench.exchange.finished.piece import Piece, inside
from workbench.words import Phrase, t

_FLAC = b"fLaC"
_STREAM, _PADDING, _SEEKING, _SAID = 0, 1, 3, 4  # kinds of blocks in a FLAC file
_OF_SOUND = frozenset((b"fmt ", b"data", b"JUNK", b"ds64", b"fact"))
_HOLDING = frozenset((b"moov", b"udta", b"meta", b"ilst"))
_MOST = 4_000_000  # bytes of what is written into it
_UNREAD: Phrase = "in a form that cannot be searched"


def is_sound(head: bytes) -> bool:
    """Tell whether a file that begins like this is sound: FLAC, WAV or M4A."""
    wave = head[:4] in (b"RIFF", b"RF64") and head[8:12] == b"WAVE"
    return head.startswith(_FLAC) or wave or head[4:8] == b"ftyp"


def read(file: BinaryIO, within: str = "") -> Iterator[Piece]:
    """Yield what was written into a file of sound, beside what is heard."""
    part = inside(within, t("properties"))
    file.seek(0)
    head = file.read(12)
    file.seek(0)
    parts = _flac if head.startswith(_FLAC) else _mp4 if head[4:8] == b"ftyp" else _wave
    for text in parts(file):
        yield Piece(text or _UNREAD, part, unread=text is None)


def _flac(file: BinaryIO) -> Iterator[str | None]:
    file.seek(len(_FLAC))
    last = False
    while not last and len(head := file.read(4)) == 4:
        last, kind, length = bool(head[0] & 0x80), head[0] & 0x7F, int.from_bytes(head[1:], "big")
        if kind == _SAID:
            yield from _comments(file.read(length))
            continue
        if kind not in {_STREAM, _PADDING, _SEEKING}:
            yield None
        file.seek(length, os.SEEK_CUR)


def _comments(block: bytes) -> Iterator[str]:
    """Yield maker and comments of a FLAC file; all lengths are in front of what they count."""
    at, number = 0, 0
    while at + 4 <= len(block):
        length = int.from_bytes(block[at : at + 4], "little")
        at += 4
        if number == 1:  # how many comments there are
            number += 1
            continue
        number += 1
        if text := block[at : at + length].decode("utf-8", "replace"):
            yield text
        at += length


def _wave(file: BinaryIO) -> Iterator[str | None]:
    file.seek(12)
    while len(head := file.read(8)) == 8:
        kind, length = head[:4], int.from_bytes(head[4:], "little")
        after = file.tell() + length + length % 2
        if kind == b"LIST" and file.read(4) == b"INFO":
            yield from _infos(file.read(min(length - 4, _MOST)))
        elif kind not in _OF_SOUND:
            yield None
        file.seek(after)


def _infos(block: bytes) -> Iterator[str]:
    at = 0
    while at + 8 <= len(block):
        length = int.from_bytes(block[at + 4 : at + 8], "little")
        yield block[at + 8 : at + 8 + length].rstrip(b"\0").decode("utf-8", "replace")
        at += 8 + length + length % 2


def _mp4(file: BinaryIO) -> Iterator[str | None]:
    end = file.seek(0, os.SEEK_END)
    yield from _boxes(file, 0, end, within=b"")


def _boxes(file: BinaryIO, at: int, end: int, within: bytes) -> Iterator[str | None]:
    """Yield the texts in the boxes between two places of a file."""
    while at + 8 <= end:
        file.seek(at)
        head = file.read(16)
        length, kind, begin = int.from_bytes(head[:4], "big"), head[4:8], 8
        if length == 1:
            length, begin = int.from_bytes(head[8:16], "big"), 16
        length = length or end - at
        if length < begin:
            yield None
            return
        if kind in _HOLDING or within == b"ilst":
            inside = begin + (4 if kind == b"meta" else 0)
            yield from _boxes(
                file, at + inside, at + length, kind if within != b"ilst" else b"item"
            )
        elif kind == b"data" and within == b"item":
            file.seek(at + begin + 8)
            yield file.read(min(max(0, length - begin - 8), _MOST)).decode("utf-8", "replace")
        at += length
