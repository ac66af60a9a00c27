"""The filter bank against its definition, written out slowly."""

from __future__ import annotations

import numpy as np
import pytest

from workbench.speech.fbank import fbank


def test_equals_the_definition() -> None:
    pcm = np.random.default_rng(1).integers(-9_000, 9_000, 2_000).astype(np.int16)
    features = fbank(pcm)
    assert features.shape == (11, 80)
    for row in (0, 5, 10):
        assert features[row] == pytest.approx(_slowly(pcm[row * 160 : row * 160 + 400]), abs=2e-3)


@pytest.mark.parametrize(("hertz", "low", "high"), [(200, 4, 9), (1_000, 25, 29), (4_000, 57, 62)])
def test_a_tone_lights_its_band(hertz: int, low: int, high: int) -> None:
    tone = (8_000 * np.sin(2 * np.pi * hertz * np.arange(16_000) / 16_000)).astype(np.int16)
    assert low <= int(np.argmax(fbank(tone).mean(axis=0))) <= high


def test_silence_is_finite_and_shorter_than_a_frame_is_empty() -> None:
    assert np.isfinite(fbank(np.zeros(1_600, np.int16))).all()
    assert fbank(np.zeros(399, np.int16)).shape == (0, 80)


def _slowly(samples: np.ndarray) -> list[float]:
    """One frame as Kaldi's feature-window and mel-computations describe it."""
    x = samples.astype(float)
    x -= x.mean()
    x = np.array([x[0] - 0.97 * x[0], *(x[i] - 0.97 * x[i - 1] for i in range(1, 400))])
    x *= (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(400) / 399)) ** 0.85
    power = np.abs(np.fft.fft(x, 512)[:257]) ** 2
    mel = 1127 * np.log(1 + np.arange(257) * 31.25 / 700)
    edges = np.linspace(1127 * np.log(1 + 20 / 700), 1127 * np.log(1 + 8_000 / 700), 82)
    bands = []
    for left, centre, right in zip(edges, edges[1:], edges[2:], strict=False):
        weight = np.minimum((mel - left) / (centre - left), (right - mel) / (right - centre))
        bands.append(float(np.log(max(np.clip(weight, 0, None) @ power, np.finfo("f4").eps))))
    return bands
