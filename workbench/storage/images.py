"""Images of rows: what the journal keeps, and what is played back from it."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from sqlite_utils import Database

from workbench.storage.schema import Table, together
from workbench.storage.sums import CHANGE

Image = dict[str, Any] | None
"""A row by its columns; `None` where there was none."""
NetChanges = dict[tuple[str, str], tuple[Image, Image]]
"""Before and after, by table and key (JSON)."""
_LARGEST = 1 << 63  # beyond the integers of SQLite


class Stale(Exception):
    """A row is not as the step left it."""


def image(stored: str | None) -> Image:
    """Read an image as it is kept.

    Raises:
        ValueError: it is none; the journal of a study from somewhere else can hold anything.
    """
    if stored is None:
        return None
    row = _loaded(stored)
    if not isinstance(row, dict) or not all(map(_is_cell, row.values())):
        raise ValueError("no image of a row")
    return row


def first_key(stored: str) -> str:
    """Read the first part of the key of a row as it is kept: its id, where it has one.

    Raises:
        ValueError: it is none.
    """
    return str(_cells(stored)[0])


def _key(table: Table, stored: str) -> list[Any]:
    """Read the key of a row of a table as it is kept.

    Raises:
        ValueError: it is none.
    """
    key = _cells(stored)
    if len(key) != len(table.key):
        raise ValueError("no key of a row of this table")
    return key


def _cells(stored: str) -> list[Any]:
    key = _loaded(stored)
    if not isinstance(key, list) or not key or not all(map(_is_cell, key)):
        raise ValueError("no key of a row")
    return key


def _loaded(stored: str) -> Any:
    try:
        return json.loads(stored)
    except RecursionError as problem:
        raise ValueError("nested too deep") from problem


def _is_cell(value: Any) -> bool:
    if isinstance(value, int):
        return -_LARGEST <= value < _LARGEST
    return value is None or isinstance(value, str | float)


def text(kept: Image) -> str | None:
    """Return an image as it is kept."""
    return None if kept is None else json.dumps(kept, ensure_ascii=False)


def net(db: Database, condition: str, values: list[Any]) -> NetChanges:
    """Return the image before the first and after the last change of each row.

    Raises:
        Stale: what is kept of one cannot be read.
    """
    found: NetChanges = {}
    rows = db.conn.execute(
        f"SELECT tbl, pk, before, after FROM change WHERE {condition} ORDER BY id", values
    )
    try:
        for name, key, before, after in rows:
            first = found[name, key][0] if (name, key) in found else image(before)
            found[name, key] = (first, image(after))
    except sqlite3.OperationalError as problem:
        if hasattr(problem, "sqlite_errorcode"):
            raise
        raise Stale("change") from problem  # letters of a damaged row that was mended
    return found


def require_fit(table: Table | None, *kept: Image) -> None:
    """Make sure that images are of a table of the study and name nothing but its columns.

    The journal of a study from somewhere else can hold anything, and becomes SQL here.

    Raises:
        Stale: they are not.
    """
    known = set(table.columns) if table else set()
    if table is None or any(row is not None and not known.issuperset(row) for row in kept):
        raise Stale(table.name if table else "")


def where(table: Table) -> str:
    """Return the condition that finds a row of a table by its key."""
    return " AND ".join(f'"{column}" = ?' for column in table.key)


def read(db: Database, table: Table, key: str) -> Image:
    """Return a row as it is now."""
    columns = ",".join(f'"{column}"' for column in table.columns)
    row = db.conn.execute(
        f"SELECT {columns} FROM {table.name} WHERE {where(table)}", _key(table, key)
    ).fetchone()
    return None if row is None else dict(zip(table.columns, row, strict=True))


def write(db: Database, table: Table, row: dict[str, Any]) -> None:
    """Put a row where its key is, over what is there."""
    columns = ", ".join(f'"{column}"' for column in row)
    marks = ", ".join("?" * len(row))
    key = ", ".join(f'"{column}"' for column in table.key)
    rest = [column for column in row if column not in table.key]
    update = ", ".join(f'"{column}" = excluded."{column}"' for column in rest)
    action = f"DO UPDATE SET {update}" if rest else "DO NOTHING"
    db.conn.execute(
        f"INSERT INTO {table.name} ({columns}) VALUES ({marks}) ON CONFLICT ({key}) {action}",
        list(row.values()),
    )


def remove(db: Database, table: Table, key: str) -> None:
    """Delete the row with this key."""
    db.conn.execute(f"DELETE FROM {table.name} WHERE {where(table)}", _key(table, key))


def rebased(name: str, before: Image, after: Image, now: Image) -> Image:
    """Take back a step's part of a row, and keep what has been done to the rest of it since.

    Raises:
        Stale: the same part has changed since, or the row has come or gone.
    """
    if before is None:
        return None
    if after is None or now is None:
        raise Stale(name)
    ours = together(name, {column for column in now if before[column] != after[column]})
    theirs = together(name, {column for column in now if after[column] != now[column]})
    if ours & theirs:
        raise Stale(name)
    return now | {column: before[column] for column in ours}


def settle(db: Database, tables: dict[str, Table], step_id: int, since: int) -> None:
    """Let the steps that are done end with the rows as they are, now that an older one is undone.

    The machine may have changed its rows since, or what hangs on them. The undone step is discarded
    some day, and the newest image of a row is how it must look.

    Args:
        tables: the journaled ones.
        step_id: what was undone.
        since: the first change of that step, before it was undone.
    """
    later = db.conn.execute(
        "SELECT tbl, pk, max(change.id), after FROM change JOIN step ON step.id = step_id"
        " WHERE change.id > :since AND state = 'done' AND (tbl, pk) IN"
        " (SELECT tbl, pk FROM change WHERE step_id = :step) GROUP BY tbl, pk",
        {"since": since, "step": step_id},
    ).fetchall()
    signed = CHANGE.format(step_id="step_id", tbl="tbl", pk="pk", before="before", after=":after")
    for name, key, newest, after in later:
        now = read(db, tables[name], key)
        if now is None:
            db.conn.execute(
                "DELETE FROM change WHERE tbl = ? AND pk = ? AND id > ?"
                " AND step_id IN (SELECT id FROM step WHERE state = 'done')",
                [name, key, since],
            )
        elif now != image(after):
            db.conn.execute(
                f"UPDATE change SET after = :after, sum = {signed} WHERE id = :newest",
                {"after": text(now), "newest": newest},
            )
