"""What a report is built from: one reading of the study, as plain values.

The builder works on this snapshot and never on the open study, so that a report is the same
whether it is made in the window, on the command line, or in a test.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from workbench.domain.charter import Charter
from workbench.domain.codebook import Code
from workbench.domain.findings import Evidence, Insight, Opportunity
from workbench.domain.ids import ObservationId, ParticipantId, SessionId, StageId
from workbench.domain.journey import Stage, Touchpoint
from workbench.domain.materials import Attendance, Session, Source
from workbench.domain.passage import Further, Said
from workbench.domain.people import Participant, Segment
from workbench.services.journey.map import JourneyMap, build
from workbench.services.materials.visits import FilledVisit


@dataclass(frozen=True, slots=True)
class ReportData:
    """The live content of a study; everything is in its order, nothing is from the bin.

    Attributes:
        agreed: the people who consented to quotes.
        quotes: what people said to being quoted, as “quotes: refused”.
        stages: the customer's stages.
        steps: the company's stages.
        evidence: insight id -> what speaks for and against it.
        coders: how many people coded the observations.
        unsigned: observations of nobody known.
        further: what was noted of observations besides what is counted of all.
        models: names of the speech models behind the transcripts.
        date: day of the report, ISO.
        numbers: observation id -> evidence number, as the study keeps them.
        cleaned: takes real names out of words; the free words of all else are without them.
        journey: the map of all that, as every view of the study shows it.
    """

    charter: Charter
    segments: tuple[Segment, ...] = ()
    participants: tuple[Participant, ...] = ()
    agreed: frozenset[ParticipantId] = frozenset()
    quotes: Mapping[ParticipantId, str] = field(default_factory=dict)
    sessions: tuple[Session, ...] = ()
    attendance: tuple[Attendance, ...] = ()
    sources: tuple[Source, ...] = ()
    stages: tuple[Stage, ...] = ()
    steps: tuple[Stage, ...] = ()
    codes: tuple[Code, ...] = ()
    passages: tuple[Said, ...] = ()
    insights: tuple[Insight, ...] = ()
    evidence: Mapping[str, tuple[Evidence, ...]] = field(default_factory=dict)
    opportunities: tuple[Opportunity, ...] = ()
    visits: tuple[FilledVisit, ...] = ()
    touchpoints: tuple[Touchpoint, ...] = ()
    further: Mapping[ObservationId, Further] = field(default_factory=dict)
    coders: int = 0
    unsigned: int = 0
    models: tuple[str, ...] = ()
    date: str = ""
    numbers: Mapping[str, int] = field(default_factory=dict)
    cleaned: Callable[[str], str] = str
    journey: JourneyMap = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Read the journey once, for all chapters that show something of it."""
        read = build(
            self.stages,
            self.passages,
            steps=self.steps,
            sessions=self.sessions,
            cleaned=self.cleaned,
        )
        object.__setattr__(self, "journey", read)

    def roster(self, session_id: SessionId) -> list[Participant]:
        """Return the participants of a session."""
        there = {a.participant_id for a in self.attendance if a.session_id == session_id}
        return [person for person in self.participants if person.id in there]

    def stage_name(self, stage_id: StageId | None) -> str:
        """Return the name of a customer stage, "" for none."""
        return next((stage.name for stage in self.stages if stage.id == stage_id), "")
