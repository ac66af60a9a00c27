"""The tone that lies over a name: at the level of the speech around it, with soft ends.

The words themselves are gone, not drowned out: their samples are replaced.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

HERTZ = 1_000
_FADE_MS = 10
_SHARE = 0.5  # of the effective value of speech; a pure tone sounds louder than a voice
_QUIETEST, _LOUDEST = 0.01, 0.25  # of what a sample can hold
_GATE = 0.001  # below, nobody speaks
_WINDOW_MS = 20
_SLOWLY = 0.7  # how much of the level before stays with each block


class Tones:
    """Covers stretches of a recording that is gone through in blocks.

    Args:
        spans: begin and end in ms, in order, without overlaps.
    """

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self._spans = spans
        self._next = 0  # the first stretch that is not wholly behind
        self._speech = 0.0
        self._height = 0.0  # of the tone over the present stretch; 0 = it has not begun

    def cover(self, samples: Any, first: int, rate: int) -> None:
        """Put the tone in the place of what lies under it in a block.

        Args:
            samples: a row for each moment, a column for each channel; changed in place.
            first: number of the first one in the recording.
            rate: how many there are in a second.
        """
        if self._next >= len(self._spans):
            return
        most = np.iinfo(samples.dtype).max
        self._listen(samples, rate, most)
        while self._next < len(self._spans):
            start, end = _in_samples(self._spans[self._next], rate)
            if start >= first + len(samples):
                return
            self._height = self._height or self._level()
            begin, stop = max(start, first), min(end, first + len(samples))
            if begin < stop:
                wave = _wave(begin, stop, start, end, rate) * (self._height * most)
                samples[begin - first : stop - first] = wave.astype(samples.dtype)[:, None]
            if end > first + len(samples):
                return
            self._next, self._height = self._next + 1, 0.0

    def _listen(self, samples: Any, rate: int, most: int) -> None:
        """Follow how loud the speech is."""
        wide = max(1, rate * _WINDOW_MS // 1000)
        many = len(samples) // wide
        if not many:
            return
        mono = samples[: many * wide].mean(axis=1, dtype=np.float32).reshape(many, wide) / most
        loud = np.sqrt((mono * mono).mean(axis=1))
        loud = loud[loud > _GATE]
        if len(loud):
            now = float(np.quantile(loud, 0.75))
            self._speech = now if not self._speech else _SLOWLY * (self._speech - now) + now

    def _level(self) -> float:
        height = _SHARE * np.sqrt(2) * self._speech
        return float(min(_LOUDEST, max(_QUIETEST, height)))


def _in_samples(span: tuple[int, int], rate: int) -> tuple[int, int]:
    return span[0] * rate // 1000, -(-span[1] * rate // 1000)


def _wave(begin: int, stop: int, start: int, end: int, rate: int) -> Any:
    """Return the tone of a stretch from one of its samples to another, between −1 and 1."""
    at = np.arange(begin, stop)
    hertz = min(HERTZ, rate // 4)
    fade = max(1, min(rate * _FADE_MS // 1000, (end - start) // 2))
    near = np.minimum(at - start, end - 1 - at)  # samples to the nearer end
    soft = 0.5 - 0.5 * np.cos(np.pi * np.clip(near / fade, 0, 1))
    return np.sin(2 * np.pi * hertz * (at % rate) / rate) * soft


__all__ = ["HERTZ", "Tones"]
