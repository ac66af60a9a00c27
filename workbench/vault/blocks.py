"""A file in sealed blocks: written once, read from any place, and known to be whole.

A file begins with a sign and its own random number, of which with the study's key its own key is
made. Then come blocks of 64 KiB, each with a random nonce before and a tag behind it. The tag also
stands for the number of the file, the number of the block, and whether it is the last one: so a
block that was changed, moved, taken from another file or left out is noticed, and so is a file
that was cut short. Even an empty file has a last block.
"""

from __future__ import annotations

import io
import os
import secrets
from pathlib import Path
from typing import IO

from typing_extensions import Buffer, override

from workbench import rights
from workbench.vault import parts
from workbench.vault.keys import FileKey
from workbench.vault.refusals import Spoilt
from workbench.words import Phrase

SIGN = b"WBlock1\n"
BLOCK = 65_536
HEAD = len(SIGN) + 16
_SEALED = BLOCK + parts.AROUND


class Writer(io.RawIOBase):
    """Writes a sealed file from its beginning to its end; `finish` before it is closed.

    What stands in the first block may be written anew until then: formats of sound tell there how
    long they are.
    """

    def __init__(self, path: Path, key: FileKey) -> None:
        super().__init__()
        self._head = SIGN + secrets.token_bytes(HEAD - len(SIGN))
        self._cipher = key.of(self._head[len(SIGN) :])
        self._number = 1
        self._first, self._rest = bytearray(), bytearray()
        self._at = self._end = 0
        rights.claim(path)
        self._file = path.open("wb")
        self._file.write(self._head)

    @override
    def writable(self) -> bool:
        return True

    @override
    def seekable(self) -> bool:
        return True

    @override
    def tell(self) -> int:
        return self._at

    @override
    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._end}[whence]
        self._at = base + offset
        return self._at

    @override
    def write(self, data: Buffer, /) -> int:
        view = memoryview(data).cast("B")
        if not view:
            return 0
        if self._at < min(self._end, BLOCK):
            into = self._first
            part = view[: BLOCK - self._at]
            into[self._at : self._at + len(part)] = part
        elif self._at != self._end:
            raise io.UnsupportedOperation("only what stands in the first block is written anew")
        elif self._end < BLOCK:
            part = view[: BLOCK - self._end]
            self._first += part
        else:
            part = view
            self._rest += part
            self._pass_on()
        self._at += len(part)
        self._end = max(self._end, self._at)
        if len(part) < len(view):
            self.write(view[len(part) :])
        return len(view)

    def _pass_on(self) -> None:
        at = 0
        while len(self._rest) - at > BLOCK:  # a whole one waits, for it may be the last
            self._seal(bytes(self._rest[at : at + BLOCK]), self._number, last=False)
            self._number += 1
            at += BLOCK
        del self._rest[:at]

    def finish(self, *, sync: bool = False) -> None:
        """Write the last block, which says that nothing is missing."""
        if self._rest:
            self._seal(bytes(self._rest), self._number, last=True)
        self._seal(bytes(self._first), 0, last=not self._rest)
        self._file.flush()
        if sync:
            os.fsync(self._file.fileno())

    @override
    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()

    def _seal(self, clear: bytes, number: int, *, last: bool) -> None:
        said = _said(self._head, number, last=last)
        self._file.seek(HEAD + number * _SEALED)
        self._file.write(parts.sealed(self._cipher, clear, said))


class Blocks:
    """The blocks of a sealed file, as `parts.Reader` reads them.

    Args:
        file: open for reading.
        key: the study's.

    Attributes:
        size: how many bytes they hold together.
    """

    def __init__(self, file: IO[bytes], name: str, key: FileKey) -> None:
        self._file, self._name = file, name
        file.seek(0)
        self._head = file.read(HEAD)
        if len(self._head) < HEAD or not self._head.startswith(SIGN):
            raise Spoilt(name, "its begin is damaged")
        self._cipher = key.of(self._head[len(SIGN) :])
        sealed = file.seek(0, os.SEEK_END) - HEAD
        self._count = -(-sealed // _SEALED)
        self.size = clear_size(sealed + HEAD)
        if self._count < 1 or self.size < 0:
            raise Spoilt(name, "its end is missing")

    def find(self, at: int) -> tuple[int, int]:
        """Return which block holds a byte, and where that begins."""
        number = at // BLOCK
        return number, number * BLOCK

    def part(self, number: int) -> bytes:
        """Open a block."""
        self._file.seek(HEAD + number * _SEALED)
        said = _said(self._head, number, last=number == self._count - 1)
        try:
            return parts.opened(self._cipher, self._file.read(_SEALED), said)
        except parts.Changed:
            what: Phrase = "its part {number} of {count} is not as it was written"
            raise Spoilt(self._name, what, number=number + 1, count=self._count) from None

    def require_end(self) -> None:
        """Make sure that nothing is missing, which is known by the last block."""
        self.part(self._count - 1)


def clear_size(sealed: int) -> int:
    """Return how many bytes a sealed file of a size holds."""
    count = -(-(sealed - HEAD) // _SEALED)
    return sealed - HEAD - count * parts.AROUND


def _said(head: bytes, number: int, *, last: bool) -> bytes:
    return head + number.to_bytes(8, "big") + bytes([last])
