"""Batches grow with the speed of the machine; the time left follows what was measured."""

from __future__ import annotations

import pytest

from workbench.speech import pace
from workbench.speech.pace import Pace


class Steps:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("seconds_per_chunk", "sizes"), [(1.0, [1, 2, 4, 8, 8]), (5.0, [1, 2, 2]), (60.0, [1, 1, 1])]
)
def test_batches_grow_as_long_as_they_are_quick(
    seconds_per_chunk: float, sizes: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Steps()
    monkeypatch.setattr(pace, "monotonic", clock)
    measured = Pace(sum(sizes) * 20_000)
    left = sum(sizes)
    for size in sizes:
        assert measured.batch(8) == size
        measured.begin()
        clock.now += size * seconds_per_chunk
        left -= size
        assert measured.end(size * 20_000, size) == round(left * seconds_per_chunk)
