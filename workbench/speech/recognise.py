"""Hears chunks and judges what was heard; nothing is dropped, nothing doubtful goes unmarked.

Chunks are decoded together, which is fast but takes the engine's first answer for granted. So
every answer is checked: speech without words is decoded again by itself, an answer that looks
invented is decoded again with other temperatures, and what stays doubtful is marked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from workbench.domain.transcript import DOUBTFUL
from workbench.domain.vocabulary import terms_of
from workbench.speech import audio, guards, levelled, vocabulary
from workbench.speech.chunks import Chunk, Region
from workbench.speech.engine import Engine, EngineResult, Pcm, Samples
from workbench.speech.turns import Heard, heard_words, marked

RECIPE = 6
"""Raised when the same sound may give other words than before, so that no spool mixes both."""

_SURE_LANGUAGE = 0.5
_MOMENT_MS, _MOMENT_TRUST = 4_000, 499  # so little speech never settles the language
_UNHEARD_MS = 3_000
_GAP_MS = 1_200  # of speech without a word: worth another look
_PAD_MS = 200
_MAX_NO_SPEECH = 0.6


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was heard in a chunk, and where somebody spoke that nobody understood.

    Attributes:
        words: in order of time.
        holes: speech without words, in ms.
        language: the language of the recording as far as known, "" = not yet.
        language_probability: in thousandths.
    """

    words: list[Heard]
    holes: list[guards.Hole]
    language: str
    language_probability: int


class Recogniser:
    """Recognises the chunks of one recording.

    Args:
        engine: loaded.
        pcm: the recording.
        language: two-letter code, `None` to find it out.
        names: names and terms to expect, with commas between.
    """

    def __init__(self, engine: Engine, pcm: Pcm, *, language: str | None, names: str) -> None:
        self._engine = engine
        self._pcm = pcm
        self._asked = language
        self._terms = terms_of(names)
        self._heard = (language or "", 1000 if language else 0)
        self._settled = language

    @property
    def language(self) -> tuple[str, int]:
        """The language heard so far and its probability in thousandths."""
        return self._heard

    @property
    def batch(self) -> int:
        """How many chunks may be given at once: one, until the language is settled."""
        return self._engine.batch if self._settled else 1

    def follow(self, language: str, probability: int) -> None:
        """Go on in the language that an earlier worker had found."""
        self._heard = (language, probability)
        if not self._settled and language and probability >= _SURE_LANGUAGE * 1000:
            self._settled = language

    def hear(self, chunks: Sequence[Chunk]) -> list[Outcome]:
        """Recognise chunks; how they are grouped does not change the words."""
        results = self._engine.transcribe_many(
            [self._cut(chunk) for chunk in chunks], language=self._settled
        )
        outcomes = [self._judge(*pair) for pair in zip(chunks, results, strict=True)]
        named = self._name(chunks, outcomes, [result.language for result in results])
        return [replace(outcome, words=marked(outcome.words)) for outcome in named]

    def _cut(self, chunk: Chunk) -> Samples:
        return levelled.cut(self._pcm, chunk)

    def _judge(self, chunk: Chunk, result: EngineResult) -> Outcome:
        words = self._fill(chunk, _words(result, chunk), result.language)
        holes = _holes(chunk, words, _UNHEARD_MS)
        if _bad(words, holes):
            again = self._engine.transcribe(
                self._cut(chunk),
                language=result.language,
                temperatures=guards.FALLBACK,
            )
            other = _words(again, chunk)
            other_holes = _holes(chunk, other, _UNHEARD_MS)
            if _bad(other, other_holes) < _bad(words, holes):
                words, holes = other, other_holes
        if words and not self._settled:
            speech = sum(region.end_ms - region.start_ms for region in chunk.regions)
            trust = 1000 if speech >= _MOMENT_MS else _MOMENT_TRUST
            self.follow(result.language, min(trust, round(result.language_probability * 1000)))
        missing = guards.passed_over(*_spans(chunk, words), least=_UNHEARD_MS)
        return Outcome(words, missing, *self._heard)

    def _fill(self, chunk: Chunk, words: list[Heard], language: str) -> list[Heard]:
        """Hear the stretches of speech again that got no words, each by itself."""
        within = (chunk.start_ms, chunk.end_ms)
        for hole in _holes(chunk, words, _GAP_MS):
            found = self._alone(hole, within, words, language)
            at = _place(hole, words)
            words = [*words[:at], *found, *words[at:]]
        return words

    def hear_again(self, hole: guards.Hole, words: Sequence[Heard]) -> list[Heard]:
        """Hear a stretch by itself in which no words were recognised.

        Args:
            hole: at most 29 s.
            words: all words of the recording so far, in order.

        Returns:
            what is surely said there; nothing where that is in doubt.
        """
        within = (0, audio.milliseconds(self._pcm))
        found = self._alone(hole, within, words, self._settled or self._heard[0] or None)
        sure = sum(word.probability for word in found) >= DOUBTFUL * len(found)
        return found if sure else []

    def _alone(
        self,
        hole: guards.Hole,
        within: guards.Hole,
        words: Sequence[Heard],
        language: str | None,
    ) -> list[Heard]:
        start, end = hole
        first, last = max(within[0], start - _PAD_MS), min(within[1], end + _PAD_MS)
        part = Chunk(0, first, last, (Region(start, end),))
        (result,) = self._engine.transcribe_many([self._cut(part)], language=language)
        if any(segment.no_speech_prob > _MAX_NO_SPEECH for segment in result.segments):
            return []
        found = [
            word
            for word in _words(result, part)
            if not word.doubt and start <= (word.start_ms + word.end_ms) // 2 <= end
        ]
        at = _place(hole, words)
        return [] if _echoes(found, words[:at], words[at:]) else found

    def _name(
        self, chunks: Sequence[Chunk], outcomes: Sequence[Outcome], languages: Sequence[str]
    ) -> list[Outcome]:
        """Write the study's names as the study does, where they were heard."""
        if not self._terms:
            return list(outcomes)
        heard = [vocabulary.spelled(outcome.words, self._terms) for outcome in outcomes]
        asked = [at for at, words in enumerate(heard) if vocabulary.is_doubtful(words, self._terms)]
        for language in sorted({languages[at] for at in asked}):
            places = [at for at in asked if languages[at] == language]
            sounds = [self._cut(chunks[at]) for at in places]
            for prompt in vocabulary.prompts(self._terms):
                results = self._engine.transcribe_many(sounds, language=language, prompt=prompt)
                for at, result in zip(places, results, strict=True):
                    again = _words(result, chunks[at])
                    found = vocabulary.heard(heard[at], again, self._terms)
                    heard[at] = vocabulary.with_names(heard[at], found)
        return [
            replace(outcome, words=words) for outcome, words in zip(outcomes, heard, strict=True)
        ]


def _words(result: EngineResult, chunk: Chunk) -> list[Heard]:
    return heard_words(result, guards.doubts(result), chunk)


def _holes(chunk: Chunk, words: Sequence[Heard], least: int) -> list[guards.Hole]:
    return guards.unheard(*_spans(chunk, words), least=least)


def _spans(chunk: Chunk, words: Sequence[Heard]) -> tuple[list[guards.Hole], list[guards.Hole]]:
    """Return begin and end of the speech, and of the words, in ms."""
    regions = [(region.start_ms, region.end_ms) for region in chunk.regions]
    return regions, [(word.start_ms, word.end_ms) for word in words]


def _bad(words: Sequence[Heard], holes: Sequence[guards.Hole]) -> int:
    """Return how many ms of a result are doubtful or missing."""
    doubtful = sum(word.end_ms - word.start_ms for word in words if word.doubt)
    return doubtful + sum(end - start for start, end in holes)


def _place(hole: guards.Hole, words: Sequence[Heard]) -> int:
    """Return how many words come before a stretch."""
    return sum(word.start_ms < hole[0] for word in words)


def _echoes(found: Sequence[Heard], before: Sequence[Heard], after: Sequence[Heard]) -> bool:
    """Tell whether words found in a gap are those next to it, heard a second time."""
    said = [_plain(word) for word in found]
    size = len(said)
    return said in ([_plain(w) for w in before[-size:]], [_plain(w) for w in after[:size]])


def _plain(word: Heard) -> str:
    return "".join(char for char in word.text.lower() if char.isalnum())
