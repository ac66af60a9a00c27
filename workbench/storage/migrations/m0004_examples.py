"""Keep the example of a code: a quote typed, and the observation chosen."""

from __future__ import annotations

from sqlite_utils import Database


def migrate(db: Database) -> None:
    """Give the codes of before no example; the strongest passage is proposed."""
    db.conn.execute("ALTER TABLE code ADD COLUMN example TEXT NOT NULL DEFAULT ''")
    db.conn.execute(
        "ALTER TABLE code ADD COLUMN example_id TEXT REFERENCES observation ON DELETE SET NULL"
    )
    db.conn.execute("CREATE INDEX code_example ON code(example_id)")
