"""Materials: sessions in the field and the sources that came out of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from workbench.domain.declaring import Field
from workbench.domain.ids import ParticipantId, SessionId, SourceId
from workbench.words import Phrase


class Method(StrEnum):
    """How a session was held; reports never average across methods silently."""

    INTERVIEW = "interview"
    FOCUS_GROUP = "focus-group"
    MYSTERY_VISIT = "mystery-visit"
    FIELD_NOTE = "field-note"

    @property
    def label(self) -> Phrase:
        """Return the name for people, singular."""
        found = _METHODS.get(self)
        return found[0] if found else str(self)

    @property
    def plural(self) -> Phrase:
        """Return the name for people, plural."""
        found = _METHODS.get(self)
        return found[1] if found else str(self)


_METHODS: dict[Method, tuple[Phrase, Phrase]] = {
    Method.INTERVIEW: ("Interview", "Interviews"),
    Method.FOCUS_GROUP: ("Focus group", "Focus groups"),
    Method.MYSTERY_VISIT: ("Mystery visit", "Mystery visits"),
    Method.FIELD_NOTE: ("Field note", "Field notes"),
}


class SourceKind(StrEnum):
    """What a source is made of."""

    AUDIO = "audio"
    VIDEO = "video"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Session:
    """One meeting with the field: an interview, a visit, a group, an observation.

    Attributes:
        vocabulary: names and terms to expect in its recordings, beside those of the study.
    """

    id: SessionId
    method: Method
    title: str
    date: str = ""
    place: str = ""
    note: str = ""
    position: int = 0
    deleted_at: str | None = None
    vocabulary: tuple[str, ...] = ()


TITLE: Field[Session, str] = Field("title", lambda session: session.title, "Title")
DATE: Field[Session, str] = Field("date", lambda session: session.date, "Date")
PLACE: Field[Session, str] = Field("place", lambda session: session.place, "Place")
NOTE: Field[Session, str] = Field("note", lambda session: session.note, "Note")
VOCABULARY: Field[Session, tuple[str, ...]] = Field(
    "vocabulary", lambda session: session.vocabulary, "Vocabulary"
)


def by_method(sessions: Sequence[Session]) -> Iterator[tuple[Method, list[Session]]]:
    """Yield the sessions of each method; one nobody can read stands last, rather than nowhere."""
    for method in dict.fromkeys((*Method, *(session.method for session in sessions))):
        if found := [session for session in sessions if session.method == method]:
            yield method, found


class Role(StrEnum):
    """What a person did in a session."""

    PARTICIPANT = "participant"
    INTERVIEWER = "interviewer"
    SHOPPER = "shopper"


def voices_expected(method: Method, roles: Sequence[Role]) -> int | None:
    """Return how many voices a recording has: the people there, and whoever asks them.

    Args:
        method: how the session was held; nobody asks in a memo or a field note.
        roles: what each person on the roster did.

    Returns:
        `None` where the roster names nobody, so that nothing is known.
    """
    if not roles:
        return None
    asked = method in (Method.INTERVIEW, Method.FOCUS_GROUP)
    return len(roles) + (asked and Role.INTERVIEWER not in roles)


@dataclass(frozen=True, slots=True)
class Attendance:
    """A participant on the roster of a session."""

    session_id: SessionId
    participant_id: ParticipantId
    role: Role = Role.PARTICIPANT


@dataclass(frozen=True, slots=True)
class Source:
    """A file of a session, copied into the study's media folder.

    Attributes:
        file: name inside `media/`.
        sha256: checksum of that file, lower-case hex.
        size: bytes.
        duration_ms: length of a recording; `None` for texts.
        language: "auto" or an ISO 639-1 code.
        tracks: how many tracks of sound a recording has.
    """

    id: SourceId
    session_id: SessionId
    kind: SourceKind
    title: str
    file: str
    original_name: str
    sha256: str
    size: int
    duration_ms: int | None = None
    language: str = "auto"
    imported_at: str = ""
    deleted_at: str | None = None
    tracks: int = 1
