"""The first schema: people, materials, transcripts, codes, journeys, observations, findings."""

from __future__ import annotations

from sqlite_utils import Database

_SCHEMA = """
CREATE TABLE charter (
  id TEXT PRIMARY KEY, title TEXT NOT NULL, client TEXT NOT NULL, purpose TEXT NOT NULL,
  promise TEXT NOT NULL, "values" TEXT NOT NULL, questions TEXT NOT NULL,
  vocabulary TEXT NOT NULL
) STRICT;
CREATE TABLE coder (id TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT;

CREATE TABLE segment (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, persona TEXT NOT NULL, position INTEGER NOT NULL
) STRICT;
CREATE TABLE participant (
  id TEXT PRIMARY KEY, code TEXT NOT NULL, pseudonym TEXT NOT NULL,
  segment_id TEXT REFERENCES segment ON DELETE SET NULL, note TEXT NOT NULL, deleted_at TEXT
) STRICT;
CREATE INDEX participant_segment ON participant(segment_id);
CREATE TABLE identity (
  participant_id TEXT PRIMARY KEY REFERENCES participant ON DELETE CASCADE,
  real_name TEXT NOT NULL
) STRICT;
CREATE TABLE consent (
  participant_id TEXT PRIMARY KEY REFERENCES participant ON DELETE CASCADE,
  recording INTEGER NOT NULL, quotes INTEGER NOT NULL, retain_until TEXT NOT NULL,
  withdrawn_at TEXT
) STRICT;

CREATE TABLE session (
  id TEXT PRIMARY KEY, method TEXT NOT NULL, title TEXT NOT NULL, date TEXT NOT NULL,
  place TEXT NOT NULL, note TEXT NOT NULL, position INTEGER NOT NULL, deleted_at TEXT
) STRICT;
CREATE TABLE attendance (
  session_id TEXT NOT NULL REFERENCES session ON DELETE CASCADE,
  participant_id TEXT NOT NULL REFERENCES participant ON DELETE CASCADE,
  role TEXT NOT NULL, PRIMARY KEY (session_id, participant_id)
) STRICT;
CREATE INDEX attendance_participant ON attendance(participant_id);
CREATE TABLE source (
  id TEXT PRIMARY KEY, session_id TEXT NOT NULL REFERENCES session ON DELETE CASCADE,
  kind TEXT NOT NULL, title TEXT NOT NULL, file TEXT NOT NULL, original_name TEXT NOT NULL,
  sha256 TEXT NOT NULL, size INTEGER NOT NULL, duration_ms INTEGER, language TEXT NOT NULL,
  imported_at TEXT NOT NULL, deleted_at TEXT
) STRICT;
CREATE INDEX source_session ON source(session_id);

CREATE TABLE visit_form (id TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT;
CREATE TABLE form_item (
  id TEXT PRIMARY KEY, form_id TEXT NOT NULL REFERENCES visit_form ON DELETE CASCADE,
  section TEXT NOT NULL, position INTEGER NOT NULL, "key" TEXT NOT NULL, ask TEXT NOT NULL,
  kind TEXT NOT NULL, unit TEXT NOT NULL, lowest INTEGER NOT NULL, highest INTEGER NOT NULL,
  weight INTEGER NOT NULL, critical INTEGER NOT NULL
) STRICT;
CREATE INDEX form_item_form ON form_item(form_id);
CREATE TABLE visit (
  session_id TEXT PRIMARY KEY REFERENCES session ON DELETE CASCADE,
  form_id TEXT NOT NULL REFERENCES visit_form, shopper TEXT NOT NULL, scenario TEXT NOT NULL,
  arrived TEXT NOT NULL, left_at TEXT NOT NULL, narrative TEXT NOT NULL
) STRICT;
CREATE INDEX visit_form_used ON visit(form_id);
CREATE TABLE visit_answer (
  session_id TEXT NOT NULL REFERENCES visit ON DELETE CASCADE,
  item_id TEXT NOT NULL REFERENCES form_item ON DELETE CASCADE,
  value TEXT NOT NULL, PRIMARY KEY (session_id, item_id)
) STRICT;
CREATE INDEX visit_answer_item ON visit_answer(item_id);

CREATE TABLE transcript (
  id TEXT PRIMARY KEY, source_id TEXT NOT NULL REFERENCES source ON DELETE CASCADE,
  model TEXT NOT NULL, language TEXT NOT NULL, created_at TEXT NOT NULL,
  replaced_at TEXT
) STRICT;
CREATE INDEX transcript_source ON transcript(source_id);
CREATE TABLE speaker (
  id TEXT PRIMARY KEY, transcript_id TEXT NOT NULL REFERENCES transcript ON DELETE CASCADE,
  label TEXT NOT NULL, name TEXT NOT NULL,
  participant_id TEXT REFERENCES participant ON DELETE SET NULL
) STRICT;
CREATE INDEX speaker_transcript ON speaker(transcript_id);
CREATE INDEX speaker_participant ON speaker(participant_id);
-- What the engine said, never edited: the layer to compare with and to restore from.
CREATE TABLE recognition (
  transcript_id TEXT NOT NULL REFERENCES transcript ON DELETE CASCADE,
  ordinal INTEGER NOT NULL, start_ms INTEGER, end_ms INTEGER, text TEXT NOT NULL,
  words TEXT NOT NULL, PRIMARY KEY (transcript_id, ordinal)
) STRICT;
-- Words live in their turn as JSON [[start, end, start_ms, end_ms, probability], ...]: an edit
-- then is one row and one undo image. `row` serves the full-text index and means nothing else.
CREATE TABLE turn (
  "row" INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  transcript_id TEXT NOT NULL REFERENCES transcript ON DELETE CASCADE,
  ordinal INTEGER NOT NULL, text TEXT NOT NULL, start_ms INTEGER, end_ms INTEGER,
  speaker_id TEXT REFERENCES speaker ON DELETE SET NULL, words TEXT NOT NULL,
  doubt TEXT NOT NULL, layout TEXT NOT NULL
) STRICT;
CREATE INDEX turn_transcript ON turn(transcript_id, ordinal);
CREATE INDEX turn_speaker ON turn(speaker_id);
CREATE TABLE job (
  id TEXT PRIMARY KEY, source_id TEXT NOT NULL REFERENCES source ON DELETE CASCADE,
  transcript_id TEXT NOT NULL REFERENCES transcript ON DELETE CASCADE, model TEXT NOT NULL,
  language TEXT NOT NULL, speakers INTEGER, state TEXT NOT NULL, done_ms INTEGER NOT NULL,
  total_ms INTEGER NOT NULL, position INTEGER NOT NULL, reason TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX job_source ON job(source_id);
CREATE INDEX job_transcript ON job(transcript_id);

CREATE TABLE code (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, parent_id TEXT REFERENCES code ON DELETE SET NULL,
  colour INTEGER NOT NULL, definition TEXT NOT NULL, include TEXT NOT NULL,
  exclude TEXT NOT NULL, position INTEGER NOT NULL, deleted_at TEXT
) STRICT;
CREATE INDEX code_parent ON code(parent_id);

CREATE TABLE journey (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, track TEXT NOT NULL, position INTEGER NOT NULL
) STRICT;
CREATE TABLE stage (
  id TEXT PRIMARY KEY, journey_id TEXT NOT NULL REFERENCES journey ON DELETE CASCADE,
  name TEXT NOT NULL, need TEXT NOT NULL, outcome TEXT NOT NULL, context TEXT NOT NULL,
  colour INTEGER NOT NULL, position INTEGER NOT NULL,
  counterpart_id TEXT REFERENCES stage ON DELETE SET NULL
) STRICT;
CREATE INDEX stage_journey ON stage(journey_id);
CREATE INDEX stage_counterpart ON stage(counterpart_id);
CREATE TABLE touchpoint (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, channel TEXT NOT NULL, owner TEXT NOT NULL,
  position INTEGER NOT NULL
) STRICT;

CREATE TABLE observation (
  id TEXT PRIMARY KEY, source_id TEXT NOT NULL REFERENCES source ON DELETE CASCADE,
  transcript_id TEXT REFERENCES transcript ON DELETE SET NULL,
  first_turn_id TEXT REFERENCES turn(id) ON DELETE SET NULL, start INTEGER NOT NULL,
  last_turn_id TEXT REFERENCES turn(id) ON DELETE SET NULL, "end" INTEGER NOT NULL,
  words TEXT NOT NULL, start_ms INTEGER, end_ms INTEGER, placement TEXT NOT NULL,
  stage_id TEXT REFERENCES stage ON DELETE SET NULL,
  touchpoint_id TEXT REFERENCES touchpoint ON DELETE SET NULL,
  effectiveness INTEGER CHECK (effectiveness BETWEEN -2 AND 2),
  ease INTEGER CHECK (ease BETWEEN -2 AND 2), emotion INTEGER CHECK (emotion BETWEEN -2 AND 2),
  basis TEXT NOT NULL, kind TEXT, expectation TEXT, promise TEXT,
  moment_of_truth INTEGER NOT NULL, brand_absent INTEGER NOT NULL, initiator TEXT NOT NULL,
  comparator TEXT NOT NULL, expectation_source TEXT NOT NULL,
  coder_id TEXT REFERENCES coder ON DELETE SET NULL, created_at TEXT NOT NULL, deleted_at TEXT
) STRICT;
CREATE INDEX observation_place ON observation(transcript_id, start_ms);
CREATE INDEX observation_source ON observation(source_id);
CREATE INDEX observation_first_turn ON observation(first_turn_id);
CREATE INDEX observation_last_turn ON observation(last_turn_id);
CREATE INDEX observation_stage ON observation(stage_id);
CREATE INDEX observation_touchpoint ON observation(touchpoint_id);
CREATE INDEX observation_coder ON observation(coder_id);
CREATE TABLE observation_code (
  observation_id TEXT NOT NULL REFERENCES observation ON DELETE CASCADE,
  code_id TEXT NOT NULL REFERENCES code ON DELETE CASCADE,
  PRIMARY KEY (observation_id, code_id)
) STRICT;
CREATE INDEX observation_code_code ON observation_code(code_id);
CREATE TABLE memo (
  "row" INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, subject TEXT NOT NULL,
  subject_id TEXT NOT NULL, text TEXT NOT NULL,
  coder_id TEXT REFERENCES coder ON DELETE SET NULL, created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX memo_subject ON memo(subject, subject_id);
CREATE INDEX memo_coder ON memo(coder_id);

CREATE TABLE insight (
  id TEXT PRIMARY KEY, claim TEXT NOT NULL, so_what TEXT NOT NULL, confidence TEXT NOT NULL,
  position INTEGER NOT NULL, deleted_at TEXT
) STRICT;
CREATE TABLE evidence (
  insight_id TEXT NOT NULL REFERENCES insight ON DELETE CASCADE,
  observation_id TEXT NOT NULL REFERENCES observation ON DELETE CASCADE,
  stance TEXT NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (insight_id, observation_id)
) STRICT;
CREATE INDEX evidence_observation ON evidence(observation_id);
CREATE TABLE opportunity (
  id TEXT PRIMARY KEY, title TEXT NOT NULL, kind TEXT NOT NULL, horizon TEXT NOT NULL,
  stage_id TEXT REFERENCES stage ON DELETE SET NULL,
  insight_id TEXT REFERENCES insight ON DELETE SET NULL, owner TEXT NOT NULL,
  kpi TEXT NOT NULL, severity INTEGER, business_value INTEGER, position INTEGER NOT NULL,
  deleted_at TEXT
) STRICT;
CREATE INDEX opportunity_stage ON opportunity(stage_id);
CREATE INDEX opportunity_insight ON opportunity(insight_id);

CREATE TABLE step (
  id INTEGER PRIMARY KEY AUTOINCREMENT, op TEXT NOT NULL, merge_key TEXT NOT NULL,
  coder TEXT NOT NULL, at TEXT NOT NULL, state TEXT NOT NULL
) STRICT;
CREATE TABLE change (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  step_id INTEGER NOT NULL REFERENCES step ON DELETE CASCADE,
  tbl TEXT NOT NULL, pk TEXT NOT NULL, before TEXT, after TEXT
) STRICT;
CREATE INDEX change_step ON change(step_id);

CREATE VIRTUAL TABLE turn_fts USING fts5(
  text, content='turn', content_rowid='row', tokenize='unicode61 remove_diacritics 2',
  prefix='2 3');
CREATE TRIGGER turn_fts_insert AFTER INSERT ON turn BEGIN
  INSERT INTO turn_fts(rowid, text) VALUES (new."row", new.text);
END;
CREATE TRIGGER turn_fts_delete AFTER DELETE ON turn BEGIN
  INSERT INTO turn_fts(turn_fts, rowid, text) VALUES ('delete', old."row", old.text);
END;
CREATE TRIGGER turn_fts_update AFTER UPDATE OF text ON turn BEGIN
  INSERT INTO turn_fts(turn_fts, rowid, text) VALUES ('delete', old."row", old.text);
  INSERT INTO turn_fts(rowid, text) VALUES (new."row", new.text);
END;
CREATE VIRTUAL TABLE memo_fts USING fts5(
  text, content='memo', content_rowid='row', tokenize='unicode61 remove_diacritics 2',
  prefix='2 3');
CREATE TRIGGER memo_fts_insert AFTER INSERT ON memo BEGIN
  INSERT INTO memo_fts(rowid, text) VALUES (new."row", new.text);
END;
CREATE TRIGGER memo_fts_delete AFTER DELETE ON memo BEGIN
  INSERT INTO memo_fts(memo_fts, rowid, text) VALUES ('delete', old."row", old.text);
END;
CREATE TRIGGER memo_fts_update AFTER UPDATE OF text ON memo BEGIN
  INSERT INTO memo_fts(memo_fts, rowid, text) VALUES ('delete', old."row", old.text);
  INSERT INTO memo_fts(rowid, text) VALUES (new."row", new.text);
END
"""


def migrate(db: Database) -> None:
    """Create all tables of the first version."""
    for statement in _statements(_SCHEMA):
        db.conn.execute(statement)


def _statements(script: str) -> list[str]:
    """Split at semicolons outside triggers; `executescript` would commit the transaction."""
    found, parts = [], []
    for line in script.splitlines():
        parts.append(line)
        inside_trigger = any(part.startswith("CREATE TRIGGER") for part in parts)
        if line.rstrip().endswith(";") and (not inside_trigger or line.startswith("END")):
            found.append("\n".join(parts))
            parts = []
    rest = "\n".join(parts).strip()
    return [*found, rest] if rest else found
