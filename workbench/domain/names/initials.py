"""Initials beside a name, as in “M. Keller” and “Maria K.”: they lead to the person, too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from workbench.domain.names.finder import Place
from workbench.domain.names.folding import key
from workbench.domain.names.forms import SEVERAL
from workbench.domain.names.parts import parts_of, words_of
from workbench.domain.names.sorts import Sort

_BEFORE = re.compile(r"(?<!\w)([^\W\d_])\.(?:-?[^\W\d_]\.)?\s?$")
_LOOK_BACK = 8
_BEHIND = re.compile(r"(?:(,?) ([^\W\d_])(?=\.)|[_.]([^\W\d_])(?![^\W_]))")  # also “maria_k”
_POINT = re.compile(r"\.(?=,|\s[^\W\d_A-ZÀ-ÞА-Я])")  # ends no sentence
_STEM = 3  # letters that stay when a name is bent

Parts = Mapping[str, list[list[str]]]
"""What stands in the place of a name -> the parts of such names, in their order."""


def parts_by(people: Iterable[tuple[str, str]]) -> Parts:
    """Return the parts of the names of everybody, given with real name and pseudonym."""
    found: dict[str, list[list[str]]] = {}
    for real, whose in people:
        parts = [key(part) for part in parts_of(real) if " " not in part]
        for one in (whose, SEVERAL):
            found.setdefault(one, []).append(parts)
    return found


def with_initials(text: str, place: Place, parts: Parts) -> Place:
    """Return the place of a name with the initials of its other parts beside it.

    “We are in flat K. Maria came” holds none: who writes an initial first goes on with the family.
    """
    if place.sort is not Sort.PERSON:
        return place
    start, end = place.start, place.end
    before = _BEFORE.search(text[max(0, start - _LOOK_BACK) : start])
    behind = _BEHIND.match(text, end)
    if not before and not behind:
        return place
    first, all_ = _letters(parts.get(place.whose, []), words_of(text[start:end]))
    if before and key(before[1]) in first:
        start -= len(before[0])
    if behind and key(behind[2] or behind[3]) in (first if behind[1] else all_):
        point = _POINT.match(text, behind.end())
        end = point.end() if point else behind.end()
    return replace(place, start=start, end=end)


def _letters(names: Iterable[list[str]], words: set[str]) -> tuple[set[str], set[str]]:
    """Return how parts begin: those before the written ones, and all that are not written."""
    first: set[str] = set()
    others: set[str] = set()
    for parts in names:
        is_there = [any(word.startswith(part[:_STEM]) for word in words) for part in parts]
        if any(is_there):
            first |= {part[:1] for part in parts[: is_there.index(True)]}
            others |= {part[:1] for part, there in zip(parts, is_there, strict=True) if not there}
    return first, others
