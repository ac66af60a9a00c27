"""How widely codes are used, counted where the rows are."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlite_utils import Database

from workbench.domain.codebook import Counts
from workbench.domain.ids import CodeId

# A person is the voice, or, where nobody has named the voices, the only person of the session.
SAID_BY = """
  (speaker.participant_id = ? OR (
     (speaker.id IS NULL OR (speaker.participant_id IS NULL AND speaker.name = '')) AND
     (SELECT group_concat(participant_id) FROM attendance
      WHERE attendance.session_id = session.id) = ?))
"""
_COUNTS = """
  SELECT code_id, count(*),
    count(DISTINCT coalesce(speaker.participant_id,
                            CASE WHEN coalesce(speaker.name, '') = '' THEN alone.person END)),
    count(DISTINCT observation.source_id)
  FROM observation_code
  JOIN observation ON observation.id = observation_id
  JOIN source ON source.id = observation.source_id
  JOIN session ON session.id = source.session_id
  LEFT JOIN turn ON turn.id = observation.first_turn_id
  LEFT JOIN speaker ON speaker.id = turn.speaker_id
  LEFT JOIN (SELECT session_id, min(participant_id) AS person FROM attendance
             GROUP BY session_id HAVING count(*) = 1) AS alone ON alone.session_id = session.id
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


def code_counts(db: Database) -> dict[CodeId, Counts]:
    """Return how widely each code is used; codes that are not used are not in it."""
    rows = db.conn.execute(_COUNTS)
    return {CodeId(code_id): Counts(*counts) for code_id, *counts in rows}


def codes_together(db: Database, code_ids: Sequence[CodeId]) -> dict[CodeId, int]:
    """Return how often other codes are on observations that have one of these codes."""
    if not code_ids:
        return {}
    rows = db.conn.execute(_TOGETHER, {"codes": json.dumps(list(code_ids))})
    return {CodeId(code_id): count for code_id, count in rows}
