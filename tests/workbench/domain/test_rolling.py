"""Copies thin out with their age, and never without bounds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from workbench.domain import rolling
from workbench.domain.rolling import Copy

NOW = datetime(2026, 9, 12, 10, 0, tzinfo=UTC)


def _made(*ages: timedelta, size: int = 1) -> list[Copy]:
    return [Copy(f"{age}", NOW - age, size) for age in ages]


def _kept(copies: list[Copy]) -> list[timedelta]:
    gone = set(rolling.superfluous(copies, NOW))
    assert gone <= set(copies)
    return sorted(NOW - copy.at for copy in copies if copy not in gone)


def test_half_a_year_of_work_becomes_hours_days_and_weeks() -> None:
    every_ten_minutes = _made(*(timedelta(minutes=10 * n) for n in range(6 * 24 * 180)))
    ages = _kept(every_ten_minutes)
    assert ages[:3] == [timedelta(minutes=10 * n) for n in range(3)]
    today = [age for age in ages if age <= timedelta(days=1)]
    fortnight = [age for age in ages if timedelta(days=1) < age <= timedelta(days=14)]
    months = [age for age in ages if age > timedelta(days=14)]
    assert 24 <= len(today) <= 28
    assert 12 <= len(fortnight) <= 15
    assert 6 <= len(months) <= 9
    assert ages[-1] <= timedelta(weeks=9)
    assert len(ages) <= rolling.MOST


def test_the_newest_three_stay_however_old_and_large() -> None:
    old = _made(*(timedelta(days=300 + n) for n in range(5)), size=rolling.MOST_BYTES * 2)
    assert len(_kept(old)) == 3


def test_the_bytes_are_bounded() -> None:
    large = _made(*(timedelta(hours=n) for n in range(24)), size=rolling.MOST_BYTES // 4)
    assert len(_kept(large)) == 3 + 4


def test_what_no_later_copy_holds_is_not_replaced_by_one() -> None:
    minutes = _made(*(timedelta(minutes=5 * n) for n in range(60)))
    alone = [
        Copy(f"alone {age}", NOW - age, 1, alone=True)
        for age in (timedelta(minutes=47), timedelta(minutes=46), timedelta(weeks=8))
    ]
    gone = rolling.superfluous([*minutes, *alone], NOW)
    assert not set(alone) & set(gone)
    assert set(gone) == set(rolling.superfluous(minutes, NOW))
    many = [Copy(f"{n}", NOW - timedelta(minutes=n), 1, alone=True) for n in range(200)]
    assert len(many) - len(rolling.superfluous(many, NOW)) == rolling.MOST
    old = [replace(copy, at=copy.at - timedelta(weeks=10)) for copy in many]
    assert len(old) - len(rolling.superfluous(old, NOW)) == 3


def test_copies_of_a_wrong_clock_push_no_other_out() -> None:
    right = _made(*(timedelta(hours=5 * n) for n in range(60)))
    wrong = _made(*(timedelta(hours=-n) for n in range(1, 100)))
    assert rolling.superfluous([*right, *wrong], NOW) == rolling.superfluous(right, NOW)


def test_thinning_twice_is_thinning_once() -> None:
    copies = _made(*(timedelta(minutes=7 * n) for n in range(3000)))
    gone = set(rolling.superfluous(copies, NOW))
    left = [copy for copy in copies if copy not in gone]
    assert rolling.superfluous(left, NOW) == []
