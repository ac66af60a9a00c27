"""Signs that an engine invented words: loops, impossible speed, words on silence.

Engines come with such checks of their own, but not all of them and not in every mode; these
look only at the result. Thresholds: Whisper's own (compression 2.4, mean log-probability -1),
and the fastest speech people sustain, about six words a second.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbench.domain.transcript import DOUBTFUL
from workbench.speech.engine import EngineResult, EngineSegment
from workbench.words import Phrase

FALLBACK = (0.2, 0.4, 0.6, 0.8, 1.0)
"""Temperatures for the second try at a chunk that failed a check."""

HARD: Phrase = "check here: hard to understand"
_STRETCH = 3  # words; fewer are marked one by one
_MAX_COMPRESSION = 2.4
_MIN_LOGPROB = -1.0
_MAX_NO_SPEECH = 0.6
_MAX_WORDS_PER_SECOND = 7.0
_MIN_WORDS_FOR_SPEED = 8
_LOOPS = {1: 5, 2: 4, 3: 4}  # length of the phrase -> how often in a row is too often
_LOOP_LONG = 3
_LONGEST_PHRASE = 12
_BREATH_MS = 500  # speech so short beside a word belongs to the word


Hole = tuple[int, int]
"""Begin and end, in ms, of speech for which no word was recognised."""


def doubts(result: EngineResult) -> tuple[Phrase, ...]:
    """Return for each segment why it should be checked, "" where nothing speaks against it."""
    return tuple(doubt(segment) for segment in result.segments)


def doubt(segment: EngineSegment) -> Phrase:
    """Return why a segment should be checked by a person, "" for no reason."""
    if repeats(segment.text):
        return "check here: the same words repeat"
    if segment.compression_ratio > _MAX_COMPRESSION:
        return "check here: the text is strangely uniform"
    if _too_fast(segment):
        return "check here: more words than anybody can say in that time"
    if segment.avg_logprob < _MIN_LOGPROB:
        if segment.no_speech_prob > _MAX_NO_SPEECH:
            return "check here: perhaps nobody is speaking"
        return HARD
    return ""


def is_weak(probabilities: Sequence[int]) -> bool:
    """Tell whether so many words of a stretch are in doubt that it should be checked as a whole.

    Args:
        probabilities: of its words, in thousandths.
    """
    if len(probabilities) < _STRETCH:
        return False
    return sum(probabilities) / len(probabilities) < DOUBTFUL


def repeats(text: str) -> bool:
    """Tell whether a word or phrase is repeated in a row more often than people do."""
    words = re.findall(r"\w+", text.lower())
    for size in range(1, min(_LONGEST_PHRASE, len(words) // _LOOP_LONG) + 1):
        limit = _LOOPS.get(size, _LOOP_LONG)
        run = 0  # words in a row that equal the one `size` places before
        for here, before in zip(words[size:], words, strict=False):
            run = run + 1 if here == before else 0
            if run >= size * (limit - 1):
                return True
    return False


def unheard(
    regions: list[tuple[int, int]], words: list[tuple[int, int]], *, least: int
) -> list[Hole]:
    """Return where somebody speaks but no word was recognised.

    Args:
        regions: begin and end of speech, in order, in ms.
        words: begin and end of the recognised words, in order, in ms.
        least: shortest stretch worth telling, in ms.
    """
    holes = []
    for start, end in regions:
        at = start
        for word_start, word_end in [*words, (end, end)]:
            if word_end <= at:
                continue
            if min(word_start, end) - at >= least:
                holes.append((at, min(word_start, end)))
            at = max(at, word_end)
    return holes


def passed_over(
    regions: list[tuple[int, int]], words: list[tuple[int, int]], *, least: int
) -> list[Hole]:
    """Return where words are missing for a person: over the pauses for breath, up to a word.

    Args:
        regions: begin and end of speech, in order, in ms.
        words: begin and end of the recognised words, in order, in ms.
        least: the least speech, without the pauses, worth telling, in ms.
    """
    found: list[tuple[int, int, int]] = []  # begin, end, and how much of it is speech
    for start, end in unheard(regions, words, least=_BREATH_MS):
        before = found[-1] if found else None
        if before and not any(before[1] <= (a + b) // 2 <= start for a, b in words):
            found[-1] = (before[0], end, before[2] + end - start)
        else:
            found.append((start, end, end - start))
    return [(start, end) for start, end, speech in found if speech >= least]


def _too_fast(segment: EngineSegment) -> bool:
    count = len(segment.words)
    if count < _MIN_WORDS_FOR_SPEED:
        return False
    seconds = max(0.1, segment.words[-1].end - segment.words[0].start)
    return count / seconds > _MAX_WORDS_PER_SECOND
