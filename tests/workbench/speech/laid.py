"""Recordings whose sound does not simply follow: a tone tells the second in which it belongs."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

RATE = 48_000
_BLOCK = 960
_LOWEST_HZ, _STEP_HZ = 400, 100


def write(
    path: Path,
    codec: str,
    stretches: Sequence[tuple[float, float]],
    *,
    pictures_s: float = 0,
    stamps: Sequence[float] = (),
    options: dict[str, str] | None = None,
) -> Path:
    """Write stretches of sound, from a second to another, with nothing at all between them.

    Args:
        path: its ending says which container.
        codec: of the sound.
        stretches: begin and end, in whole seconds.
        pictures_s: how long there are moving pictures.
        stamps: when the stretches begin by the file, if that is not true.
        options: of the container.
    """
    with av.open(str(path), "w", options=options or {}) as out:
        sound = out.add_stream(codec, rate=RATE, layout="mono")
        if pictures_s:
            _pictures(out, pictures_s)
        size = sound.codec_context.frame_size or _BLOCK
        for number, (start, end) in enumerate(stretches):
            told = stamps[number] if stamps else start
            pcm = tones(start, end)
            for at in range(0, len(pcm) - size + 1, size):
                frame = av.AudioFrame.from_ndarray(pcm[None, at : at + size], "s16", "mono")
                frame.sample_rate, frame.time_base = RATE, Fraction(1, RATE)
                frame.pts = round(told * RATE) + at
                out.mux(sound.encode(frame))
        out.mux(sound.encode(None))
    return path


def tones(start_s: float, end_s: float) -> NDArray[np.int16]:
    """Return sound whose pitch tells the second."""
    time = np.arange(round(start_s * RATE), round(end_s * RATE)) / RATE
    hertz = _LOWEST_HZ + _STEP_HZ * np.floor(time)
    return (15_000 * np.sin(2 * np.pi * hertz * time)).astype(np.int16)


def seconds(pcm: NDArray[np.int16], rate: int) -> list[int | None]:
    """Return for the middle of each second which one it is by its tone; `None` = silence."""
    found: list[int | None] = []
    for second in range(len(pcm) // rate):
        piece = pcm[second * rate + rate // 4 : second * rate + 3 * rate // 4].astype(np.float64)
        if np.abs(piece).max() < 500:
            found.append(None)
            continue
        loudest = np.abs(np.fft.rfft(piece)).argmax() * rate / len(piece)
        found.append(round((loudest - _LOWEST_HZ) / _STEP_HZ))
    return found


def _pictures(out: av.container.OutputContainer, length_s: float) -> None:
    stream = out.add_stream("mpeg4", rate=5)
    stream.width = stream.height = 64
    stream.pix_fmt = "yuv420p"
    for number in range(round(length_s * 5)):
        frame = av.VideoFrame.from_ndarray(np.full((64, 64, 3), 40 * number % 256, np.uint8))
        frame.pts, frame.time_base = number, Fraction(1, 5)
        out.mux(stream.encode(frame))
    out.mux(stream.encode(None))
