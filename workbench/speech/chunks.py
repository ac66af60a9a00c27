"""Where to cut a recording: chunks of speech that fit the engine's window, cut in silences.

Pure functions over the voice detector's probabilities, so that the same recording always gets
the same plan and a job can go on where it stopped. Times are milliseconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

FRAME_MS = 32
"""One probability of the voice detector covers this much sound (512 samples at 16 kHz)."""

_ON, _OFF = 0.5, 0.35  # Silero's own hysteresis
_MIN_SPEECH_MS = 100
_MIN_SILENCE_MS = 200
_PAD_MS = 200
_MAX_CHUNK_MS = 28_000
_MAX_GAP_MS = 2_500  # a longer silence inside a chunk invites the engine to invent words
_LATE = 0.85  # of a chunk: a window costs the same full or half empty
_FIRST_CHUNK_MS = 12_000  # the first words should be on the screen within seconds


@dataclass(frozen=True, slots=True)
class Region:
    """Somebody is speaking from `start_ms` to `end_ms`."""

    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of the recording to recognise in one go, and the speech inside it."""

    index: int
    start_ms: int
    end_ms: int
    regions: tuple[Region, ...]


def find_regions(probabilities: Sequence[float]) -> list[Region]:
    """Return where speech is, given the voice detector's probability for each frame."""
    limit = (_MAX_CHUNK_MS - 2 * _PAD_MS) // FRAME_MS
    gap = -(-_MIN_SILENCE_MS // FRAME_MS)
    spans = _close_gaps(_hysteresis(probabilities), gap)
    long_enough = [s for s in spans if (s[1] - s[0]) * FRAME_MS >= _MIN_SPEECH_MS]
    pieces = [piece for span in long_enough for piece in _split(span, probabilities, limit)]
    return [Region(start * FRAME_MS, end * FRAME_MS) for start, end in pieces]


def plan_chunks(regions: Sequence[Region], *, total_ms: int) -> list[Chunk]:
    """Pack speech into chunks of at most 28 s, cut only between regions.

    Args:
        regions: speech in order, none longer than 27.6 s (`find_regions` sees to that).
        total_ms: length of the recording; chunks end there at the latest.
    """
    groups: list[list[Region]] = []
    waiting = list(regions)
    while waiting:
        limit = _MAX_CHUNK_MS if groups else _FIRST_CHUNK_MS
        size = _group_size(waiting, limit - 2 * _PAD_MS)
        groups.append(waiting[:size])
        waiting = waiting[size:]
    return _pad(groups, total_ms)


def _hysteresis(probabilities: Sequence[float]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    start: int | None = None
    for frame, probability in enumerate(probabilities):
        if start is None and probability >= _ON:
            start = frame
        elif start is not None and probability < _OFF:
            spans.append((start, frame))
            start = None
    if start is not None:
        spans.append((start, len(probabilities)))
    return spans


def _close_gaps(spans: list[tuple[int, int]], gap: int) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start - joined[-1][1] < gap:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _split(
    span: tuple[int, int], probabilities: Sequence[float], limit: int
) -> list[tuple[int, int]]:
    """Cut a span that nobody paused in at its least speech-like frames."""
    start, end = span
    pieces = []
    while end - start > limit:
        candidates = range(start + limit * 2 // 3, start + limit)
        cut = min(candidates, key=lambda frame: probabilities[frame])
        pieces.append((start, cut))
        start = cut
    return [*pieces, (start, end)]


def _group_size(regions: Sequence[Region], limit: int) -> int:
    """Return how many regions go into the next chunk; of the late cuts the longest silence."""
    first = regions[0].start_ms
    fitting = 1
    for before, after in pairwise(regions):
        if after.start_ms - before.end_ms > _MAX_GAP_MS or after.end_ms - first > limit:
            break
        fitting += 1
    if fitting == len(regions) or fitting == 1:
        return fitting
    if regions[fitting].start_ms - regions[fitting - 1].end_ms > _MAX_GAP_MS:
        return fitting
    late = [
        size
        for size in range(1, fitting + 1)
        if regions[size - 1].end_ms - first >= limit * _LATE or size == fitting
    ]
    return max(late, key=lambda size: regions[size].start_ms - regions[size - 1].end_ms)


def _pad(groups: list[list[Region]], total_ms: int) -> list[Chunk]:
    chunks = []
    for index, group in enumerate(groups):
        before = groups[index - 1][-1].end_ms if index else 0
        after = groups[index + 1][0].start_ms if index + 1 < len(groups) else total_ms
        # Padding never reaches past the middle of a silence, so that no word is heard twice.
        left = min(_PAD_MS, (group[0].start_ms - before) // (2 if index else 1))
        right = min(_PAD_MS, (after - group[-1].end_ms) // (2 if index + 1 < len(groups) else 1))
        chunks.append(
            Chunk(
                index=index,
                start_ms=group[0].start_ms - max(0, left),
                end_ms=min(total_ms, group[-1].end_ms + max(0, right)),
                regions=tuple(group),
            )
        )
    return chunks
