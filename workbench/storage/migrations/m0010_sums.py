"""Give every step and every change of the journal a checksum, so that damage is seen."""

from __future__ import annotations

from sqlite_utils import Database

from workbench.storage.sums import OF_CHANGE, OF_STEP, teach


def migrate(db: Database) -> None:
    """Take what is there for what was written."""
    teach(db)
    for table, of_row in (("step", OF_STEP), ("change", OF_CHANGE)):
        db.conn.execute(f"ALTER TABLE {table} ADD COLUMN sum INTEGER")
        db.conn.execute(f"UPDATE {table} SET sum = {of_row}")
