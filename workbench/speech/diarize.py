"""Who spoke when, offline on a CPU, apart from what was said.

A small network hears ten seconds at a time and tells up to three local voices apart, overlap
included; a second one turns the speech of each local voice into a voice print; clustering the
prints tells which local voices are one person. The prints are kept, so that another number of
speakers is a matter of a moment and needs no model.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt

import resources
from workbench.errors import EnvironmentProblem, UserError
from workbench.speech.clustering import (
    Floats,
    assign_window,
    find_centroids,
    unit_rows,
)
from workbench.speech.fbank import HOP, RATE, fbank

SEGMENTATION = "segmentation-3.0.onnx"
EMBEDDING = "campplus-zh-en-192.onnx"

_STEP = 270
"""Samples per frame of the segmentation network (16.875 ms)."""
_WINDOW = 160_000
_FRAMES = 589
_WINDOW_STEP = 148
"""Frames from one window to the next: 2.4975 s, whole frames so that windows share one grid."""
_CENTRE = 495
"""Samples from the begin of a window to the middle of what its first frame hears."""
_POWERSET = np.array(
    [[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 0, 1], [0, 1, 1]], bool
)
_BATCH = 4
_THREADS = 2
_SHORTEST = 0.4
"""Seconds of undisturbed speech below which a voice print says nothing."""
_FIRM = 1.2
"""Seconds from which a voice print may take part in clustering."""

Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Diarization:
    """Who spoke when, and what is needed to decide it anew.

    Attributes:
        step_ms: distance of two frames in milliseconds.
        timeline: (start ms, end ms, speaker index) in order, never two at a time; speakers are
            numbered by their first appearance.
        overlaps: (start ms, end ms) where at least two people speak.
        centroids: [speakers, 192], mean voice print of each speaker.
        activity: [windows, 589], class of each frame: 0 silence, 1–3 one local voice,
            4–6 two of them.
        embeddings: [n, 192], voice prints of length 1.
        windows: [n], window of each print.
        voices: [n], local voice 0–2 of each print.
        seconds: [n], undisturbed speech behind each print.
    """

    step_ms: float
    timeline: tuple[tuple[int, int, int], ...]
    overlaps: tuple[tuple[int, int], ...]
    centroids: Floats
    activity: Bytes
    embeddings: Floats
    windows: npt.NDArray[np.int32]
    voices: Bytes
    seconds: Floats

    @property
    def speakers(self) -> int:
        """Number of people found."""
        return len(self.centroids)

    def to_bytes(self) -> bytes:
        """Pack everything into one compressed archive (npz)."""
        target = io.BytesIO()
        np.savez_compressed(
            target,
            step_ms=np.float64(self.step_ms),
            timeline=np.array(self.timeline, np.int64).reshape(-1, 3),
            overlaps=np.array(self.overlaps, np.int64).reshape(-1, 2),
            **{name: getattr(self, name) for name in _ARRAYS},
        )
        return target.getvalue()

    @classmethod
    def from_bytes(cls, packed: bytes) -> Self:
        """Read what `to_bytes` wrote.

        Raises:
            UserError: if the bytes are something else or damaged.
        """
        try:
            with np.load(io.BytesIO(packed), allow_pickle=False) as archive:
                arrays = {name: archive[name] for name in _ARRAYS}
                return cls(
                    step_ms=float(archive["step_ms"]),
                    timeline=tuple((int(a), int(b), int(c)) for a, b, c in archive["timeline"]),
                    overlaps=tuple((int(a), int(b)) for a, b in archive["overlaps"]),
                    **arrays,
                )
        except (ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile) as error:
            raise UserError(
                "speakers.unreadable",
                "The stored voices of this recording are damaged.",
                "Find its speakers again.",
            ) from error


_ARRAYS = ("centroids", "activity", "embeddings", "windows", "voices", "seconds")


def diarize(
    pcm: npt.NDArray[np.int16],
    *,
    speakers: int | None = None,
    models: Path | None = None,
    on_progress: Callable[[float], None] | None = None,
) -> Diarization:
    """Find out who speaks when.

    Args:
        pcm: 16 kHz mono; may be a memory map of hours, for it is read window by window.
        speakers: number of people, or `None` to find it out.
        models: folder of the two networks; by default the shipped one.
        on_progress: hears the finished share, 0 to 1; an exception from it stops the work.

    Raises:
        EnvironmentProblem: if a network is missing or damaged.
    """
    folder = models or resources.path("models")
    segment, embed = _load(folder / SEGMENTATION), _load(folder / EMBEDDING)
    starts = range(0, max(len(pcm) - _WINDOW, 0) + _WINDOW_STEP * _STEP, _WINDOW_STEP * _STEP)
    activity, found = np.zeros((len(starts), _FRAMES), np.uint8), []
    for first in range(0, len(starts), _BATCH):
        batch = starts[first : first + _BATCH]
        sound = np.stack([_window(pcm, start) for start in batch])
        scores = segment(sound[:, None].astype(np.float32) / np.float32(32_768))
        activity[first : first + len(batch)] = np.argmax(scores, axis=2)
        for number, samples in enumerate(sound, first):
            found += _voice_prints(embed, samples, activity[number], number)
        if on_progress:
            on_progress((first + len(batch)) / len(starts))
    raw = Diarization(
        step_ms=_STEP * 1000 / RATE,
        timeline=(),
        overlaps=(),
        centroids=np.zeros((0, 192), np.float32),
        activity=activity,
        embeddings=unit_rows(np.array([p[3] for p in found], np.float32).reshape(-1, 192)),
        windows=np.array([p[0] for p in found], np.int32),
        voices=np.array([p[1] for p in found], np.uint8),
        seconds=np.array([p[2] for p in found], np.float32),
    )
    return recluster(raw, speakers)


def recluster(diarization: Diarization, speakers: int | None) -> Diarization:
    """Decide anew who is who, without the models.

    Args:
        diarization: what `diarize` found.
        speakers: number of people, or `None` to find it out.
    """
    prints, seconds = diarization.embeddings, diarization.seconds
    firm = seconds >= _FIRM
    if firm.sum() < (speakers or 1):
        firm = seconds > 0
    centroids = find_centroids(prints[firm], seconds[firm], speakers)
    if not len(centroids):
        return replace(diarization, timeline=(), overlaps=(), centroids=centroids)
    people = _people_of_voices(diarization, centroids)
    main, several = _vote(diarization.activity, people, len(centroids))
    order = list(dict.fromkeys(main[main >= 0].tolist()))
    rank = np.full(len(centroids) + 1, -1)
    rank[order] = np.arange(len(order))
    runs = _runs(rank[main])
    return replace(
        diarization,
        timeline=tuple((_ms(a), _ms(b), label) for a, b, label in runs if label >= 0),
        overlaps=tuple((_ms(a), _ms(b)) for a, b, both in _runs(several.astype(int)) if both),
        centroids=centroids[order],
    )


def _window(pcm: npt.NDArray[np.int16], start: int) -> npt.NDArray[np.int16]:
    samples = np.asarray(pcm[start : start + _WINDOW], np.int16)
    return np.pad(samples, (0, _WINDOW - len(samples)))


def _voice_prints(
    embed: Callable[[Floats], Floats], samples: npt.NDArray[np.int16], classes: Bytes, window: int
) -> list[tuple[int, int, float, Floats]]:
    """Print each local voice from the moments in which it speaks alone."""
    features = None
    prints = []
    for voice in range(3):
        alone = classes == voice + 1
        seconds = float(alone.sum() * _STEP / RATE)
        if seconds < _SHORTEST:
            continue
        if features is None:
            features = fbank(samples)
            middles = np.arange(len(features)) * HOP + HOP
            frame = np.clip((middles - _CENTRE + _STEP // 2) // _STEP, 0, _FRAMES - 1)
        chosen = features[alone[frame]]
        prints.append((window, voice, seconds, embed((chosen - chosen.mean(axis=0))[None])[0]))
    return prints


def _people_of_voices(diarization: Diarization, centroids: Floats) -> npt.NDArray[np.int16]:
    """Return [windows, 3]: the person behind each local voice, −1 where nothing is known."""
    people = np.full((len(diarization.activity), 3), -1, np.int16)
    bounds = np.flatnonzero(np.diff(diarization.windows)) + 1
    for rows in np.split(np.arange(len(diarization.windows)), bounds):
        if len(rows):
            labels = assign_window(diarization.embeddings[rows], centroids)
            people[diarization.windows[rows], diarization.voices[rows]] = labels
    return people


def _vote(
    activity: Bytes, people: npt.NDArray[np.int16], count: int
) -> tuple[npt.NDArray[np.int16], npt.NDArray[np.bool_]]:
    """Let all windows that hear a frame vote on it.

    Returns:
        For each frame of the recording the main speaker (−1 = silence), and whether several
        speak.
    """
    total = (len(activity) - 1) * _WINDOW_STEP + _FRAMES
    votes = np.zeros((total, count), np.uint8)
    heard, voiced = np.zeros(total, np.uint8), np.zeros(total, np.uint8)
    for number, classes in enumerate(activity):
        here = slice(number * _WINDOW_STEP, number * _WINDOW_STEP + _FRAMES)
        speaking = _POWERSET[classes]
        heard[here] += 1
        voiced[here] += speaking.sum(axis=1, dtype=np.uint8)
        for voice, person in enumerate(people[number]):
            if person >= 0:
                votes[here, person] += speaking[:, voice]
    voices = np.rint(voiced / heard)
    main = np.where((voices >= 1) & votes.any(axis=1), np.argmax(votes, axis=1), -1)
    several = (voices >= 2) & ((votes > 0).sum(axis=1) >= 2)
    return main.astype(np.int16), several


def _runs(values: npt.NDArray[Any]) -> list[tuple[int, int, int]]:
    """Return (first frame, frame after the last, value) of each run of equal values."""
    edges = np.concatenate(([0], np.flatnonzero(np.diff(values)) + 1, [len(values)]))
    return [(a, b, int(values[a])) for a, b in pairwise(edges.tolist()) if b > a]


def _ms(frame: int) -> int:
    return max(0, round((frame * _STEP + _CENTRE - _STEP / 2) * 1000 / RATE))


def _load(model: Path) -> Callable[[Floats], Floats]:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = _THREADS
    options.inter_op_num_threads = 1
    try:
        session = onnxruntime.InferenceSession(
            str(model), options, providers=["CPUExecutionProvider"]
        )
    except Exception as error:
        raise EnvironmentProblem(
            "speakers.model",
            f"The voice model {model.name} is missing or damaged.",
            "Install the program again; the transcript itself does not need it.",
        ) from error
    name = session.get_inputs()[0].name

    def run(values: Floats) -> Floats:
        result: Floats = session.run(None, {name: values})[0]
        return result

    return run
