"""The minute on which a model is tried, and how much two texts of it differ."""

from __future__ import annotations

import pytest

from workbench.domain.transcript import Word
from workbench.domain.trial import differing, telling_minute


def _words(first_ms: int, count: int, probability: int) -> list[Word]:
    """Words of half a second each, one behind the other."""
    return [
        Word(0, 1, first_ms + 500 * at, first_ms + 500 * at + 400, probability)
        for at in range(count)
    ]


def test_the_minute_is_the_one_in_which_the_recogniser_was_least_sure() -> None:
    words = [*_words(0, 400, 950), *_words(200_000, 130, 400), *_words(265_000, 200, 950)]
    begin, end = telling_minute(words, 365_000)
    assert abs(begin - 202_500) <= 5_000
    assert end == begin + 60_000


def test_a_minute_with_a_few_bad_words_tells_nothing() -> None:
    words = [*_words(0, 300, 800), *_words(200_000, 10, 100)]
    begin, _ = telling_minute(words, 400_000)
    assert begin < 150_000


@pytest.mark.parametrize(
    ("duration_ms", "minute"),
    [(40_000, (0, 40_000)), (60_000, (0, 60_000)), (600_000, (270_000, 330_000))],
)
def test_without_words_it_is_the_middle(duration_ms: int, minute: tuple[int, int]) -> None:
    assert telling_minute([], duration_ms) == minute


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ("Now the eleventh.", "now the eleventh", 0),
        ("now the eleventh", "now the 11th", 1),
        ("now the eleventh", "", 3),
        ("", "now the eleventh", 3),
        ("a b c d", "a x y c", 3),
    ],
)
def test_words_that_differ_are_counted(one: str, other: str, count: int) -> None:
    assert differing(one, other) == count
