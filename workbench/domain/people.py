"""People: those who speak, the groups they stand for, and those who code."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.domain.declaring import Field
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


NAME: Field[Segment, str] = Field("name", lambda segment: segment.name, "Name")
PERSONA: Field[Segment, str] = Field("persona", lambda segment: segment.persona, "Persona")


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a participant really is: what the key of the study holds, and nothing else does.

    Attributes:
        contact: how to reach them, in free text.
        former: what was typed as their real name before; it may stand in words, too.
    """

    real_name: str = ""
    contact: str = ""
    former: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Return every real name, the oldest first."""
        return (*self.former, self.real_name) if self.real_name else self.former

    @property
    def is_known(self) -> bool:
        """Tell whether there is anything to keep."""
        return bool(self.real_name or self.contact)


@dataclass(frozen=True, slots=True)
class Participant:
    """A person of the study under a code and a pseudonym.

    The real name is kept apart (`services/keys/keys.py`) and never part of this value, so that no
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


CODE: Field[Participant, str] = Field("code", lambda person: person.code, "Code")
PSEUDONYM: Field[Participant, str] = Field(
    "pseudonym", lambda person: person.pseudonym, "Pseudonym"
)
NOTE: Field[Participant, str] = Field("note", lambda person: person.note, "Note")
