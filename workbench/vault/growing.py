"""A sealed file that grows: what was added is safe at once, whatever ends the program.

A recording and the words of a recognition are written piece by piece, so no last block can say that
nothing is missing. Each piece is sealed for its number in the file, and what a sudden end left half
written at the end is passed over. A head of fixed length in front may be written anew, as a
recording needs it to tell its length.
"""

from __future__ import annotations

import os
import secrets
from bisect import bisect_right
from pathlib import Path
from typing import IO

from workbench import rights
from workbench.vault import parts
from workbench.vault.blocks import BLOCK
from workbench.vault.keys import FileKey
from workbench.vault.parts import AROUND
from workbench.vault.refusals import Spoilt
from workbench.words import Phrase

SIGN = b"WGrow01\n"
_COUNT = 4  # bytes that say how long something is
_START = len(SIGN) + 16 + _COUNT
_HEAD_NUMBER = (1 << 64) - 1


class Sealed:
    """The pieces of a growing file.

    Args:
        file: open for reading; for writing too where it shall grow.

    Attributes:
        head: the bytes in front that may change; empty where what is there is torn.
    """

    def __init__(self, file: IO[bytes], name: str, key: FileKey) -> None:
        self._file, self._name = file, name
        file.seek(0)
        self._sign = file.read(_START)
        if len(self._sign) < _START or not self._sign.startswith(SIGN):
            raise Spoilt(name, "its begin is damaged")
        self._cipher = key.of(self._sign[len(SIGN) : -_COUNT])
        self._wide = int.from_bytes(self._sign[-_COUNT:], "big")
        self._first = _START + (self._wide + AROUND if self._wide else 0)
        if self._wide > BLOCK:
            raise Spoilt(name, "its begin is damaged")
        self.head = self._read_head()
        self._places: list[int] = []  # of the pieces, in the sealed file
        self._begins: list[int] = []  # of the pieces, in what they hold
        self._end = self._first
        self.length = self._count()

    def find(self, at: int) -> tuple[int, int]:
        """Return which piece holds a byte, and where that begins."""
        number = bisect_right(self._begins, at) - 1
        return number, self._begins[number]

    def part(self, number: int) -> bytes:
        """Open a piece."""
        self._file.seek(self._places[number])
        wide = int.from_bytes(self._file.read(_COUNT), "big")
        return self._opened(self._file.read(wide + AROUND), number)

    def add(self, clear: bytes) -> None:
        """Write what is to follow, in pieces."""
        for at in range(0, len(clear), BLOCK):
            part = clear[at : at + BLOCK]
            place = self._file.seek(self._end)
            number = len(self._places)
            self._file.write(len(part).to_bytes(_COUNT, "big") + self._closed(part, number))
            self._places.append(place)
            self._begins.append(self.length)
            self.length += len(part)
            self._end = self._file.tell()

    def set_head(self, head: bytes) -> None:
        """Write the head anew."""
        self._file.seek(_START)
        self._file.write(self._closed(head, _HEAD_NUMBER))
        self.head = head

    def cut(self, length: int) -> None:
        """Let go of what is behind a length."""
        if length >= self.length:
            self._file.truncate(self._end)
            return
        number, begin = self.find(length)
        clear = self.part(number)
        self._end = self._places[number]
        del self._places[number:], self._begins[number:]
        self.length = begin
        self._file.truncate(self._end)
        self.add(clear[: length - begin])

    def flush(self) -> int:
        """Hand everything to the system, and return by which number it knows the file."""
        self._file.flush()
        return self._file.fileno()

    def _count(self) -> int:
        """Look where the pieces are; one that a sudden end left half written is none."""
        size, place, length = self._file.seek(0, os.SEEK_END), self._first, 0
        while place + _COUNT <= size:
            self._file.seek(place)
            wide = int.from_bytes(self._file.read(_COUNT), "big")
            behind = place + _COUNT + wide + AROUND
            if not 0 < wide <= BLOCK or behind > size:
                break
            self._places.append(place)
            self._begins.append(length)
            place, length = behind, length + wide
        self._end = place
        return length - self._torn(length)

    def _torn(self, length: int) -> int:
        """Forget the last piece where its bytes never came to the disk; return how many it held.

        Args:
            length: how many all pieces hold.
        """
        if not self._places:
            return 0
        try:
            self.part(len(self._places) - 1)
        except Spoilt:
            self._end = self._places.pop()
            return length - self._begins.pop()
        return 0

    def _read_head(self) -> bytes:
        sealed = self._file.read(self._wide + AROUND) if self._wide else b""
        try:
            return self._opened(sealed, _HEAD_NUMBER) if sealed else b""
        except Spoilt:
            return b""

    def _closed(self, clear: bytes, number: int) -> bytes:
        return parts.sealed(self._cipher, clear, self._said(number, len(clear)))

    def _opened(self, sealed: bytes, number: int) -> bytes:
        said = self._said(number, len(sealed) - AROUND)
        try:
            return parts.opened(self._cipher, sealed, said)
        except parts.Changed:
            what: Phrase = "its piece {number} is not as it was written"
            raise Spoilt(self._name, what, number=number + 1) from None

    def _said(self, number: int, length: int) -> bytes:
        return self._sign + number.to_bytes(8, "big") + max(0, length).to_bytes(_COUNT, "big")


class Grown:
    """A growing file as it is now, its head and what was added, as `parts.Reader` reads it.

    Attributes:
        size: how many bytes they hold together.
    """

    def __init__(self, file: IO[bytes], name: str, key: FileKey) -> None:
        self._sealed = Sealed(file, name, key)
        self._ahead = len(self._sealed.head)
        self.size = self._ahead + self._sealed.length

    def find(self, at: int) -> tuple[int, int]:
        """Return which piece holds a byte, and where that begins; the head is piece −1."""
        if at < self._ahead:
            return -1, 0
        number, begin = self._sealed.find(at - self._ahead)
        return number, begin + self._ahead

    def part(self, number: int) -> bytes:
        """Open a piece."""
        return self._sealed.head if number < 0 else self._sealed.part(number)

    def require_end(self) -> None:
        """Take it as it is: what was written last could always have been the end."""


def create(path: Path, key: FileKey, head: bytes = b"", *, new: bool = False) -> None:
    """Write an empty growing file with a head, whose length is fixed from now on.

    Args:
        new: refuse what is there already.
    """
    rights.claim(path, new=new)
    with path.open("wb") as file:
        file.write(SIGN + secrets.token_bytes(16) + len(head).to_bytes(_COUNT, "big"))
    if head:
        with path.open("r+b") as file:
            Sealed(file, str(path), key).set_head(head)
