"""Keep with a session the names and terms to expect in its recordings."""

from __future__ import annotations

from sqlite_utils import Database


def migrate(db: Database) -> None:
    """Expect none in the sessions there are."""
    db.conn.execute("ALTER TABLE session ADD COLUMN vocabulary TEXT NOT NULL DEFAULT '[]'")
