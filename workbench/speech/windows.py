"""Two small networks listen to a recording, ten seconds at a time.

One tells up to three local voices of a window apart, overlap included; the other turns what a
local voice says into a voice print. Whose prints they are is decided elsewhere. Windows are heard
side by side, one to a processor core: two cores on one small network wait for each other.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from workbench.errors import EnvironmentProblem
from workbench.speech.engine import Pcm
from workbench.speech.fbank import HOP, LENGTH, RATE, Floats, fbank
from workbench.speech.machine import physical_cores

SEGMENTATION = "segmentation-3.0.onnx"
EMBEDDING = "campplus-zh-en-192.onnx"

STEP = 270
"""Samples per frame of the segmentation network (16.875 ms)."""
_WINDOW = 160_000
FRAMES = 589
WINDOW_STEP = 148
"""Frames from one window to the next: 2.4975 s, whole frames so that windows share one grid."""
SHARED_S = (_WINDOW - WINDOW_STEP * STEP) / RATE
"""Seconds of a window that the next one hears, too."""
CENTRE = 495
"""Samples from the begin of a window to the middle of what its first frame hears."""
POWERSET = np.array(
    [[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 0, 1], [0, 1, 1]], bool
)
_BATCH = 4
_SHORTEST = 0.4
"""Seconds of undisturbed speech below which a voice print says nothing."""
STRETCH = 0.8
"""Seconds of undisturbed speech that one stretch of a local voice has at least, if it can."""
_GAP = 15
"""Frames of silence (0.25 s) at which a stretch may end."""

Bytes = npt.NDArray[np.uint8]


def listen(
    pcm: Pcm, models: Path, on_progress: Callable[[float], None] | None
) -> tuple[Bytes, list[Print]]:
    """Hear a whole recording.

    Args:
        pcm: 16 kHz mono; read window by window.
        models: folder of the two networks.
        on_progress: hears the finished share, 0 to 1; an exception from it stops the work.

    Returns:
        activity [windows, 589], see `Diarization`, and the voice prints in order of time.

    Raises:
        EnvironmentProblem: if a network is missing or damaged.
    """
    segment, embed = _load(models / SEGMENTATION), _load(models / EMBEDDING)
    starts = window_starts(len(pcm))
    activity = np.zeros((len(starts), FRAMES), np.uint8)
    found: list[Print] = []

    def hear(first: int) -> list[Print]:
        batch = starts[first : first + _BATCH]
        sound = _piece(pcm, batch[0], batch[-1] + _WINDOW)
        windows = np.stack([sound[start - batch[0] :][:_WINDOW] for start in batch])
        scores = segment(windows[:, None].astype(np.float32) / np.float32(32_768))
        classes = np.argmax(scores, axis=2).astype(np.uint8)
        activity[first : first + len(batch)] = classes
        if not classes.any():
            return []
        # Windows share three quarters of their sound: its features are computed once.
        features = fbank(sound)
        return [
            one
            for number, start in enumerate(batch)
            for one in _voice_prints(
                embed, *_part(features, start - batch[0]), classes[number], first + number
            )
        ]

    crew = ThreadPoolExecutor(physical_cores())
    try:
        # A few ahead and no more: whoever is told of progress may let the work rest.
        waiting: deque[Future[list[Print]]] = deque()
        firsts = iter(range(0, len(starts), _BATCH))
        for first in range(0, len(starts), _BATCH):
            ahead = islice(firsts, 2 * physical_cores() - len(waiting))
            waiting.extend(crew.submit(hear, one) for one in ahead)
            found += waiting.popleft().result()
            if on_progress:
                on_progress(min(1.0, (first + _BATCH) / len(starts)))
    finally:
        crew.shutdown(cancel_futures=True)
    return activity, found


def window_starts(count: int) -> range:
    """Return where the windows of so many samples begin."""
    return range(0, max(count - _WINDOW, 0) + WINDOW_STEP * STEP, WINDOW_STEP * STEP)


def _piece(pcm: Pcm, start: int, end: int) -> npt.NDArray[np.int16]:
    """Return samples, with silence behind the end of the recording."""
    samples = np.asarray(pcm[start:end], np.int16)
    return np.pad(samples, (0, end - start - len(samples)))


def _part(features: Floats, start: int) -> tuple[Floats, npt.NDArray[np.intp]]:
    """Return the features inside a window and the frame of the segmentation each belongs to.

    Args:
        features: [n, 80], of a longer piece of sound.
        start: sample of that piece at which the window begins.
    """
    first, last = -(-start // HOP), (start + _WINDOW - LENGTH) // HOP + 1
    middles = np.arange(first, last) * HOP + HOP - start
    frames = np.clip((middles - CENTRE + STEP // 2) // STEP, 0, FRAMES - 1)
    return features[first:last], frames


@dataclass(frozen=True, slots=True)
class Print:
    """A voice print of one stretch of a local voice."""

    window: int
    voice: int
    stretch: tuple[int, int]
    seconds: float
    values: Floats


def _voice_prints(
    embed: Callable[[Floats], Floats],
    features: Floats,
    frames: npt.NDArray[np.intp],
    classes: Bytes,
    window: int,
) -> Iterator[Print]:
    """Print each stretch of each local voice from the moments in which it speaks alone."""
    for voice in range(3):
        for start, end in _stretches(classes, voice):
            alone = np.zeros(FRAMES, bool)
            alone[start:end] = classes[start:end] == voice + 1
            seconds = _seconds(alone)
            if seconds >= _SHORTEST:
                chosen = features[alone[frames]]
                values = embed((chosen - chosen.mean(axis=0))[None])[0]
                yield Print(window, voice, (start, end), seconds, values)


def _stretches(classes: Bytes, voice: int) -> list[tuple[int, int]]:
    """Cut the speech of a local voice in its pauses, where the network may mix up two people."""
    speaking, alone = POWERSET[classes, voice], classes == voice + 1
    stretches: list[tuple[int, int]] = []
    for start, end, spoken in runs(speaking.astype(np.uint8)):
        if not spoken:
            continue
        if stretches and (
            start - stretches[-1][1] < _GAP
            or _seconds(alone[slice(*stretches[-1])]) < STRETCH
            or _seconds(alone[start:]) < STRETCH
        ):
            stretches[-1] = (stretches[-1][0], end)
        else:
            stretches.append((start, end))
    return stretches


def _seconds(frames: npt.NDArray[np.bool_]) -> float:
    return float(frames.sum() * STEP / RATE)


def runs(values: npt.NDArray[Any]) -> list[tuple[int, int, int]]:
    """Return (first frame, frame after the last, value) of each run of equal values."""
    edges = np.concatenate(([0], np.flatnonzero(np.diff(values)) + 1, [len(values)]))
    return [(a, b, int(values[a])) for a, b in pairwise(edges.tolist()) if b > a]


@lru_cache(maxsize=2)
def _load(model: Path) -> Callable[[Floats], Floats]:
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    try:
        session = onnxruntime.InferenceSession(
            str(model), options, providers=["CPUExecutionProvider"]
        )
    except Exception as error:
        raise EnvironmentProblem(
            "speakers.model",
            "The voice model {model} is missing or damaged.",
            "Install the program again; the transcript itself does not need it.",
            model=model.name,
        ) from error
    name = session.get_inputs()[0].name

    def run(values: Floats) -> Floats:
        result: Floats = session.run(None, {name: values})[0]
        return result

    return run
