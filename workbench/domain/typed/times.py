"""Times of day and spans, as people type them."""

from __future__ import annotations

import re

from workbench.domain.naming import folded
from workbench.domain.typed.refusing import refusal
from workbench.words import Phrase

_HALF = r"(?:\s*(?P<half>[ap])\s*\.?\s*m\s*\.?)?"
_TAIL = r"(?:\s*(?:h|hrs|hours|uhr|o['’]clock)\.?)?"
_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:\s*[:.,h]\s*(?P<minute>\d{2})(?:\s*[:.,m]\s*(?P<second>\d{2})s?)?"
    rf"|\s(?P<spaced>\d{{2}}))?{_HALF}{_TAIL}"
)
_COMPACT = re.compile(rf"(?P<hour>\d{{1,2}})(?P<minute>\d{{2}}){_HALF}{_TAIL}")
_WORDS = {"noon": "12:00", "midday": "12:00", "midnight": "00:00"}
_DASH = re.compile(r"\s*(?:[-‐‑‒–—−]|\.{2,3}|…|\s(?:to|until|till|bis)\s)\s*")


def time_of_day(text: str, name: Phrase = "Time") -> str:
    """Read a time of day, such as 9:05, 9.05, 9h05, 0905, 9:40 pm, 21:40:10, noon.

    Args:
        text: what was typed.
        name: the field, for the sentence of a refusal.

    Returns:
        "HH:MM", or "HH:MM:SS" where seconds were given; "" for none. Midnight is "00:00".

    Raises:
        UserError: it is no time of day, or a span of two.
    """
    said = folded(text)
    if not said:
        return ""
    found = _time(said)
    if found is None and _span(said) is not None:
        raise refusal(
            "typed-span",
            name,
            text,
            "are two times",
            "Type one time here, or both in “Arrived” while “Left” is empty.",
        )
    if found is None:
        raise refusal(
            "typed-time", name, text, "is not a time of day", "Type it as 9:05, 21:40 or 9:40 pm."
        )
    return found


def time_span(text: str, name: Phrase = "Time") -> tuple[str, str] | None:
    """Read two times with a dash between them, as 15.10–15.31 or 9-10; `None` if it is no span.

    Raises:
        UserError: there is a dash, and one side is no time.
    """
    said = folded(text)
    found = _span(said)
    if found is None and said and _time(said) is None and len(_DASH.split(said)) == 2:
        raise refusal(
            "typed-span", name, text, "is not a time or a span", "Type it as 9:05 or 15:10–15:31."
        )
    return found


def arrival_and_departure(arrived: str, left: str) -> tuple[str, str]:
    """Read both times of a visit; a span in one field fills the other while that is empty.

    Raises:
        UserError: one cannot be read, or a span does not agree with the other field.
    """
    spans = time_span(arrived, "Arrived"), time_span(left, "Left")
    span = spans[0] or spans[1]
    if span is None:
        return time_of_day(arrived, "Arrived"), time_of_day(left, "Left")
    first = span[0] if spans[0] else time_of_day(arrived, "Arrived") or span[0]
    last = span[1] if spans[1] else time_of_day(left, "Left") or span[1]
    if (first, last) != span:
        raise refusal(
            "typed-span",
            "Arrived" if spans[0] else "Left",
            arrived if spans[0] else left,
            "does not agree with the other time: “Left” says {time}"
            if spans[0]
            else "does not agree with the other time: “Arrived” says {time}",
            "Type one time in each field.",
            time=last if spans[0] else first,
        )
    return span


def seconds_of_day(clock: str) -> int:
    """Return the seconds from midnight to a time as `time_of_day` returns it."""
    hour, minute, second = (*map(int, clock.split(":")), 0)[:3]
    return (hour * 60 + minute) * 60 + second


def _time(said: str) -> str | None:
    if said in _WORDS:
        return _WORDS[said]
    found = _TIME.fullmatch(said) or _COMPACT.fullmatch(said)
    if found is None:
        return None
    parts = found.groupdict()
    hour = int(parts["hour"])
    minute, second = int(parts["minute"] or parts.get("spaced") or 0), int(parts.get("second") or 0)
    half = parts["half"]
    if (half == "a" and hour > 12) or minute > 59 or second > 59:
        return None
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 24 or (hour == 24 and (minute or second)):
        return None
    clock = f"{hour % 24:02}:{minute:02}"
    return f"{clock}:{second:02}" if second else clock


def _span(said: str) -> tuple[str, str] | None:
    sides = _DASH.split(re.sub(r"^(?:from|von)\s+", "", said))
    if len(sides) != 2:
        return None
    first, last = _time(sides[0]), _time(sides[1])
    if first is None or last is None:
        return None
    if all(re.fullmatch(r"\d{1,2}", side) for side in sides) and (
        first >= last or sides[1].startswith("0") > sides[0].startswith("0")
    ):
        return None  # 9-10 is from nine to ten; 9-05 may be a time, and 9-5 end in the afternoon
    half = re.search(r"[ap]\s*\.?\s*m\s*\.?$", sides[1])
    if half and not re.search(r"[ap]\s*\.?\s*m", sides[0]):
        # “9:40–10:10 pm”: the half of the day is meant for both, as long as they follow each other.
        both = _time(f"{sides[0]} {half[0]}")
        first = both if both is not None and both <= last else first
    return first, last
