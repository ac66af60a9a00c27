"""Which names a person means who has typed only some letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from workbench.domain.codebook import split_path

_ALIKE = 72  # of 100: below that a name is another name
_ONLY_ALIKE = 5
MOST = 60


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be picked.

    Attributes:
        note: small words beside the name, such as how often it is used.
        stage: index of a stage colour, −1 for none.
        path: the names above it and its own, for what lies in a tree.
        group: heading it stands below while nothing was typed.
    """

    id: str
    name: str
    note: str = ""
    stage: int = -1
    path: tuple[str, ...] = ()
    group: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What matches, best first.

    Attributes:
        options: best first.
        sure: the best one holds what was typed, letter by letter.
        exact: one of them is called just so.
    """

    options: tuple[Option, ...]
    sure: bool
    exact: bool


def match(options: Sequence[Option], typed: str) -> Found:
    """Return the options whose name holds what was typed, or nearly does.

    Args:
        options: in the order in which they are shown when nothing was typed; it also decides
            between equally good ones.
        typed: a part of a name, also the first letters of its words, also a path of names
            from a code down to one below it: "wait/date".
    """
    wanted = " ".join(typed.casefold().split())
    if not wanted:
        return Found(tuple(options[:MOST]), sure=bool(options), exact=False)
    ranked = []
    for place, option in enumerate(options):
        if "/" in wanted and option.path:
            rank = _rank_path([name.casefold() for name in option.path], wanted)
        else:
            rank = _rank(option.name.casefold(), wanted)
        if rank is not None:
            ranked.append((rank, place, option))
    ranked.sort(key=lambda item: item[:2])
    return Found(
        tuple(option for _, _, option in ranked[:MOST]),
        sure=bool(ranked) and ranked[0][0] < _ONLY_ALIKE,
        exact=bool(ranked) and ranked[0][0] == 0,
    )


def resolved(options: Sequence[Option], typed: str) -> str:
    """Return the path a new code would get: parents that are only begun are written in full.

    Args:
        options: the codes there are.
        typed: "wait/new date".
    """
    names = split_path(typed)
    for place, name in enumerate(names[:-1]):
        found = match(options, name)
        if found.sure and found.options:
            names[place] = found.options[0].name
    return " / ".join(names)


def _rank_path(path: Sequence[str], typed: str) -> float | None:
    """Return how far a code is from a path: its own name, below names that surely match.

    Names between may be left out. A code of just this name is found below other parents too,
    since a name stands in a codebook only once.
    """
    *parents, name = [part.strip() for part in typed.split("/")]
    rank, above = _rank(path[-1], name), list(path[:-1])
    if rank is None or path[-1] == name:
        return rank
    for parent in reversed(parents):
        while above and not _surely(above[-1], parent):
            above.pop()
        if not above:
            return None
        above.pop()
    return rank


def _surely(name: str, wanted: str) -> bool:
    rank = _rank(name, wanted)
    return rank is not None and rank < _ONLY_ALIKE


def _rank(name: str, wanted: str) -> float | None:
    """Return how far a name is from what was typed: 0 is the same, 5 and more only alike."""
    words = name.split()
    if name == wanted:
        return 0
    if name.startswith(wanted):
        return 1
    if any(" ".join(words[at:]).startswith(wanted) for at in range(1, len(words))):
        return 2
    if all(any(word.startswith(part) for word in words) for part in wanted.split()):
        return 3
    if wanted in name or "".join(word[0] for word in words).startswith(wanted):
        return 4
    score = fuzz.partial_ratio(wanted, name) if len(wanted) > 2 else 0
    return _ONLY_ALIKE + (100 - score) / 100 if score >= _ALIKE else None
