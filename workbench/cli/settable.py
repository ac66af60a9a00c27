"""Fields that are set by name: `--set FIELD=VALUE`, read by the type of the field."""

from __future__ import annotations

import types
import typing
from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Any

from workbench.domain.naming import suggestion
from workbench.errors import UserError
from workbench.words import Phrase, Sentence

_TRUE = frozenset({"yes", "true", "1", "on"})
_FALSE = frozenset({"no", "false", "0", "off"})


def read(kind: type, said: Mapping[str, str], settable: Collection[str]) -> dict[str, Any]:
    """Return fields of a dataclass from what was typed; an empty value clears a field.

    Args:
        kind: the dataclass.
        said: name of the field -> what was typed. A hyphen stands for an underscore.
        settable: the fields that may be set this way.

    Raises:
        UserError: there is no such field, or it does not take that value.
    """
    hints = typing.get_type_hints(kind)
    found = {}
    for name, value in said.items():
        field = name.replace("-", "_")
        if field not in settable:
            raise UserError(
                "field-unknown",
                "There is no field “{name}”.",
                suggestion(field, settable),
                name=name,
            )
        found[field] = _value(name, value, hints[field])
    return found


def given(**values: Any) -> dict[str, Any]:
    """Return the values that were said at all."""
    return {name: value for name, value in values.items() if value is not None}


def _value(name: str, said: str, hint: Any) -> Any:
    wanted = [kind for kind in typing.get_args(hint) if kind is not types.NoneType] or [hint]
    kind = wanted[0]
    if not said and types.NoneType in typing.get_args(hint):
        return None
    if kind is bool:
        if said.casefold() in _TRUE | _FALSE:
            return said.casefold() in _TRUE
        raise _refused(name, said, "yes or no")
    if kind is int:
        try:
            return int(said.replace("−", "-"))
        except ValueError:
            raise _refused(name, said, "a whole number") from None
    if issubclass(kind, StrEnum):
        for value in kind:
            if said.casefold() == value.value:
                return value
        raise _refused(name, said, "one of {known}", known=", ".join(kind))
    return said


def _refused(name: str, said: str, wanted: Phrase, **values: str) -> UserError:
    return UserError(
        "field-value",
        "“{name}” does not take “{said}”.",
        "Give {wanted}.",
        name=name,
        said=said,
        wanted=Sentence(wanted, values),
    )
