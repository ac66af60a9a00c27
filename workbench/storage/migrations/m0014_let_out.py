"""Keep who let a file out in which something had been found, and what may always leave."""

from __future__ import annotations

from sqlite_utils import Database


def migrate(db: Database) -> None:
    """Make both lists, empty; neither holds any of the words."""
    db.conn.execute(
        "CREATE TABLE let_out ("
        " id TEXT PRIMARY KEY, let_out_at TEXT NOT NULL, file TEXT NOT NULL, coder TEXT NOT NULL,"
        " names INTEGER NOT NULL, contacts INTEGER NOT NULL, words INTEGER NOT NULL,"
        " unread INTEGER NOT NULL) STRICT"
    )
    db.conn.execute(
        "CREATE TABLE left_alone ("
        ' "key" TEXT PRIMARY KEY, what TEXT NOT NULL, decided_at TEXT NOT NULL,'
        " coder TEXT NOT NULL) STRICT"
    )
