"""Erasing: what is erased is gone from rows, history, search index, free pages and log alike.

The rows themselves are changed by whoever knows what they mean (`withdrawal/erased_rows.py`); here
the rest follows, by the foreign keys and by the list of what columns can hold (`holding.py`), so
that no place is forgotten. The history goes on without what was erased:

- images of rows that are gone go, and so do those of what hung on them;
- of the texts that were touched only the present is known from now on, so no undo leads back to
  words in them; what was done to them otherwise stays to be undone;
- whatever other image can hold words is gone through like its row.

So the newest image of every row still is how the row looks, and undo goes on with other things.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from workbench.domain.change import RowChange
from workbench.storage import holding, images
from workbench.storage.images import Image
from workbench.storage.schema import journaled
from workbench.storage.sums import CHANGE

Masked = Callable[[str, str, str], str]
"""Returns the text of a column without names and words that must go: table, column, text."""
_TEXTS = ("transcript", "speaker", "turn", "recognition", "unheard", "spoken")
_ANCHOR = (
    *("transcript_id", "first_turn_id", "start", "last_turn_id", "end", "words"),
    *("start_ms", "end_ms", "placement"),
)
_FILE = ("kind", "file", "original_name", "sha256", "size", "duration_ms")
_LOT = 500
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Scope:
    """What was touched.

    Attributes:
        sources: ids of the sources whose texts are known only as they are now.
        visits: ids of the sessions whose answers are.
        masked: takes names and words out of a text.
    """

    sources: Collection[str]
    visits: Collection[str]
    masked: Masked


@contextmanager
def noting(db: Database) -> Iterator[None]:
    """Note the rows that are deleted meanwhile, also by foreign keys; `forget` asks for them."""
    db.conn.execute("CREATE TEMP TABLE erased (tbl TEXT, pk TEXT)")
    tables = journaled(db).values()
    for table in tables:
        key = ", ".join(f'old."{column}"' for column in table.key)
        db.conn.execute(
            f"CREATE TEMP TRIGGER erased_{table.name} AFTER DELETE ON main.{table.name}"
            f" BEGIN INSERT INTO erased VALUES ('{table.name}', json_array({key})); END"
        )
    try:
        yield
    finally:
        for table in tables:
            db.conn.execute(f"DROP TRIGGER IF EXISTS erased_{table.name}")
        db.conn.execute("DROP TABLE IF EXISTS erased")


def mask_rows(db: Database, masked: Masked) -> None:
    """Go through every column that can hold words or names."""
    db.conn.create_function("masked", 3, masked, deterministic=True)
    there = journaled(db)
    for table, columns in holding.free_words().items():
        for column in columns:
            if table in there and column in there[table].columns:
                new = f"masked('{table}', '{column}', \"{column}\")"
                db.conn.execute(f'UPDATE {table} SET "{column}" = {new} WHERE "{column}" <> {new}')


def masked_rows(db: Database, masked: Masked) -> list[tuple[str, str]]:
    """Return table and first key of the rows that `mask_rows` would change."""
    db.conn.create_function("masked", 3, masked, deterministic=True)
    there = journaled(db)
    found: list[tuple[str, str]] = []
    for table, columns in holding.free_words().items():
        wanted = [column for column in columns if table in there and column in there[table].columns]
        if not wanted:
            continue
        changes = " OR ".join(
            f"\"{column}\" <> masked('{table}', '{column}', \"{column}\")" for column in wanted
        )
        rows = db.conn.execute(f'SELECT "{there[table].key[0]}" FROM {table} WHERE {changes}')
        found += [(table, str(row[0])) for row in rows.fetchall()]
    return found


def forget(db: Database, scope: Scope, own: int | None = None) -> tuple[RowChange, ...]:
    """Let the history go on without what was erased; within `noting`, after the rows.

    Args:
        db: in a transaction.
        scope: what was touched.
        own: the open step; nothing of what it did is kept.

    Returns:
        the rows that were changed, where a step is open.
    """
    changes = _changed(db, own) if own is not None else ()
    db.conn.execute("DELETE FROM change WHERE step_id = ?", [own])
    db.conn.execute("DELETE FROM step WHERE state = 'undone'")
    _History(db, scope).rewrite()
    for name in ("turn", "memo"):
        db.conn.execute(f"INSERT INTO {name}_fts({name}_fts) VALUES ('rebuild')")
    return changes


def own_step(db: Database) -> int:
    """Return the number of the step that is open."""
    return int(db.conn.execute("SELECT id FROM current_step").fetchone()[0])


def images_of(db: Database, where: Mapping[str, Collection[str]]) -> int:
    """Count the images in which any of some ids stands.

    Args:
        db: an open connection.
        where: ids, by the name of the column in which they stand.
    """
    parts, values = [], []
    for column, ids in where.items():
        parts.append(
            f"json_extract(coalesce(after, before), '$.{column}')"
            " IN (SELECT value FROM json_each(?))"
        )
        values.append(json.dumps(sorted(ids)))
    return int(
        db.conn.execute(
            "SELECT count(*) FROM change WHERE json_valid(coalesce(after, before, ''))"
            f" AND ({' OR '.join(parts)})",
            values,
        ).fetchone()[0]
    )


def shrink(db: Database) -> None:
    """Write the file anew, without a page that nobody uses; in no transaction."""
    db.conn.execute("PRAGMA secure_delete = ON")
    db.conn.execute("VACUUM")


def _changed(db: Database, step_id: int) -> tuple[RowChange, ...]:
    rows = db.conn.execute(
        "SELECT tbl, pk, max(after IS NULL), min(before IS NULL) FROM change"
        " WHERE step_id = ? GROUP BY tbl, pk",
        [step_id],
    ).fetchall()
    return tuple(
        RowChange(
            name,
            tuple(json.loads(key)),
            "deleted" if gone else "inserted" if new else "updated",
        )
        for name, key, gone, new in rows
    )


class _Drop(Exception):
    """An image that can stand for nothing any more."""


class _History:
    """Rewrites the history of one file."""

    def __init__(self, db: Database, scope: Scope) -> None:
        self._db = db
        self._scope = scope
        self._tables = journaled(db)
        self._free = holding.free_words()
        self._parents = {name: list(self._foreign_keys(name)) for name in self._tables}
        self._present: dict[tuple[str, str], Image] = {}
        self._texts = self._all_texts()
        self._gone: dict[str, set[str]] = {}
        self._gone_ids: dict[str, set[Any]] = {}
        self._strange = False
        self._ids: set[str] = {*self._texts, *scope.sources, *scope.visits}
        for name, key in db.conn.execute("SELECT tbl, pk FROM erased").fetchall():
            self._lose(name, key)

    def rewrite(self) -> None:
        """Go through all images; steps that nothing is left of go."""
        while self._go_along():
            pass
        touched: set[int] = set()
        for row in self._all():
            touched |= self._rewrite(row)
        self._db.conn.execute(
            "DELETE FROM step WHERE id IN (SELECT value FROM json_each(?))"
            " AND id NOT IN (SELECT step_id FROM change)",
            [json.dumps(sorted(touched))],
        )

    def _rewrite(self, row: tuple[Any, ...]) -> set[int]:
        """Write one change anew; return its step where nothing is left of it."""
        number, step, name, key, before, after = row
        if name not in self._free and not self._is_touched(key, before, after):
            return set()
        try:
            kept = images.image(before), images.image(after)
            new = self._settled(name, key, kept[0]), self._settled(name, key, kept[1])
        except (_Drop, ValueError):  # or nobody can read it, so that nobody knows what it holds
            new = kept = (None, None)
        if new[0] == new[1]:
            self._db.conn.execute("DELETE FROM change WHERE id = ?", [number])
            return {step}
        if new != kept:
            signed = CHANGE.format(
                step_id="step_id", tbl="tbl", pk="pk", before=":before", after=":after"
            )
            self._db.conn.execute(
                "UPDATE change SET before = :before, after = :after,"
                f" sum = {signed} WHERE id = :number",
                {
                    "before": images.text(new[0]),
                    "after": images.text(new[1]),
                    "number": number,
                },
            )
        return set()

    def _settled(self, name: str, key: str, image: Image) -> Image:
        """Return what an image is from now on."""
        if name not in self._tables or self._is_gone(name, key) or self._is_of_text(name, image):
            raise _Drop
        if image is None:
            return None
        settled = self._with_parents(name, key, image)
        if columns := self._only_present(name, image):
            here = self._row(name, key)
            if here is None:
                raise _Drop
            settled |= {column: here[column] for column in columns if column in image}
        return settled | {
            column: self._scope.masked(name, column, value)
            for column in self._free.get(name, ())
            if isinstance(value := settled.get(column), str)
        }

    def _with_parents(self, name: str, key: str, image: dict[str, Any]) -> dict[str, Any]:
        """Return an image that points at nothing which is gone, as its row would."""
        settled = dict(image)
        for column, parent, stays in self._parents[name]:
            if settled.get(column) not in self._gone_ids.get(parent, ()):
                continue
            here = self._row(name, key)
            if stays:
                settled[column] = None
            elif here is None:
                raise _Drop
            else:
                settled[column] = here[column]
        return settled

    def _only_present(self, name: str, image: dict[str, Any]) -> tuple[str, ...]:
        """Return the columns of a row of which only the present is known."""
        match name:
            case "observation" if image.get("source_id") in self._scope.sources:
                return _ANCHOR
            case "source" if image.get("id") in self._scope.sources:
                return _FILE
            case "visit" if image.get("session_id") in self._scope.visits:
                return ("narrative",)
            case "visit_answer" if image.get("session_id") in self._scope.visits:
                return ("value",)
        return ()

    def _is_of_text(self, name: str, image: Image) -> bool:
        column = "id" if name == "transcript" else "transcript_id"
        return name in _TEXTS and image is not None and image.get(column) in self._texts

    def _is_gone(self, name: str, key: str) -> bool:
        return key in self._gone.get(name, ())

    def _go_along(self) -> bool:
        """Find rows that only the history knows and that hung on what is gone."""
        found = False
        for _, _, name, key, before, after in self._all():
            if name not in self._tables or self._is_gone(name, key):
                continue
            if not self._is_touched(key, before, after):
                continue
            for stored in (before, after):
                try:
                    self._settled(name, key, images.image(stored))
                except _Drop:
                    if self._row(name, key) is None:
                        self._lose(name, key)
                        found = True
                        break
                except ValueError:
                    continue
        return found

    def _lose(self, name: str, key: str) -> None:
        """Note that a row is gone for good."""
        self._gone.setdefault(name, set()).add(key)
        parts = json.loads(key)
        if len(parts) == 1:
            self._gone_ids.setdefault(name, set()).add(parts[0])
        ids = [part for part in parts if isinstance(part, str)]
        self._ids.update(ids)
        self._strange |= not all(map(_ID.fullmatch, ids))

    def _is_touched(self, *stored: str | None) -> bool:
        """Tell whether images can have to do with what is gone; most have not, and are long."""
        if self._strange:  # a study from somewhere else can have anything as an id
            return True
        return any(not self._ids.isdisjoint(_ID.findall(one)) for one in stored if one)

    def _all(self) -> Iterator[tuple[Any, ...]]:
        """Yield the changes there are now, whatever is done to them meanwhile."""
        numbers = [row[0] for row in self._db.conn.execute("SELECT id FROM change ORDER BY id")]
        for at in range(0, len(numbers), _LOT):
            yield from self._db.conn.execute(
                "SELECT id, step_id, tbl, pk, before, after FROM change"
                " WHERE id BETWEEN ? AND ? ORDER BY id",
                [numbers[at], numbers[min(at + _LOT, len(numbers)) - 1]],
            ).fetchall()

    def _row(self, name: str, key: str) -> Image:
        if (name, key) not in self._present:
            self._present[name, key] = images.read(self._db, self._tables[name], key)
        return self._present[name, key]

    def _all_texts(self) -> set[str]:
        """Return the ids of the texts of the sources, those too that only the history knows."""
        wanted = json.dumps(sorted(self._scope.sources))
        there = self._db.conn.execute(
            "SELECT id FROM transcript WHERE source_id IN (SELECT value FROM json_each(?))",
            [wanted],
        ).fetchall()
        known = self._db.conn.execute(
            "SELECT json_extract(coalesce(after, before), '$.id') FROM change"
            " WHERE tbl = 'transcript' AND json_valid(coalesce(after, before))"
            " AND json_extract(coalesce(after, before), '$.source_id')"
            " IN (SELECT value FROM json_each(?))",
            [wanted],
        ).fetchall()
        return {row[0] for row in (*there, *known)}

    def _foreign_keys(self, name: str) -> Iterator[tuple[str, str, bool]]:
        """Yield column, table pointed at, and whether the row stays when that goes."""
        for row in self._db.conn.execute(f"PRAGMA foreign_key_list({name})").fetchall():
            yield row[3], row[2], row[6] == "SET NULL"
        if name == "memo":  # it points by kind and id, so without a foreign key
            for parent in self._tables:
                yield "subject_id", parent, False


__all__ = [
    "Masked",
    "Scope",
    "forget",
    "images_of",
    "mask_rows",
    "masked_rows",
    "noting",
    "own_step",
    "shrink",
]
