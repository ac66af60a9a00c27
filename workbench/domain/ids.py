"""Identity: every object has a GUID, so that studies from two laptops can merge."""

from __future__ import annotations

import uuid
from typing import NewType

StudyId = NewType("StudyId", str)
CoderId = NewType("CoderId", str)
SegmentId = NewType("SegmentId", str)
ParticipantId = NewType("ParticipantId", str)
SessionId = NewType("SessionId", str)
EntryId = NewType("EntryId", str)
FormId = NewType("FormId", str)
SourceId = NewType("SourceId", str)
TranscriptId = NewType("TranscriptId", str)
TurnId = NewType("TurnId", str)
SpeakerId = NewType("SpeakerId", str)
CodeId = NewType("CodeId", str)
JourneyId = NewType("JourneyId", str)
StageId = NewType("StageId", str)
TouchpointId = NewType("TouchpointId", str)
ObservationId = NewType("ObservationId", str)
MemoId = NewType("MemoId", str)
InsightId = NewType("InsightId", str)
OpportunityId = NewType("OpportunityId", str)
JobId = NewType("JobId", str)
ReportId = NewType("ReportId", str)
WithdrawalId = NewType("WithdrawalId", str)
LetOutId = NewType("LetOutId", str)


def new_id() -> str:
    """Return a fresh GUID in lower case, 8-4-4-4-12."""
    return str(uuid.uuid4())
