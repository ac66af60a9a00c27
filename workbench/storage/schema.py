"""Which tables the journal watches, and by which key it knows their rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

from sqlite_utils import Database

# Tables of the mechanism itself and of search; everything else is journaled.
_UNWATCHED = ("step", "change", "turn_fts", "memo_fts", "log_mark", "key_mark", "sqlite", "_sqlite")
# Local row numbers serve full-text search and must not travel in images.
_LOCAL = "row"
_ALL = (
    "SELECT tables.name, columns.name, columns.pk FROM sqlite_master AS tables"
    " JOIN pragma_table_info(tables.name) AS columns WHERE tables.type = 'table'"
    " ORDER BY tables.rowid, columns.cid"
)
# Columns that mean something only together: one must not change under the other.
_TOGETHER = {
    "observation": {
        *("transcript_id", "first_turn_id", "start", "last_turn_id", "end", "words"),
        *("start_ms", "end_ms", "placement"),
    },
    "turn": {"text", "words", "layout"},
}


@dataclass(frozen=True, slots=True)
class Table:
    """A journaled table: its key and all columns that belong to a row's image."""

    name: str
    key: tuple[str, ...]
    columns: tuple[str, ...]


def journaled(db: Database) -> dict[str, Table]:
    """Read the journaled tables from the open database, by name."""
    found: dict[str, list[tuple[str, int]]] = {}
    for name, column, key in db.conn.execute(_ALL):
        if not name.startswith(_UNWATCHED):
            found.setdefault(name, []).append((column, key))
    return {name: _table(name, info) for name, info in found.items()}


def together(name: str, columns: set[str]) -> set[str]:
    """Return columns of a table with those that mean something only together with them."""
    unit = _TOGETHER.get(name, set())
    return columns | unit if columns & unit else columns


def describe(db: Database, name: str) -> Table:
    """Read what a table is from the open database."""
    info = db.conn.execute(f"PRAGMA table_info({name})").fetchall()
    return _table(name, [(row[1], row[5]) for row in info])


def _table(name: str, info: Sequence[tuple[str, int]]) -> Table:
    """Return a table by its columns, each with its place in the key from 1 on, 0 = none."""
    columns = tuple(column for column, _ in info if column != _LOCAL)
    key = tuple(column for column, place in sorted(info, key=itemgetter(1)) if place)
    return Table(name, ("id",) if key == (_LOCAL,) else key, columns)
