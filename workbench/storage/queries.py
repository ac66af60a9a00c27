"""Questions that need more than one table."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlite_utils import Database

from workbench.domain.ids import (
    CodeId,
    ObservationId,
    SourceId,
    SpeakerId,
    TranscriptId,
    TurnId,
)
from workbench.domain.passage import Query


def mentions(db: Database) -> dict[CodeId, int]:
    """Return how many live observations carry each code."""
    rows = db.conn.execute(
        "SELECT code_id, count(*) FROM observation_code WHERE observation_id NOT IN"
        " (SELECT id FROM observation WHERE deleted_at IS NOT NULL) GROUP BY code_id"
    )
    return {CodeId(code_id): count for code_id, count in rows}


def observations_per_source(db: Database) -> dict[SourceId, int]:
    """Return how many live observations each source holds."""
    rows = db.conn.execute(
        "SELECT source_id, count(*) FROM observation WHERE deleted_at IS NULL GROUP BY source_id"
    )
    return {SourceId(source_id): count for source_id, count in rows}


def first_turns(db: Database, transcript_id: TranscriptId) -> dict[SpeakerId, int]:
    """Return the place of the first turn of each voice in a transcript."""
    rows = db.conn.execute(
        "SELECT speaker_id, min(ordinal) FROM turn"
        " WHERE transcript_id = ? AND speaker_id IS NOT NULL GROUP BY speaker_id",
        [transcript_id],
    )
    return {SpeakerId(speaker_id): ordinal for speaker_id, ordinal in rows}


def voices(
    db: Database, observation_ids: Sequence[ObservationId]
) -> dict[ObservationId, list[SpeakerId | None]]:
    """Return the voices under each observation, turn by turn; `None` for a turn without one."""
    rows = db.conn.execute(
        "SELECT observation.id, turn.speaker_id FROM observation"
        " JOIN turn AS first ON first.id = first_turn_id"
        " JOIN turn AS last ON last.id = last_turn_id"
        " JOIN turn ON turn.transcript_id = first.transcript_id"
        " AND turn.ordinal BETWEEN first.ordinal AND last.ordinal"
        " WHERE observation.id IN (SELECT value FROM json_each(?)) ORDER BY turn.ordinal",
        [json.dumps(list(observation_ids))],
    )
    found: dict[ObservationId, list[SpeakerId | None]] = {}
    for observation_id, speaker_id in rows:
        found.setdefault(observation_id, []).append(speaker_id)
    return found


def covering(db: Database, turn_id: TurnId) -> list[ObservationId]:
    """Return the observations, those in the bin too, that cover a turn or a part of it."""
    rows = db.conn.execute(
        "SELECT observation.id FROM turn"
        " JOIN observation ON observation.transcript_id = turn.transcript_id"
        " JOIN turn AS first ON first.id = first_turn_id"
        " JOIN turn AS last ON last.id = last_turn_id"
        " WHERE turn.id = ? AND turn.ordinal BETWEEN first.ordinal AND last.ordinal",
        [turn_id],
    )
    return [ObservationId(row[0]) for row in rows]


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


def spread(db: Database, transcript_id: TranscriptId, factor: int) -> None:
    """Make room between the turns of a transcript by counting them in larger steps."""
    db.conn.execute(
        "UPDATE turn SET ordinal = ordinal * ? WHERE transcript_id = ? AND ordinal > 0",
        [factor, transcript_id],
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


def matching(db: Database, query: Query) -> list[ObservationId]:
    """Return the live observations a query asks for, in the order of the material.

    A person matches through the voice of the first turn, or, where nobody has named the
    voices, through a session of which they are the only person.
    """
    conditions, values = _conditions(query)
    sql = f"""
        SELECT observation.id FROM observation
        JOIN source ON source.id = observation.source_id
        JOIN session ON session.id = source.session_id
        LEFT JOIN turn ON turn.id = observation.first_turn_id
        LEFT JOIN speaker ON speaker.id = turn.speaker_id
        WHERE observation.deleted_at IS NULL AND source.deleted_at IS NULL
          AND session.deleted_at IS NULL AND {" AND ".join(conditions) or "1"}
        ORDER BY session.position, source.imported_at, source.id,
          coalesce(observation.start_ms, turn.ordinal), turn.ordinal, observation.start,
          observation.created_at, observation.id
    """
    return [ObservationId(row[0]) for row in db.conn.execute(sql, values)]


_PERSON = """
  (speaker.participant_id = ? OR (
     (speaker.id IS NULL OR (speaker.participant_id IS NULL AND speaker.name = '')) AND
     (SELECT group_concat(participant_id) FROM attendance
      WHERE attendance.session_id = session.id) = ?))
"""
_SEGMENT = _PERSON.replace("= ?", "IN (SELECT id FROM participant WHERE segment_id = ?)")


def _conditions(query: Query) -> tuple[list[str], list[object]]:
    conditions: list[str] = []
    values: list[object] = []

    def require(condition: str, *bound: object) -> None:
        conditions.append(condition)
        values.extend(bound)

    for code_id in query.code_ids:
        require(
            "EXISTS (SELECT 1 FROM observation_code"
            " WHERE observation_id = observation.id AND code_id = ?)",
            code_id,
        )
    for column in ("stage_id", "touchpoint_id", "source_id", "kind", "expectation", "promise"):
        if (value := getattr(query, column)) is not None:
            require(f"observation.{column} = ?", str(value))
    if query.method:
        require("session.method = ?", query.method.value)
    if query.participant_id:
        require(_PERSON, query.participant_id, query.participant_id)
    if query.segment_id:
        require(_SEGMENT, query.segment_id, query.segment_id)
    if query.text.strip():
        require("instr(casefold(observation.words), casefold(?)) > 0", query.text.strip())
    if query.moment_of_truth:
        require("observation.moment_of_truth = 1")
    if query.any_rating:
        require(
            "coalesce(observation.effectiveness, observation.ease, observation.emotion) IS NOT NULL"
        )
    if query.review:
        require("observation.placement = 'review'")
    return conditions, values
