"""What one person expected beside what the same person had.

Two passages are a pair because one person said both, never because they stand side by side: one
person's hope beside another person's day would be a story that nobody told.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from workbench.analysis.ratings import is_expected, is_shopper
from workbench.analysis.telling import by_strength
from workbench.domain.passage import Said


@dataclass(frozen=True, slots=True)
class Pair:
    """The two halves of one voice in one stage, the telling passages first.

    Attributes:
        expected: what it expected; empty when it told only what it had.
        had: what it had; empty when it told only what it expected.
    """

    expected: tuple[Said, ...]
    had: tuple[Said, ...]

    @property
    def is_whole(self) -> bool:
        """Say whether the voice told both."""
        return bool(self.expected and self.had)


def pairs(passages: Iterable[Said], *, visits: bool = False) -> tuple[Pair, ...]:
    """Return the halves of each voice, those who told both first.

    Args:
        passages: passages of one stage.
        visits: the halves of shoppers, visit by visit, instead of those of people. They are never
            mixed, since a shopper expects what the commission says.
    """
    halves: dict[str, list[Said]] = {}
    for p in passages:
        if p.expectation is not None and is_shopper(p) is visits:
            halves.setdefault(_voice(p, visits=visits), []).append(p)
    found = [
        Pair(
            tuple(p for p in by_strength(mine) if is_expected(p)),
            tuple(p for p in by_strength(mine) if not is_expected(p)),
        )
        for mine in halves.values()
    ]
    return tuple(sorted(found, key=lambda pair: not pair.is_whole))


def _voice(passage: Said, *, visits: bool) -> str:
    """Return who speaks; each passage of an unknown voice could be of another person."""
    if visits:
        return passage.session.id
    return passage.person.id if passage.person else passage.id
