"""From any recording to 16 kHz mono samples on disk, to speech probabilities, to a wave form.

A recording is decoded once, into the study's cache; afterwards only the stretch in work
is read, so that a three-hour file needs no more memory than a short one. Media libraries crash on
malformed files now and then: this module is only ever loaded in a child process.
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from workbench import rights
from workbench.speech import media, mixing
from workbench.speech.engine import SAMPLE_RATE, Pcm, Samples
from workbench.speech.spool import disk_problem
from workbench.speech.survey import Survey, stated_ms, survey
from workbench.vault import files
from workbench.words import Phrase, t

_BLOCK_FRAMES = 9_375  # five minutes of voice detection at a time
_WARM_UP_FRAMES = 64  # two seconds until the detector knows where it is
_FRAME = 512
_DETAIL = SAMPLE_RATE // 100  # samples in 10 ms
_DETAIL_BLOCK = 60 * SAMPLE_RATE
_OGG_TAIL = 70_000  # an Ogg page is at most 65,307 bytes
_MISSING_SHARE = 0.02
_MISSING_LEAST_MS = 1_500
_SILENT: Phrase = "no sound could be decoded"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Probe:
    """What a recording is.

    Attributes:
        duration_ms: length as the file states it, else as its packets say.
        codec: name of the sound's format, for example "opus".
        has_video: moving pictures besides the sound; cover art does not count.
        warning: why not all of it may be readable, "" = nothing wrong.
        tracks: how many tracks of sound it has.
    """

    duration_ms: int
    codec: str
    has_video: bool
    warning: str = ""
    tracks: int = 1


class PcmFile:
    """Samples in a file; each stretch is read when it is asked for.

    One map over the whole file would count all that was ever looked at as this process's memory.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._length = files.size(path) // 2

    def __len__(self) -> int:
        """Return how many samples there are."""
        return self._length

    def __getitem__(self, part: slice, /) -> NDArray[np.int16]:
        """Return a stretch, without steps."""
        start, stop, _ = part.indices(self._length)
        if stop <= start:
            return np.zeros(0, np.int16)
        with files.opened(self._path) as file:
            file.seek(2 * start)
            return np.frombuffer(file.read(2 * (stop - start)), np.int16)


def probe(path: Path) -> Probe:
    """Look into a recording and decode its first moment.

    Raises:
        UserError: missing, empty, no recording, without sound, or unreadable.
    """
    media.refuse_plainly_wrong(path)
    with media.opened(path) as container:
        stream, *others = media.sounds_of(path, container)
        codec = stream.codec_context.name
        duration = stated_ms(path, container)
        has_video = any(media.is_moving(video) for video in container.streams.video)
        if next(media.frames(container, stream), None) is None:
            raise media.unreadable(path, _SILENT)
    warning = truncation(0) if _ends_abruptly(path) else ""
    length = duration or survey(path).length_ms
    return Probe(length, codec, has_video, warning, 1 + len(others))


def decode(
    path: Path,
    target: Path,
    found: Survey | None = None,
    *,
    track: int = 0,
    on_progress: Callable[[int], None],
) -> None:
    """Write a recording's sound to a file of 16 kHz mono 16-bit samples, once.

    Args:
        path: the recording.
        target: where the samples go; nothing is done when it exists.
        found: what is known of the recording, `None` to look.
        track: number of the only track that is heard, from 1; 0 = all.
        on_progress: called with the milliseconds decoded so far; it may raise to stop.

    Raises:
        UserError: nothing can be decoded.
        EnvironmentProblem: the cache cannot be written.
    """
    if target.exists():
        return
    temporary = target.with_name(f"{target.name}.{os.getpid()}.tmp")
    try:
        rights.folder(target.parent)
    except OSError as error:
        raise disk_problem(target, error) from error
    try:
        with files.writing(temporary) as file:
            samples = 0
            found = found or survey(path)
            for block in mixing.samples(path, counted=found.counted, track=track):
                file.write(block)
                samples += len(block) // 2
                on_progress(samples * 1000 // SAMPLE_RATE)
            if samples == 0:
                raise media.unreadable(path, _SILENT)
            end = found.pictured_ms * SAMPLE_RATE // 1000  # its pictures go on
            for done in range(samples, end, _DETAIL_BLOCK):
                file.write(bytes(2 * min(_DETAIL_BLOCK, end - done)))
        temporary.replace(target)
    except OSError as error:
        raise disk_problem(target, error) from error
    finally:
        temporary.unlink(missing_ok=True)


def decode_head(
    path: Path, length_ms: int, *, counted: bool = False, track: int = 0
) -> NDArray[np.int16]:
    """Decode the beginning of a recording into memory: the same samples as `decode` would write.

    Args:
        path: the recording.
        length_ms: how much of it.
        counted: as `survey` found.
        track: as `decode` takes it.

    Raises:
        UserError: nothing can be decoded.
    """
    wanted = 2 * length_ms * SAMPLE_RATE // 1000
    found = bytearray()
    for block in mixing.samples(path, counted=counted, track=track):
        found += block
        if len(found) >= wanted:
            break
    return np.frombuffer(bytes(found[:wanted]), np.int16)


def open_pcm(path: Path) -> PcmFile:
    """Open a file of decoded samples."""
    return PcmFile(path)


def milliseconds(pcm: Pcm) -> int:
    """Return the length of decoded sound."""
    return len(pcm) * 1000 // SAMPLE_RATE


def cut(pcm: Pcm, start_ms: int, end_ms: int) -> Samples:
    """Return a stretch of sound as numbers from -1 to 1."""
    piece = pcm[start_ms * SAMPLE_RATE // 1000 : end_ms * SAMPLE_RATE // 1000]
    return piece.astype(np.float32) / np.float32(32_768)


def speech_probabilities(pcm: Pcm, *, on_progress: Callable[[int], None]) -> list[float]:
    """Return the probability of speech for each 32 ms, by the Silero voice detector.

    Args:
        pcm: the recording.
        on_progress: called with the milliseconds looked at so far; it may raise to stop.
    """
    from faster_whisper.vad import get_vad_model

    model = get_vad_model()
    count = -(-len(pcm) // _FRAME)
    found: list[float] = []
    for first in range(0, count, _BLOCK_FRAMES):
        warm_up = min(first, _WARM_UP_FRAMES)
        last = min(first + _BLOCK_FRAMES, count)
        block = pcm[(first - warm_up) * _FRAME : last * _FRAME].astype(np.float32) / 32_768
        padded = np.pad(block, (0, (last - first + warm_up) * _FRAME - len(block)))
        found += model(padded).ravel()[warm_up:].tolist()
        on_progress(last * _FRAME * 1000 // SAMPLE_RATE)
    return found


def peaks(pcm: Pcm, buckets: int = 1_000) -> list[int]:
    """Return the loudness over the recording for the player's wave form.

    Returns:
        `buckets` numbers from 0 to 100, the loudest moment being 100; all 0 for silence.
    """
    edges = np.linspace(0, len(pcm), buckets + 1).astype(np.int64)
    loud = [_loudest(pcm[start:end]) for start, end in pairwise(edges)]
    most = max(loud)
    return [round(100 * value / most) if most else 0 for value in loud]


def write_detail(pcm: Pcm, target: Path) -> None:
    """Write the loudness of each 10 ms, 0 to 100 like `peaks`, as one byte.

    The window reads what it shows of it. It is a cache: where it cannot be written, there is none.
    """
    if target.exists() and files.size(target) == -(-len(pcm) // _DETAIL):
        return
    temporary = target.with_name(f"{target.name}.{os.getpid()}.tmp")
    loud = np.concatenate([_each_loudest(block) for block in _blocks(pcm)])
    most = max(1, int(loud.max(initial=0)))
    try:
        files.write(temporary, (loud * 100.0 / most).round().astype(np.uint8).tobytes())
        temporary.replace(target)
    except OSError as error:
        _log.warning("loudness not kept: %s", error)
    finally:
        temporary.unlink(missing_ok=True)


def truncation(missing_ms: int) -> str:
    """Return the sentence that a recording seems to be cut off."""
    if not missing_ms:
        return t(
            "The recording seems to be cut off. What could be read is used. If you have a complete"
            " copy, import that instead."
        )
    return t(
        "The recording seems to be cut off; about {seconds} s are missing. What could be read is"
        " used. If you have a complete copy, import that instead.",
        seconds=missing_ms // 1000,
    )


def missing_ms(stated_ms: int, decoded_ms: int) -> int:
    """Return how much less was decoded than the file promised, 0 for a trifle."""
    missing = stated_ms - decoded_ms
    return missing if missing > max(_MISSING_LEAST_MS, stated_ms * _MISSING_SHARE) else 0


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file in hex."""
    with files.opened(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _blocks(pcm: Pcm) -> Iterator[NDArray[np.int16]]:
    """Yield the samples in blocks of whole 10 ms, so that no file is ever in memory as a whole."""
    for start in range(0, max(1, len(pcm)), _DETAIL_BLOCK):
        block = pcm[start : start + _DETAIL_BLOCK]
        yield np.pad(block, (0, -len(block) % _DETAIL))


def _each_loudest(block: NDArray[np.int16]) -> NDArray[np.int32]:
    parts = block.reshape(-1, _DETAIL).astype(np.int32)
    loud: NDArray[np.int32] = np.abs(parts).max(axis=1, initial=0)
    return loud


def _loudest(piece: NDArray[np.int16]) -> int:
    if not len(piece):
        return 0
    return max(int(piece.max()), -int(piece.min()), 0)


def _ends_abruptly(path: Path) -> bool:
    """Tell whether an Ogg or WAV file stops before its own end; others state their length."""
    size = files.size(path)
    with files.opened(path) as file:
        head = file.read(44)
        if head[:4] == b"OggS":
            file.seek(max(0, size - _OGG_TAIL))
            tail = file.read()
            page = tail.rfind(b"OggS")
            return page < 0 or not tail[page + 5 : page + 6] or not tail[page + 5] & 4
        if head[:4] == b"RIFF" and head[36:40] == b"data":
            stated = int.from_bytes(head[40:44], "little")
            return stated not in {0, 0xFFFFFFFF} and stated > size
    return False
