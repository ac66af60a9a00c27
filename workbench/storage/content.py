"""What tells the file of a study from every other, read without the log beside it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from workbench.storage import driver
from workbench.storage.rollback import ALONE

_LIST = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name"
_COUNTED = "SELECT seq FROM sqlite_sequence WHERE name IN ('step', 'change') ORDER BY name"
_MARK = "SELECT first, second, round FROM log_mark"
_STUDY = "SELECT id FROM charter"
_LAST = (
    "SELECT * FROM step ORDER BY id DESC LIMIT 1",
    "SELECT * FROM change ORDER BY id DESC LIMIT 1",
)


@dataclass(frozen=True, slots=True)
class Content:
    """What two moments of a study, or two studies, never have in common.

    Attributes:
        built: what the file consists of.
        study: which one it is.
        counted: how many changes and steps there ever were.
        last: what was done last.
        mark: the log that the file knows.
    """

    built: tuple[Any, ...]
    study: tuple[Any, ...]
    counted: tuple[Any, ...]
    last: tuple[Any, ...]
    mark: tuple[Any, ...]

    def is_moment_of(self, other: Content) -> bool:
        """Tell whether it is the same moment, whatever logs were begun."""
        return self == replace(other, mark=self.mark)


def of_file(file: Path, built: tuple[Any, ...] | None = None) -> Content | None:
    """Read what is in a file alone; `None` when that cannot be read as a study's.

    SQLite itself opens the file: if this program did, closing it again would take away the locks
    that SQLite holds on it.

    Args:
        file: the database.
        built: what it must consist of, so that nothing else in it is ever run.
    """
    try:
        with closing(driver.connect(file, ALONE)) as db:
            return of_connection(db, built)
    except sqlite3.Error:
        return None


def of_connection(db: sqlite3.Connection, built: tuple[Any, ...] | None = None) -> Content | None:
    """Read what is in an open database; see `of_file`."""

    def rows(sql: str) -> tuple[Any, ...]:
        return tuple(db.execute(sql).fetchall())

    found = rows(_LIST)
    if built is not None and found != built:
        return None
    return Content(found, rows(_STUDY), rows(_COUNTED), sum(map(rows, _LAST), ()), rows(_MARK))


__all__ = ["Content", "of_file"]
