"""The whole study as plain data: what `show` prints and JSON exports hold.

Real names are never part of it.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from workbench.domain.journey import Track
from workbench.domain.materials import Source
from workbench.domain.passage import Passage
from workbench.domain.transcript import Turn

if TYPE_CHECKING:
    from workbench.study import Study

Data = dict[str, Any]


def snapshot(study: Study) -> Data:
    """Return people, sessions, transcripts, codes, journey, observations and findings."""
    return {
        "charter": asdict(study.charter),
        "segments": [asdict(row) for row in study.people.segments()],
        "people": [
            asdict(row) | {"consent": asdict(study.people.consent(row.id))}
            for row in study.people.participants()
        ],
        "sessions": [_session(study, row.id) for row in study.materials.sessions()],
        "codes": [asdict(row) for row in study.codebook.codes()],
        "stages": [asdict(row) for row in study.journeys.stages()],
        "company_stages": [asdict(row) for row in study.journeys.stages(Track.COMPANY)],
        "touchpoints": [asdict(row) for row in study.journeys.touchpoints()],
        "observations": [_observation(row) for row in study.observations.find()],
        "insights": [
            asdict(row) | {"evidence": [asdict(item) for item in study.findings.evidence(row.id)]}
            for row in study.findings.insights()
        ],
        "opportunities": [asdict(row) for row in study.findings.opportunities()],
        "memos": [asdict(row) for row in study.memos.all()],
    }


def _session(study: Study, session_id: Any) -> Data:
    filled = study.visits.visit(session_id)
    return asdict(study.materials.session(session_id)) | {
        "people": [asdict(row) for row in study.materials.roster(session_id)],
        "sources": [_source(study, row) for row in study.materials.sources(session_id)],
        "visit": filled
        and {
            "visit": asdict(filled.visit),
            "answers": {item.key: filled.answers.get(item.id) for item in filled.items},
            "score": filled.score.score,
        },
    }


def _source(study: Study, source: Source) -> Data:
    transcript = study.transcripts.of_source(source.id)
    data = asdict(source) | {"transcript": None}
    if transcript:
        voices = {row.id: row for row in study.transcripts.speakers(transcript.id)}
        data["transcript"] = asdict(transcript) | {
            "speakers": [asdict(row) for row in voices.values()],
            "turns": [
                _turn(row, voices[row.speaker_id].name or voices[row.speaker_id].label)
                if row.speaker_id
                else _turn(row, None)
                for row in study.transcripts.turns(transcript.id)
            ],
        }
    return data


def _turn(turn: Turn, speaker: str | None) -> Data:
    return {
        "id": turn.id,
        "ordinal": turn.ordinal,
        "start_ms": turn.start_ms,
        "end_ms": turn.end_ms,
        "speaker": speaker,
        "text": turn.text,
        "doubt": turn.doubt,
        "words": [
            {
                "text": turn.text[word.start : word.end],
                "start_ms": word.start_ms,
                "end_ms": word.end_ms,
                "probability": word.probability / 1000,
            }
            for word in turn.words
        ],
    }


def _observation(row: Passage) -> Data:
    return asdict(row.observation) | {
        "codes": [code.name for code in row.codes],
        "stage": row.stage.name if row.stage else None,
        "touchpoint": row.touchpoint.name if row.touchpoint else None,
        "source": row.source.title,
        "session": row.session.title,
        "method": row.session.method.value,
        "person": row.person.pseudonym if row.person else None,
        "speaker": row.speaker,
        "quotable": row.quotable,
        "memo": row.memo,
    }
