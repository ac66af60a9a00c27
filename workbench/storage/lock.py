"""One program writes to a study: a lock file says who."""

from __future__ import annotations

import json
import os
import socket
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from getpass import getuser
from pathlib import Path

from workbench.errors import UserError


class StudyLocked(UserError):
    """Another program has the study open for writing."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a lock."""

    host: str
    user: str
    pid: int
    since: str


class StudyLock:
    """The lock file of a study folder.

    The operating system holds the lock, so that it ends with the process however that dies;
    the file's text tells others who it is. On shares without locks the text alone decides.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = -1

    def acquire(self) -> None:
        """Take the lock.

        Raises:
            StudyLocked: somebody else has it; the message names them.
            OSError: the folder cannot be written.
        """
        self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _lock(self._file)
        except OSError:
            holder = self._read()
            self._close()
            who = f"{holder.user} on {holder.host} since {holder.since}" if holder else "someone"
            raise StudyLocked(
                "study-locked",
                f"The study “{self._path.parent.stem}” is open in another program ({who}).",
                "Close it there, or open the study for reading only.",
            ) from None
        text = json.dumps(
            {
                "host": socket.gethostname(),
                "user": _user(),
                "pid": os.getpid(),
                "since": datetime.now(UTC).isoformat(timespec="minutes"),
            }
        )
        os.ftruncate(self._file, 0)
        os.write(self._file, text.encode())

    def release(self) -> None:
        """Give the lock back; harmless when it was never taken."""
        if self._file >= 0:
            self._close()
            self._path.unlink(missing_ok=True)

    def _close(self) -> None:
        os.close(self._file)
        self._file = -1

    def _read(self) -> Holder | None:
        try:
            return Holder(**json.loads(self._path.read_text()))
        except (OSError, ValueError, TypeError):
            return None


def _user() -> str:
    try:
        return getuser()
    except (OSError, KeyError):  # no account entry, as in some containers
        return "somebody"


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        # Beyond the text, which other programs must still be able to read.
        os.lseek(file, 4096, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        os.lseek(file, 0, os.SEEK_SET)
else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
