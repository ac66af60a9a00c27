"""In which forms the names of a study are found: whole, in parts, bent, and what was declared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache
from itertools import pairwise

from workbench.domain.names.endings import bent, looks, spelt
from workbench.domain.names.folding import folded, key
from workbench.domain.names.latin import in_latin
from workbench.domain.names.ordinary import is_ordinary
from workbench.domain.names.parts import (
    PARTICLES,
    is_together,
    is_unspaced,
    is_vietnamese,
    parts_of,
    with_particles,
)
from workbench.domain.names.sorts import Sort

SEVERAL = "a participant"
"""Stands for a name that several people have."""
SHORT = 2
"""Letters; such a part is a name in capitals only."""

_JOINED = 6  # letters of names that are found without their space, as in an address
_IS_WIDE = re.compile("[\u3400-\u9fff]{2,4}|[\uac00-\ud7af]{3,4}")
_GERMAN = frozenset("von vom der den zu zum zur und".split())  # noqa: SIM905
"""Particles behind which any noun stands in a language that writes all nouns with a capital."""


class As(Enum):
    """How something must be written to be meant as a name."""

    ANY = 1
    CAPITAL = 2
    BESIDE = 3


@dataclass(frozen=True, slots=True)
class Wanted:
    """A string that the researcher decided about.

    Attributes:
        instead: what stands there instead.
        leave: it stays in the words, and is still told as a name.
        never: it is no name: neither replaced nor told.
    """

    written: str
    sort: Sort
    instead: str = ""
    leave: bool = False
    never: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """What is found where a folded string stands; `kept` is something the researcher declared."""

    whose: str
    sort: Sort = Sort.PERSON
    needs: As = As.ANY
    people: frozenset[int] = frozenset()
    kept: bool = False
    left: bool = False


KEPT = Form("", kept=True)
_Forms = tuple[tuple[str, Form], ...]


def forms_of(
    people: Iterable[tuple[str, str]], kept: Iterable[str], decided: Iterable[Wanted]
) -> Iterator[tuple[str, Form]]:
    """Yield folded names with what they are; of those that are equal the first counts.

    Args:
        people: real name and pseudonym of everybody.
        kept: declared names, which are never taken for real ones.
        decided: what the researcher decided, which comes before everything else.
    """
    wholes, others = _of_people(tuple(people))
    yield from _of_decisions(decided)
    yield from wholes
    yield from ((folded(name), KEPT) for name in kept if name.strip())
    yield from others


@lru_cache(maxsize=2)
def _of_people(people: tuple[tuple[str, str], ...]) -> tuple[_Forms, _Forms]:
    """Return whole names, and all else by which people are found; several finders look for them."""
    others = (form for forms in (_parts, _bent, _in_latin) for form in _agreed(forms(people)))
    return tuple(_agreed(_wholes(people))), tuple(others)


def _of_decisions(decided: Iterable[Wanted]) -> Iterator[tuple[str, Form]]:
    for one in decided:
        name = folded(" ".join(one.written.split()))
        if one.sort.is_number:
            name = "".join(letter for letter in name if letter.isalnum() or letter == "+")
        if one.never:
            yield name, KEPT
            continue
        is_common = is_ordinary(key(name)) or len(key(name)) <= SHORT
        needs = As.CAPITAL if is_common and not is_unspaced(name) else As.ANY
        form = Form(one.instead or one.sort.instead, one.sort, needs, left=one.leave)
        yield name, form
        if one.sort in {Sort.PERSON, Sort.STAFF} and " " not in name:
            for other in bent(one.written, looks(one.written)):
                yield other, Form(form.whose, one.sort, As.CAPITAL, left=one.leave)


def _wholes(people: Iterable[tuple[str, str]]) -> Iterator[tuple[str, Form]]:
    for number, (real, whose) in enumerate(people):
        whole, *parts = parts_of(real) or [""]
        form = Form(whose, people=frozenset((number,)))
        if is_together(whole) and " " not in whole:
            given = (part for part in parts if whole.endswith(part))
            yield from ((f"{whole.removesuffix(part)} {part}", form) for part in given)
            if _IS_WIDE.fullmatch(whole):
                yield " ".join(whole), form  # short names are written wide in lists
        elif len(words := whole.split()) > 1:
            common = all(is_ordinary(key(word)) or len(key(word)) <= SHORT for word in words)
            yield from _spellings(whole, replace(form, needs=As.CAPITAL) if common else form)
            pairs = (
                "".join(pair).casefold()
                for two in pairwise(words)
                for pair in (two, two[::-1])
                if pair[0].casefold() not in PARTICLES or not is_ordinary(key(pair[1]))
            )
            for joined in ("".join(words), *pairs):
                if len(joined) >= _JOINED and not is_ordinary(key(joined)):
                    yield from _spellings(joined, form)


def _parts(people: Iterable[tuple[str, str]]) -> Iterator[tuple[str, Form]]:
    for number, (real, whose) in enumerate(people):
        theirs, in_tones = frozenset((number,)), is_vietnamese(real)
        for part in parts_of(real):
            if " " not in part:
                needs = _needs(part, As.CAPITAL if in_tones else As.ANY)
                yield from _spellings(part, Form(whose, needs=needs, people=theirs))
        for whole, part in with_particles(real):
            if _needs(part) is As.BESIDE:
                is_german = _GERMAN.issuperset(whole.casefold().split()[:-1])
                needs = As.BESIDE if is_german else As.CAPITAL
                joined = "-".join(whole.split())  # with or without space
                yield from _spellings(joined, Form(whose, needs=needs, people=theirs))


def _bent(people: Iterable[tuple[str, str]]) -> Iterator[tuple[str, Form]]:
    for number, (real, whose) in enumerate(people):
        languages = looks(real)
        for part in parts_of(real):
            if " " in part:
                continue
            needs = As.BESIDE if _needs(part) is As.BESIDE else As.CAPITAL
            for form in bent(part, languages):
                yield form, Form(whose, needs=needs, people=frozenset((number,)))


def _in_latin(people: Iterable[tuple[str, str]]) -> Iterator[tuple[str, Form]]:
    for number, (real, whose) in enumerate(people):
        for part in parts_of(real):
            for name in in_latin(part):
                needs = _needs(name, As.CAPITAL)  # it may be a word of the other language
                yield name, Form(whose, needs=needs, people=frozenset((number,)))


def _spellings(name: str, form: Form) -> Iterator[tuple[str, Form]]:
    yield folded(name), form
    if (other := folded(spelt(name))) != folded(name):
        yield other, form


def _needs(part: str, least: As = As.ANY) -> As:
    plain = key(part)
    if is_ordinary(plain):
        return As.BESIDE
    return As.CAPITAL if len(plain) <= SHORT and not is_unspaced(part) else least


def _agreed(forms: Iterable[tuple[str, Form]]) -> list[tuple[str, Form]]:
    """Return forms once each; one that several people have does not say whose it is."""
    agreed: dict[str, Form] = {}
    listed = list(forms)
    for name, form in listed:
        plain = key(name)
        known = agreed.get(plain, form)
        whose = form.whose if known.whose == form.whose else SEVERAL
        agreed[plain] = Form(whose, form.sort, known.needs, known.people | form.people)
    return [(name, agreed[key(name)]) for name, _ in listed]
