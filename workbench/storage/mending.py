"""Puts right what can be in a damaged study: rows, pointers to nothing, files of nobody."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from workbench.storage import images, maintenance, media_names, soundness


@dataclass(frozen=True, slots=True)
class Mended:
    """What was put right.

    Attributes:
        rows: that are again as the history has them.
        pointers: that pointed at nothing, and point nowhere now or went.
        files: that no source uses, and were deleted.
    """

    rows: int = 0
    pointers: int = 0
    files: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.rows or self.pointers or self.files)


class _TakenBack(Exception):
    """Ends a step of which nothing is kept."""


def mend(db: Database, media: Path) -> tuple[Mended, tuple[Path, ...]]:
    """Put rows right, within a step; return also the files that are to be deleted after it."""
    rows, pointers, files = put_back(db), let_go(db), spare(db, media)
    return Mended(rows, pointers, tuple(path.name for path in files)), files


def possible(db: Database, media: Path) -> bool:
    """Tell whether mending would do anything; nothing is written, so nobody who writes waits."""
    with suppress(sqlite3.DatabaseError), soundness.any_letters(db):
        return any(soundness.strayed(db)) or any(_let_go(db)) or bool(spare(db, media))
    return False


def foresee(db: Database, media: Path, step: AbstractContextManager[None]) -> Mended:
    """Return what mending would do.

    It is done in a step and taken back: whether a pointer points at nothing is known only when
    the rows are back.
    """
    mended = Mended()
    # What SQLite says: it is too damaged for anything to be put right.
    with suppress(_TakenBack, sqlite3.DatabaseError), soundness.any_letters(db), step:
        mended, _ = mend(db, media)
        raise _TakenBack
    return mended


def put_back(db: Database) -> int:
    """Let rows be as the history has them, within a step; return how many were not."""
    with soundness.any_letters(db):
        found = list(soundness.strayed(db))
    # What a row points at may come back after it, for it may have been changed later.
    db.conn.execute("PRAGMA defer_foreign_keys = ON")
    for row in found:  # these first, since others may go or change with them
        if row.image is None:
            images.remove(db, row.table, row.key)
    for row in found:
        if row.image is not None:
            images.write(db, row.table, row.image)
    return len(found)


def let_go(db: Database) -> int:
    """Do with rows that point at nothing what would have been done as it went, within a step."""
    return sum(db.conn.execute(sql, [row]).rowcount for sql, row in list(_let_go(db)))


def _let_go(db: Database) -> Iterator[tuple[str, int]]:
    """Yield what lets go of each pointer at nothing, and its row."""
    for table, row, _, number in db.conn.execute("PRAGMA foreign_key_check").fetchall():
        keys = db.conn.execute(f"PRAGMA foreign_key_list({table})").fetchall()
        column, how = next((key[3], key[6]) for key in keys if key[0] == number)
        if how == "SET NULL":
            yield f'UPDATE {table} SET "{column}" = NULL WHERE rowid = ?', row
        elif how == "CASCADE":
            yield f"DELETE FROM {table} WHERE rowid = ?", row
        # Else it cannot be without: `check` goes on to tell of it.


def spare(db: Database, media: Path) -> tuple[Path, ...]:
    """Return the copies in `media` that neither the study nor its history knows.

    Any other file may be somebody's own.
    """
    return tuple(
        path
        for path in maintenance.orphans(db, media)
        if path.is_file() and not path.is_symlink() and media_names.is_copy(path.name)
    )
