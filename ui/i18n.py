"""The one place where texts of the interface become the texts people read.

Every sentence of the window passes `t` or `plural`, which ask the catalogue that reports and errors
ask too (`workbench/words`). Lengths and dates are written here, so that they look alike everywhere;
figures are those of `workbench/domain/figures.py`.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QLocale

from workbench.domain import typed
from workbench.words import N_, Phrase, plural, t

__all__ = [
    "N_", "Moment", "Phrase", "day", "day_first", "length_of", "moment", "plural", "t", "when",
]  # fmt: skip


def length_of(ms: int) -> str:
    """Return a length as "2 min 9 s"."""
    minutes, seconds = divmod(ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return t("{hours} h {minutes} min", hours=hours, minutes=minutes)
    if minutes:
        return t("{minutes} min {seconds} s", minutes=minutes, seconds=seconds)
    return plural(seconds, "{n} second", "{n} seconds")


def day_first() -> bool | None:
    """Tell whether 12/09/2026 is a day in September here; `None` where neither is usual."""
    form = QLocale.system().dateFormat(QLocale.FormatType.ShortFormat).lower()
    return None if form.startswith("y") else form.find("d") < form.find("m")


def day(iso: str, *, short: bool = False) -> str:
    """Return a date, whole or partial, as "12 September 2026"; what is none says so.

    Args:
        iso: as the study keeps it.
        short: the month with three letters.
    """
    found = typed.stored_date(iso)
    if isinstance(found, str):
        return typed.show_date(found, short=short)
    return t("not readable: {text}", text=iso)


class Moment(NamedTuple):
    """When something was done, in the time of this computer.

    Attributes:
        date: ISO, for `day`; the stored text where nobody can read it.
        time: “14:05”; "" where nobody can read it.
    """

    date: str
    time: str


def moment(at: str) -> Moment:
    """Read a moment as a study keeps it."""
    # By the minute: a clock is slow to read thousands of times.
    return _moment(at[:16] + at[19:])


def when(at: str) -> str:
    """Return a moment as a study keeps it as “12 Sep 2026, 14:05”."""
    date, time = moment(at)
    return ", ".join(filter(None, (day(date, short=True), time)))


@lru_cache(maxsize=4096)
def _moment(at: str) -> Moment:
    try:
        here = datetime.fromisoformat(at).astimezone()
    except (ValueError, OverflowError, OSError):
        return Moment(at, "")
    return Moment(here.date().isoformat(), f"{here:%H:%M}")
