"""Plant values in a study that no service would have written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from workbench.study import Study

NONSENSE = {"TEXT": "9:5x {[", "INTEGER": -7}
UGLY = {"TEXT": "a\x01\x0b\x1f\ufffe☃\n", "INTEGER": 2**53}
LEFT_OUT = {"row", "deleted_at", "replaced_at", "withdrawn_at"}  # set, they mean that a row is gone


@contextmanager
def planted(study: Study, table: str, values: dict[str, str | int]) -> Iterator[list[str]]:
    """Write a value of its kind over all columns of a table but keys, for a while.

    Yields:
        the columns that hold one now; what a rule of the table itself refuses is left out.
    """
    conn = study._desk.db.conn
    conn.execute("PRAGMA query_only = OFF")
    conn.execute(f"SAVEPOINT planted_{table}")
    try:
        yield plant(conn, table, values)
    finally:
        conn.execute(f"ROLLBACK TO planted_{table}")
        conn.execute(f"RELEASE planted_{table}")


def plant(conn: sqlite3.Connection, table: str, values: dict[str, str | int]) -> list[str]:
    """Write a value of its kind over all columns of a table but keys; return which hold one now."""
    links = {row[3] for row in conn.execute(f"PRAGMA foreign_key_list({table})")}
    names = []
    for _, name, kind, _, _, key in conn.execute(f"PRAGMA table_info({table})").fetchall():
        if key or name in links or name in LEFT_OUT or name == "id":
            continue
        with suppress(conn.IntegrityError):  # a rule of the table itself refuses it
            conn.execute(f'UPDATE {table} SET "{name}" = ?', [values[kind]])  # noqa: S608
            names.append(name)
    return names
