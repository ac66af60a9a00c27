"""Figures are written alike everywhere."""

from __future__ import annotations

import pytest

from workbench.domain.figures import clock, count, signed, wide_clock


@pytest.mark.parametrize(
    ("ms", "text", "wide"),
    [
        (0, "0:00", "00:00"),
        (52_999, "0:52", "00:52"),
        (3_600_000, "1:00:00", "1:00:00"),
        (-5, "0:00", "00:00"),
    ],
)
def test_a_time_of_a_recording(ms: int, text: str, wide: str) -> None:
    assert (clock(ms), wide_clock(ms)) == (text, wide)
    assert wide_clock(None) == ""


@pytest.mark.parametrize(
    ("value", "text"), [(0.44, "+0.4"), (-1.75, "−1.8"), (0.04, "0.0"), (-0.04, "0.0")]
)
def test_a_rating_has_its_sign(value: float, text: str) -> None:
    assert signed(value) == text


def test_a_number_with_its_noun() -> None:
    assert [count(n, "turn") for n in (0, 1, 2)] == ["0 turns", "1 turn", "2 turns"]
    assert count(1, "person", "people") == "1 person"
    assert count(3, "person", "people") == "3 people"
