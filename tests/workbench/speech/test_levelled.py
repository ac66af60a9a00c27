"""Quiet voices are as loud as the others for who recognises, however the sound is read."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.workbench.speech.recordings import ignore, samples_of, silence
from workbench.speech import audio
from workbench.speech.chunks import Chunk, Region, find_regions
from workbench.speech.levelled import Levelled, cut


@pytest.fixture
def uneven(jfk: Path, tmp_path: Path) -> np.ndarray:
    """Somebody at the microphone, then somebody 26 dB lower."""
    speech = samples_of(jfk, tmp_path)
    return np.concatenate([speech, silence(1), (speech * 0.05).astype(np.int16)])


def test_a_quiet_voice_is_as_loud_as_the_others(uneven: np.ndarray) -> None:
    even = Levelled(uneven)
    half = len(uneven) // 2
    loud, quiet = (np.abs(part.astype(int)).mean() for part in (even[:half], even[half:]))
    assert len(even) == len(even[:]) == len(uneven)
    assert np.abs(uneven[half:].astype(int)).mean() < 0.1 * np.abs(uneven[:half].astype(int)).mean()
    assert 0.5 < quiet / loud < 2


@pytest.mark.parametrize(
    ("start", "stop"), [(0, 1), (0, 50_000), (33_333, 33_334), (100_001, 270_007), (300_000, None)]
)
def test_a_stretch_is_the_same_whichever_way_it_is_read(
    uneven: np.ndarray, start: int, stop: int | None
) -> None:
    even = Levelled(uneven)
    assert np.array_equal(even[start:stop], even[:][start:stop])


def test_silence_stays_silent_and_nothing_stays_nothing() -> None:
    assert not Levelled(np.zeros(48_000, np.int16))[:].any()
    assert len(Levelled(silence(0))[:]) == 0
    assert len(Levelled(silence(1))[5:5]) == 0


def test_the_engine_hears_voices_that_are_far_apart_at_one_level(uneven: np.ndarray) -> None:
    regions = tuple(find_regions(audio.speech_probabilities(Levelled(uneven), on_progress=ignore)))
    whole = Chunk(0, 1_000, 22_000, regions)
    assert np.array_equal(cut(uneven, whole), audio.cut(Levelled(uneven), 1_000, 22_000))
    loud = Chunk(0, 0, 10_500, tuple(region for region in regions if region.end_ms <= 11_000))
    assert len(loud.regions) > 1
    assert np.array_equal(cut(uneven, loud), audio.cut(uneven, 0, 10_500))


def test_a_stretch_without_sound_is_cut_as_it_is() -> None:
    nothing = np.zeros(16_000, np.int16)
    assert not cut(nothing, Chunk(0, 0, 1_000, (Region(0, 1_000), Region(400, 450)))).any()


def test_a_quiet_voice_is_detected(jfk: Path, tmp_path: Path) -> None:
    speech = samples_of(jfk, tmp_path)
    quiet = (speech * 0.002).astype(np.int16)
    plain, even = (
        find_regions(audio.speech_probabilities(pcm, on_progress=ignore))
        for pcm in (quiet, Levelled(quiet))
    )
    assert _length(even) > _length(plain) + 1_000


def _length(regions: list[Region]) -> int:
    return sum(region.end_ms - region.start_ms for region in regions)
