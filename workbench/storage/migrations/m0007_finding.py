"""Let a few observations be found without looking at all the others."""

from __future__ import annotations

from sqlite_utils import Database


def migrate(db: Database) -> None:
    """Add what two lists are read from: at every change, and at every key that is pressed."""
    db.conn.execute(
        "CREATE INDEX observation_review ON observation(source_id, deleted_at)"
        " WHERE placement = 'review'"
    )
    # Those that may cover a turn without beginning or ending in it.
    db.conn.execute(
        "CREATE INDEX observation_long ON observation(transcript_id, first_turn_id, last_turn_id)"
        " WHERE first_turn_id <> last_turn_id"
    )
