"""Let the observations that wait for review be found without looking at all others."""

from __future__ import annotations

from sqlite_utils import Database


def migrate(db: Database) -> None:
    """Add what the list of those that wait is read from, after every change."""
    db.conn.execute(
        "CREATE INDEX observation_review ON observation(source_id, deleted_at)"
        " WHERE placement = 'review'"
    )
