"""How many voices there are, on made-up voice prints."""

from __future__ import annotations

import numpy as np
import pytest

from workbench.speech.clustering import (
    Floats,
    assign_window,
    find_centroids,
    silhouette,
    unit_rows,
)


def _prints(counts: list[int], spread: float = 0.05, seed: int = 3) -> tuple[Floats, Floats]:
    rng = np.random.default_rng(seed)
    people = unit_rows(rng.normal(size=(len(counts), 64)).astype(np.float32))
    rows = np.repeat(people, counts, axis=0)
    noisy = rows + rng.normal(0, spread, rows.shape)
    return unit_rows(noisy.astype(np.float32)), np.full(len(rows), 3.0, np.float32)


@pytest.mark.parametrize("counts", [[30], [30, 30], [40, 5], [20, 20, 20], [15] * 6, [9] * 10])
def test_finds_the_number(counts: list[int]) -> None:
    assert len(find_centroids(*_prints(counts), None)) == len(counts)


def test_an_outlier_is_no_person_when_the_number_is_known() -> None:
    prints, weights = _prints([200, 200])
    odd = np.zeros((1, 64), np.float32)
    odd[0, 0] = 1
    centroids = find_centroids(
        np.vstack((prints, odd)), np.append(weights, 1.3).astype(np.float32), 2
    )
    labels = np.argmax(prints @ centroids.T, axis=1)
    assert len(set(labels[:200])) == len(set(labels[200:])) == 1
    assert labels[0] != labels[-1]


def test_thousands_of_prints_of_two_who_alternate() -> None:
    prints, weights = _prints([3_000, 3_000])
    order = np.arange(6_000).reshape(2, -1).T.ravel()
    assert len(find_centroids(prints[order], weights, None)) == 2


def test_two_voices_of_a_window_are_two_people() -> None:
    centroids = np.eye(3, dtype=np.float32)
    prints = unit_rows(np.array([[1, 0, 0], [0.8, 0.5, 0]], np.float32))
    assert assign_window(prints, centroids).tolist() == [0, 1]
    assert assign_window(prints, centroids[:1]).tolist() == [0, 0]


def test_silhouette_of_a_known_case() -> None:
    points = np.array([0.0, 1.0, 10.0, 11.0], np.float32)
    distance = np.abs(points[:, None] - points)
    expected = np.mean([(b - 1) / b for b in (10.5, 9.5, 9.5, 10.5)])
    assert silhouette(distance, np.array([0, 0, 1, 1])) == pytest.approx(expected)
    assert silhouette(distance, np.array([0, 0, 0, 0])) == -1.0


def _mixed(*shares: tuple[Floats, int], spread: float = 0.01) -> tuple[Floats, Floats]:
    """Return prints around some means, so many around each."""
    rows = np.repeat([mean for mean, _ in shares], [count for _, count in shares], axis=0)
    noise = np.random.default_rng(5).normal(0, spread, rows.shape)
    return unit_rows((rows + noise).astype(np.float32)), np.full(len(rows), 3.0, np.float32)


def _alike(first: int, other: int, cosine: float) -> Floats:
    mean = np.zeros(64, np.float32)
    mean[first], mean[other] = cosine, np.sqrt(1 - cosine**2)
    return mean


def test_voices_that_change_a_little_stay_two() -> None:
    """As on a telephone, where one holds the receiver otherwise now and then."""
    moods = [
        (_alike(voice, 2 + 4 * voice + mood, 0.93), 12) for voice in (0, 1) for mood in range(4)
    ]
    prints, weights = _mixed(*moods)
    assert len(find_centroids(prints, weights, None)) == 2
    assert len(find_centroids(prints, weights, 8)) == 8


def test_a_cough_is_no_third_voice_but_can_be_one() -> None:
    prints, weights = _mixed((_alike(0, 9, 1), 30), (_alike(1, 9, 1), 30), (_alike(2, 9, 1), 2))
    weights[-2:] = 1.5
    assert len(find_centroids(prints, weights, None)) == 2
    weights[-2:] = 4.0
    assert len(find_centroids(prints, weights, None)) == 3


def test_voices_alike_are_two_where_they_are_heard_side_by_side() -> None:
    prints, weights = _mixed((_alike(0, 1, 1), 30), (_alike(0, 1, 0.87), 30))
    places = np.arange(60)
    side_by_side = np.concatenate((places[:30], places[:30]))
    assert len(find_centroids(prints, weights, None, side_by_side)) == 2
    assert len(find_centroids(prints, weights, None, places)) == 1
    assert len(find_centroids(prints, weights, None)) == 1
    prints, weights = _mixed((_alike(0, 1, 1), 30), (_alike(0, 1, 0.96), 30))
    assert len(find_centroids(prints, weights, None, side_by_side)) == 1
