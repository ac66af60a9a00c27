"""What is on its way to a place outside of studies: nothing half-made is left there.

Where the system knows files without a name, what is written has none until it is whole: whatever
ends the program, nothing is left of it. Elsewhere, and for folders, a draft lies beside its place
for as long as it takes. Before it is made it is noted, and at its next start the program removes
what is noted by one that has ended, and nothing else: the note holds the whole path and the random
part of the name.

Notes lie in the program's own folder. A study that came from somewhere else shall not say what is
deleted here, one that may only be read can be copied and exported all the same, and what is left
goes at the next start, whichever study is opened. Neither note nor draft says what it will be.
Inside a study a draft needs no note: whoever opens that knows what its drafts are called.
"""

from __future__ import annotations

import json
import logging
import os
import re
import secrets
import shutil
import stat
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from workbench import held, paths, rights

_NOTE = re.compile(r"(?P<token>[0-9a-f]{16})\.json")
_UNREAD_S = 60  # until a note without words is one whose program ended as it began
_FORGOTTEN_S = 180 * 86_400  # until nobody waits any more for a disk to come back
_NAMELESS: int = getattr(os, "O_TMPFILE", 0)
_log = logging.getLogger(__name__)


class Draft:
    """A file or folder beside the place that it takes when it is complete.

    Whoever makes one closes it, whatever has become of it.

    Args:
        place: where it will be.
        ending: of the draft's name.

    Attributes:
        path: where it is written; nothing is there yet.
    """

    def __init__(self, place: Path, ending: str = "") -> None:
        token = secrets.token_hex(8)
        self.path = place.with_name(f".workbench-{token}{ending}")
        self._place = place
        self._note = _notes() / f"{token}.json"
        self._held = _noted(self._note, self.path)

    def put(self) -> None:
        """Let it take its place; a file that is there is replaced.

        Raises:
            OSError: it cannot.
        """
        self.path.replace(self._place)

    def close(self) -> None:
        """Remove what did not take its place; harmless when it is done.

        What cannot be removed now, as where another program has it open, stays noted.
        """
        gone = _remove(self.path)
        if self._held >= 0:
            os.close(self._held)  # Windows deletes nothing that is open
            self._held = -1
            with suppress(OSError):
                if gone:
                    self._note.unlink(missing_ok=True)


def draft(place: Path) -> closing[Draft]:
    """Return a draft of a file, gone at the end of the block if it was not put in its place."""
    return closing(Draft(place, place.suffix))


def folder(place: Path) -> closing[Draft]:
    """Return a draft of a folder; see `draft`."""
    return closing(Draft(place))


@contextmanager
def renewed(path: Path) -> Iterator[Path]:
    """Let a file of a study be written anew, all of it or nothing: where the block writes it."""
    draft = paths.draft_of(path)
    try:
        yield draft
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


class Nameless:
    """A file that has no name until it is whole, on the disk where its place is.

    Args:
        place: where it will be.

    Attributes:
        path: under which it is written and read meanwhile, also by child processes.

    Raises:
        OSError: the system, or the disk, knows no such files.
    """

    def __init__(self, place: Path) -> None:
        if not _NAMELESS:
            raise OSError("no files without a name")
        self._place = place
        self._file = os.open(place.parent, os.O_RDWR | _NAMELESS, 0o666)
        self.path = Path(f"/proc/{os.getpid()}/fd/{self._file}")
        if not self.path.exists():  # a system without that folder
            self.close()
            raise OSError("no path of an open file")

    def put(self) -> None:
        """Give it its name; a file that is there is replaced.

        Raises:
            OSError: it cannot.
        """
        with suppress(OSError):
            self._call(self._place)
            return
        with draft(self._place) as whole:  # since no file can be given the name of another
            try:
                self._call(whole.path)
            except OSError:  # a disk that knows files without a name, but gives them none later
                whole.path.touch(exist_ok=False)
                shutil.copyfile(self.path, whole.path)
            whole.put()

    def close(self) -> None:
        """Let go of it."""
        os.close(self._file)

    def _call(self, place: Path) -> None:
        folder = os.open(place.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.link(self.path, place.name, dst_dir_fd=folder)  # which follows the link in /proc
        finally:
            os.close(folder)


def sweep() -> None:
    """Remove what programs have left that ended suddenly; others are still at work on theirs."""
    try:
        notes = [path for path in _notes().iterdir() if _NOTE.fullmatch(path.name)]
    except OSError:  # nothing was ever on its way
        return
    left = [(_told(note), note) for note in notes if not held.is_held(note)]
    # What lies in a draft of a folder comes first: it is no disk that went away.
    for path, note in sorted(left, key=lambda one: -len(one[0].parts) if one[0] else 0):
        try:
            _settle(path, note)
        except OSError as problem:  # tried again at the next start
            _log.warning("a draft stays: %s", problem.strerror)


def _settle(path: Path | None, note: Path) -> None:
    age = time.time() - note.stat().st_mtime
    if path is None:
        if age > _UNREAD_S:
            note.unlink(missing_ok=True)
        return
    if path.parent.is_dir():
        if not _remove(path):
            return
    elif age < _FORGOTTEN_S:  # on a disk that is not there just now
        return
    note.unlink(missing_ok=True)


def _told(note: Path) -> Path | None:
    """Return the draft that a note tells of, if it can be one."""
    try:
        path = Path(json.loads(note.read_text("utf-8"))["path"])
    except (OSError, ValueError, TypeError, LookupError):
        return None
    named = path.name.startswith(f".workbench-{note.stem}") and path.is_absolute()
    return path if named else None


def _noted(note: Path, path: Path) -> int:
    """Write a note before there is a draft, and hold it; -1 where there can be none.

    What is to be written is worth more than that it would be cleared up after a sudden end.
    """
    try:
        rights.own_folder(note.parent)
        file = os.open(note, os.O_RDWR | os.O_CREAT | os.O_EXCL | paths.NO_LINKS, 0o600)
    except OSError as problem:
        _log.warning("a draft is not noted: %s", problem.strerror)
        return -1
    with suppress(OSError):  # a share without locks
        held.take(file)
    with suppress(OSError):
        os.write(file, json.dumps({"path": str(path.absolute())}).encode())
    return file


def _remove(path: Path) -> bool:
    """Delete a draft of ours; tell whether nothing is there. A link was made by somebody else."""
    with suppress(OSError):
        kind = path.lstat().st_mode
        if stat.S_ISDIR(kind):
            shutil.rmtree(path, ignore_errors=True)
        elif stat.S_ISREG(kind):
            path.unlink()
    return not os.path.lexists(path)


def _notes() -> Path:
    return paths.data_dir() / "underway"


__all__ = ["Draft", "Nameless", "draft", "folder", "renewed", "sweep"]
