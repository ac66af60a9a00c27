"""People: those who speak, the groups they stand for, and those who code."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.domain.ids import CoderId, ParticipantId, SegmentId


@dataclass(frozen=True, slots=True)
class Coder:
    """Somebody who works on the study."""

    id: CoderId
    name: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A group of customers, with the persona that stands for it."""

    id: SegmentId
    name: str
    persona: str = ""
    position: int = 0


@dataclass(frozen=True, slots=True)
class Participant:
    """A person of the study under a code and a pseudonym.

    The real name is kept apart (`People.real_name`) and never part of this value, so that no
    export can carry it by accident.
    """

    id: ParticipantId
    code: str
    pseudonym: str
    segment_id: SegmentId | None = None
    note: str = ""
    deleted_at: str | None = None

    @property
    def names(self) -> tuple[str, str]:
        """Return what the person is called in the study."""
        return self.code, self.pseudonym
