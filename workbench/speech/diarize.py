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
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

import resources
from workbench.errors import UserError
from workbench.speech.clustering import (
    Floats,
    assign_window,
    find_centroids,
    unit_rows,
)
from workbench.speech.engine import Pcm
from workbench.speech.fbank import RATE
from workbench.speech.windows import (
    CENTRE,
    FRAMES,
    POWERSET,
    STEP,
    STRETCH,
    WINDOW_STEP,
    Bytes,
    listen,
    runs,
)

_FIRM = 1.2
"""Seconds from which a voice print may take part in clustering."""
_CLEARLY = 0.1
"""Lead in cosine from which a stretch is another person than the rest of its local voice."""


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
    activity, found = listen(pcm, models or resources.path("models"), on_progress)
    raw = Diarization(
        step_ms=STEP * 1000 / RATE,
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
    windows = diarization.windows.astype(np.intp)
    voices, sums, heard = _whole_voices(diarization)
    firm = sums >= _FIRM
    if firm.sum() >= (speakers or 1):
        prints, seconds, windows = voices[firm], sums[firm], heard[firm]
    centroids = find_centroids(prints, seconds, speakers, windows)
    if not len(centroids):
        return replace(diarization, timeline=(), overlaps=(), centroids=centroids)
    people = _people_of_stretches(diarization, centroids)
    main, several = _vote(diarization, people, len(centroids))
    order = list(dict.fromkeys(main[main >= 0].tolist()))
    rank = np.full(len(centroids) + 1, -1)
    rank[order] = np.arange(len(order))
    said = runs(rank[main])
    return replace(
        diarization,
        timeline=tuple((_ms(a), _ms(b), label) for a, b, label in said if label >= 0),
        overlaps=tuple((_ms(a), _ms(b)) for a, b, both in runs(several.astype(int)) if both),
        centroids=centroids[order],
    )


def _whole_voices(diarization: Diarization) -> tuple[Floats, Floats, npt.NDArray[np.intp]]:
    """Return the mean print, the seconds and the window of each local voice, in order of time."""
    key = diarization.windows * 3 + diarization.voices
    voices, row = np.unique(key, return_inverse=True)
    sums = np.zeros((len(voices), diarization.embeddings.shape[1]), np.float32)
    np.add.at(sums, row, diarization.embeddings * diarization.seconds[:, None])
    seconds = np.bincount(row, diarization.seconds, len(voices)).astype(np.float32)
    return unit_rows(sums), seconds, (voices // 3).astype(np.intp)


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
    return np.where(clear & (seconds >= STRETCH), own, people)


def _vote(
    diarization: Diarization, people: npt.NDArray[np.intp], count: int
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.bool_]]:
    """Let all windows that hear a frame vote on it.

    Returns:
        For each frame of the recording the main speaker (−1 = silence), and whether several
        speak.
    """
    activity = diarization.activity
    voices = _voices(activity)
    votes = np.zeros((len(voices), count), np.uint8)
    spans = zip(diarization.windows, diarization.voices, diarization.stretches, strict=True)
    for person, (window, voice, (start, end)) in zip(people, spans, strict=True):
        offset = window * WINDOW_STEP
        speaking = POWERSET[activity[window, start:end], voice]
        votes[offset + start : offset + end, person] += speaking
    main = np.where((voices >= 1) & votes.any(axis=1), np.argmax(votes, axis=1), -1)
    return main, (voices >= 2) & ((votes > 0).sum(axis=1) >= 2)


def voiced(diarization: Diarization) -> list[tuple[int, int]]:
    """Return begin and end, in ms, of each stretch in which somebody is heard, whoever it is."""
    anybody = (_voices(diarization.activity) >= 1).astype(np.uint8)
    return [(_ms(start), _ms(end)) for start, end, heard in runs(anybody) if heard]


def _voices(activity: Bytes) -> Floats:
    """Return for each frame of the recording how many voices most windows hear in it."""
    total = (len(activity) - 1) * WINDOW_STEP + FRAMES
    heard, voices = np.zeros(total, np.uint8), np.zeros(total, np.uint8)
    for window, classes in enumerate(activity):
        here = slice(window * WINDOW_STEP, window * WINDOW_STEP + FRAMES)
        heard[here] += 1
        voices[here] += POWERSET[classes].sum(axis=1, dtype=np.uint8)
    return np.rint(voices / heard).astype(np.float32)


def _ms(frame: int) -> int:
    return max(0, round((frame * STEP + CENTRE - STEP / 2) * 1000 / RATE))
