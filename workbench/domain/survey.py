"""Answers of a survey: a row is a person, a column says who it is or what was answered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from workbench.domain import personal
from workbench.domain.naming import folded, suggestion
from workbench.errors import UserError
from workbench.words import Phrase

_CODE = re.compile(
    r"(id|code|nr|no|number|case|key|(person|participant|respondent|customer|teilnehmer|proband)"
    r"([ _-]?(id|code|nr|no|number))?|response[ _-]?id)\.?",
    re.IGNORECASE,
)
_PSEUDONYM = re.compile(r"pseudonym|alias|nick ?name|called", re.IGNORECASE)
_SEGMENT = re.compile(
    r"segment|(customer |target )?group|customer type|persona|gruppe|zielgruppe|kundengruppe",
    re.IGNORECASE,
)
_CLERICAL = re.compile(
    r"time ?stamp|zeitstempel|(start|end|submit|submission|completion|recorded|last action)"
    r"(ed)?[ _-]?(date|time)?|date( submitted)?|datum|duration.*|status|progress|finished|token|"
    r"seed|last page|user[ _-]?agent|referr?er|start ?language|(user[ _-]?)?language|"
    r"distribution[ _-]?channel|external[ _-]?(data[ _-]?)?reference",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"[\w\[\]]+\. (?=\S)")  # “id. Response ID”, as survey tools write heads
_KEY = '{"ImportId"'
_SAMPLES = 3
_SAMPLE = 80  # letters


class Fate(StrEnum):
    """What becomes of a column."""

    ANSWER = "answer"
    CODE = "code"
    PSEUDONYM = "pseudonym"
    SEGMENT = "segment"
    LEFT_OUT = "left out"

    @property
    def label(self) -> Phrase:
        """Return the words for it."""
        return _FATES[self]


_FATES = {
    Fate.ANSWER: "answer",
    Fate.CODE: "code",
    Fate.PSEUDONYM: "pseudonym",
    Fate.SEGMENT: "segment",
    Fate.LEFT_OUT: "left out",
}

SINGLE = (Fate.CODE, Fate.PSEUDONYM, Fate.SEGMENT)
"""What one column of a table says at most."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it is shown before anything of it is stored.

    Attributes:
        head: its name.
        samples: some of its values, cut where they are long.
        fate: what becomes of it.
        private: what in it tells who somebody is; "" if nothing does.
        reason: why it is proposed to be left out; "" if it is not.
        contacts: in how many of its values, whatever they say, somebody seems to have left an
            e-mail address or a phone number; 0 where it is private as a whole.
    """

    head: str
    samples: tuple[str, ...]
    fate: Fate
    private: Phrase = ""
    reason: Phrase = ""
    contacts: int = 0


@dataclass(frozen=True, slots=True)
class SurveyColumns:
    """Which columns of a table say what, by their names; "" = none does.

    Attributes:
        code: short code of the person.
        pseudonym: name to show.
        segment: group the person belongs to.
        answers: what was answered, in this order; the name is the question.
    """

    code: str = ""
    pseudonym: str = ""
    segment: str = ""
    answers: tuple[str, ...] = ()

    @property
    def used(self) -> frozenset[str]:
        """Return the columns that are taken over."""
        return frozenset({self.code, self.pseudonym, self.segment, *self.answers} - {""})


@dataclass(frozen=True, slots=True)
class SurveyTable:
    """A table as it stands in a file; every row is as long as the header."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def columns(self) -> tuple[Column, ...]:
        """Return the columns, each with what it suggests.

        What tells who a person really is is proposed to be left out, and so is what the survey
        tool noted for itself.
        """
        more = _heads_below(self.rows)
        heads = list(zip(self.header, *self.rows[:more], strict=True))
        values = [
            [row[at] for row in self.rows[more:] if row[at]] for at in range(len(self.header))
        ]
        ids = {at for at, name in enumerate(self.header) if _is_id(name, values[at])}
        found = [
            _column(names, values[at], beside_id=bool(ids - {at})) for at, names in enumerate(heads)
        ]
        free = {at for at, one in enumerate(found) if one.fate is Fate.ANSWER}
        for fate, fitting in (
            (Fate.CODE, ids),
            (Fate.PSEUDONYM, {at for at in free if _fits(_PSEUDONYM, self.header[at])}),
            (Fate.SEGMENT, {at for at in free if _fits(_SEGMENT, self.header[at])}),
        ):
            if first := sorted(fitting & free)[:1]:
                found[first[0]] = replace(found[first[0]], fate=fate)
        return tuple(found)


def chosen(columns: Iterable[Column]) -> SurveyColumns:
    """Return which columns say what, as they are to become."""
    heads: dict[Fate, list[str]] = {fate: [] for fate in Fate}
    for column in columns:
        heads[column.fate].append(column.head)
    code, pseudonym, segment = ("".join(heads[fate][:1]) for fate in SINGLE)
    return SurveyColumns(code, pseudonym, segment, tuple(heads[Fate.ANSWER]))


def as_chosen(columns: Sequence[Column], wanted: SurveyColumns) -> tuple[Column, ...]:
    """Return columns of which those become something that are wanted so."""
    fates = dict.fromkeys(wanted.answers, Fate.ANSWER)
    fates |= zip((wanted.code, wanted.pseudonym, wanted.segment), SINGLE, strict=True)
    return tuple(replace(one, fate=fates.get(one.head, Fate.LEFT_OUT)) for one in columns)


def as_fated(columns: Sequence[Column], fates: Mapping[int, Fate]) -> tuple[Column, ...]:
    """Return columns of which some, by their place, get another fate.

    What only one column can be is no longer what another one was: that becomes an answer, or is
    left out if it was proposed to be.
    """
    taken = {fate for fate in fates.values() if fate in SINGLE}
    found = []
    for at, one in enumerate(columns):
        fate = fates.get(at, one.fate)
        if at not in fates and fate in taken:
            fate = Fate.LEFT_OUT if one.reason else Fate.ANSWER
        found.append(replace(one, fate=fate))
    return tuple(found)


def place_of(head: str, columns: Sequence[Column]) -> int:
    """Return where the column is that somebody means by its name, or by its number from 1.

    Raises:
        UserError: there is none.
    """
    wanted = folded(head)
    for at, one in enumerate(columns):
        if folded(one.head) == wanted:
            return at
    if re.fullmatch("[0-9]{1,6}", wanted) and 0 < int(wanted) <= len(columns):
        return int(wanted) - 1
    raise UserError(
        "column-unknown",
        "The table has no column “{head}”.",
        suggestion(head, [one.head for one in columns]),
        head=head,
    )


def _heads_below(rows: Sequence[Sequence[str]]) -> int:
    """Return how many rows are heads again, as Qualtrics writes them: questions, then keys."""
    keys = (at for at, row in enumerate(rows[:2], start=1) if row and row[0].startswith(_KEY))
    return next(keys, 0)


def _column(heads: Sequence[str], values: Sequence[str], *, beside_id: bool) -> Column:
    name = heads[0]
    kinds = (personal.kind_of(head, values, beside_id=beside_id) for head in heads)
    kind = next(filter(None, kinds), None)
    if kind is personal.Kind.NAME and _fits(_PSEUDONYM, name):
        kind = None  # they are made to look like names
    samples = tuple(map(_short, list(dict.fromkeys(values))[:_SAMPLES]))
    private = str(kind or "")
    reason = private or _idle(name, values)
    fate = Fate.LEFT_OUT if reason else Fate.ANSWER
    contacts = 0 if private else sum(map(personal.holds_contact, values))
    return Column(name, samples, fate, private, reason, contacts)


def _idle(name: str, values: Sequence[str]) -> Phrase:
    """Return why a column says nothing of anybody; "" if it does."""
    if not values:
        return "empty"
    return "noted by the survey tool" if _fits(_CLERICAL, name) else ""


def _is_id(name: str, values: Sequence[str]) -> bool:
    return bool(values) and _fits(_CODE, name) and len(set(values)) == len(values)


def _fits(pattern: re.Pattern[str], head: str) -> bool:
    """Tell whether a head is what a pattern knows, with or without the tool's own short name."""
    head = head.strip()
    return any(pattern.fullmatch(part) for part in (head, _NUMBERED.sub("", head, count=1)))


def _short(value: str) -> str:
    line = " ".join(value.split())
    return line if len(line) <= _SAMPLE else f"{line[: _SAMPLE - 1].rstrip()}…"
