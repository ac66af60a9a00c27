"""Withdrawing: where a person is in a study, what can be done about it, and what was done."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from workbench.domain.ids import WithdrawalId
from workbench.words import Phrase

ERASED = "[erased at the person’s wish]"
"""Stands where words were."""
BLACK = "█"
"""Stands for each letter of a name, so that what stands around it keeps its place."""


class Deed(StrEnum):
    """What is done at a person's wish; the value is stored and typed."""

    QUOTES = "quotes"
    WORDS = "words"
    EVERYTHING = "everything"

    @property
    def label(self) -> Phrase:
        """Return the name for people."""
        return _LABELS.get(self, str(self))

    @property
    def told(self) -> Phrase:
        """Return what it means, in sentences."""
        return _TOLD.get(self, str(self))

    @property
    def erases(self) -> bool:
        """Tell whether something goes for good."""
        return self is not Deed.QUOTES


_LABELS = {
    Deed.QUOTES: "No longer quoted",
    Deed.WORDS: "Words erased, counts kept",
    Deed.EVERYTHING: "Everything erased",
}
_TOLD = {
    Deed.QUOTES: (
        "The consent to be quoted is withdrawn. Nothing is erased; no report that is written from"
        " now on shows the words. This can be changed again."
    ),
    Deed.WORDS: (
        "What the person said goes, in text and in sound. Observations stay with their codes,"
        " stages and ratings, without words, so that figures stay the same."
    ),
    Deed.EVERYTHING: (
        "The person goes, with all words, observations, sound, name and consent. Figures are"
        " computed without them; numbers of evidence stay and say that it is gone."
    ),
}


class Unreadable(StrEnum):
    """What becomes of a recording of several people in which one of them cannot be silenced."""

    DELETE = "delete"
    LEAVE = "leave"


class Fate(StrEnum):
    """What became of the file of a source; the value is stored."""

    SILENCED = "silenced"
    ALONE = "alone"
    DELETED = "deleted"
    BLANK = "blank"
    LEFT = "left"
    REWRITTEN = "rewritten"

    @property
    def told(self) -> Phrase:
        """Return it for people."""
        return _FATES_TOLD[self]


_FATES_TOLD: dict[Fate, Phrase] = {
    Fate.SILENCED: "silenced where the person speaks",
    Fate.ALONE: "silenced, but for what the interviewer says",
    Fate.DELETED: "deleted",
    Fate.BLANK: "deleted whole; silence of the same length is in its place",
    Fate.LEFT: "left as it is; the person can still be heard where it can be played",
    Fate.REWRITTEN: "written anew, without what they said",
}


class Kind(StrEnum):
    """The kinds of places; the value is stored."""

    WORDS = "words"
    RECOGNISED = "recognised"
    OBSERVATIONS = "observations"
    SHARED = "shared"
    INSIGHTS = "insights"
    REPORTS = "reports"
    SOUND = "sound"
    UNREADABLE = "unreadable"
    PICTURES = "pictures"
    DOCUMENTS = "documents"
    PRINTS = "prints"
    NAME = "name"
    CONSENT = "consent"
    MEMOS = "memos"
    TYPED = "typed"
    HISTORY = "history"
    SEARCH = "search"
    BACKUPS = "backups"
    CACHE = "cache"
    SPOOL = "spool"
    LOGS = "logs"
    RECENT = "recent"
    UNSAVED = "unsaved"
    OPEN = "open"

    @property
    def label(self) -> Phrase:
        """Return the name for people."""
        return _KINDS.get(self, str(self))

    def becomes(self, deed: Deed) -> Phrase:
        """Return what a deed does there: “erased”, “kept”, “listed”, …"""
        if deed is Deed.QUOTES:
            return "withdrawn" if self is Kind.CONSENT else "kept"
        fates = _FATES.get(self)
        return fates[deed is Deed.EVERYTHING] if fates else "erased"


_KINDS = {
    Kind.WORDS: "Words in texts",
    Kind.RECOGNISED: "Words as they were recognised",
    Kind.OBSERVATIONS: "Observations",
    Kind.SHARED: "Observations of others",
    Kind.INSIGHTS: "Evidence of insights",
    Kind.REPORTS: "Evidence in reports written",
    Kind.SOUND: "Sound",
    Kind.UNREADABLE: "Recordings that cannot be read",
    Kind.PICTURES: "Pictures of videos",
    Kind.DOCUMENTS: "Copies of documents",
    Kind.PRINTS: "Voice prints",
    Kind.NAME: "Name",
    Kind.CONSENT: "Consent",
    Kind.MEMOS: "Memos",
    Kind.TYPED: "Words or name typed again",
    Kind.HISTORY: "History",
    Kind.SEARCH: "Search index",
    Kind.BACKUPS: "Backups",
    Kind.CACHE: "Cache",
    Kind.SPOOL: "Recognition on its way",
    Kind.LOGS: "Logs of recognition",
    Kind.RECENT: "List of recent studies",
    Kind.UNSAVED: "Texts not saved yet",
    Kind.OPEN: "Left to you",
}
_FATES: dict[Kind, tuple[Phrase, Phrase]] = {
    # with “words erased”, with “everything erased”
    Kind.OBSERVATIONS: ("kept without words", "erased"),
    Kind.SHARED: ("kept without the words", "kept without the words"),
    Kind.INSIGHTS: ("kept without words", "erased"),
    Kind.REPORTS: ("listed", "listed"),
    Kind.NAME: ("kept", "erased"),
    Kind.CONSENT: ("withdrawn", "erased"),
    Kind.MEMOS: ("listed", "erased"),
    Kind.DOCUMENTS: ("rewritten", "rewritten or deleted"),
    Kind.SOUND: ("silenced", "silenced or deleted"),
    Kind.UNREADABLE: ("deleted or left", "deleted or left"),
    Kind.BACKUPS: ("rewritten or deleted", "rewritten or deleted"),
    Kind.RECENT: ("kept", "erased"),
    Kind.UNSAVED: ("let go", "let go"),
    Kind.OPEN: ("listed", "listed"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where something of a person is.

    Attributes:
        count: how much of it is there.
        where: in words.
        target: kind and id of what can be shown: "source", "turn", "observation", "insight",
            "session", "memo" or "participant"; `None` where there is nothing to jump to.
        fates: what becomes of a file with “words erased” and with “everything erased”.
    """

    kind: Kind
    count: int
    where: str
    target: tuple[str, str] | None = None
    fates: tuple[Fate, Fate] | None = None

    def becomes(self, deed: Deed) -> Phrase:
        """Return what a deed does there."""
        if self.fates is None or not deed.erases:
            return self.kind.becomes(deed)
        return self.fates[deed is Deed.EVERYTHING].told


@dataclass(frozen=True, slots=True)
class ReportTouched:
    """A report already written that cites the person, and with which numbers of evidence."""

    file: str
    written_at: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What was done at a person's wish: without words, without a name.

    Attributes:
        code: of the person.
        coder: who did it.
        told: what was done, as JSON; `Account` reads it.
    """

    id: WithdrawalId
    at: str
    code: str
    deed: Deed
    coder: str
    told: str
