"""Batches grow with the speed of the machine; the time left follows what was measured."""

from __future__ import annotations

import pytest

from workbench.speech.pace import Pace, Pass


class Steps:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("seconds_per_chunk", "sizes"), [(1.0, [1, 2, 4, 8, 8]), (5.0, [1, 2, 2]), (60.0, [1, 1, 1])]
)
def test_batches_grow_as_long_as_they_are_quick(seconds_per_chunk: float, sizes: list[int]) -> None:
    clock = Steps()
    measured = Pace(clock, sum(sizes) * 20_000)
    left = sum(sizes)
    for size in sizes:
        assert measured.batch(8) == size
        measured.begin()
        clock.now += size * seconds_per_chunk
        left -= size
        measured.end(size * 20_000, size)
        assert measured.left_s == round(left * seconds_per_chunk)


def test_small_batches_at_the_begin_do_not_spoil_the_time_left() -> None:
    clock = Steps()
    measured = Pace(clock, 45 * 20_000)
    left = 45
    while left:
        size = min(measured.batch(8), left)
        measured.begin()
        clock.now += 0.8 + 0.4 * size  # one alone takes three times as long as one of eight
        left -= size
        measured.end(size * 20_000, size)
        if size == 8:
            full, rest = divmod(left, 8)
            truth = full * 4.0 + (0.8 + 0.4 * rest if rest else 0)
            assert measured.left_s == pytest.approx(truth, abs=1)


def test_what_follows_the_words_counts() -> None:
    clock = Steps()
    measured = Pace(clock, 40_000)
    measured.begin()
    clock.now += 2
    measured.end(20_000, 1)
    measured.expect(30.0)
    assert measured.left_s == 32


def test_a_pass_trusts_what_was_known_until_it_has_measured() -> None:
    clock = Steps()
    known = Pass(clock, 100.0)
    assert known.left_s(0.0) == 100
    clock.now += 20  # it takes twice as long as it was thought
    assert known.left_s(0.1) == 135
    clock.now += 80
    assert known.left_s(0.5) == 100
    assert known.left_s(1.0) == 0


def test_a_pass_of_which_nothing_is_known_says_so_first() -> None:
    clock = Steps()
    unknown = Pass(clock, 0.0)
    assert unknown.left_s(0.0) is None
    clock.now += 5
    assert unknown.left_s(0.25) == 15
