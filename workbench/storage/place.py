"""A study stays where it was opened; one that was moved or replaced must not be written into."""

from __future__ import annotations

import os
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from workbench.errors import EnvironmentProblem
from workbench.paths import BINARY
from workbench.storage import content, driver
from workbench.storage.content import Content
from workbench.words import Phrase, said

_HEAD = 100  # bytes of SQLite's file header: how it is written, and how often


class StudyGone(EnvironmentProblem):
    """The open study is no longer where it was opened; it can still be read and copied."""


class Place:
    """Watches that the files of an open study are those that were opened, and hold what we wrote.

    SQLite holds files, not names: it would go on writing into one that nobody can find any more.
    Nor does it look whether somebody writes into its file while it keeps a log. The file changes
    only when that log is folded in, so whenever its times or size are others without that, it is
    looked into.

    Args:
        file: the database, which is open.

    Attributes:
        overwritten: another program has written into the file; what it held is gone.
        grown: something was written that is in the log alone.
    """

    def __init__(self, file: Path) -> None:
        self.overwritten = self.grown = False
        self._file = file
        self._opened: dict[Path, os.stat_result] = {}
        self._writing = Lock()
        self._holder: driver.Connection | None = None
        self._stamp: tuple[int, ...] = ()
        self._content: Content | None = None
        self._begin = b""
        # Open until SQLite has closed its own: closing it takes away the locks SQLite holds.
        self._reader = os.open(file, os.O_RDONLY | BINARY)
        self._closed = weakref.finalize(self, os.close, self._reader)
        self.watch(file)
        self._remember()

    def watch(self, file: Path) -> None:
        """Remember which file this is; one that is not there yet is not watched."""
        try:
            self._opened[file] = file.stat()
        except FileNotFoundError:
            return

    def hold(self) -> None:
        """Let nothing be folded into the file when the study is closed, until `let_go`.

        SQLite folds a log in with whatever connection is closed last; so one that may not write
        is kept open.
        """
        if self._holder is None:
            self._holder = driver.connect(self._file, "mode=ro")
            # Opens file and log, and reads nothing of what is in them.
            self._holder.execute("PRAGMA user_version").fetchone()

    def let_go(self) -> None:
        """End what `hold` began; before the file may be folded in."""
        if self._holder is not None:
            self._holder.close()
            self._holder = None

    def leave(self) -> None:
        """Look no more; the file is closed."""
        self.let_go()
        self._closed()

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Take for our own what is written into the file meanwhile."""
        with self._writing:
            try:
                yield
            finally:
                self._remember()
                self.grown = False

    @property
    def trouble(self) -> StudyGone | None:
        """Return what was moved, deleted, replaced or written over; what was put back is not."""
        for file, before in self._opened.items():
            try:
                now = file.stat()
            except OSError:
                return _gone(file)
            if not os.path.samestat(before, now):
                return _strange("study-replaced", file, "replaced by another file")
            if file == self._file and _stamp(now) != self._stamp:
                self._look(now)
        if self.overwritten:
            return _strange("study-overwritten", self._file, "written over by another program")
        return None

    def require(self) -> None:
        """Make sure that all is still in its place.

        Raises:
            StudyGone: it is not.
        """
        if (trouble := self.trouble) is not None:
            raise trouble

    def holds_all(self, found: Content | None) -> bool:
        """Tell whether what was read through the open study can be all that was done in it."""
        if found is None or self._content is None:
            return False
        if self.grown:  # then what was done last is read from our own log
            return found.study == self._content.study and found.counted >= self._content.counted
        return found.is_moment_of(self._content)

    def _look(self, now: os.stat_result) -> None:
        """Look into a file whose times are others: a program may only have touched it."""
        if self.overwritten or not self._writing.acquire(blocking=False):
            return  # a long step folds its log in just now
        try:
            built = self._content.built if self._content else None
            same = self._head() == self._begin
            self.overwritten = not same or content.of_file(self._file, built) != self._content
            self._stamp = _stamp(now)
        finally:
            self._writing.release()

    def _remember(self) -> None:
        try:
            self._stamp = _stamp(self._file.stat())
        except OSError:  # `require` says so
            return
        self._begin = self._head()
        self._content = content.of_file(self._file)

    def _head(self) -> bytes:
        os.lseek(self._reader, 0, os.SEEK_SET)
        return os.read(self._reader, _HEAD)


def _stamp(found: os.stat_result) -> tuple[int, ...]:
    return (found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def _gone(file: Path) -> StudyGone:
    return StudyGone(
        "study-gone",
        "“{file}” is no longer there: it was moved, renamed or deleted while the study was"
        " open, or its disk was taken away.",
        "Put it back, or save a copy of what is open; until then nothing more can be kept.",
        file=file,
    )


def _strange(code: str, file: Path, what: Phrase) -> StudyGone:
    return StudyGone(
        code,
        "“{file}” of the study “{study}” was {what} while the study was open, as programs do that"
        " synchronise folders.",
        "Save a copy of what is open; nothing more can be kept in this place.",
        file=file.name,
        study=file.parent.stem,
        what=said(what),
    )


__all__ = ["Place", "StudyGone"]
