"""The whole study as plain data: what `show` prints and JSON exports hold.

The fields of real names are never part of it. What was written freely stands as it was written, for
it is the researcher's own working copy, and its first key says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from workbench.domain.charter import Charter
from workbench.domain.ids import ParticipantId
from workbench.domain.jobs import Job
from workbench.domain.journey import Track
from workbench.domain.materials import Source
from workbench.domain.passage import Passage
from workbench.domain.quoting import WORKING_COPY
from workbench.domain.speaking import Who
from workbench.domain.spoken import Spoken
from workbench.domain.transcript import Speaker, Turn
from workbench.domain.unheard import gaps
from workbench.services.coding.codebook import Codebook
from workbench.services.coding.coders import Coders
from workbench.services.coding.findings import Findings
from workbench.services.coding.memos import Memos
from workbench.services.coding.passages import Passages
from workbench.services.consent.ledger import Ledger
from workbench.services.journey.journeys import Journeys
from workbench.services.materials.materials import Materials
from workbench.services.materials.visits import Visits
from workbench.services.people.people import People
from workbench.services.people.speaking import Speaking
from workbench.services.recognition.jobs import Jobs
from workbench.services.report.register import EvidenceRegister
from workbench.services.texts.transcripts import Transcripts

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Reads the whole of one study."""

    people: People
    ledger: Ledger
    materials: Materials
    transcripts: Transcripts
    speaking: Speaking
    visits: Visits
    codebook: Codebook
    journeys: Journeys
    passages: Passages
    findings: Findings
    memos: Memos
    coders: Coders
    register: EvidenceRegister
    jobs: Jobs

    def read(self, charter: Charter) -> Data:
        """Return people, sessions, transcripts, codes, journey, observations and findings."""
        return {
            name: list(part) if isinstance(part, Iterator) else part
            for name, part in self.parts(charter).items()
        }

    def parts(self, charter: Charter) -> Data:
        """Return the same; what may be long is read while one goes through it, once."""
        return {
            "working_copy": WORKING_COPY,
            "charter": asdict(charter),
            "segments": [asdict(row) for row in self.people.segments()],
            "people": [
                asdict(row) | {"consent": consent(self.ledger, row.id)}
                for row in self.people.participants()
            ],
            "sessions": (self._session(row.id) for row in self.materials.sessions()),
            "visit_forms": [
                asdict(row) | {"items": [asdict(item) for item in self.visits.items(row.id)]}
                for row in self.visits.forms()
            ],
            "coders": [asdict(row) for row in self.coders.all()],
            "codes": [asdict(row) for row in self.codebook.codes()],
            "stages": [asdict(row) for row in self.journeys.stages()],
            "company_stages": [asdict(row) for row in self.journeys.stages(Track.COMPANY)],
            "touchpoints": [asdict(row) for row in self.journeys.touchpoints()],
            "observations": (observation(row) for row in self.passages.each()),
            "insights": [
                asdict(row)
                | {"evidence": [asdict(item) for item in self.findings.evidence(row.id)]}
                for row in self.findings.insights()
            ],
            "opportunities": [asdict(row) for row in self.findings.opportunities()],
            "memos": [asdict(row) for row in self.memos.all()],
            "evidence_numbers": [asdict(row) for row in self.register.numbers()],
            "reports": [
                asdict(row) | {"numbers": numbers} for row, numbers in self.register.reports()
            ],
        }

    def _session(self, session_id: Any) -> Data:
        filled = self.visits.visit(session_id)
        return asdict(self.materials.session(session_id)) | {
            "people": [asdict(row) for row in self.materials.roster(session_id)],
            "sources": [self._source(row) for row in self.materials.sources(session_id)],
            "visit": filled and filled.plain(),
        }

    def _source(self, source: Source) -> Data:
        transcript = self.transcripts.of_source(source.id)
        job = self.jobs.of_source(source.id)
        data = asdict(source) | {"transcript": None, "job": job and _job(job)}
        if transcript:
            voices = self.transcripts.speakers.of(transcript.id)
            cast = self.speaking.cast(transcript.id)
            turns = self.transcripts.turns(transcript.id)
            data["transcript"] = asdict(transcript) | {
                "spoken": [_spoken(row) for row in self.transcripts.spoken(transcript.id)],
                "speakers": [_voice(row, cast[row.id]) for row in voices],
                "turns": [
                    _turn(number, row, cast.get(row.speaker_id) if row.speaker_id else None)
                    for number, row in enumerate(turns)
                ],
                "without_words": [
                    asdict(gap) for gap in gaps(turns, self.transcripts.unheard(transcript.id))
                ],
            }
        return data


def consent(ledger: Ledger, person_id: ParticipantId) -> Data:
    """Return what a person said to each use, and the entries behind it, the newest first."""
    return {
        "standing": {
            use.value: {"state": one.state.value, "allows": one.allows, "words": one.words}
            for use, one in ledger.standings(person_id).items()
        },
        "entries": [asdict(entry) for entry in ledger.entries(person_id)],
    }


def _job(job: Job) -> Data:
    """Return with what a recording was recognised, and what is worth knowing of that."""
    return {
        "model": job.model,
        "language": job.language,
        "speakers": job.speakers,
        "state": job.state,
        "created_at": job.created_at,
        "notes": job.notes,
    }


def _spoken(row: Spoken) -> Data:
    data = asdict(row)
    del data["transcript_id"]
    return data


def _voice(voice: Speaker, who: Who) -> Data:
    """Return a voice and who it is; a label that is a real name is left out."""
    named = voice.name or who.person is not None
    return asdict(voice) | {
        "label": voice.label if voice.number or voice.label == who.name else who.name,
        "name": who.name if named else "",
        "person": who.person.code if who.person else None,
        "part": who.part.value,
    }


def _turn(number: int, turn: Turn, who: Who | None) -> Data:
    return {
        "id": turn.id,
        "ordinal": number,
        "start_ms": turn.start_ms,
        "end_ms": turn.end_ms,
        "speaker": who.name if who else None,
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


def observation(row: Passage) -> Data:
    """Return an observation with the names of everything around it."""
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
