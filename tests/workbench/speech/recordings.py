"""Real sound files for the speech tests, made on the spot."""

from __future__ import annotations

import wave
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from workbench.speech import audio

RATE = 16_000


def samples_of(path: Path, folder: Path) -> NDArray[np.int16]:
    """Return a recording as 16 kHz samples."""
    target = folder / f"{path.name}.pcm"
    audio.decode(path, target, on_progress=ignore)
    return audio.open_pcm(target)[:]


def ignore(_done_ms: int) -> None:
    """Take progress and do nothing."""


def silence(seconds: float) -> NDArray[np.int16]:
    """Return the hiss of a good recorder in a quiet room."""
    noise = np.random.default_rng(1).normal(0, 6, int(seconds * RATE))
    return noise.astype(np.int16)


def write_wav(path: Path, pcm: NDArray[np.int16]) -> Path:
    """Write samples as a WAV file."""
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(pcm.tobytes())
    return path


def write_coded(path: Path, pcm: NDArray[np.int16], codec: str, *, rate: int = RATE) -> Path:
    """Write samples in a coded format; the name's ending says which container."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate, layout="mono")
        context = stream.codec_context
        resampler = av.AudioResampler(
            format=context.format, layout="mono", rate=rate, frame_size=context.frame_size or 0
        )
        frame = av.AudioFrame.from_ndarray(pcm.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = RATE
        for piece in [*resampler.resample(frame), *resampler.resample(None)]:
            container.mux(stream.encode(piece))
        container.mux(stream.encode(None))
    return path


def write_video(path: Path, pcm: NDArray[np.int16], fps: int = 5) -> Path:
    """Write samples under grey pictures, as an MP4."""
    with av.open(str(path), "w") as container:
        pictures = container.add_stream("mpeg4", rate=fps)
        pictures.width = pictures.height = 64
        pictures.pix_fmt = "yuv420p"
        sound = container.add_stream("aac", rate=RATE, layout="mono")
        for _ in range(len(pcm) * fps // RATE):
            picture = np.full((64, 64, 3), 128, np.uint8)
            container.mux(pictures.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(pictures.encode(None))
        frame = av.AudioFrame.from_ndarray(pcm.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = RATE
        context = sound.codec_context
        resampler = av.AudioResampler(
            format=context.format, layout="mono", rate=RATE, frame_size=context.frame_size or 0
        )
        for piece in [*resampler.resample(frame), *resampler.resample(None)]:
            container.mux(sound.encode(piece))
        container.mux(sound.encode(None))
    return path


def write_video_without_sound(path: Path) -> Path:
    """Write half a second of grey pictures."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=10)
        stream.width = stream.height = 64
        stream.pix_fmt = "yuv420p"
        for _ in range(5):
            picture = np.full((64, 64, 3), 128, np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode(None))
    return path


def shorten(path: Path, share: float) -> Path:
    """Cut a file off, as a full card or a pulled plug does."""
    data = path.read_bytes()
    target = path.with_name(f"cut_{path.name}")
    target.write_bytes(data[: int(len(data) * share)])
    return target
