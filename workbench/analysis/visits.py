"""The score of a mystery visit and the waits in it.

Score = 100 · Σ wᵢsᵢ / Σ wᵢmaxᵢ over answered, applicable items; "not applicable" leaves both
sums. A failed critical item caps its section. Common practice, not a rule of a trade body.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from workbench.domain import typed
from workbench.domain.typed import Unreadable
from workbench.domain.visits import Answer, FormItem, ItemKind, Visit, times_of

_DAY_SECONDS = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class SectionScore:
    """Points of one section of the form."""

    section: str
    points: float
    possible: float
    capped: bool

    @property
    def score(self) -> float | None:
        """The score of the section, 0…100; `None` when nothing in it was scored."""
        return 100 * self.points / self.possible if self.possible else None


@dataclass(frozen=True, slots=True)
class VisitScore:
    """Points of a whole visit."""

    sections: tuple[SectionScore, ...]
    answered: int

    @property
    def score(self) -> float | None:
        """The score of the visit, 0…100; `None` when nothing was scored."""
        possible = sum(section.possible for section in self.sections)
        points = sum(section.points for section in self.sections)
        return 100 * points / possible if possible else None


def score(
    items: Sequence[FormItem],
    answers: Mapping[str, Answer | Unreadable],
    *,
    critical_cap: float = 0,
) -> VisitScore:
    """Score one visit.

    Args:
        items: the form.
        answers: item id -> answer; what is missing, not applicable, not readable or a text
            leaves both sums.
        critical_cap: share of its points (0…1) a section keeps after a failed critical item.
    """
    sections = list(dict.fromkeys(item.section for item in items))
    scored = [item for item in items if _points(item, answers.get(item.id)) is not None]
    return VisitScore(
        tuple(
            _section(name, [i for i in scored if i.section == name], answers, critical_cap)
            for name in sections
        ),
        len(scored),
    )


def waits(marks: Sequence[tuple[str, str]]) -> list[tuple[str, str, int]]:
    """Return the minutes between time marks, across midnight if need be.

    Args:
        marks: (name, time of day) in the order in which they happened.

    Returns:
        (from, to, minutes) for each pair of neighbours.
    """
    return [(a, b, minutes_between(start, end)) for (a, start), (b, end) in pairwise(marks)]


def minutes_between(start: str, end: str) -> int:
    """Return the minutes from one time of day to the next occurrence of another, rounded.

    Raises:
        UserError: one of them is no time of day.
    """
    began, ended = (typed.seconds_of_day(typed.time_of_day(clock)) for clock in (start, end))
    return ((ended - began) % _DAY_SECONDS + 30) // 60


def minutes_there(visit: Visit) -> int | Unreadable | None:
    """Return how long a visit took; `None` when not both times are known."""
    arrived, left = times_of(visit)
    if isinstance(arrived, Unreadable):
        return arrived
    if isinstance(left, Unreadable):
        return left
    return minutes_between(arrived, left) if arrived and left else None


def _section(
    name: str, items: Sequence[FormItem], answers: Mapping[str, Answer | Unreadable], cap: float
) -> SectionScore:
    points = {item.id: _points(item, answers.get(item.id)) or 0.0 for item in items}
    earned = sum(item.weight * points[item.id] for item in items)
    possible = sum(item.weight * item.highest for item in items)
    failed = any(item.critical and points[item.id] == 0 for item in items)
    return SectionScore(name, min(earned, cap * possible) if failed else earned, possible, failed)


def _points(item: FormItem, answer: Answer | Unreadable) -> float | None:
    if item.kind is ItemKind.TEXT or answer is None or isinstance(answer, str | Unreadable):
        return None
    return min(max(float(answer), 0.0), item.highest)
