"""Which tables the journal watches, and by which key it knows their rows."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

# Tables of the mechanism itself and of search; everything else is journaled.
_UNWATCHED = ("step", "change", "turn_fts", "memo_fts", "log_mark", "key_mark", "sqlite", "_sqlite")
# Local row numbers serve full-text search and must not travel in images.
_LOCAL = "row"
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
    return {
        name: describe(db, name) for name in db.table_names() if not name.startswith(_UNWATCHED)
    }


def together(name: str, columns: set[str]) -> set[str]:
    """Return columns of a table with those that mean something only together with them."""
    unit = _TOGETHER.get(name, set())
    return columns | unit if columns & unit else columns


def describe(db: Database, name: str) -> Table:
    """Read what a table is from the open database."""
    info = db.conn.execute(f"PRAGMA table_info({name})").fetchall()
    columns = tuple(row[1] for row in info if row[1] != _LOCAL)
    key = tuple(row[1] for row in sorted(info, key=lambda row: row[5]) if row[5])
    return Table(name, ("id",) if key == (_LOCAL,) else key, columns)
