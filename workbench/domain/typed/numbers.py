"""Numbers and lengths in minutes, as people type them, and as they are shown."""

from __future__ import annotations

import re
from decimal import Decimal

from workbench.domain.naming import folded
from workbench.domain.typed.refusing import refusal
from workbench.errors import UserError
from workbench.words import Phrase
from workbench.words.local import decimal

Number = int | float

_LARGEST = 1_000_000_000
_SIGNED = re.compile(r"(?P<sign>[-+−–]?) ?(?P<body>[\d.,' ’]*\d[.,]?)")
_MARKS = re.compile(r"[.,']")
_PLAIN = re.compile(r"(?P<whole>\d*)(?:[.,](?P<part>\d*))?")
_GROUPED = re.compile(
    r"(?P<whole>[1-9]\d{0,2}(?P<mark>[.,'])\d{3}(?:(?P=mark)\d{3})*)"
    r"(?:(?!(?P=mark))[.,](?P<part>\d+))?"
)
_PIECE = re.compile(r"(?P<number>\d{1,9}(?:[.,]\d{1,9})?) ?(?P<unit>[^\W\d]+|['’]|)\.?,? ?")
_SECONDS = {
    unit: seconds
    for seconds, units in (
        (3600, ("h", "hr", "hrs", "hour", "hours", "std", "stunde", "stunden")),
        (60, ("m", "min", "mins", "minute", "minutes", "minuten", "'", "’")),
        (1, ("s", "sec", "secs", "second", "seconds", "sek", "sekunden")),
    )
    for unit in units
}


def number(
    text: str,
    name: Phrase = "Number",
    *,
    unit: str = "",
    lowest: Number | None = None,
    highest: Number | None = None,
    whole: bool = False,
) -> Number | None:
    """Read a number, such as 2.5, 2,5, −3, 1 000, 1.234,5 or 1,234.5.

    Args:
        text: what was typed.
        name: the field, for the sentence of a refusal.
        unit: may be typed behind the number.
        lowest: the smallest that makes sense; `None` = any.
        highest: the largest that makes sense; `None` = any.
        whole: fractions make no sense.

    Returns:
        the number, whole where it is; `None` for none.

    Raises:
        UserError: it is no number, has two meanings, or is out of range.
    """
    said = folded(text)
    if unit and said.endswith(folded(unit)):
        said = said.removesuffix(folded(unit)).strip()
    if not said:
        if folded(text):
            raise _not_a_number(name, text)
        return None
    value = _number(said, name, text)
    _within(value, name, text, lowest, highest, whole=whole)
    return value


def minutes(
    text: str, name: Phrase = "Minutes", *, lowest: Number = 0, highest: Number | None = None
) -> Number | None:
    """Read a length in minutes, such as 80, 2.5, 90 s, 1 h 20 or 1h20.

    Returns:
        minutes, whole where they are; `None` for none.

    Raises:
        UserError: it is no length, has two meanings, or is out of range.
    """
    said = folded(text)
    if re.fullmatch(r"\d+:\d{2}", said):
        raise refusal(
            "typed-minutes",
            name,
            text,
            "may be hours and minutes, or minutes and seconds",
            "Type the minutes alone, as 80, or 1 h 20 min.",
        )
    if not re.search(r"[^\W\d]|['’]$", said):
        return number(text, name, lowest=lowest, highest=highest)
    total = _length(said)
    if total is None:
        raise refusal(
            "typed-minutes", name, text, "is not a length", "Type minutes: 4, 2.5 or 1 h 20 min."
        )
    _within(total, name, text, lowest, highest)
    return total


def show_number(value: Number) -> str:
    """Return a number as the language writes it, so that `number` reads the same one again."""
    return decimal(plain_number(value))


def plain_number(value: Number) -> str:
    """Return a number so that `number` reads the same one again, with a point: 4, 2.5, −3."""
    text = format(abs(Decimal(repr(value))), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", text):
        text += "0"  # 1.234 alone may be a thousand and more
    return f"−{text}" if value < 0 else text


def counts_minutes(unit: str) -> bool:
    """Tell whether a unit is that of minutes."""
    return _SECONDS.get(folded(unit).rstrip(".")) == 60


def _number(said: str, name: str, text: str) -> Number:
    found = _SIGNED.fullmatch(said)
    body = re.sub("[ ’]", "'", found["body"]) if found else ""
    ways = [way for way in (_GROUPED.fullmatch(body), _PLAIN.fullmatch(body)) if way is not None]
    if found is None or not ways:
        raise _not_a_number(name, text)
    values = [Decimal(f"{_MARKS.sub('', way['whole']) or 0}.{way['part'] or 0}") for way in ways]
    if len(values) == 2:
        plain, decimal = (show_number(_tidy(value)) for value in values)
        raise refusal(
            "typed-number",
            name,
            text,
            "may be {plain} or {decimal}",
            "Type {plain} without a mark, or {body}0 with one more digit.",
            plain=plain,
            decimal=decimal,
            body=body,
        )
    return _tidy(-values[0] if found["sign"] and found["sign"] in "-−–" else values[0])


def _tidy(value: Decimal) -> Number:
    return int(value) if value == value.to_integral_value() else float(value)


def _length(said: str) -> Number | None:
    total, at, last = Decimal(0), 0, 3601
    while (piece := _PIECE.match(said, at)) is not None:
        size = _SECONDS.get(piece["unit"] or ("min" if last == 3600 else ""), last)
        if size >= last:
            return None
        total += Decimal(piece["number"].replace(",", ".")) * size
        at, last = piece.end(), size
    return _tidy(round(total / 60, 4)) if at and at == len(said) else None


def _within(
    value: Number,
    name: str,
    text: str,
    lowest: Number | None,
    highest: Number | None,
    *,
    whole: bool = False,
) -> None:
    if whole and not isinstance(value, int):
        raise refusal("typed-number", name, text, "is not a whole number", "Type a whole number.")
    if lowest is not None and value < lowest:
        raise refusal(
            "typed-number",
            name,
            text,
            "is less than {lowest}",
            "Check the number.",
            lowest=show_number(lowest),
        )
    most = _LARGEST if highest is None else highest
    if value > most or value < -_LARGEST:
        why: Phrase = "is more than {most}" if value > most else "is too small"
        raise refusal("typed-number", name, text, why, "Check the number.", most=show_number(most))


def _not_a_number(name: str, text: str) -> UserError:
    return refusal("typed-number", name, text, "is not a number", "Type it as 4, 2.5 or 1000.")
