"""Numbers and dates as the language that is spoken writes them.

How it does that stands in its catalogue, beside the texts: one number shows the signs, and of each
month there is a date with a day and one without, long and short, since many languages bend the name
of a month and put a date in another order. So whoever translates sees what comes of it, and a
language needs nothing beside its catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from workbench.words.catalogue import SOURCE, language
from workbench.words.sentence import N_, Phrase, t

_NUMBER = N_("1,234.5")
_SIGNS = re.compile(r"1(\D?)234([.,])5")  # what is typed is read with either of them
_MONTHS: tuple[tuple[Phrase, ...], ...] = (
    ("{day} January {year}", "January {year}", "{day} Jan {year}", "Jan {year}"),
    ("{day} February {year}", "February {year}", "{day} Feb {year}", "Feb {year}"),
    ("{day} March {year}", "March {year}", "{day} Mar {year}", "Mar {year}"),
    ("{day} April {year}", "April {year}", "{day} Apr {year}", "Apr {year}"),
    ("{day} May {year}", "May {year}", "{day} May {year}", "May {year}"),
    ("{day} June {year}", "June {year}", "{day} Jun {year}", "Jun {year}"),
    ("{day} July {year}", "July {year}", "{day} Jul {year}", "Jul {year}"),
    ("{day} August {year}", "August {year}", "{day} Aug {year}", "Aug {year}"),
    ("{day} September {year}", "September {year}", "{day} Sep {year}", "Sep {year}"),
    ("{day} October {year}", "October {year}", "{day} Oct {year}", "Oct {year}"),
    ("{day} November {year}", "November {year}", "{day} Nov {year}", "Nov {year}"),
    ("{day} December {year}", "December {year}", "{day} Dec {year}", "Dec {year}"),
)


def decimal(number: str) -> str:
    """Return a number that is written with a point, with the sign of the language."""
    return number if language() == SOURCE else number.replace(".", _signs()[1])


def grouped(number: float, digits: int = 0) -> str:
    """Return a large number with its thousands apart: "1,234" or "1,234.5"."""
    text = f"{number:,.{digits}f}"
    if language() == SOURCE:
        return text
    return text.translate(dict(zip(map(ord, ",."), _signs(), strict=True)))


def dated(year: str, month: int, day: str = "", *, short: bool = False) -> str:
    """Return a date as "12 September 2026", one without a day as "September 2026".

    Args:
        year: its digits.
        month: 1 to 12.
        day: its digits, "" for none.
        short: the month shortened.
    """
    text = _MONTHS[month - 1][(2 if short else 0) + (0 if day else 1)]
    return t(text, day=day, year=year) if day else t(text, year=year)


def dates() -> Iterator[tuple[int, str]]:
    """Yield each month with every way in which `dated` writes it: "{day} September {year}"."""
    for month, texts in enumerate(_MONTHS, start=1):
        for text in texts:
            yield month, t(text)


def _signs() -> tuple[str, str]:
    """Return the sign between thousands, and that before what is less than one."""
    return _signs_in(t(_NUMBER))


@lru_cache(maxsize=1)
def _signs_in(number: str) -> tuple[str, str]:
    found = _SIGNS.search(number)
    return (found[1], found[2]) if found else (",", ".")
