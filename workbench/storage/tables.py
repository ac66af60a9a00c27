"""All tables of a study, each as values of its domain class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from workbench.domain.charter import Charter
from workbench.domain.codebook import Code
from workbench.domain.consent import ConsentForm, Entry
from workbench.domain.findings import Evidence, Insight, Opportunity
from workbench.domain.ids import CodeId, ObservationId, TranscriptId
from workbench.domain.jobs import Job
from workbench.domain.journey import Journey, Stage, Touchpoint
from workbench.domain.looking_out import LeftAlone, LetOut
from workbench.domain.materials import Attendance, Session, Source
from workbench.domain.names.decisions import NameDecision
from workbench.domain.observation import Memo, Observation
from workbench.domain.people import Coder, Participant, Segment
from workbench.domain.spoken import Spoken
from workbench.domain.transcript import Speaker, Transcript, Turn, Word
from workbench.domain.unheard import Hole
from workbench.domain.visits import FormItem, Visit, VisitAnswer, VisitForm
from workbench.domain.withdrawal import Withdrawal
from workbench.domain.written import Citation, EvidenceNumber, WrittenReport
from workbench.storage.key import Key
from workbench.storage.rows import Rows


@dataclass(frozen=True, slots=True)
class ObservationCode:
    """A code on an observation."""

    observation_id: ObservationId
    code_id: CodeId


@dataclass(frozen=True, slots=True)
class Recognition:
    """A turn as the engine said it; never edited, nor regrouped by voice."""

    transcript_id: TranscriptId
    ordinal: int
    text: str
    start_ms: int | None
    end_ms: int | None
    words: Sequence[Word]
    doubt: str = ""


class Tables:
    """The tables of one open study.

    Args:
        db: an open connection.
        folder: where the study lies; `None` for a copy that is looked into.

    Attributes:
        db: the connection.
        key: who people really are, which is in no table.
    """

    def __init__(self, db: Database, folder: Path | None = None) -> None:
        self.db = db
        self.key = Key(db, folder)
        self.charter = Rows(db, "charter", Charter)
        self.coder = Rows(db, "coder", Coder)
        self.segment = Rows(db, "segment", Segment)
        self.participant = Rows(db, "participant", Participant)
        self.consent_entry = Rows(db, "consent_entry", Entry)
        self.consent_form = Rows(db, "consent_form", ConsentForm)
        self.name_decision = Rows(db, "name_decision", NameDecision, ("folded",))
        self.session = Rows(db, "session", Session)
        self.attendance = Rows(db, "attendance", Attendance, ("session_id", "participant_id"))
        self.source = Rows(db, "source", Source)
        self.visit_form = Rows(db, "visit_form", VisitForm)
        self.form_item = Rows(db, "form_item", FormItem)
        self.visit = Rows(db, "visit", Visit, ("session_id",))
        self.visit_answer = Rows(db, "visit_answer", VisitAnswer, ("session_id", "item_id"))
        self.transcript = Rows(db, "transcript", Transcript)
        self.speaker = Rows(db, "speaker", Speaker)
        self.recognition = Rows(db, "recognition", Recognition, ("transcript_id", "ordinal"))
        self.unheard = Rows(db, "unheard", Hole, ("transcript_id", "start_ms"))
        self.spoken = Rows(db, "spoken", Spoken, ("transcript_id", "start_ms"))
        self.turn = Rows(db, "turn", Turn)
        self.job = Rows(db, "job", Job)
        self.code = Rows(db, "code", Code)
        self.journey = Rows(db, "journey", Journey)
        self.stage = Rows(db, "stage", Stage)
        self.touchpoint = Rows(db, "touchpoint", Touchpoint)
        self.observation = Rows(db, "observation", Observation)
        self.observation_code = Rows(
            db, "observation_code", ObservationCode, ("observation_id", "code_id")
        )
        self.memo = Rows(db, "memo", Memo)
        self.insight = Rows(db, "insight", Insight)
        self.evidence = Rows(db, "evidence", Evidence, ("insight_id", "observation_id"))
        self.opportunity = Rows(db, "opportunity", Opportunity)
        self.evidence_number = Rows(db, "evidence_number", EvidenceNumber, ("number",))
        self.written_report = Rows(db, "written_report", WrittenReport)
        self.citation = Rows(db, "citation", Citation, ("report_id", "number"))
        self.withdrawal = Rows(db, "withdrawal", Withdrawal)
        self.let_out = Rows(db, "let_out", LetOut)
        self.left_alone = Rows(db, "left_alone", LeftAlone, ("key",))

    def named(self, name: str) -> Rows[Any]:
        """Return the rows of the table with a name."""
        return next(rows for rows in self.all() if rows.name == name)

    def all(self) -> list[Rows[Any]]:
        """Return the rows of every table."""
        return [rows for rows in vars(self).values() if isinstance(rows, Rows)]

    @classmethod
    def rehearse(cls) -> None:
        """Work out how all rows are read, which the first study would else do as it opens."""
        for rows in cls(Database(memory=True, execute_plugins=False)).all():
            rows.rehearse()
