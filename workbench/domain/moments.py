"""When something was or was done, as it is shown: alike in the window, in errors, in papers."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from workbench.domain import typed
from workbench.words import t


class Moment(NamedTuple):
    """When something was done, in the time of this computer.

    Attributes:
        date: ISO, for `day`; the stored text where nobody can read it.
        time: “14:05”; "" where nobody can read it.
    """

    date: str
    time: str


def day(iso: str, *, short: bool = False) -> str:
    """Return a date, whole or partial, as "12 September 2026"; what is none says so.

    Args:
        iso: as the study keeps it.
        short: the month with three letters.
    """
    found = typed.stored_date(iso)
    return typed.show_date(found, short=short) if isinstance(found, str) else str(found)


def moment(at: str) -> Moment:
    """Read a moment as a study keeps it."""
    # By the minute: a clock is slow to read thousands of times.
    return _moment(at[:16] + (at[19:] if at[16:17] == ":" else at[16:]))


def when(at: str) -> str:
    """Return a moment as a study keeps it as “12 Sep 2026, 14:05”."""
    date, time = moment(at)
    shown = day(date, short=True)
    return t("{date}, {time}", date=shown, time=time) if time else shown


@lru_cache(maxsize=4096)
def _moment(at: str) -> Moment:
    try:
        here = datetime.fromisoformat(at).astimezone()
    except (ValueError, OverflowError, OSError):
        return Moment(at, "")
    return Moment(here.date().isoformat(), f"{here:%H:%M}")
