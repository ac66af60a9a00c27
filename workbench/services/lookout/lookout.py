"""Looks into what is about to leave: names, contact data, words that may not be quoted.

Exporters take all of that out of what they know to be free words. This reads the finished file as
whoever gets it could, so that it also sees what was typed again by hand, and where nobody thought
of it: properties, alt texts, the name of the file. What it finds waits for a person's decision.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain
from typing import NamedTuple

from workbench.domain import personal, runs
from workbench.domain.excerpts import around
from workbench.domain.looking_out import Found, What, key_of, undecided
from workbench.domain.names import Place, Sort, key
from workbench.domain.names.decisions import Decision
from workbench.domain.names.reached import SORTS
from workbench.domain.overlaps import apart
from workbench.domain.protection import Protection
from workbench.domain.runs import Run
from workbench.exchange import finished
from workbench.exchange.finished import Piece
from workbench.services.desk import Desk
from workbench.services.door import Audience, Leaving
from workbench.services.keys.protecting import declared_names, watching
from workbench.services.lookout.undecided import Undecided
from workbench.services.lookout.whereabouts import Whereabouts
from workbench.services.lookout.withheld import Withheld
from workbench.services.unchanged import State, is_settled, state
from workbench.storage.tables import Tables
from workbench.words import Phrase, t

_BETWEEN = "\n\0\n"  # between texts that are looked through together; nothing goes on across it
_AT_ONCE = 32_000  # letters that are looked through together
_AROUND = 40  # letters shown on either side
_MOST = 1000  # places that are listed; nobody reads on
_NO_WORDS = re.compile(
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[\d:.,+−-]{0,6}"
    r"|\d{4}-\d\d-\d\d(?:T[\d:.+Z-]{5,20})?|\d\d:\d\d:\d\d[.,]\d{3}"
)
_REMEMBERED = 50_000  # clean texts
_WITHHELD: Phrase = "words of somebody who may not be quoted"


class _Hit(NamedTuple):
    """Something in one text."""

    start: int
    end: int
    what: What
    label: str
    sort: Sort | None = None


_Hits = Iterable[tuple[str, _Hit]]
_Search = Callable[[Sequence[str]], _Hits]
_State = tuple[Tables, State, date]
_Holding = dict[str, list[tuple[int, Piece]]]
"""Each text once, with the pieces in which it stands and their numbers."""


@dataclass(frozen=True, slots=True)
class _Learned:
    """What is known of a study for as long as nothing in it changes.

    Attributes:
        state: all on which the rest depends, as it was when this was learned.
        names: finds the real names.
        decided: what is no contact data, by decision or since somebody is called so in the study.
        withheld: finds what may not be quoted.
        undecided: finds what may be a name.
        nameless: marks of texts in which there are neither names nor contact data.
        clean: marks of texts in which nothing at all is to be found.
        wordless: marks of numbers, times and keys, in which nothing ever is.
    """

    state: _State
    names: Protection
    decided: frozenset[str]
    withheld: Withheld
    undecided: Undecided
    nameless: set[int] = field(default_factory=set)
    clean: set[int] = field(default_factory=set)
    wordless: set[int] = field(default_factory=set)


class Lookout:
    """An inspector of the door of one study (`door.Inspector`).

    What was learned for one file serves the next: people export several in a row, in the window
    each by a desk of its own.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def __call__(self, leaving: Leaving) -> list[Found]:
        """Return what in a finished file needs a decision, in the order of the file.

        The researcher's own working copy says that it holds everything, and is not looked into.
        """
        if leaving.audience is Audience.OWN:
            return []
        return _Look(self._desk, self._known(), leaving.signed).at(
            lambda: chain(
                finished.pieces(leaving.draft, leaving.name, leaving.heard),
                finished.drawing(leaving.drawn),
            )
        )

    def _known(self) -> _Learned:
        """Return what is known of the study as it is now."""
        desk = self._desk
        # It is given up first: by whoever learns more, even if nothing comes of that.
        before: _Learned | None = desk.learned.pop(__name__, None)
        now = desk.tables, state(desk.tables), desk.today()  # consent ends with a day
        learned = before if before and before.state == now else _learn(desk, now, before)
        if is_settled(desk.tables):
            desk.learned[__name__] = learned
        return learned


def _learn(desk: Desk, now: _State, before: _Learned | None) -> _Learned:
    """Learn anew what has changed; most changes give nothing more to look for."""
    tables = desk.tables
    never = [row.written for row in tables.name_decision.select(decision=Decision.NEVER)]
    called = [name for listed in declared_names(tables).values() for name in listed]
    learned = _Learned(
        now,
        watching(desk.tables),
        frozenset(map(_plain, (*never, *called))),
        Withheld(desk, before.withheld if before else None),
        Undecided(desk, before.undecided if before else None),
    )
    if before is not None:
        learned = replace(learned, wordless=before.wordless)
    if (
        before is None
        or before.names is not learned.names
        or before.decided != learned.decided
        or learned.undecided.is_other
    ):
        return learned
    clean = set() if learned.withheld.is_more else before.clean
    return replace(learned, nameless=before.nameless, clean=clean)


class _Look:
    """Looks at one file.

    It may be large, so it is gone through in parts; and once more if words in it are withheld,
    which is known only at its end.
    """

    def __init__(self, desk: Desk, learned: _Learned, signed: str) -> None:
        self._learned = learned
        self._signed = signed
        self._whereabouts = Whereabouts(desk)
        self._left_alone = {row.key for row in desk.tables.left_alone.select()}
        self._sifted: set[Run] = set()
        self._undecided: set[str] = set()

    def at(self, read: Callable[[], Iterator[Piece]]) -> list[Found]:
        """Return what needs a decision in what can be read as often as needed."""
        found = self._through(read(), self._first)
        withheld = self._learned.withheld
        if kept := withheld.confirm(self._sifted) | withheld.titles:
            found += self._through(read(), lambda texts: _stretches(texts, kept))
        placed = sorted(found, key=lambda one: one[:2])
        return [*[one for _, _, one in placed][:_MOST], *self._open()]

    def _open(self) -> Iterator[Found]:
        """Yield what nobody decided yet: once for all, since nobody reads a hundred lines of it."""
        told = {text: key_of(What.UNDECIDED, text) for text in self._undecided - {self._signed}}
        if several := sorted(text for text, key in told.items() if key not in self._left_alone):
            yield undecided(several)

    def _through(self, pieces: Iterator[Piece], search: _Search) -> list[tuple[int, int, Found]]:
        """Return what a search finds, each with number of its piece and place in it."""
        found: list[tuple[int, int, Found]] = []
        holding: _Holding = {}
        letters, clean, wordless = 0, self._learned.clean, self._learned.wordless
        if search != self._first and self._learned.withheld.titles:
            clean = set()  # nobody has looked for so few words yet
        for number, piece in enumerate(pieces):
            if piece.unread:
                one = Found(What.UNREAD, "", piece.text, "", "", piece.place(0))
                if search == self._first and one.key not in self._left_alone:
                    found.append((number, 0, one))
                continue
            for text in dict.fromkeys(piece.scraps):
                mark = hash(text)
                if mark in clean or mark in wordless:
                    continue
                if not _NO_WORDS.fullmatch(text):
                    holding.setdefault(text, []).append((number, piece))
                elif len(wordless) < _REMEMBERED:
                    wordless.add(mark)
            letters += len(piece.text)
            if letters > _AT_ONCE:
                found += self._found(holding, search)
                holding, letters = {}, 0
            if len(found) > _MOST:
                return found
        return [*found, *self._found(holding, search)]

    def _found(self, holding: _Holding, search: _Search) -> Iterator[tuple[int, int, Found]]:
        hits: dict[str, list[_Hit]] = {}
        for text, hit in search(list(holding)):
            hits.setdefault(text, []).append(hit)
        for text, some in hits.items():
            for hit in apart(some):
                for number, piece in holding[text]:
                    for at in piece.where(text):
                        for place in piece.places(at + hit.start)[:_MOST]:
                            one = self._told(hit, text, place)
                            if one.key not in self._left_alone:
                                yield number, at + hit.start, one

    def _told(self, hit: _Hit, text: str, place: str) -> Found:
        words = text[hit.start : hit.end]
        before, after = map(_one_line, around(text, hit.start, hit.end, _AROUND))
        origin = self._whereabouts.of(words, text)
        return Found(hit.what, hit.label, words, before, after, place, origin, hit.sort)

    def _first(self, texts: Sequence[str]) -> _Hits:
        """Find names and contact data; remember what may be withheld words, or a name."""
        learned, withheld = self._learned, self._learned.withheld
        sifted = withheld.sift(_BETWEEN.join(texts))
        unclean = {text for text in texts if withheld.sift(text)} if sifted else set()
        self._sifted |= sifted
        fresh, named = [text for text in texts if hash(text) not in learned.nameless], set[str]()
        for text in fresh:
            if some := learned.undecided.within(text):
                self._undecided |= some
                named.add(text)
        for text, hit in chain(self._named(fresh), self._reached(fresh)):
            named.add(text)
            yield text, hit
        if max(map(len, (learned.clean, learned.nameless))) < _REMEMBERED:
            learned.nameless.update(hash(text) for text in fresh if text not in named)
            learned.clean.update(hash(text) for text in texts if text not in unclean | named)

    def _named(self, texts: Iterable[str]) -> _Hits:
        for text in texts:
            for name in self._learned.names.found(text):
                yield text, _Hit(name.start, name.end, What.NAME, _called(name))

    def _reached(self, texts: Sequence[str]) -> _Hits:
        """Find contact data that nobody decided to leave."""
        for at, (start, end, kind) in personal.contacts_in(texts):
            if _plain(texts[at][start:end]) not in self._learned.decided:
                yield texts[at], _Hit(start, end, What.CONTACT, t(kind.one), SORTS.get(kind))


def _stretches(texts: Sequence[str], kept: set[Run]) -> _Hits:
    for text in texts:
        for start, end in runs.stretches(text, kept):
            yield text, _Hit(start, end, What.WORDS, t(_WITHHELD))


def _plain(text: str) -> str:
    """Return a string of the register so that all ways to write it are equal."""
    return "".join(filter(str.isalnum, key(text)))


def _called(name: Place) -> str:
    """Return what a name is, without saying it."""
    if name.sort is Sort.PERSON:
        return t("real name of {whose}", whose=name.whose)
    return t("{what} of the register of names or of the key", what=t(name.sort.label))


def _one_line(text: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in text)
