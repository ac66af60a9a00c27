"""Let observations and voices be counted without reading them."""

from __future__ import annotations

from sqlite_utils import Database


def migrate(db: Database) -> None:
    """Add what the list of materials and the order of the voices are counted from."""
    db.conn.execute("DROP INDEX observation_source")
    db.conn.execute("CREATE INDEX observation_source ON observation(source_id, deleted_at)")
    db.conn.execute("DROP INDEX turn_transcript")
    db.conn.execute("CREATE INDEX turn_transcript ON turn(transcript_id, ordinal, speaker_id)")
