"""Whose log it is: SQLite's log beside a study is told from one of another moment or study.

SQLite applies whatever log has the right name. When a study is copied over an older copy of itself,
the log that the older one left behind would undo the newer work without a word, or spoil the file.
Three things tell whether a log belongs to the file beside it:

- **The file says whether it was closed.** Closing folds the log in, and the file's first bytes say
  so until a log is begun again. A log beside a closed file is a stranger's.
- **The file knows the log's salts.** A log begins with random numbers, the first of which grows by
  one whenever SQLite begins the log anew. They are written down in the study, so that the file,
  once a log is folded in, tells which log may follow: that one, or the next.
- **The history only grows.** Steps and changes are counted for ever; with its own log a file never
  counts fewer than without it, and its pages fit together.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from sqlite_utils import Database

from workbench.storage import driver
from workbench.storage.place import Place
from workbench.storage.refusals import code_of
from workbench.storage.rollback import ALONE, fits_together, is_strange, journal_of

_CLOSED = b"\1\1"  # bytes 18 and 19 of the file: it is written without a log
_HEAD = 32
_MAGIC = 0x377F0682  # or one more
_ROUND = 1 << 32
_FULL = 4_000_000  # bytes, as SQLite itself would have it


class Found(Enum):
    """What lies beside the file of a study.

    Attributes:
        NOTHING: no log, and none is needed.
        OWN: the log of a program that runs, or was ended suddenly.
        STRANGER: a log or journal of another study, or of another moment of this one.
        MISSING: no log, though the file knows of one that was not folded in.
    """

    NOTHING = auto()
    OWN = auto()
    STRANGER = auto()
    MISSING = auto()


@dataclass(frozen=True, slots=True)
class _Salts:
    """The random numbers at the begin of a log.

    Attributes:
        first: grows by one whenever the log begins anew.
        second: another one each time.
        round: how often the log began anew.
    """

    first: int
    second: int
    round: int

    def may_follow(self, before: _Salts) -> bool:
        """Tell whether this is the log that a file knows, or the one after it."""
        later = (self.first - before.first) % _ROUND
        if later != self.round - before.round:
            return False
        return later == 1 or (later == 0 and self.second == before.second)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What a study counts and knows, with or without the log."""

    steps: int
    changes: int
    salts: _Salts | None


class LogMarks:
    """Folds the log in whenever it has grown, and lets the file know each time which log it was.

    SQLite would do so by itself, but then a log could begin anew that the file does not know.

    Args:
        db: the writing connection.
        file: of the study.
        place: learns what is ours in the file.
    """

    def __init__(self, db: Database, file: Path, place: Place) -> None:
        self._db = db
        self._log = log_of(file)
        self._place = place

    def begin(self) -> None:
        """Write to a log from now on."""
        with self._place.changing():
            self._begin()
        self._place.watch(self._log)
        self._place.hold()

    def keep(self) -> None:
        """Fold the log in when it has grown; in no transaction."""
        self._place.grown = True
        with suppress(OSError, sqlite3.OperationalError):  # tried again after the next step
            if self._log.stat().st_size >= _FULL and self._place.trouble is None:
                with self._place.changing():
                    self._fold()

    def empty(self) -> bool:
        """Fold all in and leave nothing in the log; in no transaction.

        Returns:
            false while somebody still reads an older moment, so that the log has to stay.
        """
        with self._place.changing():
            self._db.conn.execute("DELETE FROM log_mark")  # nothing will be missing without a log
            busy, _, _ = self._db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            self._begin()
        return not busy

    def _begin(self) -> None:
        if self._db.conn.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            if self._db["log_mark"].count:  # a copy of an open study: it knows another log
                self._db.conn.execute("DELETE FROM log_mark")
            self._db.conn.execute("PRAGMA journal_mode = WAL")
        self._db.conn.execute("PRAGMA synchronous = FULL")
        self._db.conn.execute("PRAGMA wal_autocheckpoint = 0")
        self._db.conn.execute("PRAGMA journal_size_limit = 0")  # as long as what is in it
        self._write(_Salts(0, 0, 0))  # there are no salts before something is in the log
        self._fold()

    def _fold(self) -> None:
        salts = _read_salts(self._log)
        if salts is not None:
            self._write(salts)
            self._db.conn.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    def _write(self, salts: _Salts) -> None:
        self._db.conn.execute(
            "INSERT OR REPLACE INTO log_mark VALUES (1, ?, ?, ?)",
            [salts.first, salts.second, salts.round],
        )


def fold_in(db: Database) -> None:
    """Fold the log into the file, which is then closed and knows of no log."""
    if db.conn.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        return
    # First, so that there is room at the begin of the log, also on a full disk.
    db.conn.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
    reading = False
    try:
        db.conn.execute("DELETE FROM log_mark")  # nothing will be missing without a log
    except sqlite3.DatabaseError as problem:  # an older study has no marks
        reading = code_of(problem) == sqlite3.SQLITE_READONLY
    if not reading:  # the marks are kept then, and would miss the log when its writer is killed
        db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.conn.execute("PRAGMA journal_mode = DELETE")


def log_of(file: Path) -> Path:
    """Return where SQLite keeps the log of a file."""
    return file.with_name(f"{file.name}-wal")


def look(file: Path) -> Found:
    """Tell whether the log beside the file of a study is its own; nothing is written.

    Args:
        file: a file of this program, at least by its head.
    """
    return Found.STRANGER if is_strange(file) else _look_at_log(file)


def _look_at_log(file: Path) -> Found:
    log = log_of(file)
    there = log.exists()
    with file.open("rb") as opened:
        closed = opened.read(20)[18:] == _CLOSED
    if closed:
        # Asked again: a program that closes the study takes the log away first.
        return Found.STRANGER if there and log.exists() else Found.NOTHING
    salts = _read_salts(log) if there else None
    try:
        if salts is None:  # or torn at its begin: SQLite finds nothing in it
            alone = _facts(file, ALONE)
            return Found.MISSING if alone and alone.salts else Found.NOTHING
        return Found.OWN if _belongs(file, salts) else Found.STRANGER
    except sqlite3.OperationalError:
        return Found.OWN  # opening it for good tells what stands in the way


def set_aside(file: Path, place: Path) -> Path:
    """Move what is a stranger's out of the way; SQLite's index of a log can be made again.

    Args:
        file: of the study.
        place: where to, without an ending; nothing is there.

    Returns:
        where the log is now, or the journal if that alone was a stranger's.
    """
    moved = [_moved(journal_of(file), place)] if is_strange(file) else []
    if _look_at_log(file) is Found.STRANGER:
        moved.append(_moved(log_of(file), place))
        file.with_name(f"{file.name}-shm").unlink(missing_ok=True)
    return moved[-1]


def _moved(path: Path, place: Path) -> Path:
    ending = path.name.removeprefix(path.stem)  # “.sqlite-wal”
    return path.rename(place.with_name(place.name + ending))


def _belongs(file: Path, salts: _Salts) -> bool:
    alone = _facts(file, ALONE)
    both = _facts(file, "mode=ro")
    if both is None:
        return alone is None  # where the file is damaged alone, the log is not to blame
    if alone is None:
        return fits_together(file, "mode=ro")
    if both.steps < alone.steps or both.changes < alone.changes:
        return False
    if alone.salts is not None:
        return salts.may_follow(alone.salts)
    return fits_together(file, "mode=ro") or not fits_together(file, ALONE)


def _facts(file: Path, how: str) -> _Facts | None:
    """Read what a study counts; `None` when its pages do not fit together."""
    try:
        with closing(driver.connect(file, how)) as db:
            counted = dict(db.execute("SELECT name, seq FROM sqlite_sequence").fetchall())
            known = db.execute("SELECT 1 FROM sqlite_master WHERE name = 'log_mark'").fetchone()
            row = known and db.execute("SELECT first, second, round FROM log_mark").fetchone()
    except sqlite3.OperationalError:
        raise  # the machine stands in the way, not what is in the file
    except sqlite3.DatabaseError:
        return None
    return _Facts(counted.get("step", 0), counted.get("change", 0), _Salts(*row) if row else None)


def _read_salts(log: Path) -> _Salts | None:
    try:
        with log.open("rb") as opened:
            head = opened.read(_HEAD)
    except OSError:
        return None
    if len(head) < _HEAD or int.from_bytes(head[:4], "big") & ~1 != _MAGIC:
        return None
    round_, first, second = (int.from_bytes(head[at : at + 4], "big") for at in (12, 16, 20))
    return _Salts(first, second, round_)


__all__ = ["Found", "LogMarks", "fold_in", "log_of", "look", "set_aside"]
