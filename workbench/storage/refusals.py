"""What is refused as a study, and when SQLite says that one is damaged or has no end."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from workbench.errors import UserError, Way
from workbench.words import Phrase, said

DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_UNREADABLE = (
    sqlite3.SQLITE_IOERR_READ,
    sqlite3.SQLITE_IOERR_SHORT_READ,
    sqlite3.SQLITE_IOERR_DATA,
    sqlite3.SQLITE_IOERR_CORRUPTFS,
)
WAY_BACK: Phrase = (
    "Go back to one of its backups, if there are any: “Restore a backup…” in the menu File, or"
    " “workbench backups STUDY”, lists them."
)
_BETWEEN = 100_000  # steps of SQLite between two looks at the clock


class NotAStudy(UserError):
    """The folder or file is not a study of this program."""

    ways: tuple[Way, ...] = (
        Way.RESTORE,
        Way.CHOOSE,
        Way.AGAIN,
    )  # its disk may not be connected yet


class DamagedStudy(NotAStudy):
    """What was read of a study shows that its file is damaged."""

    ways: tuple[Way, ...] = (Way.RESTORE, Way.CHECK, Way.CHOOSE)


class Stopped(Exception):
    """Somebody no longer wants what was being done; nothing is left of it."""


class NewerStudy(UserError):
    """The study was written by a newer program."""


def code_of(problem: Exception) -> int:
    """Return SQLite's primary code for a problem."""
    return int(getattr(problem, "sqlite_errorcode", sqlite3.SQLITE_ERROR)) & 0xFF


def is_damage(problem: Exception) -> bool:
    """Tell whether SQLite says that what it reads is damaged, or cannot be read."""
    code = getattr(problem, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    return code_of(problem) in DAMAGED or code in _UNREADABLE


def damaged(path: Path, reason: str) -> DamagedStudy:
    """Return the sentence for a study that is damaged, with the way back."""
    return DamagedStudy(
        "study-damaged",
        "The study file “{path}” is damaged or not a study: {reason}.",
        "{way_back} “Check the study…” in the same menu, or “workbench check”, tells more.",
        path=path,
        reason=reason or said("it cannot be read"),
        way_back=said(WAY_BACK),
    )


@contextmanager
def bounded(
    db: Database, seconds: float, stopped: Callable[[], bool] = lambda: False
) -> Iterator[None]:
    """Give reading an end: a file from somewhere else can be made so that it has none.

    Raises:
        Stopped: `stopped` said yes.
        UserError: it took longer.
    """
    end = time.monotonic() + seconds
    db.conn.set_progress_handler(lambda: stopped() or time.monotonic() > end, _BETWEEN)
    try:
        yield
    except sqlite3.OperationalError as problem:
        if code_of(problem) != sqlite3.SQLITE_INTERRUPT:
            raise
        if stopped():
            raise Stopped from problem
        raise UserError(
            "study-endless",
            "Reading the study takes so long that something in it must be wrong.",
            WAY_BACK,
        ) from problem
    finally:
        db.conn.set_progress_handler(None, 0)
