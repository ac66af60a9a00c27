"""Takes the real names out of a database in which they still stand: a study of before, its copies.

Until there was a key (`storage/key.py`) they had a table, `identity`, and so images in the history.
"""

from __future__ import annotations

from sqlite_utils import Database


def without_names(db: Database) -> None:
    """Empty the table and forget its history; steps that nothing is left of go; in a transaction.

    The pages in which names stood are free then, and hold them until the file is written anew.
    """
    db.conn.execute("DELETE FROM identity")
    db.conn.execute("CREATE TEMP TABLE named AS SELECT DISTINCT step_id FROM change"
                    " WHERE tbl = 'identity'")  # fmt: skip
    db.conn.execute("DELETE FROM change WHERE tbl = 'identity'")
    db.conn.execute(
        "DELETE FROM step WHERE id IN (SELECT step_id FROM named)"
        " AND id NOT IN (SELECT step_id FROM change)"
    )
    db.conn.execute("DROP TABLE named")


def holds_names(db: Database) -> bool:
    """Tell whether real names stand in a database, in a row or in its history."""
    if not db["identity"].exists():
        return False
    (found,) = db.conn.execute(
        "SELECT EXISTS (SELECT 1 FROM identity WHERE real_name <> '')"
        " OR EXISTS (SELECT 1 FROM change WHERE tbl = 'identity')"
    ).fetchone()
    return bool(found)


__all__ = ["holds_names", "without_names"]
