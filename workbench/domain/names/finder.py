"""Finds the names of a study in a text: whose they are, and whether they are meant as names.

A whole name is found however it is written. A part of one that is an ordinary word as well is a
name beside another part or behind a title; a very short one, or a bent form, is one in capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from workbench.domain.names import writing
from workbench.domain.names.folding import BREAK, Folded, folded, is_even, is_parted, key
from workbench.domain.names.forms import KEPT, SEVERAL, SHORT, As, Form, Wanted, forms_of
from workbench.domain.names.parts import PARTICLES, is_small, parts_of
from workbench.domain.names.shapes import SHAPES
from workbench.domain.names.sorts import Sort
from workbench.domain.names.spelling import spelled
from workbench.domain.names.titles import has_title
from workbench.domain.overlaps import apart

_GAP = re.compile(rf"[\s_\-{BREAK}]{{0,3}}")
_TOKEN_BEFORE = re.compile(rf"([^\W\d_][\w'\-]*?)[\s_\-{BREAK}]{{1,3}}$")
_TOKEN_AFTER = re.compile(rf"[\s_\-{BREAK}]{{1,3}}([^\W\d_]+)")
_AFTER_COMMA = re.compile(r",\s{1,3}([^\W\d_]+)(\.?)")
_BEGINS = re.compile(r"(?:^|[^\w\s]|\n)\s*$")  # as an entry of a list does
_INITIAL = re.compile(r"(?<!\w)([^\W\d_])\.\s?$")
_LOOK_BACK = 40  # letters
_IN_NUMBERS = re.compile(r"[^\w+]+")  # what parts the digits of a number
_OF_FILES = re.compile(rf"[_.{BREAK}]")


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
        self._forms: dict[str, Form] = {}
        spellings: dict[str, None] = {}
        listed = list(people)
        decided = list(decided)
        self._parts_of = [[key(part) for part in parts_of(real)] for real, _ in listed]
        for name, form in forms_of(listed, kept, decided):
            plain = key(name)
            if plain and self._forms.setdefault(plain, form) == form:
                spellings[name] = None
        instead = {whose for _, whose in listed} | {SEVERAL} | {one.instead for one in decided}
        for name in filter(None, map(folded, instead)):
            self._forms[f"[{key(name)}]"] = KEPT
            spellings[f"[{name}]"] = None
        has_names = any(not form.kept for form in self._forms.values())
        self._pattern = writing.any_of(spellings) if has_names else None

    @property
    def is_idle(self) -> bool:
        """Tell whether there is nothing to find."""
        return self._pattern is None

    def found(self, text: str) -> list[Place]:
        """Return where names stand in a text, in order; neighbours of one person are one place."""
        if self._pattern is None:
            return []
        places = self._written(text)
        more = [*self._spelled(text)]
        if is_parted(text):
            mapped = Folded(text, whole=True)
            more += self._places(text, mapped.text, mapped)
        return _joined(apart([*places, *more]) if more else places, text)

    def _written(self, text: str) -> list[Place]:
        plain = folded(text)
        if not any(True for _ in self._hits(plain)):
            return []
        if is_even(text, plain):
            return [*self._places(text, plain, None)]
        mapped = Folded(text)
        return [*self._places(text, mapped.text, mapped)]

    def _spelled(self, text: str) -> Iterator[Place]:
        """Go through names of which somebody says the letters; so is no ordinary word."""
        for run in spelled(text):
            for start, end, plain in run:
                form = self._forms.get(plain)
                if form is not None and not form.kept:
                    yield Place(start, end, form.sort, form.whose, form.left)
                    break

    def _hits(self, plain: str) -> Iterator[tuple[re.Match[str], Form]]:
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
        self, form: Form, found: re.Match[str], written: str, text: str, mapped: Folded | None
    ) -> bool:
        """Tell whether something is meant as a name where it stands."""
        if form.needs is As.ANY or _OF_FILES.search(found[0]):
            return True
        if not _is_capital(_without_particles(written)):
            return False
        if form.needs is As.CAPITAL:
            return len(written) > SHORT or not written.isupper() or not written.isascii()
        if has_title(found.string, found.start(), found.end()) or self._has_initial(form, found):
            return True
        if self._has_given_name(form, found):
            return True
        return any(
            beside is not None and not beside.kept and beside.people & form.people
            for beside in self._neighbours(found, text, mapped)
        )

    def _has_initial(self, form: Form, found: re.Match[str]) -> bool:
        """Tell whether the first letter of another part stands before it, as in “A. Berg”."""
        before = _INITIAL.search(found.string, max(0, found.start() - 4), found.start())
        return before is not None and any(
            part[0] == before[1] and part != key(found[0])
            for number in form.people
            for part in self._parts_of[number]
        )

    def _has_given_name(self, form: Form, found: re.Match[str]) -> bool:
        """Tell whether another part, or its letter, stands behind a comma: “Berg, Anna”."""
        after = _AFTER_COMMA.match(found.string, found.end())
        if after is None or not _BEGINS.search(found.string[: found.start()][-_LOOK_BACK:]):
            return False
        if after[2] and len(after[1]) == 1:
            others = (part for number in form.people for part in self._parts_of[number])
            return any(part[0] == after[1] and part != key(found[0]) for part in others)
        beside = self._forms.get(key(after[1]))
        return (
            beside is not None
            and not beside.kept
            and beside.needs is not As.BESIDE
            and bool(beside.people & form.people)
        )

    def _neighbours(
        self, found: re.Match[str], text: str, mapped: Folded | None
    ) -> Iterator[Form | None]:
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


def may_find(
    people: Iterable[tuple[str, str]], decided: Iterable[Wanted], texts: Sequence[str]
) -> bool:
    """Tell quickly whether a finder of these names would find one in some short texts.

    To make one takes long, and seldom do even the letters of a name stand there.
    """
    if any(is_parted(text) or any(spelled(text)) for text in texts):
        return True
    plain = list(map(folded, texts))
    said = "\n".join(map(_letters, (*plain, *map(folded, plain))))
    wanted = (key(name) for name, form in forms_of(people, (), decided) if not form.kept)
    return any(_letters(name) in said for name in wanted if name)


def _letters(plain: str) -> str:
    return "".join(filter(str.isalnum, plain.translate(SHAPES)))


def _is_capital(written: str) -> bool:
    """Tell whether a word begins with a capital, or is of a script that has none."""
    return bool(written) and not is_small(written[0])


def _without_particles(written: str) -> str:
    words = written.split()
    while len(words) > 1 and words[0].casefold() in PARTICLES:
        del words[0]
    return words[0] if words else written


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
