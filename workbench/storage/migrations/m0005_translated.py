"""Note of a transcript whether the model translated what it heard."""

from __future__ import annotations

from sqlite_utils import Database


def migrate(db: Database) -> None:
    """Take what is there for what was said: nothing was translated before."""
    db.conn.execute("ALTER TABLE transcript ADD COLUMN translated INTEGER NOT NULL DEFAULT 0")
