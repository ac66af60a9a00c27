"""The triggers of the journal, made from the schema for the time a study is open.

Those of the tables hand over what a row was and is. One writes it into the journal, under the
current step; so each of the others is short, since they are made whenever a study is opened. They
go to SQLite as one script, which saves a quarter of the time, and its text is made once.
"""

from __future__ import annotations

from functools import cache

from sqlite_utils import Database

from workbench.storage.schema import Table
from workbench.storage.sums import CHANGE

_WRITTEN = CHANGE.format(
    step_id="id", tbl="new.tbl", pk="new.pk", before="new.before", after="new.after"
)
_EVENTS = ("INSERT", "UPDATE", "DELETE")
_JOURNAL = (
    "CREATE TEMP TABLE current_step (id INTEGER)",
    "INSERT INTO current_step VALUES (NULL)",
    "CREATE TEMP VIEW changed AS SELECT NULL AS tbl, NULL AS pk, NULL AS before, NULL AS after",
    f"""
        CREATE TEMP TRIGGER journal INSTEAD OF INSERT ON changed
        BEGIN
          SELECT RAISE(ABORT, 'write outside a step') WHERE (SELECT id FROM current_step) IS NULL;
          INSERT INTO change(step_id, tbl, pk, before, after, sum)
          SELECT id, new.tbl, new.pk, new.before, new.after, {_WRITTEN} FROM current_step LIMIT 1;
        END""",
)


def watch(db: Database, tables: tuple[Table, ...]) -> None:
    """Have every change of these tables written into the journal, and none outside a step.

    Args:
        db: the writing connection, outside any transaction.
        tables: all that are watched.
    """
    try:
        db.conn.executescript(_script(tables))
    except BaseException:
        db.rollback()
        raise


@cache
def _script(tables: tuple[Table, ...]) -> str:
    each = [_trigger(table, event) for table in tables for event in _EVENTS]
    return ";\n".join(["BEGIN", *_JOURNAL, *each, "COMMIT"])


def _trigger(table: Table, event: str) -> str:
    before = "NULL" if event == "INSERT" else _json_object("old", table.columns)
    after = "NULL" if event == "DELETE" else _json_object("new", table.columns)
    side = "old" if event == "DELETE" else "new"
    key = ", ".join(f'{side}."{column}"' for column in table.key)
    return f"""
        CREATE TEMP TRIGGER journal_{table.name}_{event.lower()} AFTER {event} ON main.{table.name}
        BEGIN
          INSERT INTO changed VALUES ('{table.name}', json_array({key}), {before}, {after});
        END"""


def _json_object(side: str, columns: tuple[str, ...]) -> str:
    pairs = ", ".join(f"'{column}', {side}.\"{column}\"" for column in columns)
    return f"json_object({pairs})"
