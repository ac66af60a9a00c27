"""The door to the files of studies: locked ones are sealed and opened here, others are just files.

Whether a file is sealed is known by its first bytes; whether a new one shall be, by whether it lies
in a locked study. Nothing is ever written in clear beside it.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Protocol

from typing_extensions import Buffer

from workbench import rights
from workbench.paths import BINARY, NO_LINKS
from workbench.vault import blocks, growing, ring
from workbench.vault.keys import FileKey
from workbench.vault.parts import Parts, Reader

_BLOCK = 1 << 20
_SEALED: dict[bytes, Callable[[IO[bytes], str, FileKey], Parts]] = {
    blocks.SIGN: blocks.Blocks,
    growing.SIGN: growing.Grown,
}


class Into(Protocol):
    """Where the bytes of a new file go."""

    def write(self, data: Buffer, /) -> int:
        """Add bytes."""

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go back to where something of the first bytes is to be written anew, or to the end."""

    def tell(self) -> int:
        """Return where bytes are written next."""


def opened(path: Path, *, of: Path | None = None) -> io.BufferedReader:
    """Open a file of a study for reading, from any place of it.

    Args:
        path: the file.
        of: the study whose it is, where it does not lie in its folder.

    Raises:
        OSError: it cannot be read; while reading, also where it is not as it was locked.
    """
    key = ring.file_key(of or path)
    return path.open("rb") if key is None else _opened(path.open("rb"), str(path), key)


def size(path: Path) -> int:
    """Return how many bytes a file of a study holds.

    Raises:
        OSError: it cannot be read.
    """
    if ring.file_key(path) is None:
        return path.stat().st_size
    with opened(path) as file:
        return file.seek(0, os.SEEK_END)


def read(path: Path) -> bytes:
    """Return all that a file of a study holds.

    Raises:
        OSError: it cannot be read.
    """
    with opened(path) as file:
        return file.read()


def _go_on(_much: int) -> None:
    return


def checksum(path: Path, on_block: Callable[[int], None] = _go_on) -> str:
    """Return the SHA-256 of what a file of a study holds.

    Args:
        path: the file.
        on_block: told how many bytes each block has; it may raise to stop.

    Raises:
        OSError: it cannot be read.
    """
    found = hashlib.sha256()
    with opened(path) as file:
        while block := file.read(_BLOCK):
            found.update(block)
            on_block(len(block))
    return found.hexdigest()


def write(path: Path, data: bytes) -> None:
    """Write a whole file of a study; whoever wants all or nothing writes a draft and renames it.

    Raises:
        OSError: it cannot be written.
    """
    with writing(path) as file:
        file.write(data)


@contextlib.contextmanager
def writing(path: Path, *, sync: bool = False, of: Path | None = None) -> Iterator[Into]:
    """Write a file of a study from its beginning to its end; its first bytes may be written anew.

    Args:
        path: the file; what is there already goes.
        sync: wait until it is on the disk.
        of: the study whose it is, where it does not lie in its folder.

    Raises:
        OSError: it cannot be written.
    """
    key = ring.file_key(of or path)
    if key is not None:
        with blocks.Writer(path, key) as sealed:
            yield sealed
            sealed.finish(sync=sync)
        return
    rights.claim(path)
    with path.open("wb") as file:
        yield file
        file.flush()
        if sync:
            os.fsync(file.fileno())


def is_sealed(path: Path) -> bool:
    """Tell whether a file is sealed, by its first bytes.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return file.read(len(blocks.SIGN)) in _SEALED


class Growing(Protocol):
    """A file of a study that grows: a head that may change, then what is added.

    Attributes:
        head: the bytes in front; what is there, for a file that is opened again.
        length: how many bytes are behind it.
    """

    head: bytes
    length: int

    def add(self, data: bytes) -> None:
        """Add bytes; they are surely there after `sync`."""

    def set_head(self, head: bytes) -> None:
        """Write the head anew."""

    def cut(self, length: int) -> None:
        """Let go of what is behind a length."""

    def flush(self) -> int:
        """Hand everything to the system, and return by which number that can be told to sync."""

    def sync(self) -> None:
        """Force everything to the disk."""

    def close(self) -> None:
        """Close the file; harmless when it is closed."""


class _PlainGrowing:
    def __init__(self, file: IO[bytes], head: int) -> None:
        self._file, self._ahead = file, head
        file.seek(0)
        self.head = file.read(head)
        self.length = max(0, file.seek(0, os.SEEK_END) - head)

    def add(self, data: bytes) -> None:
        self._file.write(data)
        self.length += len(data)

    def set_head(self, head: bytes) -> None:
        self._file.seek(0)
        self._file.write(head)
        self._file.seek(self._ahead + self.length)
        self.head = head

    def cut(self, length: int) -> None:
        self._file.truncate(self._ahead + length)
        self._file.seek(self._ahead + length)
        self.length = length

    def flush(self) -> int:
        self._file.flush()
        return self._file.fileno()

    def sync(self) -> None:
        os.fsync(self.flush())

    def close(self) -> None:
        self._file.close()


class _SealedGrowing:
    def __init__(self, file: IO[bytes], name: str, key: FileKey) -> None:
        self._file = file
        self._sealed = growing.Sealed(file, name, key)
        self._waiting = bytearray()  # a piece for every sound that is heard would be too many
        self.head, self.length = self._sealed.head, self._sealed.length

    def add(self, data: bytes) -> None:
        self._waiting += data
        self.length += len(data)
        if len(self._waiting) >= blocks.BLOCK:
            self._flush()

    def set_head(self, head: bytes) -> None:
        self._flush()
        self._sealed.set_head(head)
        self.head = head

    def cut(self, length: int) -> None:
        self._flush()
        self._sealed.cut(length)
        self.length = length

    def flush(self) -> int:
        self._flush()
        return self._sealed.flush()

    def sync(self) -> None:
        os.fsync(self.flush())

    def close(self) -> None:
        if not self._file.closed:
            try:
                self._flush()
            finally:
                self._file.close()

    def _flush(self) -> None:
        if self._waiting:
            clear = bytes(self._waiting)
            self._waiting.clear()
            self._sealed.add(clear)


def begin(path: Path, head: bytes = b"", *, new: bool = False) -> Growing:
    """Begin a file that grows.

    Args:
        path: the file.
        head: what stands in front; its length is fixed from now on.
        new: refuse what is there already.

    Raises:
        OSError: it cannot be written.
    """
    key = ring.file_key(path)
    if key is not None:
        growing.create(path, key, head, new=new)
        return _SealedGrowing(path.open("r+b"), str(path), key)
    rights.claim(path, new=new)
    found = _PlainGrowing(path.open("w+b"), len(head))
    if head:
        found.set_head(head)
    return found


def go_on(path: Path, head: int = 0) -> Growing:
    """Open a file that grows, to go on with it; no link is followed.

    Args:
        path: the file.
        head: how many bytes in front may change.

    Raises:
        OSError: it cannot be read or written, or is not as it was written.
    """
    file = os.fdopen(os.open(path, os.O_RDWR | NO_LINKS | BINARY), "r+b")
    try:
        key = ring.file_key(path)
        if key is not None and file.read(len(growing.SIGN)) == growing.SIGN:
            return _SealedGrowing(file, str(path), key)
        return _PlainGrowing(file, head)
    except BaseException:
        file.close()
        raise


def _opened(file: io.BufferedReader, name: str, key: FileKey) -> io.BufferedReader:
    try:
        sign = file.read(len(blocks.SIGN))
        if of := _SEALED.get(sign):
            return io.BufferedReader(Reader(file, name, of(file, name, key)), blocks.BLOCK)
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return file
