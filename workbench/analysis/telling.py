"""Which passages are shown first where not all can be, and how their words are printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from workbench.domain.codebook import may_repeat_words
from workbench.domain.passage import Mention, Passage, Said

S = TypeVar("S", Mention, Passage, Said)


def by_strength(passages: Iterable[S]) -> list[S]:
    """Sort passages so that the telling ones come first: moments of truth, strong feelings."""

    def weight(p: S) -> tuple[bool, int]:
        return (not p.moment_of_truth, -abs(p.emotion or 0))

    return sorted(passages, key=weight)


def one_per_person(passages: Iterable[S], name: Callable[[S], str]) -> list[S]:
    """Reorder passages so that everybody speaks once before anybody speaks twice."""
    heard: dict[str, int] = {}
    ranked = []
    for place, passage in enumerate(passages):
        turn = heard.get(name(passage), 0)
        heard[name(passage)] = turn + 1
        ranked.append((turn, place, passage))
    return [passage for _, _, passage in sorted(ranked, key=lambda item: item[:2])]


def tidy(words: str) -> str:
    """Return quoted words on one line, without quotation marks or a trailing comma."""
    return " ".join(words.split()).strip('“”"').rstrip(",;:")


def is_own_words(name: str, words: str) -> bool:
    """Tell whether a code is called by what was said; real names are in both or in neither."""
    return may_repeat_words(name) and name.casefold() in tidy(words).casefold()
