"""What the researcher decided about a string: once, for everything that leaves the study."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from workbench.domain.names.folding import key
from workbench.domain.names.forms import Wanted
from workbench.domain.names.sorts import Sort
from workbench.words import N_, Phrase


class Decision(StrEnum):
    """What becomes of a string; the value is stored, the label is shown."""

    OPEN = "open"
    REPLACE = "replace"
    LEAVE = "leave"
    NEVER = "never"

    @property
    def label(self) -> Phrase:
        """Return what people are told."""
        return _LABELS.get(self, str(self))


_LABELS = {
    Decision.OPEN: "Not decided",
    Decision.REPLACE: "Replaced",
    Decision.LEAVE: "Left",
    Decision.NEVER: "Always left",
}


def plain_instead(typed: str) -> str:
    """Return in one line, without brackets around it, what stands in the place of a name.

    It is put into brackets where it stands, and people who see that type them too.
    """
    bare = " ".join(typed.split())
    while bare.startswith("[") and bare.endswith("]"):
        bare = bare[1:-1].strip()
    return bare


@dataclass(frozen=True, slots=True)
class NameDecision:
    """A string of the register.

    Attributes:
        folded: the string so that all ways to write it are equal; one decision each.
        written: as it was written where it was found.
        instead: what stands in its place; empty = what its sort says.
    """

    folded: str
    written: str
    sort: Sort
    decision: Decision
    instead: str = ""

    @property
    def wanted(self) -> Wanted | None:
        """Return what a text is searched for because of it."""
        if self.decision is Decision.OPEN:
            return None
        return Wanted(
            self.written,
            self.sort,
            self.instead,
            leave=self.decision is Decision.LEAVE,
            never=self.decision is Decision.NEVER,
        )


class Reason(StrEnum):
    """Why a string may be a name; the value is what people are told."""

    PERSON = N_("real name")
    TYPED = N_("typed here")
    FORM = N_("contact data by its form")
    VOICE = N_("voice that is nobody of the study")
    CODER = N_("coder")
    TITLE = N_("behind a title")
    COMMON = N_("part of a real name, and an ordinary word")
    HEARD = N_("sounds like a real name")
    GIVEN = N_("common given name")
    CAPITAL = N_("capital within a sentence")

    @property
    def label(self) -> Phrase:
        """Return it for people."""
        return self.value


@dataclass(frozen=True, slots=True)
class Seen:
    """A place where a string stands.

    Attributes:
        table, id: the row that has the text.
        start, end: code points.
        around: the words around it, with where the string begins and ends in them.
    """

    table: str
    id: str
    title: str
    start: int
    end: int
    around: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """A string with what was decided about it, or may be, and where it stands.

    Attributes:
        instead: what stands in its place, or would.
        count: how often it stands in the study; −1 = nobody has looked yet.
        places: the first of these.
        person: code of the person whose real name it is; such an entry is there by itself.
    """

    folded: str
    written: str
    sort: Sort
    decision: Decision
    instead: str
    why: Reason
    count: int = 0
    places: tuple[Seen, ...] = ()
    person: str = ""

    @property
    def may_be_name(self) -> bool:
        """Tell whether there is a letter or a digit in it."""
        return any(map(str.isalnum, self.folded))


def typed(written: str) -> Entry:
    """Return a string that somebody typed, undecided; nobody has looked yet where it stands."""
    return Entry(
        *(key(written), written, Sort.OTHER, Decision.OPEN, Sort.OTHER.instead, Reason.TYPED),
        count=-1,
    )
