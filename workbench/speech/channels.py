"""Whether the channels of a recording are people of their own, and each of them by itself.

Programs for calls write each end to a channel or a track of its own. Then nobody has to guess who
speaks, and two who speak at once are both understood: each channel is recognised alone. Two
microphones in one room hear the same people; those are one sound.

The parts lie one after the other on one line, with silence between, so that they are recognised
like any recording; `Line` says of which part a moment of that line is.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbench.speech import audio, mixing
from workbench.speech.engine import SAMPLE_RATE, Pcm
from workbench.speech.guards import Hole
from workbench.speech.spool import disk_problem
from workbench.speech.survey import Survey
from workbench.speech.turns import Heard
from workbench.vault import files

HEAD_MS = 300_000
_FRAME = 512  # of the voice detector
_WINDOW = 4 * _FRAME
_LAG = 160  # samples: three metres of air
_BAND = (150, 4_000)  # Hz
_SPEECH = 0.5
_LOUDER_DB, _DEAF_DB = 10.0, 30.0
_SAME_SOUND = 0.25
_MOST_SHARED = 0.1
_LEAST_OWN = 0.3  # of all speech
_SOMEBODY, _SOMEBODY_S = 0.01, 0.25
_MOST_WINDOWS = 4_000  # of more, every n-th is looked at
_BETWEEN_MS = 3_000  # longer than any silence inside a chunk
_log = logging.getLogger(__name__)

Probabilities = Callable[[Pcm], list[float]]


@dataclass(frozen=True, slots=True)
class Line:
    """The parts of a recording one after the other.

    Attributes:
        parts: how many.
        stride_ms: from the begin of one to that of the next.
    """

    parts: int
    stride_ms: int

    def part(self, ms: int) -> int:
        """Return in which part a moment of the line is, from 0."""
        return min(ms // self.stride_ms, self.parts - 1)

    def label(self, ms: int) -> str:
        """Return what the voice at a moment of the line is called."""
        return f"S{self.part(ms) + 1}"

    def before(self, ms: int) -> int:
        """Return how much of the line lies before the part of a moment, in ms."""
        return self.part(ms) * self.stride_ms

    def placed(
        self, ms: int, words: Sequence[Heard], holes: Sequence[Hole]
    ) -> tuple[list[Heard], list[Hole]]:
        """Return what was heard around a moment of the line at its times in the recording."""
        back = self.before(ms)
        return (
            [
                replace(word, start_ms=word.start_ms - back, end_ms=word.end_ms - back)
                for word in words
            ],
            [(start - back, end - back) for start, end in holes],
        )

    def of(self, pcm: Pcm, part: int) -> NDArray[np.int16]:
        """Return the samples of a part."""
        size = self.stride_ms * SAMPLE_RATE // 1000
        return pcm[part * size : (part + 1) * size]


def line_of(count: int, parts: int) -> Line:
    """Return the line of so many parts, each of so many samples."""
    return Line(parts, -(-count * 1000 // SAMPLE_RATE) + _BETWEEN_MS)


def write(path: Path, target: Path, found: Survey, line: Line, track: int) -> None:
    """Write the parts of a recording one after the other, once.

    Raises:
        UserError: nothing can be decoded.
        EnvironmentProblem: the cache cannot be written.
    """
    if target.exists():
        return
    size = line.stride_ms * SAMPLE_RATE // 1000
    halves = [target.with_name(f"{target.name}.{os.getpid()}.{n}.tmp") for n in range(line.parts)]
    whole = target.with_name(f"{target.name}.{os.getpid()}.tmp")
    try:
        with ExitStack() as written:
            into = [written.enter_context(files.writing(half)) for half in halves]
            for block in mixing.parts(path, counted=found.counted, track=track):
                for file, column in zip(into, block.T, strict=True):
                    file.write(np.ascontiguousarray(column).tobytes())
        with files.writing(whole) as file:
            for half in halves:
                for piece in _filled(half, size):
                    file.write(piece)
        whole.replace(target)
    except OSError as problem:
        raise disk_problem(target, problem) from problem
    finally:
        for one in (*halves, whole):
            one.unlink(missing_ok=True)


def _filled(path: Path, size: int) -> Iterator[bytes]:
    """Yield the samples of a file, and silence behind them up to a number of samples."""
    left = 2 * size
    with files.opened(path) as file:
        while left > 0 and (block := file.read(min(left, 2 * SAMPLE_RATE))):
            left -= len(block)
            yield block
    while left > 0:
        yield bytes(min(left, 2 * SAMPLE_RATE))
        left -= 2 * SAMPLE_RATE


def may_be_apart(path: Path, found: Survey, track: int, speech: Probabilities) -> int:
    """Return how many people of their own the begin of a recording may have; 0 = it is one sound.

    Raises:
        UserError: nothing can be decoded.
    """
    if mixing.count_parts(path, track) < 2:
        return 0
    blocks = mixing.parts(path, counted=found.counted, track=track)
    head = list(islice(blocks, HEAD_MS // 1000))
    if not head:
        return 0
    parts = [np.ascontiguousarray(column) for column in np.concatenate(head).T]
    seen = judge(parts, [speech(part) for part in parts])
    return len(parts) if seen.shared <= _MOST_SHARED and not seen.alike else 0


def opened_if_apart(target: Path, line: Line, speech: Probabilities) -> Pcm | None:
    """Return the parts that `write` wrote; `None`, and they are gone, if they are one sound."""
    pcm = audio.open_pcm(target)
    each = [line.of(pcm, number) for number in range(line.parts)]
    seen = judge(each, [speech(one) for one in each])
    _log.info("%d channels: %s", line.parts, seen)
    if seen.apart:
        return pcm
    target.unlink(missing_ok=True)
    return None


@dataclass(frozen=True, slots=True)
class Seen:
    """What the channels of a recording have to do with one another.

    Attributes:
        shared: share of the speech that two of them hear.
        own_s: seconds of speech of each that it alone hears.
        louder_s: seconds of speech in which each is the loudest.
    """

    shared: float
    own_s: tuple[float, ...]
    louder_s: tuple[float, ...]

    @property
    def alike(self) -> bool:
        """Tell whether there is speech, and hardly any that one channel alone hears."""
        return sum(self.louder_s) > 0 and sum(self.own_s) < _LEAST_OWN * sum(self.louder_s)

    @property
    def apart(self) -> bool:
        """Tell whether each has somebody of its own."""
        least = max(_SOMEBODY_S, _SOMEBODY * sum(self.louder_s))
        return self.shared <= _MOST_SHARED and not self.alike and min(self.own_s) >= least


def judge(parts: Sequence[Pcm], speech: Sequence[Sequence[float]]) -> Seen:
    """Look what the channels of a recording have to do with one another.

    Args:
        parts: their samples, equally long.
        speech: probabilities of speech of each, for each frame.
    """
    count = min(map(len, parts)) // _WINDOW
    masks = np.stack([_spoken(one, count) for one in speech])
    wanted = np.flatnonzero(masks.any(axis=0))
    step = max(1, -(-len(wanted) // _MOST_WINDOWS))
    looked = wanted[::step]
    levels = np.array([[_level(part, at) for at in looked] for part in parts])
    even = levels - [[_usual(*one)] for one in zip(levels, masks[:, looked], strict=True)]
    shared, own, louder = 0, np.zeros(len(parts)), np.zeros(len(parts))
    for number, at in enumerate(looked):
        first = int(np.argmax(even[:, number]))
        near = np.flatnonzero(np.abs(levels[:, number] - levels[first, number]) < _DEAF_DB)
        same = any(
            _likeness(_window(parts[first], at), _window(parts[int(one)], at)) > _SAME_SOUND
            for one in near
            if one != first
        )
        shared += same
        if masks[first, at]:
            below = even[first, number] - np.delete(even[:, number], first)
            louder[first] += 1
            own[first] += not same and float(below.min()) >= _LOUDER_DB
    seconds = step * _WINDOW / SAMPLE_RATE
    return Seen(
        shared / max(1, len(looked)),
        tuple((own * seconds).tolist()),
        tuple((louder * seconds).tolist()),
    )


def _window(part: Pcm, number: int) -> NDArray[np.float64]:
    return part[number * _WINDOW : (number + 1) * _WINDOW].astype(np.float64)


def _level(part: Pcm, number: int) -> float:
    """Return how loud a window is, in dB."""
    piece = _window(part, number)
    return float(10 * np.log10(np.mean(piece * piece) + 1.0))


def _usual(levels: NDArray[np.float64], spoken: NDArray[np.bool_]) -> float:
    """Return how loud somebody speaks in a channel, in dB: one end of a call may be far quieter."""
    said = levels[spoken]
    return float(np.quantile(said, 0.8)) if len(said) else float(levels.max(initial=0.0)) + 99.0


def _spoken(probabilities: Sequence[float], count: int) -> NDArray[np.bool_]:
    """Tell of each window whether somebody speaks in it."""
    frames = np.zeros(count * _WINDOW // _FRAME)
    known = np.asarray(probabilities)[: len(frames)]
    frames[: len(known)] = known
    spoken: NDArray[np.bool_] = frames.reshape(count, -1).max(axis=1, initial=0.0) >= _SPEECH
    return spoken


def _likeness(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """Say from 0 to 1 whether two pieces are the same sound, whatever level and small delay.

    That is the peak of their correlation with all pitches made equally loud (GCC-PHAT).
    """
    size = 2 * _WINDOW
    cross = np.fft.rfft(one, size) * np.conj(np.fft.rfft(other, size))
    cross /= np.abs(cross) + 1e-9
    low, high = (hertz * size // SAMPLE_RATE for hertz in _BAND)
    cross[:low] = cross[high:] = 0
    peaks: Any = np.abs(np.fft.irfft(cross))
    nearest = np.concatenate([peaks[:_LAG], peaks[-_LAG:]])
    return float(nearest.max() * (size / 2) / (high - low))


__all__ = [
    "HEAD_MS",
    "Line",
    "Seen",
    "judge",
    "line_of",
    "may_be_apart",
    "opened_if_apart",
    "write",
]
