"""How widely codes are used, counted where the rows are."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from sqlite_utils import Database

from workbench.domain.codebook import Counts
from workbench.domain.ids import CodeId, ParticipantId
from workbench.storage.queries import VOICE

_COUNTS = f"""
  WITH who AS MATERIALIZED (SELECT key AS voice, value AS person FROM json_each(?))
  SELECT code_id, count(*), count(DISTINCT who.person), count(DISTINCT observation.source_id)
  FROM observation_code
  JOIN observation ON observation.id = observation_id
  JOIN source ON source.id = observation.source_id
  JOIN session ON session.id = source.session_id
  LEFT JOIN turn ON turn.id = observation.first_turn_id
  LEFT JOIN who ON who.voice = {VOICE}
  WHERE observation.deleted_at IS NULL AND source.deleted_at IS NULL
    AND session.deleted_at IS NULL
  GROUP BY code_id
"""
_TOGETHER = """
  SELECT other.code_id, count(DISTINCT other.observation_id)
  FROM observation_code AS one
  JOIN observation ON observation.id = one.observation_id AND observation.deleted_at IS NULL
  JOIN observation_code AS other ON other.observation_id = one.observation_id
  WHERE one.code_id IN (SELECT value FROM json_each(:codes))
    AND other.code_id NOT IN (SELECT value FROM json_each(:codes))
  GROUP BY other.code_id
"""


def code_counts(db: Database, people: Mapping[str, ParticipantId]) -> dict[CodeId, Counts]:
    """Return how widely each code is used; codes that are not used are not in it.

    Args:
        db: an open connection.
        people: the person behind each voice key.
    """
    rows = db.conn.execute(_COUNTS, [json.dumps(people)])
    return {CodeId(code_id): Counts(*counts) for code_id, *counts in rows}


def codes_together(db: Database, code_ids: Sequence[CodeId]) -> dict[CodeId, int]:
    """Return how often other codes are on observations that have one of these codes."""
    if not code_ids:
        return {}
    rows = db.conn.execute(_TOGETHER, {"codes": json.dumps(list(code_ids))})
    return {CodeId(code_id): count for code_id, count in rows}
