"""Consent: what a person said to each use of what they give, and what follows from it.

What was said is never overwritten. Every answer is an entry of a ledger, and the newest decides. A
use that has no entry was not asked for, and nothing but “given” allows it. What was given until a
day ends with that day: from the next on it is as if it were not given, until somebody extends it;
nothing else happens by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workbench.domain import typed
from workbench.domain.ids import EntryId, FormId, ParticipantId, SourceId
from workbench.errors import UserError
from workbench.words import Phrase, t


class Use(StrEnum):
    """What one may do with what a person gives; the value is stored and typed."""

    RECORD = "record"
    TRANSCRIBE = "transcribe"
    QUOTE = "quote"
    VOICE = "voice"
    PHOTO = "photo"
    CONTACT = "contact"

    @property
    def label(self) -> Phrase:
        """Return the words for it: “quotes”, as in “quotes: refused”."""
        return _LABELS.get(self, str(self))

    @property
    def told(self) -> Phrase:
        """Return what it means, in a sentence."""
        return _TOLD.get(self, str(self))


_LABELS = {
    Use.RECORD: "recording",
    Use.TRANSCRIBE: "transcript",
    Use.QUOTE: "quotes",
    Use.VOICE: "voice clips",
    Use.PHOTO: "photos",
    Use.CONTACT: "contact again",
}
_TOLD = {
    Use.RECORD: "What is said may be recorded, and the recording kept.",
    Use.TRANSCRIBE: "The recording may be turned into text.",
    Use.QUOTE: "The words may be quoted, under the pseudonym.",
    Use.VOICE: "Pieces of the recording may be played to others.",
    Use.PHOTO: "Pictures of the person may be shown.",
    Use.CONTACT: "The person may be asked again.",
}


class State(StrEnum):
    """What a person said to a use; the value is stored and typed."""

    NOT_ASKED = "not-asked"
    ASKED = "asked"
    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> Phrase:
        """Return the words for it."""
        return _STATES.get(self, str(self))

    @property
    def is_no(self) -> bool:
        """Tell whether the person said no."""
        return self in (State.REFUSED, State.WITHDRAWN)


_STATES = {
    State.NOT_ASKED: "not asked",
    State.ASKED: "asked",
    State.GIVEN: "given",
    State.REFUSED: "refused",
    State.WITHDRAWN: "withdrawn",
}


@dataclass(frozen=True, slots=True)
class ConsentForm:
    """A signed form, or whatever shows what somebody agreed to; its copy lies in the study."""

    id: FormId
    file: str
    original_name: str
    sha256: str
    size: int
    added_at: str

    @property
    def title(self) -> str:
        """Return what people call it: the name of the file it came as."""
        return self.original_name


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the ledger: what a person said to one use.

    Attributes:
        number: its place among all entries of the study.
        date: ISO date of the day it was said; "" where nobody knows.
        until: ISO date of the last day it holds; "" = for good.
        how: in words, how it is known.
        form_id: the form that shows it.
        source_id, at_ms: the recording in which it is said, and where in it.
        coder, entered_at: who entered it, and when.
    """

    id: EntryId
    number: int
    participant_id: ParticipantId
    use: Use
    state: State
    date: str = ""
    until: str = ""
    how: str = ""
    form_id: FormId | None = None
    source_id: SourceId | None = None
    at_ms: int | None = None
    coder: str = ""
    entered_at: str = ""

    @property
    def said(self) -> tuple[object, ...]:
        """Return what it says; an entry that says just what the one before says is none."""
        return (
            *(self.state, self.date, self.until, self.how),
            *(self.form_id, self.source_id, self.at_ms),
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """How a person stands to a use on a day.

    Attributes:
        entry: the newest; `None` = not asked.
        ended: it was given until a day that is over, or that nobody can read.
    """

    use: Use
    entry: Entry | None = None
    ended: bool = False

    @property
    def state(self) -> State:
        """Return what the person said last."""
        return self.entry.state if self.entry else State.NOT_ASKED

    @property
    def allows(self) -> bool:
        """Tell whether this may be done."""
        return self.state is State.GIVEN and not self.ended

    @property
    def bars(self) -> bool:
        """Tell whether this must not be begun: a no, or a yes that is over."""
        return self.state.is_no or self.ended

    @property
    def words(self) -> str:
        """Return the answer in words: “given until 31 Dec 2027”."""
        until = self.entry.until if self.entry else ""
        if self.ended:
            return t("ended {date}", date=typed.show_date(until, short=True))
        if self.state is State.GIVEN and until:
            return t("given until {date}", date=typed.show_date(until, short=True))
        return t(self.state.label)

    @property
    def sentence(self) -> str:
        """Return “quotes: refused”."""
        return answered(self.use, self.words)


def answered(use: Use, answer: str) -> str:
    """Return a use with the answer to it, in words: “quotes: refused”."""
    return t("{use}: {answer}", use=t(use.label), answer=answer)


Standings = Mapping[Use, Standing]


def standing(entries: Iterable[Entry], use: Use, today: str) -> Standing:
    """Return how a person stands to a use.

    Args:
        entries: of the person, in any order, those of other uses too.
        use: what is asked for.
        today: ISO date.
    """
    newest = max((one for one in entries if one.use is use), key=_age, default=None)
    if newest is None or newest.state is not State.GIVEN or not newest.until:
        return Standing(use, newest)
    return Standing(use, newest, not _is_date(newest.until) or newest.until < today)


def standings(entries: Iterable[Entry], today: str) -> dict[Use, Standing]:
    """Return how a person stands to every use."""
    of_use: dict[Use, list[Entry]] = {use: [] for use in Use}
    for entry in entries:
        of_use.get(entry.use, []).append(entry)
    return {use: standing(found, use, today) for use, found in of_use.items()}


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Return entries with the newest first."""
    return sorted(entries, key=_age, reverse=True)


def uses_named(said: str) -> tuple[Use, ...]:
    """Return the uses that a word means: “quote”, “quotes”, “recording” (which is two), “all”.

    Raises:
        UserError: it means none.
    """
    word = " ".join(said.casefold().replace("-", " ").split())
    if word in _SEVERAL:
        return _SEVERAL[word]
    for use in Use:
        if word in {use.value, use.label, use.label.removesuffix("s"), use.label.split()[0]}:
            return (use,)
    raise UserError(
        "consent-use",
        "“{said}” is nothing that a person agrees to.",
        "Choose one of {choices}, or all.",
        said=said,
        choices=", ".join(Use),
    )


def state_named(said: str) -> State:
    """Return the state that a word means; “yes” is given, “no” refused.

    Raises:
        UserError: it means none.
    """
    word = "-".join(said.casefold().replace("-", " ").split())
    for state in State:
        if word == state.value:
            return state
    if word in _YES_AND_NO:
        return _YES_AND_NO[word]
    raise UserError(
        "consent-state",
        "“{said}” is no answer.",
        "Give {choices}; or yes or no.",
        said=said,
        choices=", ".join(State),
    )


_SEVERAL = {
    "recording": (Use.RECORD, Use.TRANSCRIBE),  # what was one box before there was a ledger
    "all": tuple(Use),
}
_YES_AND_NO = {
    **dict.fromkeys(("yes", "true", "1", "on"), State.GIVEN),
    **dict.fromkeys(("no", "false", "0", "off"), State.REFUSED),
}


def _age(entry: Entry) -> tuple[int, str, str]:
    return entry.number, entry.entered_at, entry.id


def _is_date(iso: str) -> bool:
    try:
        return len(iso) == len("2027-12-31") and bool(date.fromisoformat(iso))
    except ValueError:
        return False
