"""Keep in the study which log is its own; see `workbench/storage/logs.py`."""

from __future__ import annotations

from sqlite_utils import Database


def migrate(db: Database) -> None:
    """Know of no log yet: it is written down when one begins."""
    db.conn.execute(
        "CREATE TABLE log_mark ("
        " id INTEGER PRIMARY KEY CHECK (id = 1), first INTEGER NOT NULL, second INTEGER NOT NULL,"
        " round INTEGER NOT NULL) STRICT"
    )
