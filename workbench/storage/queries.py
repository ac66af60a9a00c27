"""Questions that need more than one table."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import fields
from typing import Any

from sqlite_utils import Database

from workbench.domain.fields import LISTED, RATINGS, WRITTEN
from workbench.domain.ids import (
    CodeId,
    CoderId,
    ObservationId,
    ParticipantId,
    SessionId,
    SourceId,
    SpeakerId,
    StageId,
    TranscriptId,
    TurnId,
)
from workbench.domain.observation import Observation
from workbench.domain.passage import Further, Mention, Query
from workbench.storage.driver import at_most
from workbench.storage.rows import reader, stored

# Observations of what is in the bin as a whole, which are in no figure; they are few or none.
_BINNED = (
    " FROM source JOIN session ON session.id = session_id"
    " CROSS JOIN observation ON observation.source_id = source.id"
)
_IS_BINNED = (
    " WHERE coalesce(source.deleted_at, session.deleted_at) IS NOT NULL"
    " AND observation.deleted_at IS NULL"
)


def mentions(db: Database) -> dict[CodeId, int]:
    """Return how many live observations carry each code."""
    # All links are counted in an index alone; few observations are in the bin, to be taken away.
    rows = db.conn.execute(
        "SELECT code_id, sum(n) AS live FROM"
        " (SELECT code_id, count(*) AS n FROM observation_code GROUP BY code_id"
        " UNION ALL SELECT code_id, -count(*) FROM observation"
        " CROSS JOIN observation_code ON observation_id = observation.id"
        " WHERE deleted_at IS NOT NULL GROUP BY code_id"
        f" UNION ALL SELECT code_id, -count(*){_BINNED}"
        f" CROSS JOIN observation_code ON observation_id = observation.id{_IS_BINNED}"
        " GROUP BY code_id)"
        " GROUP BY code_id HAVING live > 0"
    )
    return {CodeId(code_id): count for code_id, count in rows}


def observations_per_stage(db: Database) -> dict[StageId, int]:
    """Return how many live observations each stage has."""
    rows = db.conn.execute(
        "SELECT stage_id, sum(n) AS live FROM"
        " (SELECT stage_id, count(*) AS n FROM observation GROUP BY stage_id"
        " UNION ALL SELECT stage_id, -count(*) FROM observation NOT INDEXED"
        " WHERE deleted_at IS NOT NULL GROUP BY stage_id"
        f" UNION ALL SELECT stage_id, -count(*){_BINNED}{_IS_BINNED} GROUP BY stage_id)"
        " WHERE stage_id IS NOT NULL GROUP BY stage_id HAVING live > 0"
    )
    return {StageId(stage_id): count for stage_id, count in rows}


def observations_per_source(db: Database) -> dict[SourceId, int]:
    """Return how many live observations each source holds."""
    rows = db.conn.execute(
        "SELECT source_id, count(*) FROM observation WHERE deleted_at IS NULL GROUP BY source_id"
    )
    return {SourceId(source_id): count for source_id, count in rows}


def observations_per_coder(db: Database) -> dict[CoderId | None, int]:
    """Return how many live observations of live material each coder made."""
    rows = db.conn.execute(f"SELECT coder_id, count(*) FROM observation {_LIVE} GROUP BY coder_id")
    return {CoderId(key) if key else None: number for key, number in rows}


def further(db: Database) -> Iterator[tuple[ObservationId, Further]]:
    """Yield what reports list of live observations of live material, of those that have any."""
    columns = ", ".join(f"observation.{field.name}" for field in LISTED)
    rows = db.conn.execute(
        f"SELECT observation.id, {columns} FROM observation {_LIVE}"
        f" AND ({' OR '.join(f'observation.{field.name} IS NOT ?' for field in LISTED)})"
        " ORDER BY observation.created_at, observation.id",
        [stored(field.empty) for field in LISTED],
    )
    parts = [(field, stored(field.empty), reader(Observation, field.name)) for field in LISTED]
    for key, *cells in rows:
        yield (
            ObservationId(key),
            {
                field: read(cell)
                for (field, nothing, read), cell in zip(parts, cells, strict=True)
                if cell != nothing
            },
        )


def live_evidence(db: Database) -> set[ObservationId]:
    """Return the live observations of live material that speak for or against an insight."""
    rows = db.conn.execute(
        "SELECT DISTINCT observation_id FROM evidence"
        f" JOIN observation ON observation.id = observation_id {_LIVE}"
    )
    return {ObservationId(row[0]) for row in rows}


_LIVE = (
    "JOIN source ON source.id = observation.source_id JOIN session ON session.id = session_id"
    " WHERE observation.deleted_at IS NULL AND source.deleted_at IS NULL"
    " AND session.deleted_at IS NULL"
)


def first_turns(db: Database, transcript_id: TranscriptId) -> dict[SpeakerId, int]:
    """Return the place of the first turn of each voice in a transcript."""
    rows = db.conn.execute(
        "SELECT speaker_id, min(ordinal) FROM turn"
        " WHERE transcript_id = ? AND speaker_id IS NOT NULL GROUP BY speaker_id",
        [transcript_id],
    )
    return {SpeakerId(speaker_id): ordinal for speaker_id, ordinal in rows}


def perhaps_ended(db: Database, today: str) -> list[ParticipantId]:
    """Return the people of whom anything was once given until a day that is not to come."""
    rows = db.conn.execute(
        "SELECT DISTINCT participant_id FROM consent_entry"
        " WHERE state = 'given' AND until <> '' AND NOT (until >= ? AND length(until) = 10)",
        [today],
    )
    return [ParticipantId(row[0]) for row in rows]


VOICE = "coalesce(turn.speaker_id, observation.source_id)"
"""The voice key of an observation (`people/casting.py`): its first voice, else its source."""


def voices(
    db: Database, observation_ids: Sequence[ObservationId]
) -> dict[ObservationId, list[str]]:
    """Return the voice keys under each observation, turn by turn; none of one without turns."""
    rows = db.conn.execute(
        f"SELECT observation.id, {VOICE} FROM observation"
        " JOIN turn AS first ON first.id = first_turn_id"
        " JOIN turn AS last ON last.id = last_turn_id"
        " JOIN turn ON turn.transcript_id = first.transcript_id"
        " AND turn.ordinal BETWEEN first.ordinal AND last.ordinal"
        " WHERE observation.id IN (SELECT value FROM json_each(?)) ORDER BY turn.ordinal",
        [json.dumps(list(observation_ids))],
    )
    found: dict[ObservationId, list[str]] = {}
    for observation_id, key in rows:
        found.setdefault(observation_id, []).append(key)
    return found


def covering(db: Database, turn_id: TurnId) -> list[ObservationId]:
    """Return the observations, those in the bin too, that cover a turn or a part of it."""
    rows = db.conn.execute(
        # Most observations lie in one turn: only the others need their turns counted.
        "SELECT id FROM observation WHERE first_turn_id = :turn"
        " UNION SELECT id FROM observation WHERE last_turn_id = :turn"
        " UNION SELECT observation.id FROM turn"
        " JOIN observation ON observation.transcript_id = turn.transcript_id"
        " AND first_turn_id <> last_turn_id"
        " JOIN turn AS first ON first.id = first_turn_id"
        " JOIN turn AS last ON last.id = last_turn_id"
        " WHERE turn.id = :turn AND turn.ordinal BETWEEN first.ordinal AND last.ordinal",
        {"turn": turn_id},
    )
    return [ObservationId(row[0]) for row in rows]


def marked(
    db: Database,
    source_id: SourceId,
    turn_ids: Sequence[TurnId] | None = None,
    ids: Sequence[ObservationId] | None = None,
) -> list[tuple[Any, ...]]:
    """Return the live observations of a source that are on their words, as plain columns.

    Args:
        db: an open connection.
        source_id: the source.
        turn_ids: only observations that begin or end in one of these turns.
        ids: only these observations.

    Returns:
        the fields of a `Marking` up to `coder_id`, the stage, and the codes with commas.
    """
    place, bound = "source_id = ?", [str(source_id)]
    if turn_ids is not None:
        turns = json.dumps(list(turn_ids))
        known = "IN (SELECT value FROM json_each(?))"
        # Of a page, the turns find its few observations faster than the source does.
        place = f"+source_id = ? AND (first_turn_id {known} OR last_turn_id {known})"
        bound = [str(source_id), turns, turns]
    if ids is not None:
        place = "+source_id = ? AND id IN (SELECT value FROM json_each(?))"
        bound = [str(source_id), json.dumps(list(ids))]
    rows = db.conn.execute(
        'SELECT id, first_turn_id, start, last_turn_id, "end", emotion, coder_id, stage_id,'
        f" {_CODES} FROM observation"
        f" WHERE {place} AND deleted_at IS NULL AND first_turn_id IS NOT NULL",
        bound,
    )
    return rows.fetchall()


def newest_codes(db: Database, source_id: SourceId, limit: int) -> list[CodeId]:
    """Return the codes of a source's live observations, those given last first, each once."""
    rows = db.conn.execute(
        "SELECT code_id FROM observation"
        " JOIN observation_code ON observation_id = observation.id"
        " WHERE source_id = ? AND deleted_at IS NULL"
        f" GROUP BY code_id ORDER BY max(created_at) DESC, code_id {at_most(limit)}",
        [source_id],
    )
    return [CodeId(row[0]) for row in rows]


def following(db: Database, turn_id: TurnId, *, back: bool = False) -> TurnId | None:
    """Return the turn after another one, or with `back` the one before it."""
    sign, order = ("<", "DESC") if back else (">", "ASC")
    row = db.conn.execute(
        "SELECT turn.id FROM turn JOIN turn AS here USING (transcript_id)"
        f" WHERE here.id = ? AND turn.ordinal {sign} here.ordinal"
        f" ORDER BY turn.ordinal {order} LIMIT 1",
        [turn_id],
    ).fetchone()
    return TurnId(row[0]) if row else None


def last_turn(db: Database, transcript_id: TranscriptId) -> tuple[int, int | None] | None:
    """Return place and begin of the last turn of a transcript; `None` of an empty one."""
    row = db.conn.execute(
        "SELECT ordinal, start_ms FROM turn WHERE transcript_id = ? ORDER BY ordinal DESC LIMIT 1",
        [transcript_id],
    ).fetchone()
    return (row[0], row[1]) if row else None


def spread(db: Database, transcript_id: TranscriptId, factor: int) -> None:
    """Make room between the turns of a transcript by counting them anew, in steps of `factor`."""
    db.conn.execute(
        "UPDATE turn SET ordinal = place * :factor FROM"
        " (SELECT id AS key, row_number() OVER (ORDER BY ordinal) - 1 AS place"
        " FROM turn WHERE transcript_id = :transcript)"
        " WHERE id = key AND ordinal <> place * :factor",
        {"factor": factor, "transcript": transcript_id},
    )


def texts(
    db: Database, transcript_ids: Sequence[TranscriptId]
) -> list[tuple[TurnId, TranscriptId, str]]:
    """Return the text of every turn of some transcripts, in order, without word times."""
    rows = db.conn.execute(
        "SELECT turn.id, transcript_id, text FROM json_each(?) JOIN turn ON transcript_id = value"
        " ORDER BY key, ordinal",
        [json.dumps(list(transcript_ids))],
    )
    return [(TurnId(one), TranscriptId(other), text) for one, other, text in rows]


Keys = Collection[str] | None
"""Voice keys of those a query is about; `None` = it asks for nobody in particular."""


def matching(db: Database, query: Query, keys: Keys = None) -> list[ObservationId]:
    """Return the live observations a query asks for, in the order of the material."""
    return [ObservationId(row[0]) for row in _select(db, "observation.id", query, keys)]


def heard(db: Database, query: Query, keys: Keys) -> list[tuple[ObservationId, SessionId, str]]:
    """Return the observations a query asks for, in order, with session and voice key."""
    return list(_select(db, f"observation.id, session_id, {VOICE}", query, keys))


def speaking(db: Database, query: Query) -> dict[str, int]:
    """Return how many live observations that a query asks for there are of each voice key."""
    rows = _select(db, VOICE, query, None)
    return dict(Counter(key for (key,) in rows))


def mentioned(db: Database, query: Query, keys: Keys, *, coded: bool) -> Iterator[tuple[Any, ...]]:
    """Yield the live observations a query asks for, in order, as plain columns.

    They are the fields that a `Mention` has of its observation, then the ids of its codes with
    commas between them, of stage, touchpoint and session, its voice key, and whether its words go
    on in a further turn. Codes are half of the work: unless `coded`, only expectations and
    moments of truth come with theirs.
    """
    codes = _CODES if coded else f"CASE WHEN {_TELLING} THEN {_CODES} END"
    return _select(db, _MENTIONED.format(codes=codes), query, keys)


_CODES = (
    "(SELECT group_concat(code_id) FROM observation_code WHERE observation_id = observation.id)"
)
_TELLING = "expectation IS NOT NULL OR moment_of_truth"
_COLUMNS = {field.name for field in fields(Observation)}
MENTIONED = tuple(name for name in Mention._fields if name in _COLUMNS)
"""The fields that a `Mention` has of its observation; they come first in it."""
_MENTIONED = f"""
  {", ".join(f"observation.{name}" for name in MENTIONED)}, {{codes}}, stage_id, touchpoint_id,
  session_id, {VOICE}, first_turn_id IS NOT last_turn_id
"""


def _select(db: Database, columns: str, query: Query, keys: Keys) -> Iterator[tuple[Any, ...]]:
    conditions, values = _conditions(query, keys)
    # The order of the sources is told once, not compared for each pair of observations.
    sql = f"""
        WITH place AS MATERIALIZED (
          SELECT source.id AS source_id, session_id, method, row_number() OVER (
            ORDER BY session.position, source.imported_at, source.id) AS position
          FROM source JOIN session ON session.id = session_id
          WHERE source.deleted_at IS NULL AND session.deleted_at IS NULL)
        SELECT {columns} FROM observation
        JOIN place ON place.source_id = observation.source_id
        LEFT JOIN turn ON turn.id = observation.first_turn_id
        WHERE observation.deleted_at IS NULL AND {" AND ".join(conditions) or "1"}
        ORDER BY place.position, coalesce(observation.start_ms, turn.ordinal), turn.ordinal,
          observation.start, observation.created_at, observation.id
    """
    return db.conn.execute(sql, values)


def _conditions(query: Query, keys: Keys) -> tuple[list[str], list[object]]:
    conditions: list[str] = []
    values: list[object] = []

    def require(condition: str, *bound: object) -> None:
        conditions.append(condition)
        values.extend(bound)

    for code_id in query.code_ids:
        require(
            "observation.id IN (SELECT observation_id FROM observation_code WHERE code_id = ?)",
            code_id,
        )
    places = {
        "stage_id": query.stage_id,
        "touchpoint_id": query.touchpoint_id,
        "source_id": query.source_id,
    }
    for column, place in places.items():
        if place is not None:
            require(f"observation.{column} = ?", place)
    for one in query.having:
        require(f"observation.{one.field.name} IS ?", stored(one.value))
    if query.method:
        require("place.method = ?", query.method.value)
    if keys is not None:
        require(f"{VOICE} IN (SELECT value FROM json_each(?))", json.dumps(list(keys)))
    if query.text.strip():
        require("instr(casefold(observation.words), casefold(?)) > 0", query.text.strip())
    if query.any_rating:
        ratings = ", ".join(f"observation.{field.name}" for field in RATINGS)
        require(f"coalesce({ratings}) IS NOT NULL")
    if query.no_stage:
        require("observation.stage_id IS NULL")
    if query.review:
        require("observation.placement = 'review'")
    return conditions, values


def noted_observations(db: Database) -> list[tuple[str, ...]]:
    """Return observations with words of their own that no turn holds.

    Returns:
        id, the words kept of one that waits for review, and what people typed into its fields.
    """
    names = [field.name for field in WRITTEN]
    return db.conn.execute(
        "SELECT id, CASE placement WHEN 'review' THEN words ELSE '' END,"
        f" {', '.join(names)} FROM observation WHERE deleted_at IS NULL"
        " AND source_id NOT IN (SELECT id FROM source WHERE deleted_at IS NOT NULL)"
        f" AND (placement = 'review' OR {' || '.join(names)} <> '')"
        " ORDER BY created_at, id"
    ).fetchall()
