"""Write made recordings as files: several tracks, late tracks, tracks with holes."""

from __future__ import annotations

import wave
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

RATE = 16_000
_PICTURES = 5  # a second

Sound = NDArray[np.int16]
"""Samples at 16 kHz: [n], or [n, channels]."""


@dataclass(frozen=True, slots=True)
class Track:
    """Stretches of sound, each at its second of the file's time; between them nothing is stored."""

    parts: tuple[tuple[float, Sound], ...]
    codec: str = "libopus"


def write_wave(path: Path, sound: Sound) -> None:
    """Write a plain recording."""
    channels = 1 if sound.ndim == 1 else sound.shape[1]
    with wave.open(str(path), "wb") as file:
        file.setparams((channels, 2, RATE, 0, "NONE", ""))
        file.writeframes(np.ascontiguousarray(sound).tobytes())


def write_phone(path: Path, sound: Sound) -> None:
    """Write every second sample as a telephone exchange does: 8 kHz, mu-law."""
    with av.open(str(path), "w") as out:
        stream = out.add_stream("pcm_mulaw", rate=RATE // 2, layout="mono")
        frame = av.AudioFrame.from_ndarray(sound[None, ::2].copy(), format="s16", layout="mono")
        frame.sample_rate = RATE // 2
        out.mux(stream.encode(frame))
        out.mux(stream.encode(None))


def write_tracks(path: Path, tracks: Sequence[Track], *, pictures_s: float = 0) -> None:
    """Write tracks of sound into one container, which the name's ending tells.

    Args:
        path: where to.
        tracks: in their order.
        pictures_s: seconds of grey pictures from the begin of the file on, 0 = none.
    """
    with av.open(str(path), "w", options={"fflags": "+bitexact"}) as out:
        film = out.add_stream("mpeg4", rate=_PICTURES) if pictures_s else None
        if film is not None:
            film.width = film.height = 64
            film.pix_fmt = "yuv420p"
        streams = []
        for track in tracks:
            sound = track.parts[0][1]
            layout = "mono" if sound.ndim == 1 else "stereo"
            stream = out.add_stream(track.codec, rate=RATE, layout=layout)
            stream.codec_context.format = "s16"
            stream.time_base = Fraction(1, RATE)
            stream.codec_context.open()  # it says only then how much a packet takes
            streams.append(stream)
        packets = [packet for packet in _pictures(film, pictures_s) if packet.size]
        for stream, track in zip(streams, tracks, strict=True):
            packets += _sound(stream, track)
        for packet in sorted(packets, key=lambda one: one.dts * one.time_base):
            out.mux(packet)


def _pictures(stream: av.VideoStream | None, seconds: float) -> list[av.Packet]:
    if stream is None:
        return []
    picture = av.VideoFrame.from_ndarray(np.full((64, 64, 3), 128, np.uint8), format="rgb24")
    packets = []
    for number in range(int(seconds * _PICTURES)):
        picture.pts = number
        packets += stream.encode(picture)
    return [*packets, *stream.encode(None)]


def _sound(stream: av.AudioStream, track: Track) -> list[av.Packet]:
    packets = []
    for start, sound in track.parts:
        size = stream.codec_context.frame_size or RATE
        for at in range(0, len(sound), size):
            piece = sound[at : at + size].reshape(1, -1)
            channels = 1 if sound.ndim == 1 else sound.shape[1]
            piece = np.pad(piece, ((0, 0), (0, size * channels - piece.shape[1])))
            layout = "mono" if channels == 1 else "stereo"
            frame = av.AudioFrame.from_ndarray(piece, format="s16", layout=layout)
            frame.sample_rate, frame.time_base = RATE, Fraction(1, RATE)
            frame.pts = round(start * RATE) + at
            packets += stream.encode(frame)
    return [*packets, *stream.encode(None)]
