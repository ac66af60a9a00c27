"""Keep which language was heard where, and how sure the engine was of the main one."""

from __future__ import annotations

from sqlite_utils import Database


def migrate(db: Database) -> None:
    """Take the languages of before for sure: what was heard was not kept."""
    db.conn.execute(
        "ALTER TABLE transcript ADD COLUMN language_probability INTEGER NOT NULL DEFAULT 1000"
    )
    db.conn.execute(
        "CREATE TABLE spoken ("
        " transcript_id TEXT NOT NULL REFERENCES transcript ON DELETE CASCADE,"
        " start_ms INTEGER NOT NULL, end_ms INTEGER NOT NULL, language TEXT NOT NULL,"
        " probability INTEGER NOT NULL, PRIMARY KEY (transcript_id, start_ms)) STRICT"
    )
