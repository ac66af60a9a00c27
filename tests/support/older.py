"""The database of a study as an earlier version of the program would have written it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from workbench.storage import migrations, sums
from workbench.storage.head import APPLICATION_ID

_MECHANISM = ("step", "change", "turn_fts", "memo_fts", "log_mark", "key_mark", "sqlite", "_sqlite")
LAST_WITHOUT_LEDGER = 10
"""The last version in which consent was a few ticks."""


def write_older(present: Path, target: Path, minor: int) -> None:
    """Write the rows that a version knows, without any history.

    Args:
        present: the database of today.
        target: the new one.
        minor: of which version it is.
    """
    target.unlink(missing_ok=True)
    with closing(sqlite3.connect(target, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.create_function("casefold", 1, str.casefold, deterministic=True)
        db = Database(connection, execute_plugins=False)
        sums.teach(db)
        steps = migrations.build()
        steps.apply(db, stop_before=[step.name for step in steps.pending(db)][minor:])
        with closing(sqlite3.connect(present)) as other:
            today = Database(other, execute_plugins=False)
            for name in _tables(db) & _tables(today):
                known = db[name].columns_dict.keys() & today[name].columns_dict.keys()
                rows = [{key: row[key] for key in known} for row in today[name].rows]
                db[name].insert_all(rows)


def tick(database: Path, person: str, *, quotes: bool, withdrawn_at: str | None = None) -> None:
    """Let a study without a ledger say what somebody agreed to."""
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute(
            "INSERT INTO consent (participant_id, recording, quotes, retain_until, withdrawn_at)"
            " VALUES (?, 1, ?, '', ?)",
            [person, quotes, withdrawn_at],
        )


def _tables(db: Database) -> set[str]:
    return {name for name in db.table_names() if not name.startswith(_MECHANISM)}
