"""Who spoke when, offline on a CPU, apart from what was said.

A small network hears ten seconds at a time and tells up to three local voices apart, overlap
included; a second one turns the speech of each local voice into a voice print; clustering the
prints tells which local voices are one person. The prints are kept, so that another number of
speakers is a matter of a moment and needs no model.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
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
from workbench.speech.engine import Pcm
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
_STRETCH = 0.8
"""Seconds of undisturbed speech that one stretch of a local voice has at least, if it can."""
_GAP = 15
"""Frames of silence (0.25 s) at which a stretch may end."""
_CLEARLY = 0.1
"""Lead in cosine from which a stretch is another person than the rest of its local voice."""

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
        stretches: [n, 2], first frame and frame after the last in the window of each print.
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
    stretches: npt.NDArray[np.int32]
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


_ARRAYS = ("centroids", "activity", "embeddings", "windows", "voices", "stretches", "seconds")


def diarize(
    pcm: Pcm,
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
    activity = np.zeros((len(starts), _FRAMES), np.uint8)
    found: list[_Print] = []
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
        embeddings=unit_rows(np.array([p.values for p in found], np.float32).reshape(-1, 192)),
        windows=np.array([p.window for p in found], np.int32),
        voices=np.array([p.voice for p in found], np.uint8),
        stretches=np.array([p.stretch for p in found], np.int32).reshape(-1, 2),
        seconds=np.array([p.seconds for p in found], np.float32),
    )
    return recluster(raw, speakers)


def recluster(diarization: Diarization, speakers: int | None) -> Diarization:
    """Decide anew who is who, without the models.

    Args:
        diarization: what `diarize` found.
        speakers: number of people, or `None` to find it out. The result has fewer if there are
            fewer voice prints, or if one of them never speaks loudest.
    """
    prints, seconds = diarization.embeddings, diarization.seconds
    voices, sums = _whole_voices(diarization)
    firm = sums >= _FIRM
    if firm.sum() >= (speakers or 1):
        prints, seconds = voices[firm], sums[firm]
    centroids = find_centroids(prints, seconds, speakers)
    if not len(centroids):
        return replace(diarization, timeline=(), overlaps=(), centroids=centroids)
    people = _people_of_stretches(diarization, centroids)
    main, several = _vote(diarization, people, len(centroids))
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


def _window(pcm: Pcm, start: int) -> npt.NDArray[np.int16]:
    samples = np.asarray(pcm[start : start + _WINDOW], np.int16)
    return np.pad(samples, (0, _WINDOW - len(samples)))


@dataclass(frozen=True, slots=True)
class _Print:
    """A voice print of one stretch of a local voice."""

    window: int
    voice: int
    stretch: tuple[int, int]
    seconds: float
    values: Floats


def _voice_prints(
    embed: Callable[[Floats], Floats], samples: npt.NDArray[np.int16], classes: Bytes, window: int
) -> Iterator[_Print]:
    """Print each stretch of each local voice from the moments in which it speaks alone."""
    if not classes.any():
        return
    features = fbank(samples)
    middles = np.arange(len(features)) * HOP + HOP
    frames = np.clip((middles - _CENTRE + _STEP // 2) // _STEP, 0, _FRAMES - 1)
    for voice in range(3):
        for start, end in _stretches(classes, voice):
            alone = np.zeros(_FRAMES, bool)
            alone[start:end] = classes[start:end] == voice + 1
            seconds = _seconds(alone)
            if seconds >= _SHORTEST:
                chosen = features[alone[frames]]
                values = embed((chosen - chosen.mean(axis=0))[None])[0]
                yield _Print(window, voice, (start, end), seconds, values)


def _stretches(classes: Bytes, voice: int) -> list[tuple[int, int]]:
    """Cut the speech of a local voice in its pauses, where the network may mix up two people."""
    speaking, alone = _POWERSET[classes, voice], classes == voice + 1
    stretches: list[tuple[int, int]] = []
    for start, end, spoken in _runs(speaking.astype(np.uint8)):
        if not spoken:
            continue
        if stretches and (
            start - stretches[-1][1] < _GAP
            or _seconds(alone[slice(*stretches[-1])]) < _STRETCH
            or _seconds(alone[start:]) < _STRETCH
        ):
            stretches[-1] = (stretches[-1][0], end)
        else:
            stretches.append((start, end))
    return stretches


def _seconds(frames: npt.NDArray[np.bool_]) -> float:
    return float(frames.sum() * _STEP / RATE)


def _whole_voices(diarization: Diarization) -> tuple[Floats, Floats]:
    """Return the mean print of each local voice and its seconds, in order of time."""
    key = diarization.windows * 3 + diarization.voices
    voices, row = np.unique(key, return_inverse=True)
    sums = np.zeros((len(voices), diarization.embeddings.shape[1]), np.float32)
    np.add.at(sums, row, diarization.embeddings * diarization.seconds[:, None])
    seconds = np.bincount(row, diarization.seconds, len(voices)).astype(np.float32)
    return unit_rows(sums), seconds


def _people_of_stretches(diarization: Diarization, centroids: Floats) -> npt.NDArray[np.intp]:
    """Return [n]: the person behind each print.

    The stretches of a local voice go to one person, no two local voices to the same, but a
    stretch that is clearly somebody else's is believed.
    """
    prints, seconds = diarization.embeddings, diarization.seconds
    likeness = prints @ centroids.T
    own: npt.NDArray[np.intp] = np.argmax(likeness, axis=1)
    people = own.copy()
    bounds = np.flatnonzero(np.diff(diarization.windows)) + 1
    for rows in np.split(np.arange(len(prints)), bounds):
        voices, voice_of_row = np.unique(diarization.voices[rows], return_inverse=True)
        members = (np.arange(len(voices))[:, None] == voice_of_row) * seconds[rows]
        labels = assign_window(unit_rows(members @ prints[rows]), centroids)
        people[rows] = labels[voice_of_row]
    every = np.arange(len(prints))
    clear = likeness[every, own] - likeness[every, people] > _CLEARLY
    return np.where(clear & (seconds >= _STRETCH), own, people)


def _vote(
    diarization: Diarization, people: npt.NDArray[np.intp], count: int
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.bool_]]:
    """Let all windows that hear a frame vote on it.

    Returns:
        For each frame of the recording the main speaker (−1 = silence), and whether several
        speak.
    """
    activity = diarization.activity
    total = (len(activity) - 1) * _WINDOW_STEP + _FRAMES
    heard, voiced = np.zeros(total, np.uint8), np.zeros(total, np.uint8)
    for window, classes in enumerate(activity):
        here = slice(window * _WINDOW_STEP, window * _WINDOW_STEP + _FRAMES)
        heard[here] += 1
        voiced[here] += _POWERSET[classes].sum(axis=1, dtype=np.uint8)
    votes = np.zeros((total, count), np.uint8)
    spans = zip(diarization.windows, diarization.voices, diarization.stretches, strict=True)
    for person, (window, voice, (start, end)) in zip(people, spans, strict=True):
        offset = window * _WINDOW_STEP
        speaking = _POWERSET[activity[window, start:end], voice]
        votes[offset + start : offset + end, person] += speaking
    voices = np.rint(voiced / heard)
    main = np.where((voices >= 1) & votes.any(axis=1), np.argmax(votes, axis=1), -1)
    return main, (voices >= 2) & ((votes > 0).sum(axis=1) >= 2)


def _runs(values: npt.NDArray[Any]) -> list[tuple[int, int, int]]:
    """Return (first frame, frame after the last, value) of each run of equal values."""
    edges = np.concatenate(([0], np.flatnonzero(np.diff(values)) + 1, [len(values)]))
    return [(a, b, int(values[a])) for a, b in pairwise(edges.tolist()) if b > a]


def _ms(frame: int) -> int:
    return max(0, round((frame * _STEP + _CENTRE - _STEP / 2) * 1000 / RATE))


def _load(model: Path) -> Callable[[Floats], Floats]:
    import onnxruntime

    onnxruntime.disable_telemetry_events()
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
