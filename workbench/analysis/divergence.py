"""How far the company's process and the customer's journey dance apart.

D = (U_c + U_k + I) / (n_c + n_k + P): customer stages without a company step (U_c), company
steps without a customer stage (U_k), matched pairs in the opposite order (I), over all of
what could diverge. 0 = the same dance, 1 = nothing in common. Our own definition.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations


@dataclass(frozen=True, slots=True)
class Divergence:
    """The measure and what it is made of.

    Attributes:
        value: D, 0…1.
        unknown_stages: customer stages the company does not know, in order.
        unused_steps: company steps no customer speaks of, in order.
        inversions: pairs of (stage, step) matches that come in opposite orders.
    """

    value: float
    unknown_stages: tuple[str, ...]
    unused_steps: tuple[str, ...]
    inversions: tuple[tuple[tuple[str, str], tuple[str, str]], ...]


def divergence(
    stages: Sequence[str], steps: Sequence[str], matches: Iterable[tuple[str, str]]
) -> Divergence | None:
    """Measure how far a company track departs from a customer journey.

    Args:
        stages: the customer's stages in their order.
        steps: the company's steps in their order.
        matches: (stage, step) that belong together. Two matches that share a stage or a step
            cannot invert and leave P; one-to-one matches give P = m(m − 1)/2.

    Returns:
        the divergence, or `None` when both tracks are empty.
    """
    if not stages and not steps:
        return None
    at_stage = {name: place for place, name in enumerate(stages)}
    at_step = {name: place for place, name in enumerate(steps)}
    pairs = sorted(
        {(at_stage[c], at_step[k]) for c, k in matches if c in at_stage and k in at_step}
    )
    could_invert = [(a, b) for a, b in combinations(pairs, 2) if a[0] != b[0] and a[1] != b[1]]
    inverted = [(a, b) for a, b in could_invert if (a[0] < b[0]) != (a[1] < b[1])]
    unknown = tuple(s for s in stages if at_stage[s] not in {c for c, _ in pairs})
    unused = tuple(s for s in steps if at_step[s] not in {k for _, k in pairs})
    diverging = len(unknown) + len(unused) + len(inverted)
    possible = len(stages) + len(steps) + len(could_invert)
    names = tuple(((stages[a[0]], steps[a[1]]), (stages[b[0]], steps[b[1]])) for a, b in inverted)
    return Divergence(diverging / possible, unknown, unused, names)
