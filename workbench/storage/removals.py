"""What was removed and what went along, read from the rows in the bin and from the journal.

A row is removed when it is marked (`deleted_at`) or deleted. Either way the journal has its image,
and those of the rows that pointed at it and were changed in the same step; so whatever went can be
put back, with what went along. What the journal keeps of one that is damaged is passed over.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from workbench.storage import history, images
from workbench.storage.images import Image, Stale
from workbench.storage.schema import Table, describe, journaled
from workbench.storage.sums import OF_CHANGE

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Removal:
    """A row that was removed.

    Attributes:
        row: the row as it is in the bin, or as it was before it was deleted.
        at: when, ISO 8601.
        marked: the row is still there, in the bin.
        step_id, op, coder: what removed it; `None` and "" when the history does not know.
    """

    table: str
    row: Row
    at: str
    marked: bool
    step_id: int | None = None
    op: str = ""
    coder: str = ""

    @property
    def id(self) -> str:
        """Return the id of the row."""
        return str(self.row["id"])


def removals(db: Database, tables: Iterable[str]) -> list[Removal]:
    """Return all rows of some tables that are removed now, those removed last first."""
    described = {name: describe(db, name) for name in tables}
    found = {
        (table.name, str(row["id"])): Removal(table.name, row, row["deleted_at"], marked=True)
        for table in described.values()
        if "deleted_at" in table.columns
        for row in _in_bin(db, table)
    }
    for name, key, before, step_id, *stored in _journaled(db, list(described)):
        op, coder, at = (text.decode(errors="replace") for text in stored)
        try:
            row_id, row = images.first_key(key), images.image(before) or {}
            known = found.get((name, row_id))
            if known is not None and known.marked:
                removal = Removal(name, known.row, known.at, True, step_id, op, coder)
            elif row.get("id") == row_id and images.read(db, described[name], key) is None:
                removal = Removal(name, row, history.time_of(at), False, step_id, op, coder)
            else:
                continue
        except ValueError:
            continue
        found[name, row_id] = removal
    return sorted(found.values(), key=lambda one: (one.at, one.step_id or 0), reverse=True)


def along(db: Database, removed: Iterable[Removal]) -> dict[str, list[tuple[str, str]]]:
    """Return which rows come back with each removed one, by table and id (or first key)."""
    found: dict[str, list[tuple[str, str]]] = {}
    for owner, name, key, *_ in _went_along(db, removed):
        found.setdefault(owner, []).append((name, images.first_key(key)))
    return found


def put_back(db: Database, removed: Sequence[Removal], values: Mapping[str, Row]) -> None:
    """Put removed rows back, and what their steps took from the rows that pointed at them.

    What has been changed otherwise since stays as it is.

    Args:
        removed: the rows; those that others lie in come first.
        values: columns that shall be other than they were, by the id of the row.
    """
    for one in removed:
        table = describe(db, one.table)
        row = one.row | ({"deleted_at": None} if one.marked else {}) | values.get(one.id, {})
        # A row of an older version may have columns that are no more.
        images.write(db, table, {name: row[name] for name in table.columns if name in row})
    tables = journaled(db)
    for _, name, key, before, after in _went_along(db, removed):
        try:
            images.require_fit(tables.get(name), before, after)
            table = tables[name]
            here = images.read(db, table, key)
            back = images.rebased(name, before, after, here) if after else before
        except (Stale, ValueError):
            continue
        if back is not None and (after or here is None):
            images.write(db, table, back)


def pointing(db: Database, table: str, column: str, ids: Iterable[str]) -> dict[str, int]:
    """Count the live rows of a table that point at each of some rows."""
    live = "deleted_at IS NULL" if "deleted_at" in describe(db, table).columns else "1"
    if table == "observation_code":
        live = "observation_id IN (SELECT id FROM observation WHERE deleted_at IS NULL)"
    rows = db.conn.execute(
        f"SELECT {column}, count(*) FROM {table}"
        f" WHERE {column} IN (SELECT value FROM json_each(?)) AND {live} GROUP BY {column}",
        [json.dumps(list(ids))],
    )
    return {str(row_id): int(count) for row_id, count in rows}


def live_rows(db: Database, name: str) -> list[Row]:
    """Return the rows of a table that are not in the bin."""
    table = describe(db, name)
    return list(_rows(db, table, "deleted_at IS NULL" if "deleted_at" in table.columns else "1"))


def _in_bin(db: Database, table: Table) -> Iterator[Row]:
    return _rows(db, table, "deleted_at IS NOT NULL")


def _rows(db: Database, table: Table, condition: str) -> Iterator[Row]:
    columns = ", ".join(f'"{column}"' for column in table.columns)
    for values in db.conn.execute(
        f"SELECT {columns} FROM {table.name} WHERE {condition} ORDER BY rowid"
    ):
        yield dict(zip(table.columns, values, strict=True))


def _journaled(db: Database, tables: Sequence[str]) -> list[tuple[Any, ...]]:
    """Return the changes that removed a row, with their steps, in their order."""
    return db.conn.execute(
        "SELECT tbl, pk, before, step.id,"
        " CAST(step.op AS BLOB), CAST(step.coder AS BLOB), CAST(step.at AS BLOB)"
        " FROM change JOIN step ON step.id = step_id"
        " WHERE tbl IN (SELECT value FROM json_each(?)) AND state != 'undone'"
        " AND CASE WHEN json_valid(before) THEN json_extract(before, '$.deleted_at') IS NULL END"
        " AND CASE WHEN after IS NULL THEN 1"
        " WHEN json_valid(after) THEN json_extract(after, '$.deleted_at') IS NOT NULL END"
        f" AND change.sum = {OF_CHANGE} ORDER BY change.id",
        [json.dumps(list(tables))],
    ).fetchall()


def _went_along(
    db: Database, removed: Iterable[Removal]
) -> Iterator[tuple[str, str, str, Row, Image]]:
    """Return the rows that pointed at removed ones and were changed in the same steps.

    Yields the id of the removed row, then table, key, and image before and after.
    """
    by_step: dict[int, set[str]] = {}
    for one in removed:
        if one.step_id is not None:
            by_step.setdefault(one.step_id, set()).add(one.id)
    for step_id, ids in by_step.items():
        try:
            changed = images.net(db, f"step_id = ? AND sum = {OF_CHANGE}", [step_id])
        except (Stale, ValueError):
            continue
        for (name, key), (before, after) in changed.items():
            with suppress(ValueError):
                for owner in ids.intersection(_texts(before)) - {images.first_key(key)}:
                    yield owner, name, key, before or {}, after


def _texts(row: Image) -> set[str]:
    return {value for value in (row or {}).values() if isinstance(value, str)}
