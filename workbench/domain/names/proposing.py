"""Strings of a study that may be names, for the researcher to decide about.

Nothing here changes a word: a string that is no name costs a look, one that is missed is a leak.
What is decided already, declared, or found anyway as a part of a real name is not proposed again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from workbench.domain.names.calendar import EVERYDAY
from workbench.domain.names.decisions import Reason
from workbench.domain.names.finder import Finder
from workbench.domain.names.folding import folded, key
from workbench.domain.names.ordinary import is_ordinary
from workbench.domain.names.parts import parts_of
from workbench.domain.names.reached import SORTS
from workbench.domain.names.reading import Reading, of_nouns
from workbench.domain.names.sorts import Sort
from workbench.domain.personal.given_names import GIVEN_NAMES

_FIRM = re.compile(r"(?:gmbh|ag|ltd|inc|llc|plc|sarl|spa|bank|versicherung|group|corp)$")
_LEAST_HEARD = 4  # letters of a name that others are held against
_LONG = 6  # letters; two may be wrong
_LEAST_CAPITAL = 3


@dataclass(frozen=True)
class Known:
    """What a study knows already.

    Attributes:
        people: real name and pseudonym.
        declared: pseudonyms, codes, stages …
        decided: folded strings that were decided.
        voices: names of voices that are nobody of the study.
        coders: who works on it.
    """

    people: Sequence[tuple[str, str]] = ()
    declared: Sequence[str] = ()
    decided: frozenset[str] = frozenset()
    voices: Sequence[str] = ()
    coders: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """A string that may be a name; `instead` is what would stand in its place."""

    written: str
    sort: Sort
    why: Reason
    instead: str = ""


class _Words:
    """The words of all texts, counted; see `Reading`."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self.small, self.loud = Counter[str](), Counter[str]()
        self.written: dict[str, str] = {}
        for one in readings:
            self.small.update(one.small)
            self.loud.update(one.loud)
            for plain, written in one.written.items():
                self.written.setdefault(plain, written)
        nouns = of_nouns(readings)
        self.runs = dict.fromkeys(
            (run, in_place)
            for one in readings
            for run, in_place in one.runs
            if one.group not in nouns or any(folded(word) in GIVEN_NAMES for word in run.split())
        )


def proposals(read: Sequence[Reading], known: Known) -> list[Proposal]:
    """Return what may be a name, once each, the surest first.

    Args:
        read: what stands in the texts of the study.
        known: what the study knows already.
    """
    words = _Words(read)
    taken = set(known.decided) | {key(name) for name in known.declared}
    taken |= {key(word) for name in known.declared for word in name.split()}
    found: dict[str, Proposal] = {}
    listed = (
        *_forms(read),
        *(Proposal(name, Sort.PERSON, Reason.VOICE) for name in known.voices),
        *(Proposal(name, Sort.STAFF, Reason.CODER) for name in known.coders),
        *_titled(read),
        *_common(known.people, words),
        *_heard(known.people, words),
        *_capitals(words),
    )
    for one in listed:
        plain = key(one.written)
        if not plain or plain in taken or plain in found:
            continue
        parts = [found.get(key(part)) for part in one.written.split()]
        if any(part is not None and part.why is Reason.HEARD for part in parts):
            continue  # of somebody who is known
        if one.why is Reason.COMMON or not _finder(tuple(known.people)).found(one.written):
            found[plain] = one
    return list(found.values())


@lru_cache(maxsize=1)
def _finder(people: tuple[tuple[str, str], ...]) -> Finder:
    """Make what finds people once for as long as they are the same."""
    return Finder(people)


def _forms(readings: Iterable[Reading]) -> Iterator[Proposal]:
    for reading in readings:
        for form, kind in reading.forms:
            yield Proposal(form, SORTS.get(kind, Sort.OTHER), Reason.FORM)


def _titled(readings: Iterable[Reading]) -> Iterator[Proposal]:
    for reading in readings:
        yield from (Proposal(word, Sort.PERSON, Reason.TITLE) for word in reading.titled)


def _common(people: Iterable[tuple[str, str]], words: _Words) -> Iterator[Proposal]:
    """Go through the parts of real names that are ordinary words and occur with a capital."""
    for real, whose in people:
        for part in parts_of(real):
            if is_ordinary(key(part)) and words.loud[key(part)]:
                yield Proposal(part, Sort.PERSON, Reason.COMMON, whose)


def _heard(people: Iterable[tuple[str, str]], words: _Words) -> Iterator[Proposal]:
    """Go through the words that sound like a real name, or differ from one by a letter or two."""
    from rapidfuzz import process  # only now: most who use a study propose nothing
    from rapidfuzz.distance import Levenshtein

    heard = [word for word, count in words.loud.items() if _may_be_heard(word, count, words)]
    sounds: dict[str, list[str]] = {}
    for word in heard:
        sounds.setdefault(sound(word), []).append(word)
    for real, whose in people:
        for part in parts_of(real):
            plain = key(part)
            if " " in part or len(plain) < _LEAST_HEARD or is_ordinary(plain):
                continue
            most = 2 if len(plain) >= _LONG else 1
            near = process.extract(
                plain, heard, scorer=Levenshtein.distance, score_cutoff=most, limit=20
            )
            alike = (*(word for word, _, _ in near), *sounds.get(sound(plain), ()))
            for word in dict.fromkeys(alike):
                yield Proposal(words.written[word], Sort.PERSON, Reason.HEARD, whose)


def _may_be_heard(word: str, count: int, words: _Words) -> bool:
    is_word = is_ordinary(word) or word in EVERYDAY or words.small[word] > count
    return len(word) >= _LEAST_HEARD and not is_word


def _capitals(words: _Words) -> Iterator[Proposal]:
    """Go through capitals inside sentences, given names first."""
    rest = []
    for run, in_place in words.runs:
        parts = [part for part in run.split() if key(part) not in EVERYDAY]
        kept = " ".join(parts)
        if not parts or (len(parts) == 1 and not _is_telling(parts[0], words)):
            continue
        if any(folded(part) in GIVEN_NAMES for part in parts):
            yield Proposal(kept, Sort.PERSON, Reason.GIVEN)
        else:
            is_firm = _FIRM.search(folded(parts[-1]))
            sort = Sort.FIRM if is_firm else Sort.PLACE if in_place else Sort.OTHER
            rest.append(Proposal(kept, sort, Reason.CAPITAL))
    yield from (
        Proposal(words.written[word], Sort.PERSON, Reason.GIVEN)
        for word in words.loud
        if word in GIVEN_NAMES
    )
    yield from rest


def _is_telling(word: str, words: _Words) -> bool:
    """Tell whether a word with a capital may be a name: none that is also written small."""
    plain = key(word)
    is_sign = word.isupper() and len(word) <= _LEAST_CAPITAL + 1
    is_form = _FIRM.fullmatch(plain)  # what a firm is, without what it is called
    return len(plain) >= _LEAST_CAPITAL and not (is_sign or is_form or words.small[plain])


_ALIKE = (
    ("sch", "s"), ("tsch", "s"), ("ph", "f"), ("th", "t"), ("ch", "k"), ("ck", "k"), ("sh", "s"),
    ("dt", "t"), ("c", "k"), ("q", "k"), ("z", "s"), ("v", "f"), ("w", "f"), ("j", "i"),
    ("y", "i"), ("ie", "i"), ("ei", "ai"), ("ee", "i"), ("oo", "u"), ("ou", "u"), ("d", "t"),
    ("b", "p"), ("g", "k"),
)  # fmt: skip
_TWICE, _SILENT = re.compile(r"(.)\1+"), re.compile(r"(?<=[aeiou])h")


def sound(plain: str) -> str:
    """Return a folded word about as it sounds: words that are taken for each other are equal."""
    for written, heard in _ALIKE:
        plain = plain.replace(written, heard)
    return _TWICE.sub(r"\1", _SILENT.sub("", plain))
