"""Which copies of a study are kept: many of today, fewer of what is longer ago, within bounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

_HOUR, _DAY, _WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
_RUNGS = ((_DAY, _HOUR), (2 * _WEEK, _DAY), (9 * _WEEK, _WEEK))
"""Up to which age one is kept of each stretch of time."""

_NEWEST = 3  # are kept whatever their age and size
MOST = 48
MOST_BYTES = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy that was made by the program itself.

    Attributes:
        name: of its file.
        at: when it was made.
        size: bytes.
        alone: it holds what no later copy does, as before going back to a backup.
    """

    name: str
    at: datetime
    size: int
    alone: bool = False


def superfluous(copies: Sequence[Copy], now: datetime) -> list[Copy]:
    """Return the copies that may go.

    Of today one an hour is kept, for two weeks one a day, for two months one a week, and always
    the newest three; of those at most `MOST`, and at most `MOST_BYTES` beside the newest three.
    Those that stand alone are not replaced by later ones, and come first. Copies of times to come
    were made while a clock was wrong; nobody knows which one, so they stay.

    Args:
        copies: all there are, in any order.
        now: the present time.
    """
    past = [copy for copy in copies if copy.at <= now]
    newest = sorted(past, key=lambda copy: copy.at, reverse=True)
    kept, room = newest[:_NEWEST], MOST_BYTES
    seen = {_stretch(copy, now) for copy in kept if not copy.alone}
    for copy in sorted(newest[_NEWEST:], key=lambda copy: not copy.alone):
        stretch = _stretch(copy, now)
        fits = len(kept) < MOST and copy.size <= room
        if stretch is not None and fits and (copy.alone or stretch not in seen):
            if not copy.alone:
                seen.add(stretch)
            kept.append(copy)
            room -= copy.size
    stays = set(kept)
    return [copy for copy in past if copy not in stays]


def _stretch(copy: Copy, now: datetime) -> tuple[timedelta, int] | None:
    """Return the hour, day or week of which one copy is kept; `None` when it is too old."""
    age = now - copy.at
    for oldest, width in _RUNGS:
        if age <= oldest:
            return width, int(copy.at.timestamp() // width.total_seconds())
    return None
