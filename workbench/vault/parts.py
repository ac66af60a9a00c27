"""What all sealed files have in common: parts, each sealed for its place, read from any place.

A part has a random nonce before and a tag behind it. The tag also stands for what is said of the
part, such as its file and its number, so that one that was changed, moved or taken from another
file is not opened.
"""

from __future__ import annotations

import io
import os
import secrets
from collections import OrderedDict
from typing import IO, Any, Protocol

from typing_extensions import Buffer, override

from workbench.vault.keys import ciphers

NONCE, TAG = 12, 16
AROUND = NONCE + TAG
_KEPT = 8  # parts that stay open: a film is read in two places at once


class Changed(Exception):
    """A part is not as it was sealed."""


def sealed(cipher: Any, clear: bytes, said: bytes) -> bytes:
    """Seal a part, and what is said of it."""
    nonce = secrets.token_bytes(NONCE)
    closed: bytes = cipher.encrypt(nonce, clear, said)
    return nonce + closed


def opened(cipher: Any, part: bytes, said: bytes) -> bytes:
    """Open a part.

    Raises:
        Changed: it is another one, or something else is said of it.
    """
    try:
        clear: bytes = cipher.decrypt(part[:NONCE], part[NONCE:], said)
    except (ciphers().InvalidTag, ValueError, OverflowError) as problem:
        raise Changed from problem
    return clear


class Parts(Protocol):
    """The parts of one sealed file."""

    @property
    def size(self) -> int:
        """Return how many bytes they hold together."""
        ...

    def find(self, at: int) -> tuple[int, int]:
        """Return which part holds a byte, and where that begins."""
        ...

    def part(self, number: int) -> bytes:
        """Open a part.

        Raises:
            Spoilt: it is not as it was written.
        """
        ...

    def require_end(self) -> None:
        """Make sure that nothing is missing at the end, as far as that can be known.

        Raises:
            Spoilt: something is.
        """
        ...


class Reader(io.RawIOBase):
    """Reads a sealed file from any place; only the parts that are asked for are opened.

    Args:
        file: the sealed file, open for reading; it is closed with this.
        parts: of it.

    Raises:
        Spoilt: while reading, where the file is not as it was written.
    """

    def __init__(self, file: IO[bytes], name: str, parts: Parts) -> None:
        super().__init__()
        self.name = name
        self.size = parts.size
        self._file, self._parts = file, parts
        self._at = 0
        self._open: OrderedDict[int, bytes] = OrderedDict()

    @override
    def readable(self) -> bool:
        return True

    @override
    def seekable(self) -> bool:
        return True

    @override
    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self.size}[whence]
        self._at = max(0, base + offset)
        return self._at

    @override
    def tell(self) -> int:
        return self._at

    @override
    def readinto(self, into: Buffer, /) -> int:
        view = memoryview(into).cast("B")
        if self._at >= self.size or not len(view):
            self._parts.require_end()
            return 0
        number, begin = self._parts.find(self._at)
        start = self._at - begin
        found = self._part(number)[start : start + len(view)]
        view[: len(found)] = found
        self._at += len(found)
        return len(found)

    @override
    def close(self) -> None:
        if not self.closed:
            self._open.clear()
            self._file.close()
        super().close()

    def _part(self, number: int) -> bytes:
        clear = self._open.get(number)
        if clear is None:
            clear = self._open[number] = self._parts.part(number)
            if len(self._open) > _KEPT:
                self._open.popitem(last=False)
        else:
            self._open.move_to_end(number)
        return clear
