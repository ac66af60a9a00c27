"""Sound as detection and engine hear it: the quiet voices as loud as the others.

Somebody far from the microphone is easily 25 dB quieter than the one beside it. A voice detector
passes over such a voice, and nobody else would ever hear it. So every moment is brought to about
the same level before it is judged. The engine evens out what it hears by itself, and hears even
speech best as it was recorded: it gets the same level only where the voices of one chunk are far
apart. What is played, drawn and told apart stays as it was recorded.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import av
import numpy as np
from av.filter import Graph
from numpy.typing import NDArray

from workbench.speech import audio
from workbench.speech.chunks import Chunk, Region
from workbench.speech.engine import SAMPLE_RATE, Pcm, Samples

_FRAME_MS = 200
_FRAMES = 5
_RULE = f"f={_FRAME_MS}:g={_FRAMES}:p=0.7:m=30"
"""Peaks come to 0.7 of full scale, but nothing is made louder than 30 times."""
_FORMAT = f"sample_fmts=s16:channel_layouts=mono:sample_rates={SAMPLE_RATE}"
_GRID = _FRAME_MS * SAMPLE_RATE // 1000
_AROUND = 2 * _FRAMES * _GRID
"""Samples beside a stretch on which its level depends: it is smoothed twice over five frames."""
_APART_DB = 12
"""A voice that is so much quieter than another one in the same chunk is lost beside it."""
_SYLLABLE_MS = 300
_NOTHING = 1e-10
_BLOCK = 10 * SAMPLE_RATE
_NOTHING_YET = (av.error.BlockingIOError, av.error.EOFError)


class Levelled:
    """Samples at an even level; each stretch is levelled when it is read.

    A stretch is the same whichever way it is read, so that no second file is needed.

    Args:
        pcm: as it was recorded.
    """

    def __init__(self, pcm: Pcm) -> None:
        self._pcm = pcm

    def __len__(self) -> int:
        """Return how many samples there are."""
        return len(self._pcm)

    def __getitem__(self, part: slice, /) -> NDArray[np.int16]:
        """Return a stretch, without steps."""
        start, stop, _ = part.indices(len(self))
        if stop <= start:
            return np.zeros(0, np.int16)
        first = max(0, start // _GRID * _GRID - _AROUND)
        last = min(len(self), -(-stop // _GRID) * _GRID + _AROUND)
        even = np.concatenate([*_levelled(self._pcm[first:last])])
        return even[start - first : stop - first]


def cut(pcm: Pcm, chunk: Chunk) -> Samples:
    """Return a chunk as the engine hears it best, as numbers from -1 to 1.

    Args:
        pcm: as it was recorded.
        chunk: what of it.
    """
    loud = [_loudness(pcm, region) for region in chunk.regions if _is_long(region)]
    apart = loud and max(loud) - min(loud) > _APART_DB
    return audio.cut(Levelled(pcm) if apart else pcm, chunk.start_ms, chunk.end_ms)


def _is_long(region: Region) -> bool:
    return region.end_ms - region.start_ms >= _SYLLABLE_MS


def _loudness(pcm: Pcm, region: Region) -> float:
    """Return the mean loudness of a stretch in dB."""
    power = np.square(audio.cut(pcm, region.start_ms, region.end_ms)).mean()
    return 10 * math.log10(max(float(power), _NOTHING))


def _levelled(samples: NDArray[np.int16]) -> Iterator[NDArray[np.int16]]:
    graph = _graph()
    for at in range(0, len(samples), _BLOCK):
        block = np.ascontiguousarray(samples[at : at + _BLOCK])[None]
        frame = av.AudioFrame.from_ndarray(block, format="s16", layout="mono")
        frame.sample_rate, frame.pts = SAMPLE_RATE, at
        graph.push(frame)
        yield from _ready(graph)
    graph.push(None)
    yield from _ready(graph)


def _graph() -> Any:
    """Return a new filter; its parts live as long as somebody holds it."""
    graph = Graph()
    source = graph.add_abuffer(
        format="s16", sample_rate=SAMPLE_RATE, layout="mono", time_base=Fraction(1, SAMPLE_RATE)
    )
    level = graph.add("dynaudnorm", _RULE)
    whole = graph.add("aformat", _FORMAT)
    graph.link_nodes(source, level, whole, graph.add("abuffersink")).configure()
    return graph


def _ready(graph: Any) -> Iterator[NDArray[np.int16]]:
    """Yield what the filter has finished."""
    while True:
        try:
            yield graph.pull().to_ndarray().ravel()
        except _NOTHING_YET:
            return
