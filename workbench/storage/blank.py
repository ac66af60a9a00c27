"""A study with nothing in it, made by the migrations once in a process; new ones are its copies.

To let all migrations run again for each would take longer than all else in making a study.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import Lock

from sqlite_utils import Database

from workbench.storage import driver, migrations
from workbench.storage.head import APPLICATION_ID

_LOCK = Lock()  # studies are made in several threads


@contextmanager
def opened() -> Iterator[Database]:
    """Lend the blank study, which is in memory; it is only read."""
    with _LOCK:
        yield _made(tuple(step.__name__ for step in migrations.STEPS))


def fill(db: Database) -> None:
    """Make a new study of an empty file, all or nothing; outside any transaction."""
    with opened() as blank:
        blank.conn.backup(db.conn)


@cache
def _made(_steps: tuple[str, ...]) -> Database:
    db = Database(driver.memory(check_same_thread=False), execute_plugins=False)
    db.conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    migrations.update(db)
    return db
