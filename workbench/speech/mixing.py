"""All that is heard in a recording as one sound: its tracks together, its channels as one.

Recorders with two microphones and programs for calls write a track for each person; somebody who
hears the first one alone misses half of what was said. A plug wired the wrong way round makes the
second channel the mirror of the first: their mean would be silence, so it is turned round.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from workbench.speech import media
from workbench.speech.engine import SAMPLE_RATE

_LOUDEST = 32_767
_MIRRORED, _ALIKE = -0.6, -0.2  # correlation at which a channel is turned round, and back
_MEMORY = 0.98  # of a piece of some 20 ms: about a second

Int16 = NDArray[np.int16]
_Make = Callable[[Int16], Int16]


def samples(path: Path, *, counted: bool = False, track: int = 0) -> Iterator[bytes]:
    """Yield the sound of a recording as blocks of 16-bit samples, 16 kHz, mono.

    Damaged stretches are passed over; where rate or channels change midway, each stretch is taken
    for what it says it is. Where the file has no sound for a while there is silence.

    Args:
        path: the recording.
        counted: its stamps are not believed, see `media.laid`.
        track: number of the only track that is heard, from 1; 0 = all.

    Raises:
        UserError: it is no recording, or unreadable, or has no such track.
    """
    with media.opened(path) as container:
        numbers = [stream.index for stream in media.heard_of(path, container, track)]
    tracks = [_pieces(path, number, Fold().fold, counted=counted) for number in numbers]
    if len(tracks) == 1:
        for piece in tracks[0]:
            yield piece.tobytes()
        return
    for blocks in zip_longest(*map(_in_seconds, tracks), fillvalue=np.zeros(0, np.int16)):
        yield together(blocks).tobytes()


def count_parts(path: Path, track: int = 0) -> int:
    """Return how many people of their own a recording may have: its tracks, or two channels.

    Raises:
        UserError: it is no recording, or unreadable, or has no such track.
    """
    with media.opened(path) as container:
        streams = media.heard_of(path, container, track)
        if len(streams) > 1:
            return len(streams)
        return 2 if streams[0].codec_context.layout.nb_channels == 2 else 1


def parts(path: Path, *, counted: bool = False, track: int = 0) -> Iterator[Int16]:
    """Yield the parts that `count_parts` counts beside one another, [moments, parts], 16 kHz.

    Args:
        path, counted, track: as `samples` takes them.

    Raises:
        UserError: it is no recording, or unreadable, or has no such track.
    """
    with media.opened(path) as container:
        numbers = [stream.index for stream in media.heard_of(path, container, track)]
    if len(numbers) == 1:
        yield from _in_seconds(_pieces(path, numbers[0], _both, counted=counted))
        return
    tracks = [_pieces(path, number, Fold().fold, counted=counted) for number in numbers]
    for blocks in zip_longest(*map(_in_seconds, tracks), fillvalue=np.zeros(0, np.int16)):
        beside = np.zeros((max(map(len, blocks)), len(blocks)), np.int16)
        for number, block in enumerate(blocks):
            beside[: len(block), number] = block
        yield beside


def together(blocks: tuple[NDArray[Any], ...]) -> NDArray[Any]:
    """Return blocks as one; where they are too loud together, all of it is softer.

    Args:
        blocks: [moments] or [moments, channels], whole numbers of one kind; shorter ones are
            followed by silence.
    """
    longest = max(blocks, key=len)
    most = float(np.iinfo(longest.dtype).max)
    mixed = np.zeros(longest.shape, np.float64)
    for block in blocks:
        mixed[: len(block)] += block
    mixed /= max(1.0, float(np.abs(mixed).max(initial=0.0)) / most)
    rounded: NDArray[Any] = mixed.round().astype(longest.dtype)
    return rounded


class Fold:
    """Makes one channel of two, piece by piece."""

    def __init__(self) -> None:
        self._left = self._right = self._both = 0.0
        self._sign = 1

    def fold(self, piece: Int16) -> Int16:
        """Return a piece as one channel.

        Args:
            piece: [moments, channels], one channel or two.
        """
        if piece.shape[1] == 1:
            return piece[:, 0]
        left, right = piece.astype(np.float64).T
        self._left = _MEMORY * self._left + float(left @ left)
        self._right = _MEMORY * self._right + float(right @ right)
        self._both = _MEMORY * self._both + float(left @ right)
        alike = self._both / max(1.0, (self._left * self._right) ** 0.5)
        if alike < _MIRRORED:
            self._sign = -1
        elif alike > _ALIKE:
            self._sign = 1
        mean = np.round((left + self._sign * right) / 2).clip(-_LOUDEST, _LOUDEST)
        folded: Int16 = mean.astype(np.int16)
        return folded


def _both(piece: Int16) -> Int16:
    return piece if piece.shape[1] == 2 else np.repeat(piece, 2, axis=1)


def _pieces(path: Path, number: int, make: _Make, *, counted: bool) -> Iterator[Int16]:
    """Yield one track in pieces of any length, made of [moments, channels], one channel or two."""
    with media.opened(path) as container:
        resampler, before, channels = None, None, 1
        laid = media.laid(container, container.streams[number], counted=counted)
        for gap, frame in laid:
            kind = (frame.format.name, frame.layout.name, frame.sample_rate)
            if gap or kind != before:
                yield from _resampled(resampler, None, channels, make)
                yield from map(make, _silence(round(gap * SAMPLE_RATE)))
                before, channels = kind, 2 if frame.layout.nb_channels == 2 else 1
                layout = "stereo" if channels == 2 else "mono"
                resampler = av.AudioResampler(format="s16", layout=layout, rate=SAMPLE_RATE)
            yield from _resampled(resampler, frame, channels, make)
        yield from _resampled(resampler, None, channels, make)


def _resampled(resampler: Any, frame: Any, channels: int, make: _Make) -> Iterator[Int16]:
    for piece in resampler.resample(frame) if resampler is not None else ():
        yield make(piece.to_ndarray().reshape(-1, channels))


def _silence(count: int) -> Iterator[Int16]:
    for done in range(0, count, SAMPLE_RATE):
        yield np.zeros((min(SAMPLE_RATE, count - done), 1), np.int16)


def _in_seconds(pieces: Iterator[Int16]) -> Iterator[Int16]:
    return in_blocks(pieces, SAMPLE_RATE)


def in_blocks(pieces: Iterator[NDArray[Any]], size: int) -> Iterator[NDArray[Any]]:
    """Yield pieces anew, all of one length but the last."""
    waiting: list[NDArray[Any]] = []
    count = 0
    for piece in pieces:
        waiting.append(piece)
        count += len(piece)
        if count >= size:
            whole = np.concatenate(waiting)
            last = count - count % size
            for start in range(0, last, size):
                yield whole[start : start + size]
            waiting, count = [whole[last:]], count - last
    if count:
        yield np.concatenate(waiting)


__all__ = ["Fold", "count_parts", "in_blocks", "parts", "samples", "together"]
