"""What the head of a column asks for: a name and nothing else, or something about names."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from workbench.domain.personal.head_words import BESIDE, ENDS, PHRASES
from workbench.domain.personal.kinds import Kind

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_PARTS = re.compile(r"[.:;,?!()\[\]{}|/\n–—]|\s-\s")
_WORD = re.compile(r"[^\W_]+")
_NUMBERING = re.compile(r"[a-z]{0,4}\d+(?:[a-z]{1,4}\d+)*")  # Q3, 12, G01Q05
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe"})
_LONGEST = 200  # letters; a head that asks for a name is no essay


@dataclass(frozen=True, slots=True)
class Asked:
    """What a head asks for.

    Attributes:
        kind: of what.
        only: nothing else is in the head; else a part of it asks for that.
    """

    kind: Kind
    only: bool


def asked(head: str) -> Asked | None:
    """Return what personal thing a head asks for, if that is what it asks for.

    “What is your name? (optional)” does; “How was your name treated?” asks for something else.
    """
    head = _CAMEL.sub(" ", head)[:_LONGEST]
    if (kind := _kind(head)) is not None:
        return Asked(kind, only=True)
    kinds = filter(None, map(_kind, _PARTS.split(head)))
    return next((Asked(kind, only=False) for kind in kinds), None)


def folded(text: str) -> str:
    """Return a text in small letters, without accents."""
    parted = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(letter for letter in parted if not unicodedata.combining(letter))


def _kind(part: str) -> Kind | None:
    """Return what a part of a head asks for, if each of its words belongs to that."""
    words, phrases = _WORD.findall(folded(part)), _phrases()
    found: set[Kind] = set()
    at = 0
    while at < len(words):
        ends = range(min(len(words), at + _most_words()), at, -1)
        end = next((end for end in ends if tuple(words[at:end]) in phrases), 0)
        if end:
            found.add(phrases[tuple(words[at:end])])
        elif kind := _compound(words[at]):
            found.add(kind)
        elif words[at] not in BESIDE and not _NUMBERING.fullmatch(words[at]):
            return None
        at = end or at + 1
    return next((kind for kind in Kind if kind in found), None)


def _compound(word: str) -> Kind | None:
    """Return what a word asks for that is made of two, as in German and Dutch."""
    for end, kind in ENDS.items():
        if word.endswith(end):
            return kind
    of_person = word.endswith(("name", "naam")) and word[:-4] in BESIDE
    return Kind.NAME if of_person else None


@cache
def _phrases() -> dict[tuple[str, ...], Kind]:
    return {
        tuple(phrase.split()): kind
        for kind, listed in PHRASES.items()
        for phrase in listed.split(",")
    }


@cache
def _most_words() -> int:
    return max(map(len, _phrases()))
