"""Strings of a study that may be names, for the researcher to decide about.

Nothing here changes a word: a string that is no name costs a look, one that is missed is a leak.
What is decided already, declared, or found anyway as a part of a real name is not proposed again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from workbench.domain.names.calendar import EVERYDAY
from workbench.domain.names.decisions import Reason
from workbench.domain.names.finder import Finder
from workbench.domain.names.folding import folded, key
from workbench.domain.names.ordinary import is_ordinary
from workbench.domain.names.parts import is_small, parts_of
from workbench.domain.names.reached import SORTS
from workbench.domain.names.sorts import Sort
from workbench.domain.names.titles import TITLES
from workbench.domain.personal import Contact, contacts
from workbench.domain.personal.given_names import GIVEN_NAMES

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_BEGINS = re.compile(r"[.!?…:;\n•–—\"“„«»()\[\]¿¡。！？]['’\"“]?\s*$")
_OWNING = re.compile("['’]s$")
_GAPS = frozenset((" ", ". "))  # behind a title
_ONE_GAP = re.compile(" {1,2}")
_FIRM = re.compile(r"(?:gmbh|ag|ltd|inc|llc|plc|sarl|spa|bank|versicherung|group|corp)$")
_PLACE_BEFORE = re.compile(r"\b(?:in|near|nach|aus|bei|à|en|a|w|do|te|в|из)\s$", re.IGNORECASE)
# Words of the language that writes all nouns with a capital, and their share in its texts.
_GERMAN = frozenset(
    ("der", "die", "das", "den", "dem", "ein", "eine", "und", "ist", "nicht", "ich", "zu", "mit")
)
_GERMAN_SHARE = 0.1
_LEAST_HEARD = 4  # letters of a name that others are held against
_LONG = 6  # letters; two may be wrong
_LEAST_CAPITAL = 3


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the study.

    Attributes:
        table, id: the row that has it.
        title: where it is, as people call that.
        group: texts of one language, such as those of one file.
    """

    table: str
    id: str
    title: str
    group: str
    text: str


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


class _Keys(dict[str, str]):
    """What stands for each word, worked out once: words come again and again."""

    def __missing__(self, word: str) -> str:
        plain = self[word] = key(word)
        return plain


@dataclass
class _Words:
    """The words of all texts, counted."""

    keys: _Keys = field(default_factory=_Keys)
    small: Counter[str] = field(default_factory=Counter)
    loud: Counter[str] = field(default_factory=Counter)
    written: dict[str, str] = field(default_factory=dict)
    runs: list[tuple[str, str, bool]] = field(default_factory=list)


def proposals(texts: Sequence[Text], known: Known) -> list[Proposal]:
    """Return what may be a name, once each, the surest first."""
    reached = [contacts(one.text) for one in texts]
    words = _read(texts, reached)
    taken = set(known.decided) | {key(name) for name in known.declared}
    taken |= {key(word) for name in known.declared for word in name.split()}
    finder = Finder(known.people)
    found: dict[str, Proposal] = {}
    listed = (
        *_forms(texts, reached),
        *(Proposal(name, Sort.PERSON, Reason.VOICE) for name in known.voices),
        *(Proposal(name, Sort.STAFF, Reason.CODER) for name in known.coders),
        *_titled(texts),
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
        if one.why is Reason.COMMON or not finder.found(one.written):
            found[plain] = one
    return list(found.values())


def _read(texts: Sequence[Text], reached: Sequence[list[Contact]]) -> _Words:
    """Count words in small letters and with capitals, and collect capitals inside sentences."""
    words = _Words()
    inside: dict[str, list[int]] = {}
    runs: list[tuple[str, str, str, bool]] = []
    for one, its in zip(texts, reached, strict=True):
        counts = inside.setdefault(one.group, [0, 0])
        end, run = 0, ""
        text = _without(its, one.text) if its else one.text
        for found in _WORD.finditer(text):
            word = _OWNING.sub("", found[0])
            between = text[end : found.start()]
            small = is_small(word[0])
            begins = not small and (end == 0 or bool(_BEGINS.search(between)))
            plain = words.keys[word]
            (words.small if small else words.loud)[plain] += 1
            if not small:
                words.written.setdefault(plain, word)
            counts[0] += 1
            counts[1] += plain in _GERMAN
            is_name = not small and word[0].isupper() and not begins
            if is_name and run and _ONE_GAP.fullmatch(between):
                run = f"{run} {word}"
                runs[-1] = (one.group, run, runs[-1][2], runs[-1][3])
            elif is_name:
                run = word
                before = text[max(0, found.start() - 12) : found.start()]
                runs.append((one.group, run, before, bool(_PLACE_BEFORE.search(before))))
            else:
                run = ""
            end = found.end()
    nouns = {group for group, (all_, small) in inside.items() if small > _GERMAN_SHARE * all_}
    words.runs = [
        (run, before, in_place)
        for group, run, before, in_place in runs
        if group not in nouns or any(folded(word) in GIVEN_NAMES for word in run.split())
    ]
    return words


def _without(reached: Iterable[Contact], text: str) -> str:
    """Return a text of the same length without what is proposed as contact data.

    The firm in `weber@northline.com` is not written in small letters, and the country of an account
    number is not a name.
    """
    parts, at = [], 0
    for start, end, _ in reached:
        parts += [text[at:start], "0" * (end - start)]
        at = max(at, end)
    return "".join([*parts, text[at:]])


def _forms(texts: Iterable[Text], reached: Iterable[list[Contact]]) -> Iterator[Proposal]:
    for one, its in zip(texts, reached, strict=True):
        for start, end, kind in its:
            yield Proposal(one.text[start:end], SORTS.get(kind, Sort.OTHER), Reason.FORM)


def _titled(texts: Iterable[Text]) -> Iterator[Proposal]:
    """Go through the words with a capital behind titles."""
    for one in texts:
        words = list(_WORD.finditer(one.text))
        for before, found in pairwise(words):
            if not found[0][0].isupper() or one.text[before.end() : found.start()] not in _GAPS:
                continue
            if folded(before[0]) in TITLES and folded(found[0]) not in TITLES:
                yield Proposal(found[0], Sort.PERSON, Reason.TITLE)


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
    for run, _, in_place in words.runs:
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
