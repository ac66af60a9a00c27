"""The journal: one mechanism for undo, audit, refresh and merge.

TEMP triggers, made from the schema when a study opens, write the image of every row before and
after each change under the current step. Undo and redo are one function that applies the
opposite images and records again under the same step; views hear of all of them alike.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from workbench.domain.change import ChangeKind, ChangeSet, Op, RowChange, Step
from workbench.errors import UserError
from workbench.storage.schema import Table, journaled

_MERGE_WITHIN = timedelta(seconds=60)

Image = dict[str, Any] | None
NetChanges = dict[tuple[str, str], tuple[Image, Image]]


class JournalConflict(UserError):
    """A step can no longer be undone because its rows have changed since."""


class Journal:
    """Records steps and plays them back.

    Args:
        db: the writing connection, outside any transaction.
        now: clock; returns aware time in UTC.
    """

    def __init__(self, db: Database, now: Callable[[], datetime]) -> None:
        self._db = db
        self._now = now
        self._tables = journaled(db)
        self._step: int | None = None
        self._watch()

    @contextmanager
    def step(
        self, op: Op, *, coder: str = "", origin: object = None, merge_key: str = ""
    ) -> Iterator[list[ChangeSet]]:
        """Open a step; all writes inside belong to it.

        Yields a list that holds the `ChangeSet` after the block, or nothing when the step was
        empty. Steps of one `op` with the same `merge_key` within a minute become one; steps of
        the machine merge without limit.
        """
        told: list[ChangeSet] = []
        with self._db.atomic():
            step_id, opened = self._open_step(op, coder, merge_key)
            mark = self._newest_change()
            self._set_current(step_id)
            try:
                yield told
            finally:
                self._set_current(None)
            rows = self._rows_since(mark)
            if not rows and opened:
                self._db.conn.execute("DELETE FROM step WHERE id = ?", [step_id])
            elif rows and not op.by_machine:
                self._db.conn.execute("DELETE FROM step WHERE state = 'undone'")
        if rows:
            told.append(ChangeSet(op, origin, rows))

    @property
    def recording(self) -> bool:
        """Tell whether a step is open now."""
        return self._step is not None

    def undo(self) -> ChangeSet | None:
        """Undo the newest step that can be; `None` when there is none.

        Raises:
            JournalConflict: rows of the step have changed since; older history is sealed.
        """
        return self._reverse(self.next_undo(), "undone")

    def redo(self) -> ChangeSet | None:
        """Redo the step undone last; `None` when there is none.

        Raises:
            JournalConflict: rows of the step have changed since.
        """
        return self._reverse(self.next_redo(), "done")

    def next_undo(self) -> Step | None:
        """Return the step that `undo` would reverse."""
        fixed = [op.value for op in Op if not op.undoable]
        marks = ",".join("?" * len(fixed))
        where = f"state = 'done' AND op NOT IN ({marks}) ORDER BY id DESC LIMIT 1"
        return next(iter(_steps(self._db, where, fixed)), None)

    def next_redo(self) -> Step | None:
        """Return the step that `redo` would bring back."""
        return next(iter(_steps(self._db, "state = 'undone' ORDER BY id LIMIT 1", [])), None)

    @staticmethod
    def read_history(db: Database, limit: int) -> list[Step]:
        """Return the newest steps first; also for a study that is open for reading only."""
        return _steps(db, "1 ORDER BY id DESC LIMIT ?", [limit])

    # --- recording

    def _watch(self) -> None:
        self._db.conn.execute("CREATE TEMP TABLE current_step (id INTEGER)")
        self._db.conn.execute("INSERT INTO current_step VALUES (NULL)")
        for table in self._tables.values():
            for event in ("INSERT", "UPDATE", "DELETE"):
                self._db.conn.execute(_trigger(table, event))

    def _open_step(self, op: Op, coder: str, merge_key: str) -> tuple[int, bool]:
        if merge_key and (mergeable := self._mergeable(op, merge_key)):
            return mergeable, False
        row = self._db.conn.execute(
            "INSERT INTO step(op, merge_key, coder, at, state) VALUES (?,?,?,?,'done')"
            " RETURNING id",
            [op.value, merge_key, coder, self._now().isoformat(timespec="seconds")],
        ).fetchone()
        return int(row[0]), True

    def _mergeable(self, op: Op, merge_key: str) -> int | None:
        newest = "(SELECT max(id) FROM step)" if not op.by_machine else "id"
        row = self._db.conn.execute(
            "SELECT id, at FROM step WHERE op = ? AND merge_key = ? AND state = 'done'"
            f" AND id = {newest} ORDER BY id DESC LIMIT 1",
            [op.value, merge_key],
        ).fetchone()
        if row is None:
            return None
        recent = self._now() - datetime.fromisoformat(row[1]) < _MERGE_WITHIN
        return int(row[0]) if recent or op.by_machine else None

    def _set_current(self, step_id: int | None) -> None:
        self._step = step_id
        self._db.conn.execute("UPDATE current_step SET id = ?", [step_id])

    def _newest_change(self) -> int:
        row = self._db.conn.execute("SELECT max(id) FROM change").fetchone()
        return int(row[0] or 0)

    def _rows_since(self, mark: int) -> tuple[RowChange, ...]:
        net = self._net("id > ?", [mark])
        return tuple(
            RowChange(table, tuple(json.loads(key)), _kind(before, after))
            for (table, key), (before, after) in net.items()
            if before != after
        )

    # --- playing back

    def _reverse(self, step: Step | None, state: str) -> ChangeSet | None:
        if step is None:
            return None
        net = self._net("step_id = ?", [step.id])
        stale = [name for (name, key), (_, after) in net.items() if self._row(name, key) != after]
        if stale:
            self._seal(step)
            raise JournalConflict(
                "history-changed",
                f"“{step.op.label}” can no longer be reversed: {stale[0]} has changed since.",
                "Older history stays visible; change it by hand where needed.",
            )
        with self._db.atomic():
            self._db.conn.execute("PRAGMA defer_foreign_keys = ON")
            self._db.conn.execute("DELETE FROM change WHERE step_id = ?", [step.id])
            mark = self._newest_change()
            self._set_current(step.id)
            try:
                self._apply({key: before for key, (before, _) in net.items()})
            finally:
                self._set_current(None)
            self._db.conn.execute("UPDATE step SET state = ? WHERE id = ?", [state, step.id])
            rows = self._rows_since(mark)
        return ChangeSet(step.op, None, rows)

    def _apply(self, images: dict[tuple[str, str], Image]) -> None:
        # Rows go first: cascades they set off are then mended by the images that follow.
        for (name, key), image in images.items():
            if image is None:
                table = self._tables[name]
                self._db.conn.execute(f"DELETE FROM {name} WHERE {_where(table)}", json.loads(key))
        for (name, _), image in images.items():
            if image is not None:
                self._db.conn.execute(_upsert(self._tables[name]), list(image.values()))

    def _seal(self, step: Step) -> None:
        with self._db.atomic():
            if step.state == "done":
                self._db.conn.execute(
                    "UPDATE step SET state = 'sealed' WHERE id <= ? AND state = 'done'", [step.id]
                )
            else:
                self._db.conn.execute("DELETE FROM step WHERE state = 'undone'")

    def _net(self, where: str, values: list[Any]) -> NetChanges:
        """Return the image before the first and after the last change of each row."""
        net: NetChanges = {}
        rows = self._db.conn.execute(
            f"SELECT tbl, pk, before, after FROM change WHERE {where} ORDER BY id", values
        )
        for name, key, before, after in rows:
            first = net[name, key][0] if (name, key) in net else _image(before)
            net[name, key] = (first, _image(after))
        return net

    def _row(self, name: str, key: str) -> Image:
        table = self._tables[name]
        columns = ",".join(f'"{column}"' for column in table.columns)
        row = self._db.conn.execute(
            f"SELECT {columns} FROM {name} WHERE {_where(table)}", json.loads(key)
        ).fetchone()
        return None if row is None else dict(zip(table.columns, row, strict=True))


def _steps(db: Database, where: str, values: list[Any]) -> list[Step]:
    rows = db.conn.execute(
        "SELECT id, op, coder, at, state,"
        " (SELECT count(*) FROM change WHERE step_id = step.id)"
        f" FROM step WHERE {where}",
        values,
    )
    return [
        Step(number, Op(op), coder, at, state, count)
        for number, op, coder, at, state, count in rows
    ]


def _trigger(table: Table, event: str) -> str:
    before = "NULL" if event == "INSERT" else _json_object("old", table.columns)
    after = "NULL" if event == "DELETE" else _json_object("new", table.columns)
    side = "old" if event == "DELETE" else "new"
    key = ", ".join(f'{side}."{column}"' for column in table.key)
    return f"""
        CREATE TEMP TRIGGER journal_{table.name}_{event.lower()} AFTER {event} ON main.{table.name}
        BEGIN
          SELECT RAISE(ABORT, 'write outside a step') WHERE (SELECT id FROM current_step) IS NULL;
          INSERT INTO change(step_id, tbl, pk, before, after)
          VALUES ((SELECT id FROM current_step), '{table.name}', json_array({key}),
                  {before}, {after});
        END"""


def _json_object(side: str, columns: tuple[str, ...]) -> str:
    pairs = ", ".join(f"'{column}', {side}.\"{column}\"" for column in columns)
    return f"json_object({pairs})"


def _where(table: Table) -> str:
    return " AND ".join(f'"{column}" = ?' for column in table.key)


def _upsert(table: Table) -> str:
    columns = ", ".join(f'"{column}"' for column in table.columns)
    marks = ", ".join("?" * len(table.columns))
    key = ", ".join(f'"{column}"' for column in table.key)
    rest = [column for column in table.columns if column not in table.key]
    update = ", ".join(f'"{column}" = excluded."{column}"' for column in rest)
    action = f"DO UPDATE SET {update}" if rest else "DO NOTHING"
    return f"INSERT INTO {table.name} ({columns}) VALUES ({marks}) ON CONFLICT ({key}) {action}"


def _image(text: str | None) -> Image:
    return None if text is None else json.loads(text)


def _kind(before: Image, after: Image) -> ChangeKind:
    if before is None:
        return "inserted"
    return "deleted" if after is None else "updated"
