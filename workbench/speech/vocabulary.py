"""Names and brand words of a study, brought into the recognised words without harm.

Whisper takes names as a prompt, but a prompt changes everything else it hears: “Northline” as
a prompt made the base model drop words, sentences and all punctuation. So the words are always
heard without it. Where some of them sound like a name of the study, the stretch is heard a
second time with the names as prompt, and of that only the name itself is taken over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rapidfuzz.fuzz import ratio

from workbench.speech.turns import Heard

_ALIKE = 75  # of 100, in letters
_MOST_WORDS = 3  # “north line”, “nor the line”
_SHORTEST = 4  # letters; shorter names sound like too much else
_NEAR_MS = 400


@dataclass(frozen=True, slots=True)
class Suspect:
    """Words from `first` up to `last` (not included) that may be the name `term`."""

    first: int
    last: int
    term: str


def terms_of(prompt: str) -> list[str]:
    """Return the names in a list with commas."""
    return [term for part in re.split(r"[,;\n]", prompt) if (term := " ".join(part.split()))]


def suspects(words: Sequence[Heard], terms: Sequence[str]) -> list[Suspect]:
    """Return where something that sounds like a name is written otherwise, best match first in
    each place, without overlaps."""
    found = [
        (_likeness(words[first:last], term), Suspect(first, last, term))
        for term in terms
        if len(_letters(term)) >= _SHORTEST
        for first in range(len(words))
        for last in range(first + 1, min(first + _MOST_WORDS, len(words)) + 1)
    ]
    taken: set[int] = set()
    chosen = []
    for likeness, suspect in sorted(found, key=lambda pair: -pair[0]):
        places = set(range(suspect.first, suspect.last))
        if likeness < _ALIKE or taken & places:
            continue
        taken |= places
        if _plain(words[suspect.first : suspect.last]) != suspect.term:
            chosen.append(suspect)
    return sorted(chosen, key=lambda suspect: suspect.first)


def is_sure(words: Sequence[Heard], suspect: Suspect) -> bool:
    """Tell whether only spaces, hyphens or capitals differ, so that nothing need be heard again."""
    heard = "".join(_letters(word.text) for word in words[suspect.first : suspect.last])
    return heard == _letters(suspect.term)


def is_heard(words: Sequence[Heard], suspect: Suspect, again: Sequence[Heard]) -> bool:
    """Tell whether the second hearing, with the names as prompt, has the name in that place."""
    start = words[suspect.first].start_ms - _NEAR_MS
    end = words[suspect.last - 1].end_ms + _NEAR_MS
    there = [word for word in again if start <= (word.start_ms + word.end_ms) / 2 <= end]
    wanted = _letters(suspect.term)
    size = len(suspect.term.split())
    return any(
        "".join(_letters(word.text) for word in there[first : first + size]) == wanted
        for first in range(len(there))
    )


def with_names(words: Sequence[Heard], accepted: Sequence[Suspect]) -> list[Heard]:
    """Return the words with the accepted names in their places; marks around them stay."""
    changed: list[Heard] = []
    borders = [0, *(place for s in accepted for place in (s.first, s.last)), len(words)]
    names = {suspect.first: suspect for suspect in accepted}
    for first, last in pairwise(borders):
        name = names.get(first)
        if name is None or last != name.last:
            changed += words[first:last]
            continue
        before = re.match(r"\W*", words[first].text)
        ending = re.search(r"(?:['’]s)?\W*$", words[last - 1].text)
        text = (before[0] if before else "") + name.term + (ending[0] if ending else "")
        sure = min(word.probability for word in words[first:last])
        changed.append(
            replace(words[first], text=text, end_ms=words[last - 1].end_ms, probability=sure)
        )
    return changed


def _likeness(words: Sequence[Heard], term: str) -> float:
    return ratio("".join(_letters(word.text) for word in words), _letters(term))


def _letters(text: str) -> str:
    return re.sub(r"['’]s\b|\W|_", "", text.lower())


def _plain(words: Sequence[Heard]) -> str:
    text = " ".join(word.text for word in words)
    return re.sub(r"(?:['’]s)?\W*$", "", re.sub(r"^\W+", "", text))
