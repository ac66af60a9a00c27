"""Keep that somebody withdrew, and what was done: by code, without words and names."""

from __future__ import annotations

from sqlite_utils import Database


def migrate(db: Database) -> None:
    """Know of no withdrawal yet."""
    db.conn.execute(
        "CREATE TABLE withdrawal ("
        " id TEXT PRIMARY KEY, at TEXT NOT NULL, code TEXT NOT NULL, deed TEXT NOT NULL,"
        " coder TEXT NOT NULL, told TEXT NOT NULL) STRICT"
    )
