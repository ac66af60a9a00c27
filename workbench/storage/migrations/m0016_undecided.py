"""Keep with how many undecided names a file left."""

from __future__ import annotations

from sqlite_utils import Database


def migrate(db: Database) -> None:
    """Take what left before for decided: nobody counted."""
    db.conn.execute("ALTER TABLE let_out ADD COLUMN undecided INTEGER NOT NULL DEFAULT 0")
