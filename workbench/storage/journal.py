"""The journal: one mechanism for undo, audit, refresh and merge.

TEMP triggers, made from the schema, write the image of every row before and after each change
under the current step, and refuse what is written outside one. They take longer to make than a
study takes to open, so they wait for the first step; until then SQLite refuses all writing. Undo
and redo are one function that applies the opposite images and records again under the same step;
views hear of all of them alike.

The machine works while people do: words, voices and places arrive between their steps. A step
can be reversed when nobody else changed its rows, or only the machine did, and not the same
columns.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from workbench.domain.change import ChangeKind, ChangeSet, Op, RowChange, Step
from workbench.domain.typing import PAUSE_S
from workbench.errors import UserError
from workbench.storage import images, sums, triggers
from workbench.storage.database import told, writing
from workbench.storage.driver import at_most
from workbench.storage.history import steps
from workbench.storage.images import Image, Stale
from workbench.storage.logs import LogMarks
from workbench.storage.place import Place
from workbench.storage.rows import member_reader
from workbench.storage.schema import Table, journaled
from workbench.storage.sums import CHANGE
from workbench.storage.undone import Undone
from workbench.words import said

PAUSE = timedelta(seconds=PAUSE_S)
_FIXED = ", ".join(f"'{op.value}'" for op in Op if not op.undoable)
_CAN_GO = f"state = 'done' AND op NOT IN ({_FIXED})"
_AT_IT = timedelta(minutes=1)
_GIVEN = CHANGE.format(step_id="?1", tbl="?2", pk="?3", before="?4", after="?5")


class JournalConflict(UserError):
    """A step can no longer be undone because its rows have changed since."""


class BrokenStep(JournalConflict):
    """What a step left in the journal is damaged, so that it is passed over."""


class Journal:
    """Records steps and plays them back.

    Args:
        db: the writing connection, outside any transaction.
        now: clock; returns aware time in UTC.
        place: where the study was opened, and whether it is still there; `None` = just here.

    Attributes:
        place: as given.
        undone: what could be redone.
        marks: the log beside the file.
    """

    def __init__(
        self, db: Database, now: Callable[[], datetime], place: Place | None = None
    ) -> None:
        self._db = db
        self._now = now
        self._tables: dict[str, Table] = {}
        self._step: int | None = None
        self._touched: tuple[int, datetime] | None = None
        self._file = Path(db.conn.execute("PRAGMA database_list").fetchone()[2])
        self.place = place or Place(self._file)
        self.marks, self.undone = LogMarks(db, self._file, self.place), Undone(db)
        db.conn.execute("PRAGMA query_only = ON")

    def get_ready(self) -> None:
        """Make the log and the triggers, unless they are there; the first step needs them."""
        if self._tables:
            return
        self.place.require()
        with told(self._file):
            tables = journaled(self._db)
            self._db.conn.execute("PRAGMA query_only = OFF")
            try:
                self.marks.begin()
                triggers.watch(self._db, tuple(tables.values()))
            except BaseException:
                self._db.conn.execute("PRAGMA query_only = ON")
                raise
        self._tables = tables

    @contextmanager
    def step(
        self,
        op: Op,
        *,
        coder: str = "",
        origin: object = None,
        merge_key: str = "",
        pause: timedelta = PAUSE,
    ) -> Iterator[list[ChangeSet]]:
        """Open a step; all writes inside belong to it.

        Yields a list that holds the `ChangeSet` after the block, or nothing when the step was
        empty. Steps of one `op` with the same `merge_key` become one when nothing was done between
        and each follows the one before within `pause`, which is shorter than a reopening; steps of
        the machine merge without limit.
        """
        told: list[ChangeSet] = []
        with self._writing():
            step_id, opened = self._open_step(op, coder, merge_key, pause)
            mark = self._newest_change()
            self._set_current(step_id)
            try:
                yield told
            finally:
                self._set_current(None)
            rows = self._rows_since(mark)
            if not rows and opened:
                self._db.conn.execute("DELETE FROM step WHERE id = ?", [step_id])
            elif rows and op.undoable:
                self.undone.discard()
                if not opened:
                    self._compact(step_id)
        if rows:
            self._touched = step_id, self._now()
            told.append(ChangeSet((op,), origin, rows))

    @property
    def recording(self) -> bool:
        """Tell whether a step is open now."""
        return self._step is not None

    @contextmanager
    def nested(self) -> Iterator[None]:
        """Join the open step; what fails inside leaves nothing, even when somebody catches it."""
        with self._db.atomic():
            yield

    def image_before(self, table: str, key: str) -> Image:
        """Return a row as it was before somebody began with what the open step goes on with.

        That may have begun in earlier steps of the same kind, when somebody pauses; a minute back
        they are another matter. `None` when the row has not been touched.
        """
        since = self._now() - _AT_IT
        row = self._db.conn.execute(
            "SELECT before FROM change JOIN step ON step.id = step_id"
            " WHERE tbl = :table AND pk = json_array(:key) AND state = 'done'"
            " AND (step_id = :step OR (at >= :since AND op ="
            " (SELECT op FROM step WHERE id = :step)))"
            " ORDER BY change.id LIMIT 1",
            {
                "table": table,
                "key": key,
                "step": self._step,
                "since": since.isoformat(timespec="seconds"),
            },
        ).fetchone()
        return images.image(row[0]) if row else None

    def undo(self) -> ChangeSet | None:
        """Undo the newest step that can be; `None` when there is none.

        Raises:
            JournalConflict: rows of the step have changed since; older history is sealed.
            BrokenStep: the step is damaged; the next undo goes on with the one before.
        """
        return self._reverse(self.next_undo(), "undone")

    def redo(self) -> ChangeSet | None:
        """Redo the step undone last; `None` when there is none.

        Raises:
            JournalConflict: rows of the step have changed since.
            BrokenStep: the step is damaged; the next redo goes on with the one after.
        """
        return self._reverse(self.next_redo(), "done")

    def next_undo(self) -> Step | None:
        """Return the step that `undo` would reverse."""
        return next(iter(steps(self._db, f"{_CAN_GO} ORDER BY id DESC LIMIT 1", [])), None)

    def next_redo(self) -> Step | None:
        """Return the step that `redo` would bring back."""
        return next(iter(steps(self._db, "state = 'undone' ORDER BY id LIMIT 1", [])), None)

    def on_the_way(self, step_id: int) -> list[int]:
        """Return the steps that going back or forth to one would undo or redo."""
        rows = self._db.conn.execute(
            f"SELECT id FROM step WHERE {_CAN_GO} AND id > ?1 OR state = 'undone' AND id <= ?1",
            [step_id],
        )
        return [key for (key,) in rows]

    @staticmethod
    def read_history(db: Database, limit: int) -> list[Step]:
        """Return the newest steps first; also for a study that is open for reading only."""
        return steps(db, f"1 ORDER BY id DESC {at_most(limit)}", [])

    # --- recording

    def _open_step(self, op: Op, coder: str, merge_key: str, pause: timedelta) -> tuple[int, bool]:
        if merge_key and (mergeable := self._mergeable(op, coder, merge_key, pause)):
            return mergeable, False
        row = self._db.conn.execute(
            "INSERT INTO step(op, merge_key, coder, at, state) VALUES (?,?,?,?,'done')"
            " RETURNING id",
            [op.value, merge_key, coder, self._now().isoformat(timespec="seconds")],
        ).fetchone()
        sums.sign_step(self._db, row[0])
        return int(row[0]), True

    def _mergeable(self, op: Op, coder: str, merge_key: str, pause: timedelta) -> int | None:
        row = self._db.conn.execute(
            "SELECT id, coder = ?, id = (SELECT max(id) FROM step) FROM step"
            " WHERE op = ? AND merge_key = ? AND state = 'done' ORDER BY id DESC LIMIT 1",
            [coder, op.value, merge_key],
        ).fetchone()
        if row is None:
            return None
        step_id, by_same, is_newest = row
        touched, at = self._touched or (None, self._now())
        goes_on = touched == step_id and abs(self._now() - at) < pause
        return int(step_id) if op.by_machine or (is_newest and by_same and goes_on) else None

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold a transaction; a full disk and the like become sentences for people."""
        self.get_ready()
        self.place.require()
        with told(self._file):
            with writing(self._db):
                yield
            self.marks.keep()
        self.undone.tell()

    def _compact(self, step_id: int) -> None:
        """Keep one image before and after for each row of a step that grew by merging."""
        net = images.net(self._db, "step_id = ?", [step_id])
        kept = [
            (step_id, name, key, images.text(before), images.text(after))
            for (name, key), (before, after) in net.items()
            if before != after
        ]
        self._db.conn.execute("DELETE FROM change WHERE step_id = ?", [step_id])
        self._db.conn.executemany(
            "INSERT INTO change(step_id, tbl, pk, before, after, sum)"
            f" VALUES (?1, ?2, ?3, ?4, ?5, {_GIVEN})",
            kept,
        )
        if not kept:
            self._db.conn.execute("DELETE FROM step WHERE id = ?", [step_id])

    def _set_current(self, step_id: int | None) -> None:
        self._step = step_id
        self._db.conn.execute("UPDATE current_step SET id = ?", [step_id])

    def _newest_change(self) -> int:
        return self._number("SELECT max(id) FROM change")

    def _number(self, sql: str, *values: object) -> int:
        return int(self._db.conn.execute(sql, values).fetchone()[0] or 0)

    def _rows_since(self, mark: int) -> tuple[RowChange, ...]:
        net = images.net(self._db, "id > ?", [mark])
        return tuple(
            RowChange(table, tuple(json.loads(key)), _kind(before, after))
            for (table, key), (before, after) in net.items()
            if before != after
        )

    # --- playing back

    def _reverse(self, step: Step | None, state: str) -> ChangeSet | None:
        if step is None:
            return None
        if not sums.is_sound(self._db, step.id):
            self._pass_over(step)
            raise BrokenStep(
                "history-damaged",
                "“{step}” cannot be reversed, since what the study keeps of it is damaged. It is"
                " passed over.",
                "The next undo or redo goes on with the step beyond it; “check” tells what else"
                " is damaged.",
                step=said(step.op.label),
            )
        try:
            with self._writing():
                rows = self._replay(step, state)
        except (Stale, sqlite3.IntegrityError, ValueError) as problem:
            # Also when a row it points at, such as a turn, is gone, or an image is damaged.
            self._seal(step)
            raise JournalConflict(
                "history-changed",
                "“{step}” can no longer be reversed, since what it changed has been changed again.",
                "Older history stays visible; change it by hand where needed.",
                step=said(step.op.label),
            ) from problem
        return ChangeSet((step.op,), None, rows)

    def _replay(self, step: Step, state: str) -> tuple[RowChange, ...]:
        net = images.net(self._db, "step_id = ?", [step.id])
        targets: dict[tuple[str, str], Image] = {}
        for (name, key), (before, after) in net.items():
            images.require_fit(self._tables.get(name), before, after)
            now = images.read(self._db, self._tables[name], key)
            targets[name, key] = before
            if now != after:
                if not self._by_machine(step, name, key, now):
                    raise Stale(name)
                targets[name, key] = images.rebased(name, before, after, now)
        first = self._number("SELECT min(id) FROM change WHERE step_id = ?", step.id)
        self._db.conn.execute("PRAGMA defer_foreign_keys = ON")
        self._db.conn.execute("DELETE FROM change WHERE step_id = ?", [step.id])
        mark = self._newest_change()
        self._set_current(step.id)
        try:
            self._apply(targets)
        finally:
            self._set_current(None)
        sums.set_state(self._db, state, "id = :id", {"id": step.id})
        if state == "undone":
            images.settle(self._db, self._tables, step.id, first)
        return self._rows_since(mark)

    def _by_machine(self, step: Step, name: str, key: str, now: Image) -> bool:
        """Tell whether only the machine has changed a row since the step."""
        later = self._db.conn.execute(
            "SELECT op, state, after FROM change JOIN step ON step.id = step_id"
            " WHERE tbl = :table AND pk = :key AND change.id >"
            " (SELECT max(id) FROM change WHERE step_id = :step AND tbl = :table AND pk = :key)"
            " ORDER BY change.id",
            {"table": name, "key": key, "step": step.id},
        ).fetchall()
        by_people = any(
            state == "done" and not member_reader(Op)(op).by_machine for op, state, _ in later
        )
        return bool(later) and not by_people and images.image(later[-1][2]) == now

    def _apply(self, targets: dict[tuple[str, str], Image]) -> None:
        # Rows go first: cascades they set off are then mended by the images that follow.
        for (name, key), image in targets.items():
            if image is None:
                images.remove(self._db, self._tables[name], key)
        for (name, _), image in targets.items():
            if image is not None:
                images.write(self._db, self._tables[name], image)

    def _pass_over(self, step: Step) -> None:
        with self._writing():
            sums.set_state(self._db, "broken", "id = :id", {"id": step.id})

    def _seal(self, step: Step) -> None:
        """Leave the step that could not be reversed, and those that stand on it, as they are."""
        with self._writing():
            if step.state == "done":
                # Beyond a broken step its rows are other than older ones know; the rest is not.
                (broken,) = self._db.conn.execute(
                    "SELECT EXISTS (SELECT 1 FROM step WHERE state = 'broken' AND id > ?)",
                    [step.id],
                ).fetchone()
                which = "id = :id" if broken else "id <= :id AND state = 'done'"
                sums.set_state(self._db, "sealed", which, {"id": step.id})
            else:
                self.undone.discard()


def _kind(before: Image, after: Image) -> ChangeKind:
    if before is None:
        return "inserted"
    return "deleted" if after is None else "updated"
