"""Log-mel filter bank as the speaker embedding was trained on (Kaldi's, without dither).

Written out in numpy so that telling voices apart needs neither torch nor Kaldi.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

RATE = 16_000
HOP = 160
"""Samples from one feature frame to the next (10 ms)."""

LENGTH = 400
"""Samples of a feature frame (25 ms)."""
_FFT = 512
_BINS = 80
_LOW_HZ, _HIGH_HZ = 20.0, 8_000.0
_PRE_EMPHASIS = 0.97
_FLOOR = float(np.finfo(np.float32).eps)

Floats = npt.NDArray[np.float32]


def fbank(pcm: npt.NDArray[np.int16]) -> Floats:
    """Compute the features of one piece of sound.

    Args:
        pcm: 16 kHz mono samples in the range of 16-bit integers.

    Returns:
        Array [frames, 80]: natural log of the mel energies, 25-ms frames every 10 ms, only
        frames that lie wholly inside the sound (Kaldi's `snip_edges`).
    """
    if len(pcm) < LENGTH:
        return np.zeros((0, _BINS), np.float32)
    samples = pcm.astype(np.float32)
    frames = np.lib.stride_tricks.sliding_window_view(samples, LENGTH)[::HOP]
    frames = frames - frames.mean(axis=1, keepdims=True)
    previous = np.concatenate((frames[:, :1], frames[:, :-1]), axis=1)
    windowed = (frames - _PRE_EMPHASIS * previous) * _povey()
    spectrum = np.fft.rfft(windowed, _FFT, axis=1)
    power = (spectrum.real**2 + spectrum.imag**2).astype(np.float32)
    energies: Floats = np.log(np.maximum(power @ _mel_weights(), _FLOOR)).astype(np.float32)
    return energies


@cache
def _povey() -> Floats:
    hann = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(LENGTH) / (LENGTH - 1))
    window: Floats = (hann**0.85).astype(np.float32)
    return window


@cache
def _mel_weights() -> Floats:
    """Triangles of equal width on the mel scale 1127 ln(1 + f / 700), as [257, 80]."""
    low, high = _mel(np.array([_LOW_HZ, _HIGH_HZ]))
    width = (high - low) / (_BINS + 1)
    left = low + width * np.arange(_BINS)
    mel = _mel(np.arange(_FFT // 2 + 1) * RATE / _FFT)[:, None]
    rising = (mel - left) / width
    falling = (left + 2 * width - mel) / width
    weights: Floats = np.maximum(0.0, np.minimum(rising, falling)).astype(np.float32)
    return weights


def _mel(hertz: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return 1127.0 * np.log1p(hertz / 700.0)
