"""What is taken out of a recording is gone to the sample, and all else is as it was."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.support.examples import examples
from tests.support.spoken_study import sound_in
from tests.workbench.speech.recordings import RATE, write_wav
from workbench.domain import quieting
from workbench.domain.anchors import TimeSpan
from workbench.exchange.registry import FORMATS
from workbench.speech import silence
from workbench.speech.protocol import Silence

LENGTH_MS = 2_300
SPANS = st.lists(st.tuples(st.integers(0, 2_400), st.integers(1, 900)), max_size=4)


@pytest.fixture(scope="module")
def noise(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rnd = np.random.default_rng(3)
    sound = (rnd.normal(0, 0.1, LENGTH_MS * RATE // 1000) * 32_767).astype(np.int16)
    return write_wav(tmp_path_factory.mktemp("noise") / "noise.wav", sound)


def _flat(spans: list[tuple[int, int]]) -> tuple[int, ...]:
    found = quieting.joined(TimeSpan(start, start + length) for start, length in spans)
    return tuple(ms for span in found for ms in (span.start_ms, span.end_ms))


def _under(flat: tuple[int, ...], count: int) -> NDArray[np.bool_]:
    inside = np.zeros(count, bool)
    for start, end in zip(flat[::2], flat[1::2], strict=True):
        inside[start * RATE // 1000 : end * RATE // 1000] = True
    return inside


@examples(0.2)
@given(SPANS, SPANS, st.integers(0, 1_000), st.integers(1_001, LENGTH_MS))
def test_each_sample_is_gone_or_as_it_was(
    noise: Path, silent: list[tuple[int, int]], tones: list[tuple[int, int]], start: int, end: int
) -> None:
    target = noise.with_name("new.flac")
    asked = Silence(
        str(noise), str(target), _flat(silent), within=True, tones=_flat(tones),
        start_ms=start, end_ms=end,
    )  # fmt: skip
    told: list[tuple[int, int]] = []
    done = silence.silence(asked, lambda *share: told.append(share))
    before, _ = sound_in(noise)
    after, _ = sound_in(target)
    part = slice(start * RATE // 1000, end * RATE // 1000)
    quiet, tone = _under(asked.spans, len(before))[part], _under(asked.tones, len(before))[part]
    before = before[part]
    assert done.duration_ms == end - start
    assert len(after) == len(before)
    assert not after[quiet].any()
    assert np.array_equal(after[~quiet & ~tone], before[~quiet & ~tone])
    covered = after[tone & ~quiet]
    if len(covered):
        assert np.abs(covered).max() <= 0.26
        # Less than one sample in fifty has by chance the value it had.
        assert (covered == before[tone & ~quiet]).mean() < 0.02 or len(covered) < 100
    assert told == sorted(told)


def test_there_is_a_kind_for_each_ending_and_nothing_of_its_own_is_written(noise: Path) -> None:
    for ending in FORMATS["sound"].endings:
        target = noise.with_name(f"kind{ending}")
        silence.silence(
            Silence(str(noise), str(target), (), within=True, ending=ending), lambda *_: None
        )
        assert sound_in(target)[1] == RATE
        data = target.read_bytes()
        assert not [one for one in (b"Lavf", b"Lavc", b"noise", b"/tmp") if one in data]


def test_a_tone_of_a_low_rate_is_heard_too() -> None:
    from workbench.speech.tones import Tones

    samples = np.full((2_000, 1), 9_000, np.int16)
    Tones([(100, 600)]).cover(samples, 0, 2_000)
    assert (samples[:200] == 9_000).all()
    assert 100 < np.abs(samples[200:1_200]).max() < 9_000
