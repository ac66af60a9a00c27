"""What a study's texts say about names, before anybody knows which of it are names.

Texts that are read together, such as those of one file, are of one language. What one reading found
is small and stays: a study is read again whenever something leaves it, and most of it is as it was.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, groupby
from typing import NamedTuple, TypeVar

from workbench.domain.names.folding import folded, key
from workbench.domain.names.parts import is_small
from workbench.domain.names.titles import TITLES
from workbench.domain.personal import Contact, Kind, contacts_in

_WORD = re.compile(r"([^\W\d_]++(?:['’\-][^\W\d_]++)*+)")
_PLAIN_WORD = re.compile(r"([A-Za-z]++(?:['\-][A-Za-z]++)*+)")  # the same, quicker, in ASCII
_BETWEEN = "\n\0\n"  # between texts that are read together; nothing goes on across it
_BEGINS = re.compile(r"[.!?…:;\n•–—\"“„«»()\[\]¿¡。！？]['’\"“]?\s*$")
_OWNING = re.compile("['’]s$")
_GAPS = frozenset((" ", ". "))  # behind a title
_ONE_GAP = re.compile(" {1,2}")
_IN = frozenset("in near nach aus bei à en a w do te в из".split())  # noqa: SIM905
_PLACE_BEFORE = re.compile(rf"\b(?:{'|'.join(sorted(_IN))})\s$", re.IGNORECASE)
_LOOK_BACK = 12  # letters
# Words of the language that writes all nouns with a capital, and their share in its texts.
_GERMAN = frozenset(
    ("der", "die", "das", "den", "dem", "ein", "eine", "und", "ist", "nicht", "ich", "zu", "mit")
)
_GERMAN_SHARE = 0.1
_REMEMBERED = 400_000  # words that are counted, of all readings
T = TypeVar("T")


class Text(NamedTuple):
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


Group = tuple[str, tuple[str, ...]]
"""Texts of one language, and what they are a group of."""


@dataclass(slots=True)
class Reading:
    """What stands in texts of one group; words are folded where nothing else is said.

    Attributes:
        small, loud: how often words stand there in small letters, and how often with a capital.
        written: how words with a capital were written first.
        runs: capitals inside sentences, as written, and whether a word for “in” stood before.
        forms: contact data.
        titled: words with a capital behind titles, as written.
    """

    group: str
    small: Counter[str] = field(default_factory=Counter)
    loud: Counter[str] = field(default_factory=Counter)
    written: dict[str, str] = field(default_factory=dict)
    runs: dict[tuple[str, bool], None] = field(default_factory=dict)
    forms: dict[tuple[str, Kind], None] = field(default_factory=dict)
    titled: dict[str, None] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Return how many words are remembered."""
        return len(self.small) + 2 * len(self.loud) + len(self.runs)


class Readings:
    """What was read of a study; what has not changed since is not read again."""

    def __init__(self) -> None:
        self._known: dict[int, Reading] = {}

    def of(self, groups: Iterable[Group]) -> list[Reading]:
        """Return what stands in texts, in their order."""
        reader, found = _Reader(), []
        known, size = dict[int, Reading](), 0
        for group, written in groups:
            mark = hash((group, written))
            reading = self._known.get(mark) or known.get(mark) or reader.read(group, written)
            size += reading.size
            if size < _REMEMBERED:
                known[mark] = reading
            found.append(reading)
        self._known = known
        return found


def grouped(texts: Iterable[Text]) -> Iterator[Group]:
    """Go through texts, those together that stand behind each other and are of one language."""
    for group, some in groupby(texts, lambda one: one.group):
        yield group, tuple(one.text for one in some)


def of_nouns(readings: Iterable[Reading]) -> set[str]:
    """Return the groups whose language writes all nouns with a capital."""
    words, german = Counter[str](), Counter[str]()
    for one in readings:
        words[one.group] += one.small.total() + one.loud.total()
        german[one.group] += sum(one.small[word] + one.loud[word] for word in _GERMAN)
    return {group for group in words if german[group] > _GERMAN_SHARE * words[group]}


class _Once(dict[str, T]):
    """An answer about each word, worked out once: words come again and again."""

    def __init__(self, answer: Callable[[str], T]) -> None:
        super().__init__()
        self._answer = answer

    def __missing__(self, word: str) -> T:
        found = self[word] = self._answer(word)
        return found


class _Reader:
    """Reads texts."""

    def __init__(self) -> None:
        self._plain = _Once(lambda word: key(_OWNING.sub("", word)))
        self._is_small = _Once(lambda word: is_small(word[0]))
        self._is_title = _Once(lambda word: folded(word) in TITLES)

    def read(self, group: str, texts: Sequence[str]) -> Reading:
        """Return what stands in texts of one group."""
        reading, whole = Reading(group), _BETWEEN.join(texts)
        reached = list(_reached(texts))
        parts = _parts(whole)
        self._add_titled(reading, parts)
        if reached:
            reading.forms.update({(whole[at:end], kind): None for at, end, kind in reached})
            parts = _parts(_without(reached, whole))
        self._add_runs(reading, parts)
        for word, count in Counter(parts[1::2]).items():
            counts = reading.small if self._is_small[word] else reading.loud
            counts[self._plain[word]] += count
        return reading

    def _loud(self, words: Sequence[str]) -> list[int]:
        """Return which words begin with a capital."""
        small = self._is_small
        return [at for at, word in enumerate(words) if not small[word]]

    def _add_titled(self, reading: Reading, parts: Sequence[str]) -> None:
        """Add the words with a capital behind titles."""
        words, is_title = parts[1::2], self._is_title
        if not any(is_title[word] for word in set(words)):
            return
        reading.titled.update(
            (words[at], None)
            for at in self._loud(words)
            if at
            and parts[2 * at] in _GAPS
            and words[at][0].isupper()
            and is_title[words[at - 1]]
            and not is_title[words[at]]
        )

    def _add_runs(self, reading: Reading, parts: Sequence[str]) -> None:
        """Add how words with a capital are written, and those in a row inside sentences.

        Args:
            reading: of the group.
            parts: of the texts: what stands before the first word, that word, what stands before
                the next …
        """
        words, run, last, in_place = parts[1::2], "", -1, False
        for at in self._loud(words):
            word, between = _OWNING.sub("", words[at]), parts[2 * at]
            reading.written.setdefault(self._plain[words[at]], word)
            is_first = at == 0 or _BETWEEN in between
            is_name = word[0].isupper() and not is_first and not _BEGINS.search(between)
            if run and is_name and last == at - 1 and _ONE_GAP.fullmatch(between):
                run = f"{run} {word}"
            else:
                if run:
                    reading.runs[run, in_place] = None
                run = word if is_name else ""
                in_place = bool(run) and _is_behind_in(parts, 2 * at)
            last = at
        if run:
            reading.runs[run, in_place] = None


def _is_behind_in(parts: Sequence[str], at: int) -> bool:
    """Tell whether a word for “in” stands before what begins behind a part."""
    if at and parts[at - 1].isalpha() and parts[at - 1].casefold() not in _IN:
        return False
    before = "".join(parts[max(0, at - _LOOK_BACK) : at + 1])
    return bool(_PLACE_BEFORE.search(before[-_LOOK_BACK:]))


def _parts(text: str) -> list[str]:
    return (_PLAIN_WORD if text.isascii() else _WORD).split(text)


def _reached(texts: Sequence[str]) -> Iterator[Contact]:
    """Go through the contact data in texts, where it stands in all of them together."""
    begins = list(accumulate((len(text) + len(_BETWEEN) for text in texts), initial=0))
    for at, (start, end, kind) in contacts_in(texts):
        yield Contact(begins[at] + start, begins[at] + end, kind)


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


__all__ = ["Group", "Reading", "Readings", "Text", "grouped", "of_nouns"]
