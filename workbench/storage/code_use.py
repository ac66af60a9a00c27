"""How widely codes are used, counted where the rows are."""

from __future__ import annotations

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


def code_counts(db: Database) -> dict[CodeId, Counts]:
    """Return how widely each code is used; codes that are not used are not in it."""
    rows = db.conn.execute(_COUNTS)
    return {CodeId(code_id): Counts(*counts) for code_id, *counts in rows}
