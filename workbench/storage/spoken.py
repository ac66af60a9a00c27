"""Everything that was said in a study, as plain text; thousands of turns in one query."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from sqlite_utils import Database

from workbench.domain.ids import SourceId


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


def quoted(
    db: Database,
    around: int,
    source_id: SourceId | None = None,
    ids: Iterable[str] | None = None,
) -> Iterator[tuple[str, str, str, str]]:
    """Go through observations on their words: id, what is said before, the words, what behind.

    Args:
        db: an open connection.
        around: letters before and behind.
        source_id: only of this source.
        ids: only these observations.
    """
    some = "" if source_id is None else " AND seen.source_id = :source"
    some += "" if ids is None else " AND seen.id IN (SELECT value FROM json_each(:ids))"
    yield from db.conn.execute(
        "SELECT seen.id, substr(begun.text, max(1, seen.start - :around + 1),"
        ' min(seen.start, :around)), seen.words, substr(ended.text, seen."end" + 1, :around)'
        " FROM observation AS seen JOIN turn AS begun ON begun.id = seen.first_turn_id"
        f" JOIN turn AS ended ON ended.id = seen.last_turn_id WHERE placement = 'placed'{some}",
        {"around": around, "source": source_id, "ids": json.dumps(list(ids or ()))},
    )
