"""Names and brand words of a study, brought into the recognised words without harm.

Whisper takes names as a prompt, but a prompt changes everything else it hears: “Northline” as
a prompt made the base model drop words, sentences and all punctuation. So the words are always
heard without it. Where some of them are unsure, or sound like a name of the study, the stretch is
heard a second time with the names as prompt, and of that only the name itself is taken over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import groupby, pairwise

from rapidfuzz.fuzz import ratio

from workbench.speech.turns import Heard

_WEAK = 600  # thousandths; a word less probable than this may be a name nobody told the model
_ALIKE = 75  # of 100, in letters
_FAINTLY = 50  # the same, where the words are unsure and both hearings agree on all around them
_MOST_WORDS = 3  # “north line”, “nor the line”
_SHORTEST = 4  # letters; shorter names sound like too much else
_NEAR_MS = 400
_LONGEST_PROMPT = 400  # letters; of a longer one the model forgets the begin


@dataclass(frozen=True, slots=True)
class Suspect:
    """Words from `first` up to `last` (not included) that may be the name `term`."""

    first: int
    last: int
    term: str


def prompts(terms: Sequence[str]) -> list[str]:
    """Return what the model is told of the names: all of them, in as many parts as it can hold."""
    parts: list[str] = []
    for term in terms:
        if parts and len(parts[-1]) + len(term) <= _LONGEST_PROMPT:
            parts[-1] += f", {term}"
        else:
            parts.append(term)
    return [f"{part}." for part in parts]


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


def spelled(words: Sequence[Heard], terms: Sequence[str]) -> list[Heard]:
    """Return the words with the names of which only spaces, hyphens or capitals differ."""
    return with_names(words, [one for one in suspects(words, terms) if _is_sure(words, one)])


def is_doubtful(words: Sequence[Heard], terms: Sequence[str]) -> bool:
    """Tell whether a name may have been missed, so that hearing again with the names pays off."""
    for weak, run in groupby(words, key=_is_weak):
        if weak and sum(len(_letters(word.text)) for word in run) >= _SHORTEST:
            return True
    return bool(suspects(words, terms))


def heard(words: Sequence[Heard], again: Sequence[Heard], terms: Sequence[str]) -> list[Suspect]:
    """Return where the second hearing, with the names as prompt, has a name on doubtful words."""
    spoken = [_letters(word.text) for word in words]
    other = [_letters(word.text) for word in again]
    blocks = SequenceMatcher(None, spoken, other, autojunk=False).get_opcodes()
    found: list[Suspect] = []
    for term in terms:
        for begin, end in _places(other, term):
            near = [
                at
                for at in _opposite(blocks, begin, end)
                if again[begin].start_ms - _NEAR_MS
                <= (words[at].start_ms + words[at].end_ms) // 2
                <= again[end - 1].end_ms + _NEAR_MS
            ]
            agreed = any(block[3:] == (begin, end) for block in blocks)
            suspect = _narrowed(words, near, term, agreed=agreed)
            if suspect and not any(
                suspect.first < one.last and one.first < suspect.last for one in found
            ):
                found.append(suspect)
    return sorted(found, key=lambda suspect: suspect.first)


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


def _is_sure(words: Sequence[Heard], suspect: Suspect) -> bool:
    spoken = "".join(_letters(word.text) for word in words[suspect.first : suspect.last])
    return spoken == _letters(suspect.term)


def _is_weak(word: Heard) -> bool:
    return word.probability < _WEAK


def _places(other: Sequence[str], term: str) -> Iterator[tuple[int, int]]:
    """Yield where a name stands among the letters of words: first word, and word after the last."""
    wanted = _letters(term)
    if len(wanted) < _SHORTEST:
        return
    most = max(_MOST_WORDS, len(term.split()))
    for begin in range(len(other)):
        for end in range(begin + 1, min(begin + most, len(other)) + 1):
            if "".join(other[begin:end]) == wanted:
                yield begin, end
                break


def _opposite(blocks: Sequence[tuple[str, int, int, int, int]], begin: int, end: int) -> range:
    """Return the words of the first hearing that stand where these of the second do."""
    there = [block for block in blocks if block[3] < end and begin < block[4]]
    first, last = there[0], there[-1]
    start = first[1] + (begin - first[3] if first[0] == "equal" else 0)
    stop = last[2] - (last[4] - end if last[0] == "equal" else 0)
    return range(start, stop)


def _narrowed(
    words: Sequence[Heard], near: Sequence[int], term: str, *, agreed: bool
) -> Suspect | None:
    """Return the doubtful words among these; `None` if all are sure, or are the name.

    Unsure words in unsure surroundings are no sign: there a model repeats its prompt.
    """
    if not near:
        return None
    first, last = near[0], near[-1] + 1
    if _letters(term) == "".join(_letters(word.text) for word in words[first:last]):
        return None
    if _likeness(words[first:last], term) < _ALIKE:
        sure = sum(word.probability for word in words[first:last]) / (last - first)
        while sure >= _WEAK and first < last and not _is_weak(words[first]):
            first += 1
        while sure >= _WEAK and first < last and not _is_weak(words[last - 1]):
            last -= 1
        if not agreed or _likeness(words[first:last], term) < _FAINTLY:
            return None
    return Suspect(first, last, term) if first < last else None


def _likeness(words: Sequence[Heard], term: str) -> float:
    return ratio("".join(_letters(word.text) for word in words), _letters(term))


def _letters(text: str) -> str:
    return re.sub(r"['’]s\b|\W|_", "", text.lower())


def _plain(words: Sequence[Heard]) -> str:
    text = " ".join(word.text for word in words)
    return re.sub(r"(?:['’]s)?\W*$", "", re.sub(r"^\W+", "", text))
