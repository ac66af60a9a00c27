"""Note of a transcript whether its times are those that players show."""

from __future__ import annotations

from sqlite_utils import Database


def migrate(db: Database) -> None:
    """Take recognised times for counted in samples, as they were before."""
    db.conn.execute("ALTER TABLE transcript ADD COLUMN laid INTEGER NOT NULL DEFAULT 0")
