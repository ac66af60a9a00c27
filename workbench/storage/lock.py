"""One program writes to a study: a lock file says who."""

from __future__ import annotations

import errno
import json
import os
import socket
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from getpass import getuser
from pathlib import Path

from typing_extensions import override

from workbench import held, rights
from workbench.domain.moments import day, moment
from workbench.errors import UserError, Way
from workbench.paths import NO_LINKS
from workbench.words import said, t

# What the system says when somebody holds the lock; anything else means it has no locks here.
_HELD = (errno.EACCES, errno.EAGAIN, errno.EDEADLK, errno.EWOULDBLOCK)
_MOMENT_S = 0.05
_MOMENTS = 40


class StudyLocked(UserError):
    """Another program has the study open for writing."""

    ways = (Way.AGAIN,)


class LockedElsewhere(StudyLocked):
    """Another computer seems to have it open; only people can know that it has not."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a lock."""

    host: str
    user: str
    pid: int
    since: str

    @override
    def __str__(self) -> str:
        date, time = moment(self.since)
        if not time:
            return t("{user} on {host}", user=self.user, host=self.host)
        return t(
            "{user} on {host} since {date}, {time}",
            user=self.user,
            host=self.host,
            date=day(date),
            time=time,
        )


class StudyLock:
    """The lock file of a study folder.

    The operating system holds the lock, so that it ends with the process however that dies;
    the file's text tells others who it is. On shares without locks the text alone decides, and so
    it does for another computer, of whose locks the system here may know nothing: the folder may be
    one that is synchronised.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = -1

    def acquire(self) -> None:
        """Take the lock.

        Raises:
            LockedElsewhere: another computer has it, or left it there.
            StudyLocked: somebody else has it; the message names them.
            OSError: the folder cannot be written.
        """
        while self._file < 0:
            mode = rights.of_file(self._path)
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | NO_LINKS, mode)
            try:
                self._take_from_system()
                self._sign()
            except BaseException:
                self._close()
                raise
            if not self._is_in_place():
                self._close()

    def release(self) -> None:
        """Give the lock back; harmless when it was never taken."""
        if self._file < 0:
            return
        # Unlinked while it is held, so that nobody can take it in between.
        with suppress(OSError):  # Windows keeps files that are open; an empty one names nobody
            if self._is_in_place():
                os.ftruncate(self._file, 0)
                self._path.unlink(missing_ok=True)
        self._close()

    def take_over(self) -> None:
        """Remove the lock of another computer: somebody has decided that it is held no more.

        Raises:
            StudyLocked: a program here has it.
            OSError: the folder cannot be written.
        """
        if not self._path.exists():
            return
        self._file = os.open(self._path, os.O_RDWR | NO_LINKS)
        try:
            self._take_from_system()
        except BaseException:
            self._close()
            raise
        self.release()

    def _take_from_system(self) -> None:
        for moments in reversed(range(_MOMENTS)):
            problem = _refused(self._file)
            if problem is None:
                return
            holder, held = self._read(), problem.errno in _HELD
            if not held and holder is None:
                return  # there are no locks here, and nobody has signed
            if not (moments and held and holder and _has_ended(holder)):
                raise self._locked(holder, by_system=held)
            # A child that it was just starting has the lock, too, until it has begun.
            time.sleep(_MOMENT_S)

    def _sign(self) -> None:
        """Write down who has it, unless another computer is there already."""
        holder = self._read()
        if holder and holder.host != socket.gethostname():
            raise self._elsewhere(holder)
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

    def _is_in_place(self) -> bool:
        """Tell whether the file is still the one at the path; its last holder may have gone."""
        try:
            return os.path.samestat(os.fstat(self._file), self._path.stat())
        except FileNotFoundError:
            return False

    def _locked(self, holder: Holder | None, *, by_system: bool) -> StudyLocked:
        who = holder or said("someone")
        return StudyLocked(
            "study-locked",
            "The study “{study}” is open in another program ({who}).",
            "Close it there, or open the study for reading only."
            if by_system
            else "Close it there, or open the study for reading only. If that program is no longer"
            " running, delete “{path}”.",
            study=self._path.parent.stem,
            who=who,
            path=self._path,
        )

    def _elsewhere(self, holder: Holder) -> LockedElsewhere:
        return LockedElsewhere(
            "study-locked-elsewhere",
            "The study “{study}” seems to be open on another computer ({holder}).",
            "Close it there and wait until the folder is synchronised, or open it for reading only."
            " If it is open nowhere, “workbench release STUDY” takes the lock away.",
            study=self._path.parent.stem,
            holder=holder,
        )

    def _close(self) -> None:
        os.close(self._file)
        self._file = -1

    def _read(self) -> Holder | None:
        try:
            found = Holder(**json.loads(self._path.read_text()))
        except (OSError, ValueError, TypeError, RecursionError):  # whatever somebody put there
            return None
        words = (found.host, found.user, found.since)
        whole = isinstance(found.pid, int) and all(isinstance(one, str) for one in words)
        return found if whole else None


def _refused(file: int) -> OSError | None:
    """Take a lock from the system; return why it was not given."""
    try:
        held.take(file)
    except OSError as problem:
        return problem
    return None


def _has_ended(holder: Holder) -> bool:
    """Tell whether a program that had the lock on this computer was ended."""
    if holder.host != socket.gethostname() or sys.platform == "win32":
        return False  # Windows gives a lock back with the process, and would end it if asked so
    try:
        os.kill(holder.pid, 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError, TypeError):  # somebody else's, or no number at all
        return False
    return False


def _user() -> str:
    try:
        return getuser()
    except (OSError, KeyError):  # no account entry, as in some containers
        return "somebody"
