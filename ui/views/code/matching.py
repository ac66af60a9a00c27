"""Which names a person means who has typed only some letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

_ALIKE = 72  # of 100: below that a name is another name
MOST = 60


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be picked.

    Attributes:
        note: small words beside the name, such as how often it is used.
        stage: index of a stage colour, −1 for none.
    """

    id: str
    name: str
    note: str = ""
    stage: int = -1


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
        typed: a part of a name, also the first letters of its words.
    """
    wanted = " ".join(typed.casefold().split())
    if not wanted:
        return Found(tuple(options[:MOST]), sure=bool(options), exact=False)
    ranked = []
    for place, option in enumerate(options):
        rank = _rank(option.name.casefold(), wanted)
        if rank is not None:
            ranked.append((rank, place, option))
    ranked.sort(key=lambda item: item[:2])
    return Found(
        tuple(option for _, _, option in ranked[:MOST]),
        sure=bool(ranked) and ranked[0][0] < 5,
        exact=bool(ranked) and ranked[0][0] == 0,
    )


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
    return 5 + (100 - score) / 100 if score >= _ALIKE else None
