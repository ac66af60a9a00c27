"""The steps of the history, and what one changed, read for the few that somebody looks at."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from workbench.domain.change import Op, Step
from workbench.storage import images
from workbench.storage.driver import at_most
from workbench.storage.rows import member_reader
from workbench.storage.sums import OF_CHANGE

Played = tuple[images.Image, images.Image]
"""A row as it is, and as it would be."""
_UNKNOWN = "1970-01-01T00:00:00+00:00"
_OP = member_reader(Op)
_WITH_FILES = ("source", "consent_form")  # copies of an older version have but the first


def steps(db: Database, where: str, values: list[Any]) -> list[Step]:
    """Return the steps that a condition names."""
    # As bytes: the history is read also where a letter in it is none any more.
    rows = db.conn.execute(
        "SELECT id, (SELECT count(*) FROM change WHERE step_id = step.id), CAST(op AS BLOB),"
        " CAST(coder AS BLOB), CAST(at AS BLOB), CAST(state AS BLOB)"
        f" FROM step WHERE {where}",
        values,
    )
    found = []
    for number, count, *stored in rows:
        op, coder, at, state = (text.decode(errors="replace") for text in stored)
        found.append(Step(number, _OP(op), coder, time_of(at), state, count))
    return found


def time_of(stored: str) -> str:
    """Return when a step was done; of a time that is damaged, one long ago."""
    try:
        datetime.fromisoformat(stored)
    except ValueError:
        return _UNKNOWN
    return stored


def changed(db: Database, step_id: int, most: int) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the first rows a step changed, by table and key: as it left or removed them.

    What is damaged is left out.
    """
    rows = db.conn.execute(
        "SELECT tbl, pk, coalesce(after, before) FROM change"
        f" WHERE step_id = ? AND sum = {OF_CHANGE} ORDER BY id {at_most(most)}",
        [step_id],
    )
    found = {}
    for table, key, stored in rows:
        with suppress(ValueError):
            found[table, key] = images.image(stored) or {}
    return found


def played(db: Database, table: str, steps: Iterable[int]) -> list[Played]:
    """Return the rows of a table that undoing steps, or redoing undone ones, would change.

    What is damaged is left out, as undo passes over it. A step that is undone keeps what its
    undoing changed, so that both are played back alike.

    Args:
        db: the study.
        table: of the rows.
        steps: ids of the steps.
    """
    where = "tbl = ? AND step_id IN (SELECT value FROM json_each(?))"
    try:
        net = images.net(db, where, [table, json.dumps(list(steps))])
    except (ValueError, images.Stale):
        return []
    return [(after, before) for before, after in net.values()]


def past_values(db: Database, table: str, key: str, column: str) -> list[str]:
    """Return what a column of a row ever held, as far as the history knows, oldest first."""
    rows = db.conn.execute(
        f"SELECT json_extract(before, '$.{column}'), json_extract(after, '$.{column}') FROM change"
        " WHERE tbl = ? AND pk = json_array(?) AND json_valid(coalesce(before, '{}'))"
        " AND json_valid(coalesce(after, '{}')) ORDER BY id",
        [table, key],
    ).fetchall()
    return list(dict.fromkeys(str(value) for row in rows for value in row if value))


def worked(db: Database, until: str) -> tuple[str, str] | None:
    """Return when the first and the newest step were done; `None` before the first.

    Those of which the time is damaged are passed over.

    Args:
        db: the study.
        until: the present time; a step of a time to come was done while a clock was wrong.
    """
    first, last = (
        db.conn.execute(
            "SELECT at FROM step WHERE at <= ? AND julianday(at) IS NOT NULL"
            f" ORDER BY id {way} LIMIT 1",
            [until],
        ).fetchone()
        for way in ("ASC", "DESC")
    )
    return (first[0], last[0]) if first else None


def media_files(connection: sqlite3.Connection) -> set[str]:
    """Return the media files that sources use, or that an undo or redo could need."""
    return used_files(connection) | remembered_files(connection)


def used_files(connection: sqlite3.Connection) -> set[str]:
    """Return the media files that rows of the study name."""
    there = "SELECT count(*) FROM sqlite_master WHERE name = 'consent_form'"
    tables = _WITH_FILES if connection.execute(there).fetchone()[0] else _WITH_FILES[:1]
    return {file for table in tables for (file,) in connection.execute(f"SELECT file FROM {table}")}


def remembered_files(connection: sqlite3.Connection, *, undone: bool = False) -> set[str]:
    """Return the media files that steps know, or only those that were undone."""
    which = "AND step_id IN (SELECT id FROM step WHERE state = 'undone')" if undone else ""
    names = connection.execute(
        "SELECT json_extract(before, '$.file'), json_extract(after, '$.file') FROM change"
        f" WHERE tbl IN {_WITH_FILES} AND json_valid(coalesce(before, '{{}}'))"
        f" AND json_valid(coalesce(after, '{{}}')) {which}"
    )
    return {name for row in names for name in row if name is not None}
