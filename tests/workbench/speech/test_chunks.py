"""The plan of a recording: cuts in silences, never more than the engine hears at once."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from workbench.speech.chunks import FRAME_MS, Chunk, Region, find_regions, plan_chunks

PROBABILITIES = st.lists(
    st.tuples(st.floats(0, 1), st.integers(1, 400)), min_size=0, max_size=40
).map(lambda runs: [probability for probability, length in runs for _ in range(length)])


def _plan(probabilities: list[float]) -> tuple[list[Region], list[Chunk]]:
    regions = find_regions(probabilities)
    return regions, plan_chunks(regions, total_ms=len(probabilities) * FRAME_MS)


@given(PROBABILITIES)
def test_a_plan_covers_all_speech_once_and_in_order(probabilities: list[float]) -> None:
    regions, chunks = _plan(probabilities)
    assert [region for chunk in chunks for region in chunk.regions] == regions
    assert [chunk.index for chunk in chunks] == list(range(len(chunks)))
    for chunk in chunks:
        assert 0 <= chunk.start_ms <= chunk.regions[0].start_ms
        assert chunk.regions[-1].end_ms <= chunk.end_ms <= len(probabilities) * FRAME_MS
        assert chunk.end_ms - chunk.start_ms <= 28_000
    for before, after in pairwise(chunks):
        assert before.end_ms <= after.start_ms


def test_silence_has_no_chunks() -> None:
    assert _plan([0.01] * 5_000) == ([], [])
    assert _plan([]) == ([], [])


def test_a_short_dip_does_not_cut_but_a_click_is_no_speech() -> None:
    probabilities = [0.0] * 20 + [0.9] * 30 + [0.1] * 3 + [0.9] * 30 + [0.0] * 40 + [0.9] * 2
    assert find_regions(probabilities) == [Region(20 * FRAME_MS, 83 * FRAME_MS)]


def test_speech_to_the_very_end_is_kept() -> None:
    assert find_regions([0.9] * 10) == [Region(0, 10 * FRAME_MS)]


def test_somebody_who_never_pauses_is_cut_at_the_quietest_moment() -> None:
    probabilities = [0.9] * 2_000
    probabilities[700] = 0.5
    regions = find_regions(probabilities)
    assert regions[0] == Region(0, 700 * FRAME_MS)
    assert regions[1].start_ms == regions[0].end_ms


def test_the_longest_late_silence_is_the_border() -> None:
    regions = [
        Region(0, 3_000),
        Region(3_300, 11_000),
        Region(11_500, 20_000),
        Region(20_300, 35_200),
        Region(36_000, 37_000),
        Region(37_300, 38_500),
        Region(38_800, 50_000),
    ]
    chunks = plan_chunks(regions, total_ms=60_000)
    assert [len(chunk.regions) for chunk in chunks] == [2, 2, 3]
    assert (chunks[1].start_ms, chunks[1].end_ms) == (11_300, 35_400)
    assert chunks[2].end_ms == 50_200


def test_a_long_silence_ends_a_chunk() -> None:
    chunks = plan_chunks([Region(0, 1_000), Region(5_000, 6_000)], total_ms=6_100)
    assert [(chunk.start_ms, chunk.end_ms) for chunk in chunks] == [(0, 1_200), (4_800, 6_100)]
