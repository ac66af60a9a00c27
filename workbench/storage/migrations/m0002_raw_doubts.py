"""Keep beside the raw words why the engine doubted them: voices are told apart from these anew."""

from __future__ import annotations

from sqlite_utils import Database


def migrate(db: Database) -> None:
    """Give what was recognised before no doubts; those of its turns stay where they are."""
    db.conn.execute("ALTER TABLE recognition ADD COLUMN doubt TEXT NOT NULL DEFAULT ''")
