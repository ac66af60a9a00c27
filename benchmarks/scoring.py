"""How right words, their times and their voices are; texts are evened out in one place alone.

`tests/support/wer.py` evens out case, punctuation and figures, for all languages and for all that
are compared. faster-whisper has nothing for that; what openai-whisper has comes with torch, and
knows English alone.
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from hearers import Heard
from made import Turn
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from tests.support.wer import word_errors
from workbench.speech import audio
from workbench.speech.engine import SAMPLE_RATE

_STEP = SAMPLE_RATE // 100
_QUIET = 0.03  # of the loud parts of the recording


@dataclass(frozen=True, slots=True)
class Errors:
    """Words that are wrong, missing or added, of those that were said."""

    wrong: int = 0
    said: int = 0

    @property
    def rate(self) -> float:
        """The word error rate."""
        return self.wrong / max(1, self.said)

    def __add__(self, other: Errors) -> Errors:
        """Return the errors of both."""
        return Errors(self.wrong + other.wrong, self.said + other.said)

    def __str__(self) -> str:
        """Say the word error rate."""
        return f"{self.rate:.1%}"


def errors(turns: Sequence[Turn], heard: Heard) -> Errors:
    """Return what is wrong with all words, in the order in which they were said."""
    return Errors(*word_errors(" ".join(turn.text for turn in turns), heard.text))


def errors_by_language(turns: Sequence[Turn], heard: Heard) -> dict[str, Errors]:
    """Return what is wrong in each half of a recording in two languages."""
    border = next(turn.start for turn in turns if turn.language != turns[0].language)
    found = {}
    for language in dict.fromkeys(turn.language for turn in turns):
        first = language == turns[0].language
        said = " ".join(turn.text for turn in turns if turn.language == language)
        words = [
            word for word, start, end, _ in heard.words if ((start + end) / 2 < border) == first
        ]
        found[language] = Errors(*word_errors(said, " ".join(words)))
    return found


def errors_by_voice(turns: Sequence[Turn], heard: Heard) -> Errors:
    """Return what is wrong if each voice is read by itself, for people who speak at the same time.

    A voice that nobody has, and a person whom no voice stands for, count with all their words.
    """
    said, found = defaultdict(list), defaultdict(list)
    for turn in turns:
        said[turn.speaker].append(turn.text)
    for word, *_, who in heard.words:
        found[who].append(word)
    people, voices = [" ".join(texts) for texts in said.values()], [*map(" ".join, found.values())]
    size = max(len(people), len(voices))
    people += [""] * (size - len(people))
    voices += [""] * (size - len(voices))
    wrong = np.array([[word_errors(one, other)[0] for other in voices] for one in people])
    rows, columns = linear_sum_assignment(wrong)
    return Errors(int(wrong[rows, columns].sum()), sum(word_errors(one, "")[1] for one in people))


def lost(turns: Sequence[Turn], heard: Heard) -> int:
    """Return of how many turns most words are missing or wrong, without a mark that says so."""
    said = [folded for turn in turns for word in turn.text.split() if (folded := _folded(word))]
    right = np.zeros(len(said), bool)
    for _, at in _pairs(said, heard):
        right[at] = True
    count, at = 0, 0
    for turn in turns:
        size = sum(1 for word in turn.text.split() if _folded(word))
        marked = any(start < turn.end and end > turn.start for start, end in heard.marks)
        count += right[at : at + size].sum() * 2 < size and not marked
        at += size
    return count


def edges(recording: Path, turns: Sequence[Turn], heard: Heard) -> Iterator[tuple[bool, float]]:
    """Yield how far times of words are off at the borders of turns.

    Of the first and the last word of each turn the time is held against the moment at which the
    sound itself begins and ends.

    Returns:
        whether the turn begins there, and by how many ms its sound is outside of its word.
    """
    loud = _loud(recording)
    for turn, begins, (start, end) in _outer_words(turns, heard):
        if begins:
            yield True, 1000 * start - _first(loud, turn.start)
        else:
            yield False, _last(loud, turn.end) - 1000 * end


def begins_off(turns: Sequence[Turn], heard: Heard) -> float:
    """Return within how many seconds of its begin the first word of three turns in four is."""
    off = [
        abs(start - turn.start) for turn, begins, (start, _) in _outer_words(turns, heard) if begins
    ]
    return float(np.percentile(off, 75)) if off else float("inf")


def _outer_words(
    turns: Sequence[Turn], heard: Heard
) -> Iterator[tuple[Turn, bool, tuple[float, float]]]:
    """Yield turns with the times in s of their first word (true) and their last, where heard."""
    said: list[str] = []
    first: dict[int, Turn] = {}
    last: dict[int, Turn] = {}
    for turn in turns:
        first[len(said)] = turn
        said += [folded for word in turn.text.split() if (folded := _folded(word))]
        last[len(said) - 1] = turn
    for (start, end), at in _pairs(said, heard):
        for begins, outer in ((True, first), (False, last)):
            if turn := outer.get(at):
                yield turn, begins, (start, end)


def _pairs(said: Sequence[str], heard: Heard) -> Iterator[tuple[tuple[float, float], int]]:
    """Yield times in s of words that were heard as they were said, and their place among those."""
    found = [(folded, times) for word, *times, _ in heard.words if (folded := _folded(word))]
    same = difflib.SequenceMatcher(None, [word for word, _ in found], said, autojunk=False)
    for ours, theirs, count in same.get_matching_blocks():
        for at in range(count):
            start, end = found[ours + at][1]
            yield (start, end), theirs + at


def _loud(recording: Path) -> NDArray[np.bool_]:
    """Return for each hundredth of a second whether anything is to be heard."""
    sound = audio.decode_head(recording, 24 * 3_600_000)
    steps = sound[: len(sound) // _STEP * _STEP].reshape(-1, _STEP)
    power = np.sqrt((steps.astype(np.float64) ** 2).mean(axis=1))
    return power > _QUIET * np.percentile(power, 95)


def _first(loud: NDArray[np.bool_], seconds: float) -> int:
    at = int(seconds * 100)
    while at < len(loud) and not loud[at : at + 3].all():
        at += 1
    return at * 10


def _last(loud: NDArray[np.bool_], seconds: float) -> int:
    at = min(int(seconds * 100), len(loud))
    while at > 3 and not loud[at - 3 : at].all():
        at -= 1
    return at * 10


def _folded(word: str) -> str:
    return re.sub(r"\W", "", word.casefold())
