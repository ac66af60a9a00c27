"""Words of people who may not be quoted, wherever somebody typed them again.

What leaves may be large, and what was said may be larger; neither is held in memory. Each run of
words that was said is only marked in a field of fixed size. What leaves is sifted by it, and the
little that stays is compared word by word with what was said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from workbench.domain import runs
from workbench.domain.protection import free_words
from workbench.domain.runs import Run
from workbench.services.confidential.confidential import Confidential
from workbench.services.desk import Desk
from workbench.services.naming import called
from workbench.services.people.visit_words import VisitWords
from workbench.storage import queries
from workbench.storage.spoken import ever_said, voices

_PER_LETTER = 8  # marks: of the runs that leave, one in hundreds is taken for another, and compared
_SMALLEST, _LARGEST = 1 << 16, 1 << 26  # marks
_TITLED = ("stage", "touchpoint", "segment", "code", "insight", "opportunity", "session", "source")
_SHORT = 120  # letters of a turn that is less than a run
_SECOND = 40  # bits of a hash that the second mark of a run does not share with the first


class _Field:
    """The field in which runs of words are marked; it takes memory once something is.

    Attributes:
        size: how many marks it has.
        texts: marks of the texts whose runs are in it, and what is less than a run as a whole.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self.texts: dict[int, Run | None] = {}
        self._marks = bytearray()

    def add(self, text: str) -> None:
        """Mark the runs of a text."""
        marks = self._marks = self._marks or bytearray(self.size)
        last = self.size - 1
        self.texts[hash(text)] = runs.whole(text) if len(text) <= _SHORT else None
        for run in runs.each(text):
            number = hash(run)
            marks[number & last] = marks[number >> _SECOND & last] = 1

    def sift(self, text: str) -> set[Run]:
        """Return the runs of a text that may be marked."""
        marks, last = self._marks, self.size - 1
        if not marks:
            return set()
        return {
            run
            for run in runs.each(text)
            if marks[(number := hash(run)) & last] and marks[number >> _SECOND & last]
        }


class Withheld:
    """The words of one study that may not be printed, as they are now.

    Args:
        desk: of the study.
        before: what they were in an earlier state, which is given up: its field serves on.

    Attributes:
        field: where they are marked.
        is_more: something is withheld that was not withheld before.
    """

    def __init__(self, desk: Desk, before: Withheld | None = None) -> None:
        self._desk = desk
        self._confidential = Confidential(desk)
        self._written = VisitWords(desk)
        self._heard = voices(desk.db)
        self._said_in_all: set[Run] = set()
        self.is_more = False
        self.field: _Field = self._marked(before.field if before else None)

    def sift(self, text: str) -> set[Run]:
        """Return the runs of a text that may be withheld words."""
        return self.field.sift(text)

    def confirm(self, sifted: set[Run]) -> set[Run]:
        """Return those of some runs that only people said who may not be quoted.

        What the researcher said as well, or somebody who may be quoted, is no secret.
        """
        found: set[Run] = set()
        if sifted:
            for words in self._words(silent=True):
                found |= runs.common(sifted, words)
        for words in self._words(silent=False) if found else ():
            found -= runs.common(found, words)
            if not found:
                break
        return found

    @cached_property
    def titles(self) -> set[Run]:
        """Return what is less than a run, and was typed again: all that somebody said.

        So few words are told where they were typed as a whole, as a stage’s name or a claim; within
        what the researcher wrote only if one of them is not everybody’s.
        """
        tables = self._desk.tables
        rows = ((name, row) for name in _TITLED for row in tables.named(name).select())
        named = {runs.whole(called(name, row)) for name, row in rows}
        said = self._said_in_all
        rare = {run for run in said if runs.is_distinctive(run)}
        found = {run for run in named if run in said}
        for text in self._typed() if rare else ():
            found |= runs.short(rare, text)
        for words in self._words(silent=False) if found else ():
            if len(words) <= _SHORT:
                found.discard(runs.whole(words))
        return {run for run in found if run}

    def _typed(self) -> Iterator[str]:
        """Go through what the researcher wrote and others read."""
        tables = self._desk.tables
        for name in (*_TITLED, "charter", "visit"):
            for row in tables.named(name).select():
                yield called(name, row)
                # A narrative is what was said of a visit, and was said by somebody.
                yield from free_words(replace(row, narrative="") if name == "visit" else row)
        for _id, _words, *noted in queries.noted_observations(self._desk.db):
            yield from noted
        yield from (one.text for one in tables.memo.select())

    def _marked(self, before: _Field | None) -> _Field:
        """Return the field in which what was said and is withheld is marked.

        What is withheld no longer may stay marked: it lets more pass the sieve, never less.
        """
        wanted = _PER_LETTER * sum(self._heard.values())
        size = min(max(_SMALLEST, 1 << wanted.bit_length()), _LARGEST)
        field = before if before is not None and before.size == size else _Field(size)
        known = before.texts if before else field.texts
        said: set[int] = set()
        for words in self._words(silent=True):
            mark = hash(words)
            self.is_more |= mark not in known
            if mark not in field.texts:
                field.add(words)
            said.add(mark)
        if len(field.texts) > 2 * len(said):  # most of it is gone, or may be quoted by now
            field = _Field(size)
            for words in self._words(silent=True):
                field.add(words)
        self._said_in_all = {run for mark in said if (run := field.texts[mark])}
        return field

    def _words(self, *, silent: bool) -> Iterator[str]:
        """Yield what was said by those who may not be quoted, or by all others."""
        yield from ever_said(self._desk.db, self._voices[silent])
        yield from self._written.written(silent=silent)

    @cached_property
    def _voices(self) -> dict[bool, list[str]]:
        """Return the keys of those who may not be quoted (`True`) and of all others."""
        keys: dict[bool, list[str]] = {True: [], False: []}
        for key in self._heard:
            why = self._confidential.silence(key)
            keys[why is not None and why.withholds].append(key)
        return keys
