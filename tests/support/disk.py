"""No test waits for the disk: in none of them does the machine lose its power.

SQLite has the disk write everything at the end of every step, some thirty times alone while a
study is created. Programs that tests start, and kill, do so all the same.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from sqlite_utils import Database

_UNHURRIED = "PRAGMA synchronous = OFF"


def without_waiting(configure: Callable[..., None]) -> Callable[..., None]:
    """Return the same way of setting up a connection, but one that never waits for the disk."""

    @wraps(configure)
    def hurried(db: Database, **how: bool) -> None:
        db.conn.execute(_UNHURRIED)  # creating a file writes before all is set up
        configure(db, **how)
        db.conn.execute(_UNHURRIED)

    return hurried
