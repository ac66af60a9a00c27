"""Takes stretches out of a recording: silence in their place, or a tone, so that all times stay.

What stays is heard as before: FLAC and WAV lose nothing of it. Pictures, titles and whatever else
the file held beside its sound do not come along. A recording is gone through in blocks, so that a
long one takes no more memory than a short one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any

import av
import numpy as np

from workbench.errors import UserError
from workbench.speech import media
from workbench.speech.mixing import in_blocks, together
from workbench.speech.protocol import Silence, Silenced
from workbench.speech.spool import disk_problem
from workbench.speech.survey import survey
from workbench.speech.tones import Tones
from workbench.vault import files

ENDING = ".flac"
_MOST_CHANNELS = 8
_BLOCKS_A_SECOND = 2
_QUIET_RATE = 8_000  # of a recording of which nothing is left
_NO_TRACES = {"fflags": "+bitexact"}  # no name of a library, no time


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of sound file.

    Attributes:
        container: FFmpeg's name of it.
        codec: by the format of the samples.
        rates: the only ones it may have; empty = any.
        channels: how many it may have.
    """

    container: str
    codec: dict[str, str]
    rates: tuple[int, ...] = ()
    channels: int = _MOST_CHANNELS
    bit_rate: int = 0


_KINDS = {
    ".flac": _Kind("flac", {"s16": "flac", "s32": "flac"}),
    ".wav": _Kind("wav", {"s16": "pcm_s16le", "s32": "pcm_s32le"}),
    ".m4a": _Kind(
        "ipod",
        {"s16": "aac", "s32": "aac"},
        (48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000),
        channels=2,
        bit_rate=80_000,
    ),
}
_USUAL = {1: "mono", 2: "stereo"}  # files often do not say which channels they have
_Spans = Sequence[tuple[int, int]]


def silence(question: Silence, on_progress: Callable[[int, int], None]) -> Silenced:
    """Write a recording anew, without what is not to be heard.

    Args:
        question: what is to be written; without a recording, silence up to `end_ms`.
        on_progress: told how much is done, and of how much, in ms; it may raise to stop.

    Raises:
        UserError: the recording cannot be read.
        EnvironmentProblem: the new file cannot be written.
    """
    target = Path(question.target)
    kind = _KINDS[question.ending]
    options = {**_NO_TRACES, **({"rf64": "auto"} if kind.container == "wav" else {})}
    failed: list[OSError] = []
    try:
        with (
            files.writing(target) as file,
            _blocks(question, kind) as (blocks, total),
            av.open(
                _Into(file, failed), "w", format=kind.container, container_options=options
            ) as out,
        ):
            if question.comment:
                out.metadata["comment"] = question.comment
            done = _Writing(question, kind, out).write(blocks, total, on_progress)
    except OSError as problem:
        raise disk_problem(target, problem) from problem
    except UserError as problem:
        if failed:  # it was not the recording
            raise disk_problem(target, failed[0]) from problem
        target.unlink(missing_ok=True)
        raise
    if done is None:
        raise media.unreadable(Path(question.media), "no sound could be decoded")
    return Silenced(done)


@contextmanager
def _blocks(question: Silence, kind: _Kind) -> Iterator[tuple[Iterator[Any], int]]:
    """Yield the sound from which is written, in blocks, and how many ms that will be."""
    if not question.media:
        yield _nothing(question.end_ms), question.end_ms
        return
    source = Path(question.media)
    found = survey(source)
    counted = question.counted or found.counted
    with ExitStack() as files_read:
        container = files_read.enter_context(media.opened(source))
        numbers = [sound.index for sound in media.heard_of(source, container, question.track)]
        tracks, wanted = [], _Wanted(kind)
        for number in numbers:
            container = files_read.enter_context(media.opened(source))
            laid = media.laid(container, container.streams[number], counted=counted)
            tracks.append(_even(laid, wanted))
        blocks = tracks[0] if len(tracks) == 1 else _mixed(tracks, wanted)
        yield blocks, question.end_ms or found.length_ms


class _Into:
    """The new file; why it cannot be written is kept, for FFmpeg says it of what it reads.

    Args:
        file: what is written to.
        failed: gets what went wrong.
    """

    def __init__(self, file: files.Into, failed: list[OSError]) -> None:
        self._file, self._failed = file, failed

    def write(self, data: bytes) -> int:
        """Add bytes."""
        try:
            return self._file.write(data)
        except OSError as problem:
            self._failed.append(problem)
            raise

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to where something is to be written anew."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """Return where bytes are written next."""
        return self._file.tell()


class _Writing:
    """Writes the blocks of one recording, or of a part of it."""

    def __init__(self, question: Silence, kind: _Kind, out: Any) -> None:
        self._question, self._kind, self._out = question, kind, out
        self._spans = _pairs(question.spans)
        self._tones = Tones(_pairs(question.tones))
        self._stream: Any = None
        self._written = 0

    def write(
        self, blocks: Iterator[Any], total: int, on_progress: Callable[[int, int], None]
    ) -> int | None:
        """Write what is asked for; return its length in ms, `None` where there is no sound."""
        done = 0
        for frame in blocks:
            rate, first = frame.sample_rate, done
            done += frame.samples
            begin = self._question.start_ms * rate // 1000
            end = self._question.end_ms * rate // 1000 or done
            if first >= end:
                break
            if done > begin:
                self._block(frame, first, max(begin, first) - first, min(end, done) - first)
            on_progress(min(done * 1000 // rate, total), total)
        if self._stream is None:
            return None
        self._out.mux(self._stream.encode(None))
        return int(self._written * 1000 // self._stream.rate)

    def _block(self, frame: Any, at: int, first: int, last: int) -> None:
        """Write a block.

        Args:
            frame: its samples.
            at: number of its first sample in the recording.
            first, last: those of its samples that are written.
        """
        rate, form, layout = frame.sample_rate, frame.format.name, frame.layout.name
        channels = len(frame.layout.channels)
        samples = frame.to_ndarray().reshape(-1, channels)
        self._tones.cover(samples, at, rate)
        samples[self._quiet(at, len(samples), rate)] = 0
        part = np.ascontiguousarray(samples[first:last]).reshape(1, -1)
        new = av.AudioFrame.from_ndarray(part, format=form, layout=layout)
        new.sample_rate, new.pts = rate, self._written
        if self._stream is None:
            self._stream = self._begin(rate, form, layout, channels)
        self._out.mux(self._stream.encode(new))
        self._written += last - first

    def _begin(self, rate: int, form: str, layout: str, channels: int) -> Any:
        stream = self._out.add_stream(self._kind.codec[form], rate=rate, layout=layout)
        context = stream.codec_context
        context.flags |= av.codec.context.Flags.bitexact
        if self._kind.bit_rate:
            stream.bit_rate = self._kind.bit_rate * channels
        else:
            context.format = form
        return stream

    def _quiet(self, first: int, count: int, rate: int) -> Any:
        """Tell of each sample whether it is to be silent: within the spans, or outside of them."""
        inside = np.zeros(count, bool)
        for start, end in meeting(self._spans, first, count, rate):
            inside[start:end] = True
        return inside if self._question.within else ~inside


def meeting(spans: _Spans, first: int, count: int, rate: int) -> Iterator[tuple[int, int]]:
    """Yield where stretches lie in a block, as numbers of its samples.

    Args:
        spans: begin and end in ms, in order, without overlaps.
        first: number of the block's first sample.
        count: how many it has.
        rate: samples in a second.
    """
    begin_ms, end_ms = first * 1000 // rate, (first + count) * 1000 // rate + 1
    at = max(0, bisect_right(spans, (begin_ms,)) - 1)
    while at < len(spans) and spans[at][0] <= end_ms:
        start, end = spans[at][0] * rate // 1000 - first, -(-spans[at][1] * rate // 1000) - first
        if start < count and end > 0:
            yield max(0, start), min(count, end)
        at += 1


def _pairs(flat: Sequence[int]) -> list[tuple[int, int]]:
    return list(zip(flat[::2], flat[1::2], strict=True))


def _nothing(length_ms: int) -> Iterator[Any]:
    """Yield silence of its own, in blocks."""
    kind = {"format": "s16", "layout": "mono", "rate": _QUIET_RATE}
    return _quiet(max(1, length_ms * _QUIET_RATE // 1000), kind)


def _quiet(count: int, kind: dict[str, Any]) -> Iterator[Any]:
    """Yield so many silent moments, in blocks of a rate and format."""
    channels, block = av.AudioLayout(kind["layout"]).nb_channels, kind["rate"] // _BLOCKS_A_SECOND
    dtype = np.int32 if kind["format"] == "s32" else np.int16
    for done in range(0, count, block):
        yield _frame(np.zeros((1, min(block, count - done) * channels), dtype), kind)


class _Wanted:
    """What is written: the rate and the channels of the first frame, as far as the file can."""

    def __init__(self, kind: _Kind) -> None:
        self._kind = kind
        self._found: dict[str, Any] = {}

    def of(self, frame: Any) -> dict[str, Any]:
        """Return what a resampler is to make of a frame."""
        if not self._found:
            kind, rate = self._kind, frame.sample_rate
            channels = len(frame.layout.channels)
            channels = channels if channels <= kind.channels else 2
            rate = rate if not kind.rates or rate in kind.rates else kind.rates[0]
            self._found = {
                "format": "s32" if frame.format.name in {"s32", "s32p"} else "s16",
                "layout": _USUAL.get(channels, frame.layout.name),
                "rate": rate,
                "frame_size": max(1, rate // _BLOCKS_A_SECOND),
            }
        return self._found


def _mixed(tracks: Sequence[Iterator[Any]], wanted: _Wanted) -> Iterator[Any]:
    """Yield several tracks together, in blocks."""
    firsts = [next(track, None) for track in tracks]
    heard = [(chain([one], track)) for one, track in zip(firsts, tracks, strict=True) if one]
    if not heard:
        return
    kind = wanted.of(next(one for one in firsts if one))
    channels = av.AudioLayout(kind["layout"]).nb_channels
    size = kind["frame_size"]
    parts = [
        in_blocks((frame.to_ndarray().reshape(-1, channels) for frame in track), size)
        for track in heard
    ]
    nothing = np.zeros((0, channels), np.int32 if kind["format"] == "s32" else np.int16)
    for blocks in zip_longest(*parts, fillvalue=nothing):
        whole = np.ascontiguousarray(together(blocks)).reshape(1, -1)
        yield _frame(whole, kind)


def _frame(samples: Any, kind: dict[str, Any]) -> Any:
    frame = av.AudioFrame.from_ndarray(samples, kind["format"], kind["layout"])
    frame.sample_rate = kind["rate"]
    return frame


def _even(laid: Iterator[tuple[float, Any]], wanted: _Wanted) -> Iterator[Any]:
    """Yield a track in blocks, all of the same rate and channels.

    Args:
        laid: its frames, each with the seconds of silence before it.
        wanted: what is written.
    """
    resampler: Any = None
    before: tuple[Any, ...] | None = None
    for gap, frame in laid:
        kind = wanted.of(frame)
        found = (frame.format.name, frame.layout.name, frame.sample_rate)
        if gap or found != before:
            yield from resampler.resample(None) if resampler is not None else ()
            yield from _quiet(round(gap * kind["rate"]), kind)
            resampler, before = av.AudioResampler(**kind), found
        yield from resampler.resample(frame)
    yield from resampler.resample(None) if resampler is not None else ()


__all__ = ["ENDING", "meeting", "silence"]
