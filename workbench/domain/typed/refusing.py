"""How a typed value is repeated and refused."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TypeVar

from typing_extensions import override

from workbench.errors import UserError
from workbench.words import Phrase, said, t

_SHOWN = 60  # characters of what was typed that a sentence repeats


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A stored value that nobody can read; it is shown in its place, as it is."""

    text: str

    @override
    def __str__(self) -> str:
        """Return the words that stand where the value would be."""
        return t("not readable: {text}", text=shorten(self.text))


E = TypeVar("E", bound=StrEnum)


def unreadable_member(kind: type[E], stored: str) -> E:
    """Return a value of an enumeration that is none of its members and says so.

    A study from a later version, or one that was damaged, may hold a method nobody knows. It must
    not pass for another one, nor keep everything else from being read.
    """
    member: E = _member(kind, str(Unreadable(stored)))
    return member


@cache
def _member(kind: type[E], said: str) -> E:
    member = str.__new__(kind, said)
    member._name_, member._value_ = "UNREADABLE", said
    return member


def shorten(text: str) -> str:
    """Return a text on one line, cut where a sentence could not hold it."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1].rstrip()}…"


def refusal(
    code: str, name: Phrase, text: str, why: Phrase, todo: Phrase, **values: object
) -> UserError:
    """Return the error that names the field, what was typed, what is wrong, and examples."""
    why_said = said(why, **values)
    happened = said("{name}: “{text}” {why}.", name=said(name), text=shorten(text), why=why_said)
    return UserError(code, happened, said(todo, **values))
