"""The fields of a message as JSON holds them, and back, each of the type it was declared with."""

from __future__ import annotations

import types
from collections.abc import Callable
from dataclasses import fields
from typing import Any, get_type_hints

from workbench.domain.transcript import TurnDraft, Word
from workbench.words import Sentence

_HINTS: dict[type[Any], dict[str, Any]] = {}  # of a kind, from its first message on


class MalformedError(ValueError):
    """A line is not a message of ours."""


def _fields_of(kind: type[Any]) -> dict[str, Any]:
    """Return the fields that are written, with their types."""
    hints = _HINTS.get(kind)
    if hints is None:
        hints = get_type_hints(kind)
        if kind is TurnDraft:
            del hints["layout"]  # only turns of documents have one
        _HINTS[kind] = hints
    return hints


def pack(value: Any) -> Any:
    """Return the value of a field as JSON holds it."""
    if isinstance(value, Word):
        return value.as_list()
    if isinstance(value, Sentence):
        return value.as_json()
    if isinstance(value, TurnDraft):
        return {name: pack(getattr(value, name)) for name in _fields_of(TurnDraft)}
    if isinstance(value, tuple):
        return [pack(item) for item in value]
    return value


def read(kind: type[Any], body: dict[str, Any]) -> Any:
    """Return a message, or a turn, from its fields as JSON holds them.

    Args:
        kind: its class.
        body: by name; what is missing counts as `None`.

    Raises:
        MalformedError: a field holds something else than it may.
    """
    return kind(**{name: _unpack(body.get(name), hint) for name, hint in _fields_of(kind).items()})


def _unpack(value: Any, hint: Any) -> Any:
    readers: dict[Any, Callable[[Any], Any]] = {
        Sentence: _sentence,
        TurnDraft: _turn,
        tuple[TurnDraft, ...]: lambda found: tuple(_turn(item) for item in _list(found)),
        tuple[Word, ...]: lambda found: tuple(_word(item) for item in _list(found)),
        tuple[int, ...]: lambda found: tuple(_plain(item, int) for item in _list(found)),
    }
    reader = readers.get(hint)
    return reader(value) if reader else _plain(value, hint)


def _plain(value: Any, hint: Any) -> Any:
    allowed = hint.__args__ if isinstance(hint, types.UnionType) else (hint,)
    if type(value) not in allowed:
        raise MalformedError
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise MalformedError
    return value


def _word(value: Any) -> Word:
    numbers = [_plain(item, int) for item in _list(value)]
    if len(numbers) != len(fields(Word)):
        raise MalformedError
    return Word.from_list(numbers)


def _turn(value: Any) -> TurnDraft:
    if not isinstance(value, dict):
        raise MalformedError
    turn: TurnDraft = read(TurnDraft, value)
    return turn


def _sentence(value: Any) -> Sentence:
    try:
        return Sentence.from_json(value)
    except (KeyError, TypeError, AttributeError, ValueError) as problem:
        raise MalformedError from problem
