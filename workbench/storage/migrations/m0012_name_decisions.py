"""Keep what was decided about each string that may be a name."""

from __future__ import annotations

from sqlite_utils import Database


def migrate(db: Database) -> None:
    """Decide nothing: real names of people need no decision."""
    db.conn.execute(
        "CREATE TABLE name_decision ("
        " folded TEXT PRIMARY KEY, written TEXT NOT NULL, sort TEXT NOT NULL,"
        " decision TEXT NOT NULL, instead TEXT NOT NULL) STRICT"
    )
