"""The database of a study as an earlier version of the program would have written it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from workbench.storage import migrations, sums
from workbench.storage.head import APPLICATION_ID

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
        connection.execute("ATTACH ? AS today", [str(present)])
        for name in _tables(connection, "main") & _tables(connection, "today"):
            there = _columns(connection, "main", name)
            known = [one for one in there if one in _columns(connection, "today", name)]
            columns = ", ".join(f'"{one}"' for one in known)
            connection.execute(
                f"INSERT INTO main.{name} ({columns}) SELECT {columns} FROM today.{name}"
            )


def tick(database: Path, person: str, *, quotes: bool, withdrawn_at: str | None = None) -> None:
    """Let a study without a ledger say what somebody agreed to."""
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute(
            "INSERT INTO consent (participant_id, recording, quotes, retain_until, withdrawn_at)"
            " VALUES (?, 1, ?, '', ?)",
            [person, quotes, withdrawn_at],
        )


def _tables(connection: sqlite3.Connection, schema: str) -> set[str]:
    rows = connection.execute(
        f"SELECT name FROM {schema}.sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'"
    )
    ours = ("sqlite", "_sqlite", "turn_fts", "memo_fts", "step", "change", "log_mark", "key_mark")
    return {name for (name,) in rows if not name.startswith(ours)}


def _columns(connection: sqlite3.Connection, schema: str, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA {schema}.table_info({table})")]
