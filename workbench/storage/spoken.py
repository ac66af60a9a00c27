"""Everything that was said in a study, as plain text; thousands of turns in one query."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from sqlite_utils import Database

from workbench.domain.ids import SourceId

_PRESENT = (
    " FROM source JOIN session ON session.id = source.session_id"
    " JOIN transcript ON transcript.source_id = source.id"
    " JOIN turn ON turn.transcript_id = transcript.id"
    " WHERE source.deleted_at IS NULL AND session.deleted_at IS NULL"
    " AND transcript.replaced_at IS NULL ORDER BY source.id, turn.ordinal"
)


def spoken(db: Database) -> Iterator[tuple[str, str, str, str]]:
    """Go through the turns of present texts: id, text, id and title of their source."""
    yield from db.conn.execute(f"SELECT turn.id, turn.text, source.id, source.title{_PRESENT}")


def spoken_by_source(db: Database) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Go through the sources with present texts: id, texts of the turns."""
    rows = db.conn.execute(f"SELECT source.id, turn.text{_PRESENT}")
    for source_id, turns in groupby(rows, itemgetter(0)):
        yield source_id, tuple(text for _, text in turns)


_VOICE = "coalesce(speaker_id, source_id)"
_OF_TURNS = "FROM turn JOIN transcript ON transcript.id = transcript_id"
_OF_NO_TURN = "FROM observation WHERE first_turn_id IS NULL"


def voices(db: Database) -> dict[str, int]:
    """Return all voices that ever said something, also in the bin: key, letters of their turns."""
    query = (
        f"SELECT {_VOICE}, sum(length(text)) {_OF_TURNS} GROUP BY 1"
        f" UNION ALL SELECT source_id, 0 {_OF_NO_TURN} GROUP BY 1"
    )
    letters: dict[str, int] = {}
    for key, many in db.conn.execute(query):
        letters[key] = letters.get(key, 0) + many
    return letters


def ever_said(db: Database, keys: Iterable[str]) -> Iterator[str]:
    """Go through all that some voices said, of replaced texts and in the bin too."""
    some = "IN (SELECT value FROM json_each(:keys))"
    query = (
        f"SELECT text {_OF_TURNS} WHERE {_VOICE} {some}"
        f" UNION ALL SELECT words {_OF_NO_TURN} AND source_id {some}"
    )
    for (words,) in db.conn.execute(query, {"keys": json.dumps(list(keys))}):
        yield words


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
