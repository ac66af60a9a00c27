"""How a report puts into words who says something, when, and how many carry it."""

from __future__ import annotations

from collections.abc import Iterable

from workbench.analysis.ratings import is_shopper
from workbench.domain.figures import count, wide_clock
from workbench.domain.materials import Method
from workbench.domain.passage import Said


def speaker(passage: Said) -> str:
    """Return the pseudonym to print for a passage; "" for a voice that is nobody's."""
    if passage.person is not None:
        return passage.person.pseudonym
    return "Shopper" if is_shopper(passage) else ""


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
            parts.append(f"{method.plural} ({_voices(method, mine)})")
    return " · ".join(parts)


def _voices(method: Method, passages: list[Said]) -> str:
    mentions = count(len(passages), "mention")
    if method is Method.MYSTERY_VISIT:
        return f"{mentions}, {count(len({p.session.id for p in passages}), 'visit')}"
    known = {p.person.id for p in passages if p.person is not None}
    return f"{mentions}, {count(len(known), 'person', 'people')}" if known else mentions
