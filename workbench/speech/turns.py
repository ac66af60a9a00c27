"""From recognised words to readable turns with times, in milliseconds of the recording."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from workbench.domain.transcript import TurnDraft, Word
from workbench.domain.wording import CERTAIN
from workbench.speech import guards
from workbench.speech.chunks import Chunk
from workbench.speech.engine import EngineResult

_SENTENCE_END = (".", "?", "!", "…", "。", "？", "！", "؟", "।")
_CLOSING = "\"'”’»)]"
_SENTENCE_PAUSE_MS = 500
_LONG_PAUSE_MS = 2_000
_FULL_WORDS = 60  # from here on the next sentence begins a new turn
_MOST_WORDS = 150  # somebody who never ends a sentence is cut anyway
_LONGEST_WORD_MS = 2_000


@dataclass(frozen=True, slots=True)
class Heard:
    """One recognised word on the time line of the recording."""

    text: str
    spaced: bool
    start_ms: int
    end_ms: int
    probability: int
    doubt: str = ""

    @property
    def middle_ms(self) -> int:
        """Return the middle of the word in the recording."""
        return (self.start_ms + self.end_ms) // 2


def heard_words(result: EngineResult, doubts: Sequence[str], chunk: Chunk) -> list[Heard]:
    """Return the words of a chunk in order, with times that stay inside the chunk.

    Args:
        result: what the engine heard, in seconds of the chunk.
        doubts: for each segment why to check it.
        chunk: where in the recording this was.
    """
    words = []
    for segment, doubt in zip(result.segments, doubts, strict=True):
        for word in segment.words:
            text = " ".join(word.text.split())
            if not text:
                continue
            words.append(
                Heard(
                    text=text,
                    spaced=word.text[:1].isspace(),
                    start_ms=chunk.start_ms + round(word.start * 1000),
                    end_ms=chunk.start_ms + round(word.end * 1000),
                    probability=max(0, min(CERTAIN - 1, round(word.probability * 1000))),
                    doubt=doubt,
                )
            )
    return _tidy(words, chunk)


def build_turns(words: Sequence[Heard], *, first_ordinal: int) -> list[TurnDraft]:
    """Cut a chunk's words into turns: at pauses after sentences, long pauses, and when full.

    Args:
        words: in order of time.
        first_ordinal: place of the first new turn in the transcript.
    """
    groups: list[list[Heard]] = []
    for word in words:
        if groups and not _breaks(groups[-1], word):
            groups[-1].append(word)
        else:
            groups.append([word])
    return [_turn(group, first_ordinal + i) for i, group in enumerate(groups)]


def marked(words: Sequence[Heard]) -> list[Heard]:
    """Return words with a doubt on each sentence of which hardly any word is sure."""
    sentences: list[list[Heard]] = []
    for word in words:
        if sentences and not _ends(sentences[-1], word):
            sentences[-1].append(word)
        else:
            sentences.append([word])
    return [
        replace(word, doubt=word.doubt or guards.HARD) if weak else word
        for sentence in sentences
        for weak in [guards.is_weak([word.probability for word in sentence])]
        for word in sentence
    ]


def _ends(sentence: Sequence[Heard], word: Heard) -> bool:
    """Tell whether a word begins a new sentence."""
    said = sentence[-1].text.rstrip(_CLOSING).endswith(_SENTENCE_END)
    return said or word.start_ms - sentence[-1].end_ms >= _SENTENCE_PAUSE_MS


def _breaks(group: Sequence[Heard], word: Heard) -> bool:
    pause = word.start_ms - group[-1].end_ms
    if pause >= _LONG_PAUSE_MS or len(group) >= _MOST_WORDS:
        return True
    ended = group[-1].text.rstrip(_CLOSING).endswith(_SENTENCE_END)
    return ended and (pause >= _SENTENCE_PAUSE_MS or len(group) >= _FULL_WORDS)


def _turn(group: Sequence[Heard], ordinal: int) -> TurnDraft:
    text = ""
    words = []
    for item in group:
        if text and item.spaced:
            text += " "
        start = len(text)
        text += item.text
        words.append(Word(start, len(text), item.start_ms, item.end_ms, item.probability))
    return TurnDraft(
        ordinal=ordinal,
        text=text,
        start_ms=words[0].start_ms,
        end_ms=words[-1].end_ms,
        words=tuple(words),
        doubt=next((item.doubt for item in group if item.doubt), ""),
    )


def _tidy(words: Iterable[Heard], chunk: Chunk) -> list[Heard]:
    """Mend word times: the engine stretches words over the silences next to them."""
    tidy: list[Heard] = []
    at = chunk.start_ms
    for word in words:
        start, end = _out_of_silence(word.start_ms, word.end_ms, chunk)
        if end - start > _LONGEST_WORD_MS:
            start = end - _LONGEST_WORD_MS
        start = min(max(start, at), chunk.end_ms)
        end = min(max(end, start), chunk.end_ms)
        tidy.append(
            Heard(word.text, word.spaced, start, end, word.probability, word.doubt),
        )
        at = end
    return tidy


def _out_of_silence(start: int, end: int, chunk: Chunk) -> tuple[int, int]:
    """Draw a word that reaches into a silence back to the speech it belongs to."""
    if end <= start:
        return start, start
    for before, after in pairwise(chunk.regions):
        if before.end_ms <= start < after.start_ms < end:
            start = after.start_ms
        if start < before.end_ms < end <= after.start_ms:
            end = before.end_ms
        if start < before.end_ms and end > after.start_ms:
            # over a whole silence: it belongs to the side on which it has more sound
            if before.end_ms - start >= end - after.start_ms:
                end = before.end_ms
            else:
                start = after.start_ms
    return start, end
