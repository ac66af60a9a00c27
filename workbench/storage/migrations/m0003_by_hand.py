"""Keep what people decided about turns, and where somebody speaks whom nobody understood."""

from __future__ import annotations

from sqlite_utils import Database


def migrate(db: Database) -> None:
    """Mark nothing of what is there: who decided it is not known."""
    db.conn.execute("ALTER TABLE turn ADD COLUMN by_hand TEXT NOT NULL DEFAULT ''")
    db.conn.execute(
        "CREATE TABLE unheard ("
        " transcript_id TEXT NOT NULL REFERENCES transcript ON DELETE CASCADE,"
        " start_ms INTEGER NOT NULL, end_ms INTEGER NOT NULL, dismissed INTEGER NOT NULL,"
        " PRIMARY KEY (transcript_id, start_ms)) STRICT"
    )
