"""Whose ratings stand for what: the rules that every figure of the experience asks here.

The experience is what people had. What they expected is a figure of its own, or an unkept promise
would look like a good day. Shoppers are on a commission, so their ratings are never averaged with
those of people; each of their visits is one voice. Unknown voices are left out of all means, since
one person must not count twice.
"""

from __future__ import annotations

from collections.abc import Iterable

from workbench.analysis.experience import Experience, Rated, experience
from workbench.analysis.gaps import Moment
from workbench.domain.materials import Method
from workbench.domain.observation import Expectation
from workbench.domain.passage import Said


def is_shopper(passage: Said) -> bool:
    """Say whether a passage is the voice of a mystery shopper, not of a participant."""
    return passage.session.method is Method.MYSTERY_VISIT


def is_expected(passage: Said) -> bool:
    """Say whether a passage tells what somebody expected; all else is what they had."""
    return passage.expectation is Expectation.EXPECTED


def has_rating(passage: Said) -> bool:
    """Say whether a passage is rated in at least one dimension."""
    return bool(_rated("", passage).values())


def stands_for(passage: Said, *, expected: bool = False, visits: bool = False) -> bool:
    """Say whether a passage is behind a figure, should it be rated.

    Args:
        passage: a passage.
        expected: the figure is what was expected, else what was had.
        visits: the figure is of shoppers, else of people.
    """
    if is_expected(passage) is not expected or is_shopper(passage) is not visits:
        return False
    return visits or passage.person is not None


def told(passages: Iterable[Said], *, expected: bool = False, visits: bool = False) -> Experience:
    """Return the experience that passages tell; the arguments are those of `stands_for`."""
    return experience(
        _rated(p.session.id if visits else p.person.id if p.person else "", p)
        for p in passages
        if stands_for(p, expected=expected, visits=visits)
    )


def moments(passages: Iterable[Said]) -> list[Moment]:
    """Return the rated halves of the expectation pairs of people."""
    found = []
    for p in passages:
        if p.person is None or is_shopper(p) or p.expectation is None:
            continue
        values = _rated("", p).values()
        if values:
            found.append(Moment(p.person.id, not is_expected(p), sum(values) / len(values)))
    return found


def _rated(voice: str, passage: Said) -> Rated:
    return Rated(voice, passage.effectiveness, passage.ease, passage.emotion)
