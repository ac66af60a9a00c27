"""Times, places and bars of the part of a recording that is in view."""

from __future__ import annotations

from ui.views.player.stretch import Loudness, Stretch

WHOLE = Stretch(0, 60_000, 60_000)


def test_places_and_times_are_each_others_way_back() -> None:
    view = Stretch(10_000, 20_000, 60_000)
    assert view.x(15_000, 400) == 200
    assert view.time_at(200, 400) == 15_000
    assert view.time_at(-50, 400) == 10_000
    assert view.time_at(900, 400) == 20_000
    assert view.x(5_000, 400) < 0


def test_what_one_comes_near_to_stays_where_it_is() -> None:
    near = WHOLE.zoomed(4, 30_000)
    assert near.wide == 15_000
    assert near.x(30_000, 100) == WHOLE.x(30_000, 100)
    assert WHOLE.zoomed(1_000, 0) == Stretch(0, 5_000, 60_000)
    assert near.zoomed(0.01, 30_000) == WHOLE


def test_the_page_turns_when_the_sound_runs_out_of_it() -> None:
    view = Stretch(0, 8_000, 60_000)
    assert view.with_moment(8_000) == view
    assert view.with_moment(9_000) == Stretch(8_000, 16_000, 60_000)
    assert view.with_moment(60_000) == Stretch(52_000, 60_000, 60_000)


def test_detail_is_asked_for_when_one_is_near_and_once_for_a_view() -> None:
    asked: list[tuple[int, int, int]] = []

    def detail(first: int, until: int, count: int) -> list[int]:
        asked.append((first, until, count))
        return [50] * count

    loudness = Loudness([10, 90], detail)
    assert loudness.bars(WHOLE, 2, 30_000) == [10, 90]
    assert asked == []
    near = Stretch(0, 6_000, 60_000)
    assert loudness.bars(near, 4, 1_500) == loudness.bars(near, 4, 1_500) == [50] * 4
    assert asked == [(0, 6_000, 4)]
    assert Loudness([10, 90]).bars(near, 2, 3_000) == [10, 10]
