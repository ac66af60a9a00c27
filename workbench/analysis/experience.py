"""The experience in three dimensions (3E): effectiveness, ease, emotion.

A score is the mean over people of each person's own mean, so that nobody who talks a lot
outweighs the others. Ratings are whole numbers from −2 to +2; an empty rating is no rating.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean

LOWEST, HIGHEST = -2, 2
FEWEST_PEOPLE = 3  # below it a mean is not printed: the quotes are


@dataclass(frozen=True, slots=True)
class Rated:
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
    if not by_person:
        return None
    means = [fmean(ratings) for ratings in by_person.values()]
    mentions = sum(len(ratings) for ratings in by_person.values())
    return Score(fmean(means), len(means), mentions, min(means), max(means))


def experience(rated: Iterable[Rated]) -> Experience:
    """Return the score of each dimension and of all three together.

    The overall value of one observation is the mean of the dimensions rated on it.
    """
    observations = list(rated)
    return Experience(
        effectiveness=score((o.person, o.effectiveness) for o in observations),
        ease=score((o.person, o.ease) for o in observations),
        emotion=score((o.person, o.emotion) for o in observations),
        overall=score((o.person, _mean_or_none(o.values())) for o in observations),
    )


def index(mean: float) -> float:
    """Turn a mean of −2…+2 into the 3E index of 0…100: 25 · (mean + 2)."""
    return 25 * (mean - LOWEST)


def _mean_or_none(values: tuple[int, ...]) -> float | None:
    return fmean(values) if values else None
