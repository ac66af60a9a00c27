"""Transcription jobs as the study keeps them; they survive a restart."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from workbench.domain.ids import JobId, SourceId, TranscriptId


class JobState(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


JOINT = " · "
"""Between the notes of one job."""
UNFINISHED = (JobState.WAITING, JobState.RUNNING, JobState.PAUSED)


@dataclass(frozen=True, slots=True)
class Job:
    """A request to recognise one source.

    Attributes:
        speakers: number of voices; `None` = find out, 0 = do not look.
        done_ms: how much of the recording is recognised.
        reason: in words for people why it failed, else what is worth knowing of it, with `JOINT`
            between.
    """

    id: JobId
    source_id: SourceId
    transcript_id: TranscriptId
    model: str
    language: str = "auto"
    speakers: int | None = None
    state: JobState = JobState.WAITING
    done_ms: int = 0
    total_ms: int = 0
    position: int = 0
    reason: str = ""
    created_at: str = ""

    @property
    def notes(self) -> list[str]:
        """Return what is worth knowing, note by note; of one that failed, why."""
        return self.reason.split(JOINT) if self.reason else []
