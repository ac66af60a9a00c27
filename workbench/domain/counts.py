"""How many there are of what, in words: the same on a map, in a report and in its tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce

from workbench.words import Phrase, plural, t


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


def held(holds: Mapping[str, int]) -> str:
    """Return “2 people, 1 code”: how much of each kind goes with what is removed.

    Args:
        holds: how many there are, by what many of them are called in the study.
    """
    return listed([plural(n, *_HELD[many]) for many, n in holds.items()])


_HELD: dict[str, tuple[Phrase, Phrase]] = {
    "people": ("{n} person", "{n} people"), "sessions": ("{n} session", "{n} sessions"),
    "sources": ("{n} source", "{n} sources"), "codes": ("{n} code", "{n} codes"),
    "observations": ("{n} observation", "{n} observations"),
    "insights": ("{n} insight", "{n} insights"), "stages": ("{n} stage", "{n} stages"),
    "opportunities": ("{n} opportunity", "{n} opportunities"),
    "touchpoints": ("{n} touchpoint", "{n} touchpoints"), "memos": ("{n} memo", "{n} memos"),
    "segments": ("{n} segment", "{n} segments"),
    "questions": ("{n} question", "{n} questions"), "answers": ("{n} answer", "{n} answers"),
}  # fmt: skip
