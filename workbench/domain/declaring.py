"""How a field of a thing is declared: once, with its name, and how it is read and given.

Whoever shows or changes a field holds its declaration instead of its name, so that a wrong field,
or a value of the wrong kind, is an error of types.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from workbench.words import Phrase

Owner = TypeVar("Owner")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, eq=False)
class Field(Generic[Owner, Value]):
    """A field of a thing.

    Attributes:
        name: of the attribute, and so of the column in the study and of the key in JSON.
        of: reads it.
        label: what people call it, in English; whoever shows it translates it.
    """

    name: str
    of: Callable[[Owner], Value]
    label: Phrase

    def to(self, value: Value) -> Given[Owner]:
        """Return the field with a value that it is to have, or to be asked for."""
        return Given(self, value)


@dataclass(frozen=True, slots=True)
class Given(Generic[Owner]):
    """A field with a value: what things are given, or by what they are asked for."""

    field: Field[Owner, Any]
    value: Any


def named(*given: Given[Any]) -> dict[str, Any]:
    """Return values by the names of their fields, as rows are written."""
    return {one.field.name: one.value for one in given}
