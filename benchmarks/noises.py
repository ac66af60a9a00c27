"""Sounds in which nobody says anything: the engine invents words on such ones, if it is let."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from containers import RATE, Sound
from numpy.typing import NDArray

Wave = NDArray[np.float64]
_SEED = 20_261_201


def silence(seconds: int) -> Sound:
    """Digital silence."""
    return np.zeros(seconds * RATE, np.int16)


def hiss(seconds: int, loud: float = 0.0003) -> Sound:
    """The hiss of a good recorder in a quiet room."""
    return _sound(loud * _draw(seconds))


def white(seconds: int) -> Sound:
    """White noise, loud."""
    return _sound(0.1 * _draw(seconds))


def pink(seconds: int) -> Sound:
    """Pink noise, as of water and fans."""
    return _sound(0.1 * _coloured(seconds, 0.5))


def brown(seconds: int) -> Sound:
    """Brown noise, as of engines behind a wall."""
    return _sound(0.1 * _coloured(seconds, 1.0))


def wind(seconds: int) -> Sound:
    """Gusts on a microphone."""
    gusts = np.interp(_time(seconds), np.arange(seconds + 1), _rng().random(seconds + 1) ** 2)
    return _sound(0.3 * gusts * _coloured(seconds, 1.0))


def traffic(seconds: int) -> Sound:
    """Cars that pass, one every few seconds."""
    time = _time(seconds)
    passing = sum(np.exp(-(((time - at) / 1.2) ** 2)) for at in np.arange(2, seconds, 4.3))
    return _sound(0.02 * _coloured(seconds, 0.5) + 0.12 * passing * _coloured(seconds, 0.8))


def rain(seconds: int) -> Sound:
    """Drops on a roof."""
    drops = _hits(seconds, rate=80, decay=0.004)
    return _sound(0.02 * _coloured(seconds, 0.3) + 0.2 * drops * _draw(seconds))


def typing(seconds: int) -> Sound:
    """Somebody types in a quiet room."""
    keys = _hits(seconds, rate=6, decay=0.012)
    return _sound(0.001 * _draw(seconds) + 0.15 * keys * _draw(seconds))


def steps(seconds: int) -> Sound:
    """Steps in a corridor."""
    time = _time(seconds)
    beat = np.exp(-((time % 0.55) / 0.05))
    return _sound(0.002 * _draw(seconds) + 0.3 * beat * _coloured(seconds, 0.7))


def hum(seconds: int) -> Sound:
    """A badly shielded cable at 50 Hz."""
    time = _time(seconds)
    tones = sum(np.sin(2 * np.pi * 50 * n * time) / n for n in (1, 2, 3, 5, 7))
    return _sound(0.08 * tones + 0.001 * _draw(seconds))


def ringing(seconds: int) -> Sound:
    """A telephone that nobody answers: one second of tone, four of quiet."""
    time = _time(seconds)
    return _sound(0.2 * np.sin(2 * np.pi * 425 * time) * (time % 5 < 1) + 0.0005 * _draw(seconds))


def music(seconds: int) -> Sound:
    """Chords and a tune from a synthesiser, with drums."""
    time = _time(seconds)
    chords = [(0, 4, 7), (-3, 0, 4), (-7, -3, 0), (-5, -1, 2)]
    tune = [0, 4, 7, 12, 11, 7, 4, 2, 0, -3, 4, 5, 7, 9, 7, 4]
    sound = np.zeros(len(time))
    for bar in range(-(-seconds // 2)):
        for half in chords[bar % 4]:
            sound += 0.06 * _note(time, 2.0 * bar, 2.0, 220 * 2 ** (half / 12))
        for beat in range(4):
            half = tune[(4 * bar + beat) % len(tune)]
            start = 2.0 * bar + 0.5 * beat
            sound += 0.1 * _note(time, start, 0.5, 440 * 2 ** (half / 12))
    drums = np.exp(-((time % 0.5) / 0.04)) * _draw(seconds)
    return _sound(sound + 0.05 * drums)


KINDS: dict[str, Callable[[int], Sound]] = {
    made.__name__: made
    for made in (
        silence, hiss, white, pink, brown, wind, traffic, rain, typing, steps, hum, ringing, music,
    )
}  # fmt: skip


def _rng() -> np.random.Generator:
    return np.random.default_rng(_SEED)


def _draw(seconds: int) -> Wave:
    return _rng().normal(0, 1, seconds * RATE)


def _time(seconds: int) -> Wave:
    return np.arange(seconds * RATE) / RATE


def _coloured(seconds: int, power: float) -> Wave:
    """Return noise whose amplitude falls with this power of the frequency, of mean power 1."""
    spectrum = np.fft.rfft(_draw(seconds))
    frequencies = np.fft.rfftfreq(seconds * RATE, 1 / RATE)
    found = np.fft.irfft(spectrum / np.maximum(20, frequencies) ** power, seconds * RATE)
    return found / found.std()


def _hits(seconds: int, *, rate: float, decay: float) -> Wave:
    """Return sudden strokes that die away, so many a second."""
    rng = _rng()
    strokes = np.zeros(seconds * RATE)
    strokes[rng.integers(0, len(strokes), int(rate * seconds))] = rng.random(int(rate * seconds))
    tail = np.exp(-np.arange(int(8 * decay * RATE)) / (decay * RATE))
    return np.convolve(strokes, tail)[: len(strokes)]


def _note(time: Wave, start: float, length: float, pitch: float) -> Wave:
    sound = np.zeros(len(time))
    inside = slice(*np.searchsorted(time, (start, start + length)))
    since = time[inside] - start
    shape = np.minimum(1, since / 0.02) * np.exp(-1.5 * since / length)
    sound[inside] = shape * sum(np.sin(2 * np.pi * pitch * n * since) / n**2 for n in (1, 2, 3, 4))
    return sound


def _sound(found: Wave) -> Sound:
    return (np.clip(found, -1, 1) * 32_767).astype(np.int16)
