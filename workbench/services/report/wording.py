"""How a report puts into words who says something, when, and how many carry it."""

from __future__ import annotations

from collections.abc import Iterable

from workbench.analysis.ratings import is_shopper
from workbench.domain import counts
from workbench.domain.figures import wide_clock
from workbench.domain.materials import Method
from workbench.domain.passage import Said
from workbench.words import Phrase, t

SHOPPER: Phrase = "Shopper"


def speaker(passage: Said) -> str:
    """Return the pseudonym to print for a passage; "" for a voice that is nobody's."""
    if passage.person is not None:
        return passage.person.pseudonym
    return t(SHOPPER) if is_shopper(passage) else ""


def time_of(passage: Said) -> str:
    """Return the time span of a passage, "00:55–01:02"; "" for documents."""
    span = passage.span
    return f"{wide_clock(span.start_ms)}–{wide_clock(span.end_ms)}" if span else ""


def methods_of(passages: Iterable[Said]) -> str:
    """Return which methods carry some passages, with mentions and people.

    For example "Interviews (3 mentions, 2 people) · Focus groups (1 mention, 1 person)".
    """
    listed = list(passages)
    parts = []
    for method in Method:
        mine = [p for p in listed if p.session.method is method]
        if mine:
            parts.append(f"{t(method.plural)} ({_voices(method, mine)})")
    return " · ".join(parts)


def _voices(method: Method, passages: list[Said]) -> str:
    said = [counts.mentions(len(passages))]
    if method is Method.MYSTERY_VISIT:
        said.append(counts.visits(len({p.session.id for p in passages})))
    elif known := {p.person.id for p in passages if p.person is not None}:
        said.append(counts.people(len(known)))
    return counts.listed(said)
