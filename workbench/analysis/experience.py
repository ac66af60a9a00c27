"""The experience in three dimensions (3E): effectiveness, ease, emotion.

A score is the mean over people of each person's own mean, so that nobody who talks a lot
outweighs the others. Ratings are whole numbers from −2 to +2; an empty rating is no rating.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import attrgetter
from statistics import fmean
from typing import NamedTuple

from workbench.domain.observation import LOWEST

FEWEST_PEOPLE = 3  # below it a mean is not printed: the quotes are


class Rated(NamedTuple):
    """The ratings on one observation, and whose experience it is."""

    person: str
    effectiveness: int | None = None
    ease: int | None = None
    emotion: int | None = None

    def values(self) -> tuple[int, ...]:
        """Return the ratings that are there."""
        return tuple(v for v in (self.effectiveness, self.ease, self.emotion) if v is not None)


@dataclass(frozen=True, slots=True)
class Score:
    """A mean with what a reader needs to judge it.

    Attributes:
        mean: mean of the people's means, −2…+2.
        people: number of people behind it (the n to print).
        mentions: number of rated observations behind it.
        low: lowest person's mean.
        high: highest person's mean.
    """

    mean: float
    people: int
    mentions: int
    low: float
    high: float

    @property
    def printable(self) -> bool:
        """Say whether enough people stand behind the mean to print it."""
        return self.people >= FEWEST_PEOPLE


@dataclass(frozen=True, slots=True)
class Experience:
    """The four scores of a cell; `None` where nobody was rated."""

    effectiveness: Score | None
    ease: Score | None
    emotion: Score | None
    overall: Score | None


def score(values: Iterable[tuple[str, float | None]]) -> Score | None:
    """Return the mean over people of each person's mean.

    Args:
        values: (person, rating); empty ratings are left out.

    Returns:
        the score, or `None` without any rating.
    """
    by_person: defaultdict[str, list[float]] = defaultdict(list)
    for person, value in values:
        if value is not None:
            by_person[person].append(value)
    return _score(by_person.values())


def experience(rated: Iterable[Rated]) -> Experience:
    """Return the score of each dimension and of all three together.

    The overall value of one observation is the mean of the dimensions rated on it.
    """
    by_person: defaultdict[str, list[Rated]] = defaultdict(list)
    for one in rated:
        by_person[one.person].append(one)
    people = by_person.values()

    def dimension(read: Callable[[Rated], int | None]) -> Score | None:
        return _score([v for v in map(read, mine) if v is not None] for mine in people)

    overall = (
        [sum(values) / len(values) for one in mine if (values := one.values())] for mine in people
    )
    return Experience(
        dimension(attrgetter("effectiveness")),
        dimension(attrgetter("ease")),
        dimension(attrgetter("emotion")),
        _score(overall),
    )


def _score(ratings: Iterable[list[float]]) -> Score | None:
    """Return the score of the ratings of each person."""
    rated = [mine for mine in ratings if mine]
    if not rated:
        return None
    means = [fmean(mine) for mine in rated]
    mentions = sum(map(len, rated))
    return Score(fmean(means), len(means), mentions, min(means), max(means))


def index(mean: float) -> float:
    """Turn a mean of −2…+2 into the 3E index of 0…100: 25 · (mean + 2)."""
    return 25 * (mean - LOWEST)
