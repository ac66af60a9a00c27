"""Takes stretches out of a recording: silence in their place, so that all other times stay.

The sound is written as FLAC, which loses nothing, so what others say is heard as before. Pictures
and whatever else the file held beside its sound do not come along.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import av
import numpy as np

from workbench.speech import media
from workbench.speech.protocol import Silence, Silenced
from workbench.speech.spool import disk_problem
from workbench.vault import files

ENDING = ".flac"
_MOST_CHANNELS = 8


def silence(question: Silence) -> Silenced:
    """Write a recording anew, with silence where it is asked for.

    Raises:
        UserError: the recording cannot be read.
        EnvironmentProblem: the new file cannot be written.
    """
    source, target = Path(question.media), Path(question.target)
    spans = list(zip(question.spans[::2], question.spans[1::2], strict=True))
    try:
        with (
            media.opened(source) as container,
            files.writing(target) as file,
            av.open(file, "w", format="flac") as out,
        ):
            length = _write(container, media.sound_of(source, container), out, question, spans)
    except OSError as problem:
        raise disk_problem(target, problem) from problem
    if length is None:
        raise media.unreadable(source, "no sound could be decoded")
    return Silenced(length)


def _write(
    container: Any,
    sound: Any,
    out: Any,
    question: Silence,
    spans: Sequence[tuple[int, int]],
) -> int | None:
    """Write all of the sound; return its length in ms, `None` where there is none."""
    stream, done = None, 0
    for frame in _even(container, sound):
        rate, layout = frame.sample_rate, frame.layout.name
        if stream is None:
            stream = out.add_stream("flac", rate=rate, layout=layout)
            stream.codec_context.format = frame.format.name
        samples = frame.to_ndarray()
        quiet = _quiet(done, frame.samples, rate, spans, within=question.within)
        samples[:, np.repeat(quiet, len(frame.layout.channels))] = 0
        new = av.AudioFrame.from_ndarray(samples, format=frame.format.name, layout=layout)
        new.sample_rate, new.pts = rate, done
        out.mux(stream.encode(new))
        done += frame.samples
    if stream is None:
        return None
    out.mux(stream.encode(None))
    return int(done * 1000 // stream.rate)


def _even(container: Any, sound: Any) -> Iterator[Any]:
    """Yield the frames of a recording, all of the rate and the channels of its first."""
    resampler: Any = None
    before: tuple[Any, ...] | None = None
    wanted: dict[str, Any] | None = None
    for frame in media.frames(container, sound):
        if frame.sample_rate < media.LOWEST_RATE:
            continue
        kind = (frame.format.name, frame.layout.name, frame.sample_rate)
        if wanted is None:
            many = len(frame.layout.channels) > _MOST_CHANNELS
            wanted = {
                "format": "s32" if frame.format.name in {"s32", "s32p"} else "s16",
                "layout": "stereo" if many else frame.layout.name,
                "rate": frame.sample_rate,
            }
        if kind != before:
            yield from resampler.resample(None) if resampler is not None else ()
            resampler, before = av.AudioResampler(**wanted), kind
        frame.pts = None  # as when it is decoded to be recognised: times are counted in samples
        yield from resampler.resample(frame)
    yield from resampler.resample(None) if resampler is not None else ()


def _quiet(
    first: int, count: int, rate: int, spans: Sequence[tuple[int, int]], *, within: bool
) -> Any:
    """Tell of each sample whether it is to be silent: within the spans, or outside of them."""
    inside = np.zeros(count, bool)
    begin_ms, end_ms = first * 1000 // rate, (first + count) * 1000 // rate + 1
    at = max(0, bisect_right(spans, (begin_ms,)) - 1)
    while at < len(spans) and spans[at][0] <= end_ms:
        start, end = (ms * rate // 1000 - first for ms in spans[at])
        inside[max(0, start) : max(0, end)] = True
        at += 1
    return inside if within else ~inside


__all__ = ["ENDING", "silence"]
