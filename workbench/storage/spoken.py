"""Everything that was said in a study, as plain text; thousands of turns in one query."""

from __future__ import annotations

from collections.abc import Iterator

from sqlite_utils import Database


def spoken(db: Database) -> Iterator[tuple[str, str, str, str]]:
    """Go through the turns of present texts: id, text, id and title of their source."""
    yield from db.conn.execute(
        "SELECT turn.id, turn.text, source.id, source.title"
        " FROM source JOIN session ON session.id = source.session_id"
        " JOIN transcript ON transcript.source_id = source.id"
        " JOIN turn ON turn.transcript_id = transcript.id"
        " WHERE source.deleted_at IS NULL AND session.deleted_at IS NULL"
        " AND transcript.replaced_at IS NULL ORDER BY source.id, turn.ordinal"
    )


def letters_said(db: Database) -> int:
    """Return how many letters the turns of a study have, about."""
    return int(db.conn.execute("SELECT coalesce(sum(length(text)), 0) FROM turn").fetchone()[0])


def ever_said(db: Database) -> Iterator[tuple[str, str]]:
    """Go through all that was said, of replaced texts and in the bin too: voice key and words."""
    yield from db.conn.execute(
        "SELECT coalesce(speaker_id, source_id), text FROM turn"
        " JOIN transcript ON transcript.id = transcript_id"
        " UNION ALL SELECT source_id, words FROM observation WHERE first_turn_id IS NULL"
    )
