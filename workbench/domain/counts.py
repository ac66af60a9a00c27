"""How many there are of what, in words: the same on a map, in a report and in its tables."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from workbench.words import plural, t


def people(number: int) -> str:
    """Return “1 person”, “3 people”."""
    return plural(number, "{n} person", "{n} people")


def mentions(number: int) -> str:
    """Return “1 mention”, “3 mentions”."""
    return plural(number, "{n} mention", "{n} mentions")


def visits(number: int) -> str:
    """Return “1 visit”, “3 visits”."""
    return plural(number, "{n} visit", "{n} visits")


def passages(number: int) -> str:
    """Return “1 passage”, “3 passages”."""
    return plural(number, "{n} passage", "{n} passages")


def observations(number: int) -> str:
    """Return “1 observation”, “3 observations”."""
    return plural(number, "{n} observation", "{n} observations")


def insights(number: int) -> str:
    """Return “1 insight”, “3 insights”."""
    return plural(number, "{n} insight", "{n} insights")


def listed(parts: Sequence[str]) -> str:
    """Return “one, two, three”; "" for none."""
    return (
        reduce(lambda some, one: t("{some}, {next}", some=some, next=one), parts) if parts else ""
    )


def joined(parts: Sequence[str]) -> str:
    """Return “one”, “one and two”, “one, two and three”; "" for none."""
    if len(parts) < 2:
        return "".join(parts)
    return t("{some} and {last}", some=listed(parts[:-1]), last=parts[-1])
