"""A text becomes what people read: translated first, then filled with values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from typing_extensions import override

from workbench.words.catalogue import CATALOGUE

Phrase: TypeAlias = str
"""An English text of the catalogue, which passes `t` where it is shown."""


def N_(text: Phrase) -> Phrase:  # the name by which translators' tools know it
    """Mark a text where nothing is declared: it passes `t` where it is shown."""
    return text


def t(text: Phrase, /, **values: object) -> str:
    """Return a text in the language that is spoken.

    Args:
        text: the English text; names in braces are filled from `values`.
        values: what to fill in, after translation.
    """
    shown = CATALOGUE.one(text)
    return _filled(shown, text, values) if values else shown


def plural(n: int, one: Phrase, many: Phrase, /, **values: object) -> str:
    """Return "1 source" or "12 sources", in as many forms as the language has.

    Args:
        n: the number; it fills `{n}` in either text.
        one: the text for exactly one.
        many: the text for any other number.
        values: what else to fill in.
    """
    return _filled(CATALOGUE.some(n, one, many), one if n == 1 else many, {"n": n, **values})


def _filled(shown: str, source: str, values: Mapping[str, object]) -> str:
    if shown is source:
        return source.format(**values)
    try:
        return shown.format(**values)
    except (LookupError, ValueError, AttributeError, TypeError):  # a slip of a translator
        return source.format(**values)


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is told now and read later, perhaps in another process: a template and its values.

    `str` says it in the language that is spoken at that moment. Texts of others, which are no
    template, have no values, so braces in them stay what they are.

    Attributes:
        text: the English text.
        values: what fills its braces: numbers, texts as they are, and further sentences.
        many: the text for any number but one; `n` in `values` is the number.
    """

    text: str
    values: Mapping[str, str | int | float | Sentence] = field(default_factory=dict)
    many: str = ""

    @override
    def __str__(self) -> str:
        if self.many:
            values = dict(self.values)
            return plural(int(str(values.pop("n"))), self.text, self.many, **values)
        return t(self.text, **self.values)

    def __bool__(self) -> bool:
        return bool(self.text)

    @override
    def __hash__(self) -> int:
        return hash((self.text, self.many, tuple(self.values)))

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values, for another process."""
        values = {
            name: value.as_json() if isinstance(value, Sentence) else value
            for name, value in self.values.items()
        }
        return {"text": self.text, "values": values, "many": self.many}

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Sentence:
        """Read what `as_json` returned.

        Raises:
            KeyError, TypeError, AttributeError: it is something else.
        """
        values = {
            str(name): cls.from_json(value) if isinstance(value, dict) else plain(value)
            for name, value in told["values"].items()
        }
        return cls(str(told["text"]), values, str(told["many"]))


def said(text: Phrase, /, **values: object) -> Sentence:
    """Return a sentence; `text` and `values` as `t` takes them."""
    return Sentence(text, {name: plain(value) for name, value in values.items()})


def counted(n: int, one: Phrase, many: Phrase, /, **values: object) -> Sentence:
    """Return a sentence with a number; arguments as `plural` takes them."""
    return Sentence(one, {"n": n, **{name: plain(value) for name, value in values.items()}}, many)


def plain(value: object) -> str | int | float | Sentence:
    """Return a value as a sentence keeps it: paths, errors and the like as their text."""
    if isinstance(value, Sentence) or type(value) in {str, int, float}:
        return value  # type: ignore[return-value]  # one of them
    return str(value)
