"""Let real names go from the study: they are in its key by now; see `storage/key_leaving.py`."""

from __future__ import annotations

from sqlite_utils import Database

from workbench.storage.nameless import without_names


def migrate(db: Database) -> None:
    """Keep that there is a key, and whether the pages in which names stood are still to go."""
    (kept,) = db.conn.execute(
        "SELECT EXISTS (SELECT 1 FROM identity WHERE real_name <> '')"
    ).fetchone()
    (worked,) = db.conn.execute("SELECT EXISTS (SELECT 1 FROM step)").fetchone()
    without_names(db)
    db.conn.execute("DROP TABLE identity")
    db.conn.execute(
        "CREATE TABLE key_mark ("
        " id INTEGER PRIMARY KEY CHECK (id = 1), kept INTEGER NOT NULL, swept INTEGER NOT NULL"
        ") STRICT"
    )
    db.conn.execute("INSERT INTO key_mark VALUES (1, ?, ?)", [kept, not (kept or worked)])
