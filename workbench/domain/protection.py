"""Real names are taken out of free words, and out of nothing else.

Free words are what people said and what the researcher wrote: quotes, memos, narratives, claims,
titles. The names the researcher declared (pseudonyms, segments, stages, codes, touchpoints) are no
free words: they say who signs a quote and what a column is, so nothing is put in their place, even
where a real name has a word in common with one of them. Such a clash is said when it is typed, and
a finished file in which it stands waits for a decision; not so how people are called, which is what
stands in the place of real names.
`FREE_WORDS` lists what is free; what is not on it is never touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum
from functools import cache
from operator import is_
from typing import Any, TypeVar

from workbench.domain import personal
from workbench.domain.charter import Charter
from workbench.domain.codebook import Code, may_repeat_words
from workbench.domain.fields import FREE
from workbench.domain.findings import Insight, Opportunity
from workbench.domain.ids import ObservationId
from workbench.domain.journey import Stage, Touchpoint
from workbench.domain.materials import Session, Source
from workbench.domain.names import (
    Finder,
    Place,
    Sort,
    Wanted,
    key,
    parts_by,
    parts_of,
    with_initials,
    words_of,
)
from workbench.domain.observation import Observation
from workbench.domain.overlaps import apart
from workbench.domain.passage import Mention, Passage
from workbench.domain.people import Participant, Segment
from workbench.domain.personal import Contact
from workbench.domain.typed import Unreadable
from workbench.domain.visits import Visit
from workbench.words import Phrase, t

T = TypeVar("T")
_PLAIN = frozenset({str, int, float, bool, type(None)})

FREE_WORDS: Mapping[type, tuple[str, ...]] = {
    Charter: ("title", "client", "purpose", "promise", "values", "questions"),
    Participant: ("note",),
    Segment: ("persona",),
    Session: ("title", "place", "note"),
    Source: ("title", "original_name"),
    Stage: ("need", "outcome", "context"),
    Touchpoint: ("channel", "owner"),
    Code: ("definition", "include", "exclude", "example"),
    Observation: ("words", *(field.name for field in FREE)),
    Mention: ("words", "speaker"),
    Passage: ("memo", "speaker"),
    Insight: ("claim", "so_what"),
    Opportunity: ("title", "owner", "kpi"),
    Visit: ("shopper", "scenario", "narrative"),
    Unreadable: ("text",),
}
"""The fields of each kind of thing that hold free words."""


def free_words(thing: object) -> Iterator[str]:
    """Go through the free words of a thing."""
    for name in FREE_WORDS[type(thing)]:
        value = getattr(thing, name)
        for text in value if isinstance(value, tuple) else (value,):
            if isinstance(text, str) and text:
                yield text


OF_PEOPLE = frozenset({"pseudonym", "person’s code"})
"""What people are called, of all that is declared."""
_REMEMBERED = 50_000  # texts without names
_SOMEBODY = frozenset({Sort.PERSON, Sort.STAFF})


@dataclass(frozen=True, slots=True)
class Clash:
    """A declared name that has a word in common with a real name, or that two people have.

    Attributes:
        what: "pseudonym", "person’s code", "segment", "stage", "touchpoint" or "code".
        name: the declared name.
        person: code of the person whose real name it is, or who has it.
        other: code of the other person who has it; "" = it is about a real name.
    """

    what: str
    name: str
    person: str
    other: str = ""

    @property
    def sentence(self) -> str:
        """Say it, without the real name."""
        what = t(_DECLARED[self.what])
        if self.other:
            return t(
                "The {what} “{name}” is that of {person} and of {other}: nobody can tell whose"
                " words are whose. Choose another one.",
                what=what,
                name=self.name,
                person=self.person,
                other=self.other,
            )
        template: Phrase = (
            "The {what} “{name}” has a word in common with the real name of {person}. It is"
            " printed as it stands, in reports and exports too."
            if self.what in OF_PEOPLE
            else "The {what} “{name}” has a word in common with the real name of {person}. Nothing"
            " stands in its place; a file with it waits until you let it out."
        )
        return t(template, what=what, name=self.name, person=self.person)


_DECLARED: dict[str, Phrase] = {
    "pseudonym": "pseudonym",
    "person’s code": "person’s code",
    "segment": "segment",
    "stage": "stage",
    "touchpoint": "touchpoint",
    "code": "code",
}


class Protection:
    """Takes real names out of the free words of one study.

    Args:
        names: real name and pseudonym of everybody who ever took part.
        declared: what -> names of that kind, as in `Clash.what`.
        decided: strings that the researcher decided about.
    """

    def __init__(
        self,
        names: Iterable[tuple[str, str]],
        declared: Mapping[str, Iterable[str]] | None = None,
        decided: Iterable[Wanted] = (),
    ) -> None:
        people = list(names)
        pseudonyms = [who for _, who in people]
        kept = {
            name
            for what, listed in (declared or {}).items()
            for name in (*listed, *(pseudonyms if what == "pseudonym" else ()))
            if name.strip() and (what != "code" or not may_repeat_words(name))
        }
        self._clean: set[int] = set()  # marks of texts without names
        self._finder = Finder(people, sorted(kept), decided)
        self._parts = parts_by(people)

    def words(self, text: str) -> str:
        """Return free words without real names; what stands there instead is in brackets."""
        return self.within(text, 0, len(text))

    def within(self, text: str, begin: int, end: int) -> str:
        """Return a stretch of a text without real names, also those that go across its borders."""
        pieces, at = [], begin
        for place in self.replaced(text):
            if place.start < end and place.end > begin:
                pieces += [text[at : max(at, place.start)], f"[{place.whose}]"]
                at = min(place.end, end)
        return "".join((*pieces, text[at:end])) if pieces else text[begin:end]

    @property
    def is_idle(self) -> bool:
        """Tell whether there is nothing to take out."""
        return self._finder.is_idle

    def replaced(self, text: str) -> list[Place]:
        """Return where names stand in a text that do not stay in it."""
        return [place for place in self.found(text) if not place.left]

    def found(self, text: str) -> list[Place]:
        """Return where names stand in a text, also those that were left in it by decision.

        What was found clean is not searched again: most texts are asked about when they are
        written and when the finished file is looked through.
        """
        mark = hash(text)
        if not text or mark in self._clean:
            return []
        found = self._finder.found(text)
        places = _whole(text, [with_initials(text, place, self._parts) for place in found])
        if not places and len(self._clean) < _REMEMBERED:
            self._clean.add(mark)
        return places

    def of(self, value: T, quotes: Mapping[ObservationId, str] | None = None) -> T:
        """Return a value, whatever it holds, with all its free words protected.

        Args:
            value: anything.
            quotes: words of observations that are protected already.
        """
        return value if self.is_idle else self._of(value, {}, quotes or {})

    def _of(self, value: Any, known: dict[int, Any], quotes: Mapping[ObservationId, str]) -> Any:
        """Go through tuples, mappings (of answers, if they are texts) and what has free words.

        Args:
            value: anything.
            known: id of a value -> what has become of it.
            quotes: as in `of`.
        """
        if type(value) is tuple:
            parts = tuple(self._of(part, known, quotes) for part in value)
            return value if all(map(is_, parts, value)) else parts
        if isinstance(value, Mapping):
            return {
                key: self.words(part) if _is_text(part) else self._of(part, known, quotes)
                for key, part in value.items()
            }
        is_named = isinstance(value, tuple)
        if not is_named and not is_dataclass(value):
            return value
        if id(value) not in known:
            free, changed = FREE_WORDS.get(type(value), ()), {}
            for name, part in _parts(value):
                if not part or (type(part) in _PLAIN and name not in free):
                    continue
                protected = self._free(part) if name in free else self._of(part, known, quotes)
                if protected is not part:
                    changed[name] = protected
            if isinstance(value, (Observation, Mention)) and value.id in quotes:
                changed["words"] = quotes[value.id]
            make = value._replace if is_named else lambda **new: replace(value, **new)
            known[id(value)] = make(**changed) if changed else value
        return known[id(value)]

    def _free(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.words(value)
        return tuple(map(self.words, value)) if isinstance(value, tuple) and value else value


def _whole(text: str, places: list[Place]) -> list[Place]:
    """Let somebody’s name in an address, or in what they are called in a network, be all of it.

    The rest would lead to them as well: “maria.k89@example.org”.
    """
    names = [place for place in places if place.sort in _SOMEBODY and not place.left]
    if not names or not personal.may_hold(text):
        return places
    reached = personal.contacts(text)
    return apart([*places, *(_around(name, reached) for name in names)])


def _around(name: Place, reached: Iterable[Contact]) -> Place:
    around = [one for one in reached if one.start < name.end and name.start < one.end]
    start = min((one.start for one in around), default=name.start)
    end = max((one.end for one in around), default=name.end)
    return replace(name, start=min(start, name.start), end=max(end, name.end))


def clashes(
    people: Iterable[tuple[str, str]], declared: Mapping[str, Iterable[str]]
) -> list[Clash]:
    """Return the declared names that have a word in common with a real name.

    Args:
        people: code and real name of everybody whose real name is known.
        declared: what -> names of that kind.
    """
    listed = [(what, name) for what, names in declared.items() for name in names]
    found = []
    for code, real in people:
        words = {key(word) for part in parts_of(real) for word in part.split()}
        whole = {key(real)} - {""}
        found += [
            Clash(what, name, code)
            for what, name in listed
            if not words.isdisjoint(words_of(name)) or key(name) in whole
        ]
    return found


def shared_names(people: Iterable[Participant]) -> list[Clash]:
    """Return the pseudonyms and codes that mean two people of a study."""
    known: dict[str, Participant] = {}
    found = []
    for person in people:
        for what, name in (("person’s code", person.code), ("pseudonym", person.pseudonym)):
            first = known.setdefault(key(name), person)
            if first.id != person.id and key(name):
                found.append(Clash(what, name, first.code, person.code))
    return found


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and not isinstance(value, Enum)


def _parts(value: Any) -> Iterator[tuple[str, Any]]:
    for name in _fields_of(type(value)):  # type: ignore[arg-type]  # of whatever kind
        yield name, getattr(value, name)


@cache
def _fields_of(kind: Any) -> tuple[str, ...]:
    if is_dataclass(kind):
        return tuple(part.name for part in fields(kind) if part.init)
    return tuple(kind._fields)
