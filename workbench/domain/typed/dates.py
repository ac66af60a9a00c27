"""Dates, whole or partial, as people type them, and as they are shown."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from functools import lru_cache

from workbench.domain.naming import folded
from workbench.domain.typed.refusing import Unreadable, refusal
from workbench.errors import UserError
from workbench.words import SOURCE, Phrase, language, local

_YEARS = range(1900, 2200)
_PIVOT = 70  # two digits of a year: below it this century, from it on the last
_MONTHS = (
    ("january", "januar", "jänner"), ("february", "februar"), ("march", "märz", "maerz"),
    ("april",), ("may", "mai"), ("june", "juni"), ("july", "juli"), ("august",),
    ("september",), ("october", "oktober"), ("november",), ("december", "dezember"),
)  # fmt: skip
_WEEKDAY = re.compile(
    r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+|^(?:mo|di|mi|do|fr|sa|so)[a-z]*\.?,?\s+"
)
_YEAR = r"(?P<y>\d{4}|['’]?\d{2})"
_FULL = r"(?P<y>\d{4})"
_DAY = r"(?P<d>\d{1,2})"
_NTH = r"(?P<d>\d{1,2})(?:st|nd|rd|th|\.)?"
_NAME = r"(?P<month>[^\W\d_]{3,})\.?"
_NUMERIC = (
    r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?:[t ]\d{2}:\d{2}.*)?",
    r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})",
    r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})",
    r"(?P<m>\d{1,2})[-/.](?P<y>\d{4})",
    r"(?P<y>\d{4})",
    rf"(?P<d>\d{{1,2}})\. ?(?P<m>\d{{1,2}})\. ?{_YEAR}",
    r"(?P<d>\d{1,2})\. ?(?P<m>\d{1,2})\.?",
)
_NAMED = (
    rf"{_NTH} ?(?:of )?{_NAME},?(?: {_YEAR})?",
    rf"{_NAME} ?{_NTH}(?:,? (?P<y>\d{{4}}))?",
    rf"{_NAME},? (?P<y>\d{{4}})",
    rf"(?P<y>\d{{4}}) {_NAME}(?: {_NTH})?",
)
_EITHER = re.compile(rf"(?P<one>\d{{1,2}})[-/ ](?P<two>\d{{1,2}})[-/ ]{_YEAR}")


def date(
    text: str,
    name: Phrase = "Date",
    *,
    day_first: bool | None = None,
    today: dt.date | None = None,
    partial: bool = False,
) -> str:
    """Read a date, such as 2026-09-12, 12.9.2026, 12/09/2026, 12 Sep 2026, Sept 12, 2026.

    Args:
        text: what was typed.
        name: the field, for the sentence of a refusal.
        day_first: what 12/09/2026 means where the person sits; `None` = refuse what has two
            meanings.
        today: allows “today”, “yesterday”, “tomorrow” and dates without a year.
        partial: a month or a year alone is enough.

    Returns:
        the ISO date, partial if that is what was typed; "" for none.

    Raises:
        UserError: it is no date, or may be either of two.
    """
    said = folded(text)
    if not said:
        return ""
    near = {"yesterday": -1, "today": 0, "tomorrow": 1}
    if today is not None and said in near:
        return (today + dt.timedelta(days=near[said])).isoformat()
    parts = _as_shown(said) or _date_parts(said) or _either_way(said, name, text, day_first)
    if parts is None:
        raise refusal(
            "typed-date",
            name,
            text,
            "is not a date",
            "Type it as 12 Sep 2026, 12.9.2026 or 2026-09-12, or a month as Sep 2026."
            if partial
            else "Type it as 12 Sep 2026, 12.9.2026 or 2026-09-12.",
        )
    year, month, day_ = parts
    if year is None and today is not None:
        year = today.year
    if year is None or (not partial and (month is None or day_ is None)):
        raise refusal(
            "typed-date",
            name,
            text,
            "has no year" if year is None else "has no day",
            "Type the whole date: 12 Sep 2026.",
        )
    return _iso(year, month, day_, name, text)


def stored_date(text: str) -> str | Unreadable:
    """Return a stored date as ISO; studies from before dates were checked may hold any text."""
    try:
        return date(text, partial=True)
    except UserError:
        return Unreadable(text)


def show_date(iso: str, *, short: bool = False) -> str:
    """Return "12 September 2026", "September 2026" or "2026"; other text as it is.

    Args:
        iso: a date as `date` returns it, or an ISO date and time.
        short: months with three letters.
    """
    found = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ].*)?)?)?", iso, re.ASCII)
    if found is None or not 0 < int(found[2] or 1) < 13:
        return iso
    year, month, day_ = found.groups()
    if not month:
        return str(year)
    return local.dated(year, int(month), str(int(day_)) if day_ else "", short=short)


_Parts = tuple[int | None, int | None, int | None]


def _as_shown(said: str) -> _Parts | None:
    """Read a date as it is shown in another language than English."""
    if language() == SOURCE:
        return None
    for month, pattern in _shown(tuple(local.dates())):
        if found := pattern.fullmatch(said):
            return _parts(found.groupdict() | {"m": str(month)})
    return None


@lru_cache(maxsize=1)
def _shown(dates: tuple[tuple[int, str], ...]) -> list[tuple[int, re.Pattern[str]]]:
    return [
        (
            month,
            re.compile(
                re.escape(folded(text)).replace(r"\{day\}", _DAY).replace(r"\{year\}", _FULL)
            ),
        )
        for month, text in dates
    ]


def _date_parts(said: str) -> _Parts | None:
    for pattern in _NUMERIC:
        if found := re.fullmatch(pattern, said):
            return _parts(found.groupdict())
    words = _WEEKDAY.sub("", re.sub(r"(?<=\w)[-/](?=\w)", " ", said))
    for pattern in _NAMED:
        found = re.fullmatch(pattern, words)
        if found and (month := _month(found["month"])):
            return _parts(found.groupdict() | {"m": str(month)})
    return None


def _parts(found: dict[str, str | None]) -> _Parts:
    year, month, day_ = found.get("y"), found.get("m"), found.get("d")
    return _year(year), int(month) if month else None, int(day_) if day_ else None


def _either_way(said: str, name: str, text: str, day_first: bool | None) -> _Parts | None:
    found = _EITHER.fullmatch(said)
    if found is None:
        return None
    one, two, year = int(found["one"]), int(found["two"]), _year(found["y"])
    if day_first is None and one <= 12 and two <= 12 and one != two:
        first, second = (show_date(f"{year}-{m:02}-{d:02}") for d, m in ((one, two), (two, one)))
        raise refusal(
            "typed-date",
            name,
            text,
            "may be {first} or {second}",
            "Type the month as a word, or the date as 2026-09-12.",
            first=first,
            second=second,
        )
    if one > 12 or (two <= 12 and day_first is not False):
        return year, two, one
    return year, one, two


def _year(digits: str | None) -> int | None:
    if digits is None:
        return None
    year = int(digits.strip("'’"))
    return year if len(digits) == 4 else year + (1900 if year >= _PIVOT else 2000)


def _month(word: str) -> int | None:
    for number, names in enumerate(_MONTHS, start=1):
        if any(name.startswith(word) for name in names):
            return number
    return None


def _iso(year: int, month: int | None, day_: int | None, name: str, text: str) -> str:
    if year not in _YEARS:
        raise refusal(
            "typed-date", name, text, "is in the year {year}", "Check the year.", year=year
        )
    if month is None:
        return f"{year}"
    there = 1 <= month <= 12
    if there and day_ is None:
        return f"{year}-{month:02}"
    if not there or not 1 <= (day_ or 0) <= calendar.monthrange(year, month)[1]:
        raise refusal(
            "typed-date", name, text, "is not in the calendar", "Check the day and the month."
        )
    return f"{year}-{month:02}-{day_:02}"
