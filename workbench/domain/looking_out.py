"""What is found in a file that is about to leave, and what is kept of the decision about it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from workbench.domain import counts
from workbench.domain.ids import LetOutId
from workbench.domain.names import Sort
from workbench.domain.naming import folded
from workbench.words import Phrase, plural, t


class What(StrEnum):
    """What should not leave without a decision."""

    NAME = "name"
    CONTACT = "contact"
    WORDS = "words"
    UNREAD = "unread"
    UNDECIDED = "undecided"

    def counted(self, number: int) -> str:
        """Return “3 names”."""
        return plural(number, *_NOUNS[self])


_NOUNS = {
    What.NAME: ("{n} name", "{n} names"),
    What.CONTACT: ("{n} piece of contact data", "{n} pieces of contact data"),
    What.WORDS: ("{n} passage that may not be quoted", "{n} passages that may not be quoted"),
    What.UNREAD: ("{n} part that could not be searched", "{n} parts that could not be searched"),
    What.UNDECIDED: ("{n} undecided name", "{n} undecided names"),
}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where in the study something stands.

    Attributes:
        kind: its table, as the window shows things: “code”, “turn”, “memo” …
        id: of the row; a memo on a study’s thing has its own.
        name: what it is called, for people.
    """

    kind: str
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Found:
    """Something in a finished file of which a person should say whether it may leave.

    Attributes:
        label: what it is, without saying it: “real name of Maya”.
        text: as it stands there; of a part that cannot be searched, why, as `Piece` says it.
        before, after: some words around it.
        place: where in the file.
        origin: where in the study it comes from; `None` = from nowhere in it.
        sort: as what it can be put into the register of names, to be replaced; `None` = it cannot.
        several: the strings, of what is told once for all of them; wherever they stand.
    """

    what: What
    label: str
    text: str
    before: str
    after: str
    place: str
    origin: Origin | None = None
    sort: Sort | None = None
    several: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Return what stays the same wherever and however often it is found."""
        return key_of(self.what, "\0".join(self.several) or self.text)

    @property
    def strings(self) -> tuple[str, ...]:
        """Return the words that were found, each by itself."""
        return self.several or ((self.text,) if self.text else ())

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the keys of all that was found."""
        return tuple(key_of(self.what, one) for one in self.several) or (self.key,)

    @property
    def sentence(self) -> str:
        """Say what was found and where, without the words: it may be read by anybody."""
        if self.what is What.UNREAD:
            return t(
                "{place}: {what}, so nobody could look into it.",
                place=self.place,
                what=t(self.text),
            )
        if self.several:
            return f"{self.label}."
        if self.origin is None:
            return t("{place}: {what}.", place=self.place, what=self.label)
        source = t(_KINDS.get(self.origin.kind, self.origin.kind))
        return t(
            "{place}: {what}, from {source}.", place=self.place, what=self.label, source=source
        )


_KINDS: dict[str, Phrase] = {
    "charter": "the charter",
    "participant": "a note on a person",
    "segment": "a segment",
    "session": "a session",
    "source": "the title of a source",
    "turn": "what was said",
    "observation": "an observation",
    "memo": "a memo",
    "code": "a code",
    "stage": "a stage",
    "touchpoint": "a touchpoint",
    "insight": "an insight",
    "opportunity": "an opportunity",
}


_LISTED = 12  # names that are shown; “Names…” has them all


@dataclass(frozen=True, slots=True)
class LetOut:
    """That somebody let a file out although something was found in it; never what.

    Attributes:
        file: name of the file, without its folder and without what was found in the name.
        coder: who decided, "" when the person at work gave no name.
        names, contacts, words, unread: in how many places of the file.
        undecided: how many strings that may be names, and about which nothing was decided.
    """

    id: LetOutId
    let_out_at: str
    file: str
    coder: str
    names: int
    contacts: int
    words: int
    unread: int
    undecided: int = 0

    @property
    def sentence(self) -> str:
        """Return “report.docx, with 3 real names and 1 part that could not be searched”."""
        numbers = (self.names, self.contacts, self.words, self.unread, self.undecided)
        told = [what.counted(n) for what, n in zip(What, numbers, strict=True) if n]
        return t("{file}, with {what}", file=self.file, what=counts.joined(told))


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """That somebody decided that something may always leave.

    Attributes:
        key: of what was found, from which nobody can tell the words.
    """

    key: str
    what: What
    decided_at: str
    coder: str


def numbers_of(found: Iterable[Found]) -> Counter[What]:
    """Return in how many places each kind was found; of undecided names how many there are."""
    numbers: Counter[What] = Counter()
    for one in found:
        numbers[one.what] += len(one.several) or 1
    return numbers


def key_of(what: What, text: str) -> str:
    """Return what stands for words that were found; nobody can tell the words from it."""
    return hashlib.sha256(f"{what}\0{folded(text)}".encode()).hexdigest()


def undecided(strings: Iterable[str]) -> Found:
    """Return what is told of strings in a file that may be names and were never decided."""
    several = tuple(strings)
    label = plural(
        len(several),
        "{n} proposed name in it is undecided",
        "{n} proposed names in it are undecided",
    )
    names = Origin("names", "", t("Names…"))
    more = f" + {len(several) - _LISTED}" if len(several) > _LISTED else ""
    text = counts.listed(several[:_LISTED]) + more
    return Found(What.UNDECIDED, label, text, "", "", t("whole file"), names, several=several)
