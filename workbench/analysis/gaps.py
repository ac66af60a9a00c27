"""The gap between the experience people expected and the one they had.

G = P̄ − Ē on −2…+2, only from people who spoke of both in the same stage: comparing one
person's hopes with another person's experience would measure the people, not the company.
SERVQUAL's gap 5 is this one; gaps 1–4 sit inside the company.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean

from workbench.analysis.experience import FEWEST_PEOPLE

CAUSES = {1: "knowledge", 2: "standard", 3: "delivery", 4: "promise"}


@dataclass(frozen=True, slots=True)
class Moment:
    """A rated moment: what somebody expected, or what they had.

    Attributes:
        person: whose moment.
        had: false = expected, true = had.
        value: rating, −2…+2.
    """

    person: str
    had: bool
    value: float


@dataclass(frozen=True, slots=True)
class Gap:
    """The gap and the people it stands on; negative = less than expected."""

    gap: float
    expected: float
    had: float
    people: int

    @property
    def printable(self) -> bool:
        """Say whether enough people stand behind the gap to print it."""
        return self.people >= FEWEST_PEOPLE


def gap(moments: Iterable[Moment]) -> Gap | None:
    """Return had minus expected, each person counting once.

    Returns:
        the gap, or `None` when nobody spoke of both.
    """
    expected: defaultdict[str, list[float]] = defaultdict(list)
    had: defaultdict[str, list[float]] = defaultdict(list)
    for moment in moments:
        (had if moment.had else expected)[moment.person].append(moment.value)
    paired = sorted(expected.keys() & had.keys())
    if not paired:
        return None
    mean_expected = fmean(fmean(expected[person]) for person in paired)
    mean_had = fmean(fmean(had[person]) for person in paired)
    return Gap(mean_had - mean_expected, mean_expected, mean_had, len(paired))
