"""Finds the names of a study in a text: whose they are, and whether they are meant as names.

A whole name is found however it is written. A part of one that is an ordinary word as well is a
name beside another part or behind a title; a very short one, or a bent form, is one in capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum

from workbench.domain.names import writing
from workbench.domain.names.endings import bent, is_polish, spelt
from workbench.domain.names.folding import BREAK, Folded, folded, is_even, key
from workbench.domain.names.ordinary import is_ordinary
from workbench.domain.names.parts import is_small, is_together, is_unspaced, parts_of
from workbench.domain.names.sorts import Sort
from workbench.domain.names.titles import has_title

SEVERAL = "a participant"
"""Stands for a name that several people have."""

_SHORT = 2  # letters; such a part is a name in capitals only
_JOINED = 7  # letters of a whole name that is found without its space, as in an address
_GAP = re.compile(rf"[\s_\-{BREAK}]{{0,3}}")
_TOKEN_BEFORE = re.compile(rf"([^\W\d_][\w'\-]*?)[\s_\-{BREAK}]{{1,3}}$")
_TOKEN_AFTER = re.compile(rf"[\s_\-{BREAK}]{{1,3}}([^\W\d_]+)")
_INITIAL = re.compile(r"(?<!\w)([^\W\d_])\.\s?$")
_LOOK_BACK = 40  # letters
_IN_NUMBERS = re.compile(r"[^\w+]+")  # what parts the digits of a number
_OF_FILES = re.compile(rf"[_.{BREAK}]")


class _As(Enum):
    """How something must be written to be meant as a name."""

    ANY = 1
    CAPITAL = 2
    BESIDE = 3


@dataclass(frozen=True, slots=True)
class Place:
    """Where a name stands in a text.

    Attributes:
        start, end: code points.
        sort: what it is the name of.
        whose: what stands there instead: a pseudonym, or what was decided.
        left: the researcher decided to leave it in the words.
    """

    start: int
    end: int
    sort: Sort
    whose: str
    left: bool = False


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
class _Form:
    """What is found where a folded string stands; `kept` is something the researcher declared."""

    whose: str
    sort: Sort = Sort.PERSON
    needs: _As = _As.ANY
    people: frozenset[int] = frozenset()
    kept: bool = False
    left: bool = False


_KEPT = _Form("", kept=True)


class Finder:
    """Finds names.

    Args:
        people: real name and pseudonym of everybody.
        kept: declared names, which are never taken for real ones.
        decided: what the researcher decided, which comes before everything else.
    """

    def __init__(
        self,
        people: Iterable[tuple[str, str]],
        kept: Iterable[str] = (),
        decided: Iterable[Wanted] = (),
    ) -> None:
        self._forms: dict[str, _Form] = {}
        spellings: dict[str, None] = {}
        listed = list(people)
        decided = list(decided)
        self._parts_of = [[key(part) for part in parts_of(real)] for real, _ in listed]
        for name, form in (
            *_of_decisions(decided),
            *_agreed(_wholes(listed)),
            *((folded(name), _KEPT) for name in kept if name.strip()),
            *_agreed(_parts(listed)),
            *_agreed(_bent(listed)),
        ):
            plain = key(name)
            if plain and self._forms.setdefault(plain, form) == form:
                spellings[name] = None
        instead = {whose for _, whose in listed} | {SEVERAL} | {one.instead for one in decided}
        for name in filter(None, map(folded, instead)):
            self._forms[f"[{key(name)}]"] = _KEPT
            spellings[f"[{name}]"] = None
        has_names = any(not form.kept for form in self._forms.values())
        self._pattern = writing.any_of(spellings) if has_names else None

    @property
    def is_idle(self) -> bool:
        """Tell whether there is nothing to find."""
        return self._pattern is None

    def found(self, text: str) -> list[Place]:
        """Return where names stand in a text, in order; neighbours of one person are one place."""
        plain = folded(text)
        if not any(True for _ in self._hits(plain)):
            return []
        if is_even(text, plain):
            return _joined(self._places(text, plain, None), text)
        mapped = Folded(text)
        return _joined(self._places(text, mapped.text, mapped), text)

    def _hits(self, plain: str) -> Iterator[tuple[re.Match[str], _Form]]:
        """Go through what may be a name in a folded text."""
        for found in self._pattern.within(plain) if self._pattern else ():
            form = self._forms.get(found[0]) or self._forms.get(key(found[0]))
            form = form or self._forms.get(_IN_NUMBERS.sub("", found[0]))
            if form is not None and not form.kept:
                yield found, form

    def _places(self, text: str, plain: str, mapped: Folded | None) -> Iterator[Place]:
        for found, form in self._hits(plain):
            start, end = mapped.written(*found.span()) if mapped else found.span()
            if self._is_meant(form, found, text[start:end], text, mapped):
                yield Place(start, end, form.sort, form.whose, form.left)

    def _is_meant(
        self, form: _Form, found: re.Match[str], written: str, text: str, mapped: Folded | None
    ) -> bool:
        """Tell whether something is meant as a name where it stands."""
        if form.needs is _As.ANY or _OF_FILES.search(found[0]):
            return True
        if not _is_capital(written):
            return False
        if form.needs is _As.CAPITAL:
            return len(written) > _SHORT or not written.isupper() or not written.isascii()
        if has_title(found.string, found.start(), found.end()) or self._has_initial(form, found):
            return True
        return any(
            beside is not None and not beside.kept and beside.people & form.people
            for beside in self._neighbours(found, text, mapped)
        )

    def _has_initial(self, form: _Form, found: re.Match[str]) -> bool:
        """Tell whether the first letter of another part stands before it, as in “A. Berg”."""
        before = _INITIAL.search(found.string, max(0, found.start() - 4), found.start())
        return before is not None and any(
            part[0] == before[1] and part != key(found[0])
            for number in form.people
            for part in self._parts_of[number]
        )

    def _neighbours(
        self, found: re.Match[str], text: str, mapped: Folded | None
    ) -> Iterator[_Form | None]:
        """Go through what stands before and behind, if that is written with a capital."""
        plain = found.string
        begin = max(0, found.start() - _LOOK_BACK)
        before = _TOKEN_BEFORE.search(plain[begin : found.start()])
        after = _TOKEN_AFTER.match(plain, found.end())
        spans = [
            (begin + before.start(1), begin + before.end(1)) if before else None,
            after.span(1) if after else None,
        ]
        for span in spans:
            if span is not None:
                start, end = mapped.written(*span) if mapped else span
                if _is_capital(text[start:end]):
                    yield self._forms.get(key(plain[slice(*span)]))


def _of_decisions(decided: Iterable[Wanted]) -> Iterator[tuple[str, _Form]]:
    for one in decided:
        name = folded(" ".join(one.written.split()))
        if one.sort.is_number:
            name = "".join(letter for letter in name if letter.isalnum() or letter == "+")
        if one.never:
            yield name, _KEPT
            continue
        is_common = is_ordinary(key(name)) or len(key(name)) <= _SHORT
        needs = _As.CAPITAL if is_common and not is_unspaced(name) else _As.ANY
        form = _Form(one.instead or one.sort.instead, one.sort, needs, left=one.leave)
        yield name, form
        if one.sort in {Sort.PERSON, Sort.STAFF} and " " not in name:
            for other in bent(one.written, polish=is_polish(one.written)):
                yield other, _Form(form.whose, one.sort, _As.CAPITAL, left=one.leave)


def _wholes(people: Iterable[tuple[str, str]]) -> Iterator[tuple[str, _Form]]:
    for number, (real, whose) in enumerate(people):
        whole, *parts = parts_of(real) or [""]
        form = _Form(whose, people=frozenset((number,)))
        if is_together(whole) and " " not in whole:
            given = (part for part in parts if whole.endswith(part))
            yield from ((f"{whole.removesuffix(part)} {part}", form) for part in given)
        elif len(words := whole.split()) > 1:
            common = all(is_ordinary(key(word)) or len(key(word)) <= _SHORT for word in words)
            yield from _spellings(whole, replace(form, needs=_As.CAPITAL) if common else form)
            joined = "".join(words)
            if len(joined) >= _JOINED and not is_ordinary(key(joined)):
                yield from _spellings(joined, form)


def _parts(people: Iterable[tuple[str, str]]) -> Iterator[tuple[str, _Form]]:
    for number, (real, whose) in enumerate(people):
        for part in parts_of(real):
            if " " not in part:
                form = _Form(whose, needs=_needs(part), people=frozenset((number,)))
                yield from _spellings(part, form)


def _bent(people: Iterable[tuple[str, str]]) -> Iterator[tuple[str, _Form]]:
    for number, (real, whose) in enumerate(people):
        for part in parts_of(real):
            if " " in part:
                continue
            needs = _As.BESIDE if _needs(part) is _As.BESIDE else _As.CAPITAL
            for form in bent(part, polish=is_polish(real)):
                yield form, _Form(whose, needs=needs, people=frozenset((number,)))


def _spellings(name: str, form: _Form) -> Iterator[tuple[str, _Form]]:
    yield folded(name), form
    if (other := folded(spelt(name))) != folded(name):
        yield other, form


def _needs(part: str) -> _As:
    plain = key(part)
    if is_ordinary(plain):
        return _As.BESIDE
    return _As.CAPITAL if len(plain) <= _SHORT and not is_unspaced(part) else _As.ANY


def _agreed(forms: Iterable[tuple[str, _Form]]) -> list[tuple[str, _Form]]:
    """Return forms once each; one that several people have does not say whose it is."""
    agreed: dict[str, _Form] = {}
    listed = list(forms)
    for name, form in listed:
        plain = key(name)
        known = agreed.get(plain, form)
        whose = form.whose if known.whose == form.whose else SEVERAL
        agreed[plain] = _Form(whose, form.sort, known.needs, known.people | form.people)
    return [(name, agreed[key(name)]) for name, _ in listed]


def _is_capital(written: str) -> bool:
    """Tell whether a word begins with a capital, or is of a script that has none."""
    return bool(written) and not is_small(written[0])


def _joined(places: Iterable[Place], text: str) -> list[Place]:
    joined: list[Place] = []
    for place in places:
        last = joined[-1] if joined else None
        if (
            last is not None
            and (last.whose, last.sort, last.left) == (place.whose, place.sort, place.left)
            and last.sort is Sort.PERSON
            and _GAP.fullmatch(text, last.end, place.start)
        ):
            joined[-1] = Place(last.start, place.end, last.sort, last.whose, last.left)
        else:
            joined.append(place)
    return joined
