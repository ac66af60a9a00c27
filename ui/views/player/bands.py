"""What is known of a recording along its time: who speaks when, and where to listen again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workbench.domain import unheard
from workbench.domain.transcript import doubtful
from workbench.domain.voices import SPEAKS_OVER, reasons, without

if TYPE_CHECKING:
    from workbench.domain.materials import Source
    from workbench.domain.transcript import Turn
    from workbench.study import Study

_LOUD = 12  # of 100: somebody may be speaking
_GAP_MS = 1_500  # a shorter pause is a pause


@dataclass(frozen=True, slots=True)
class Band:
    """A turn on the time line.

    Attributes:
        voice: counts the voices from 0, −1 is nobody known.
        over: somebody else is heard too.
    """

    start_ms: int
    end_ms: int
    voice: int
    over: bool = False


@dataclass(frozen=True, slots=True)
class Flag:
    """A place to listen to again: a doubtful word or turn, or voiced sound without words.

    Attributes:
        turn_id: the turn before sound without words; "" where it is a guess.
    """

    start_ms: int
    end_ms: int
    unheard: bool = False
    turn_id: str = field(default="", compare=False)


def bands_of(study: Study, source: Source) -> tuple[list[Band], list[Flag]]:
    """Return turns and doubtful places of a recording, in order."""
    transcript = study.transcripts.of_source(source.id)
    if transcript is None:
        return [], []
    turns = [turn for turn in study.transcripts.turns(transcript.id) if _is_timed(turn)]
    voices = [speaker.id for speaker in study.transcripts.speakers.of(transcript.id)]
    bands = [
        Band(
            turn.start_ms or 0,
            turn.end_ms or 0,
            voices.index(turn.speaker_id) if turn.speaker_id in voices else -1,
            SPEAKS_OVER in reasons(turn.doubt),
        )
        for turn in turns
    ]
    flags = [flag for turn in turns for flag in _flags(turn)]
    if transcript.model:
        missing = [
            Flag(gap.start_ms, gap.end_ms, unheard=True, turn_id=gap.turn_id)
            for gap in unheard.gaps(turns, study.transcripts.unheard(transcript.id))
        ]
    else:  # nobody has told where a text from elsewhere has no words
        missing = gaps(bands, study.materials.loudness.overview(source), source.duration_ms or 0)
    return bands, [*flags, *missing]


def gaps(bands: Sequence[Band], peaks: Sequence[int], length_ms: int) -> list[Flag]:
    """Return the stretches between turns that are loud though nobody has words there."""
    if not peaks or not length_ms or not bands:
        return []
    found, free = [], 0
    for band in [*sorted(bands, key=lambda band: band.start_ms), Band(length_ms, length_ms, -1)]:
        if band.start_ms - free >= _GAP_MS and _is_loud(peaks, length_ms, free, band.start_ms):
            found.append(Flag(free, band.start_ms, unheard=True))
        free = max(free, band.end_ms)
    return found


def _is_loud(peaks: Sequence[int], length_ms: int, start_ms: int, end_ms: int) -> bool:
    first, last = (len(peaks) * ms // length_ms for ms in (start_ms, end_ms))
    heard = sorted(peaks[first + 1 : last])
    return bool(heard) and heard[len(heard) // 2] >= _LOUD


def _is_timed(turn: Turn) -> bool:
    return turn.start_ms is not None and turn.end_ms is not None


def _flags(turn: Turn) -> list[Flag]:
    if without(turn.doubt, SPEAKS_OVER):
        return [Flag(turn.start_ms or 0, turn.end_ms or 0)]
    return [Flag(word.start_ms, word.end_ms) for word in doubtful(turn.words)]
