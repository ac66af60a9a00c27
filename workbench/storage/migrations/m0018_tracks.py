"""Note how many tracks of sound a recording has, and which of them a transcript heard."""

from __future__ import annotations

from sqlite_utils import Database


def migrate(db: Database) -> None:
    """Take the first track for the one that was heard, as it was before."""
    db.conn.execute("ALTER TABLE source ADD COLUMN tracks INTEGER NOT NULL DEFAULT 1")
    db.conn.execute("ALTER TABLE transcript ADD COLUMN track INTEGER NOT NULL DEFAULT 1")
