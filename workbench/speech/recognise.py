"""Hears chunks and judges what was heard; nothing is dropped, nothing doubtful goes unmarked.

Chunks are decoded together, which is fast but takes the engine's first answer for granted. So
every answer is checked: speech without words is decoded again by itself, an answer that looks
invented is decoded again with other temperatures, and what stays doubtful is marked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from workbench.domain.transcript import DOUBTFUL
from workbench.domain.vocabulary import terms_of
from workbench.speech import audio, guards, language, levelled, vocabulary
from workbench.speech.chunks import Chunk, Region
from workbench.speech.engine import Engine, EngineResult, Part, Pcm, Samples
from workbench.speech.language import Stretch, Tongue
from workbench.speech.turns import Heard, heard_words, marked

RECIPE = 8
"""Raised when the same sound may give other words than before, so that no spool mixes both."""

_WORSE = 0.8  # words in the right language are surer, or as sure where it was written anyway
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
        stretches: the language of each part of it.
    """

    words: list[Heard]
    holes: list[guards.Hole]
    stretches: tuple[Stretch, ...]


class Recogniser:
    """Recognises the chunks of one recording.

    Args:
        engine: loaded.
        pcm: the recording.
        tongue: the main language.
        fixed: whether all of it is in that language, since a person said so.
        names: names and terms to expect, with commas between.
        script: in which Chinese is written.
    """

    def __init__(
        self,
        engine: Engine,
        pcm: Pcm,
        *,
        tongue: Tongue,
        fixed: bool = True,
        names: str = "",
        script: str = "",
    ) -> None:
        self._engine = engine
        self._pcm = pcm
        self._tongue = tongue
        self._fixed = fixed
        self._script = script
        self._terms = terms_of(names)

    @property
    def batch(self) -> int:
        """How many chunks at once pay off."""
        return self._engine.batch

    def hear(self, chunks: Sequence[Chunk]) -> list[Outcome]:
        """Recognise chunks; how they are grouped does not change the words."""
        pieces = [[] if self._fixed else language.pieces(chunk) for chunk in chunks]
        results = self._transcribe(chunks, self._tongue.code, pieces)
        outcomes = list(map(self._outcome, chunks, results, pieces))
        named = self._name(chunks, outcomes)
        return [replace(outcome, words=marked(outcome.words)) for outcome in named]

    def _transcribe(
        self, chunks: Sequence[Chunk], code: str, pieces: Sequence[Sequence[Chunk]] = ()
    ) -> list[EngineResult]:
        return self._engine.transcribe_many(
            [self._cut(chunk) for chunk in chunks],
            language=code,
            prompt=language.prompt(code, self._script),
            parts=[
                [_part(piece, chunk) for piece in cut]
                for chunk, cut in zip(chunks, pieces, strict=False)
            ],
        )

    def _outcome(self, chunk: Chunk, result: EngineResult, pieces: Sequence[Chunk]) -> Outcome:
        """Judge what was heard; where another language is spoken, hear it again in that."""
        found = list(zip(pieces, result.parts, strict=True))
        stretches = language.stretches(found, self._tongue) if found else []
        if all(stretch.tongue.code == self._tongue.code for stretch in stretches):
            words, holes = self._judge(chunk, result, self._tongue.code)
            tongue = stretches[0].tongue if stretches else self._tongue
            return Outcome(words, holes, (Stretch(chunk, tongue),))
        first = _words(result, chunk)
        heard = [self._alone(stretch, first) for stretch in stretches]
        return Outcome(
            [word for words, _, _ in heard for word in words],
            [hole for _, holes, _ in heard for hole in holes],
            tuple(stretch for _, _, stretch in heard),
        )

    def _alone(
        self, stretch: Stretch, first: Sequence[Heard]
    ) -> tuple[list[Heard], list[guards.Hole], Stretch]:
        """Hear a part of a chunk by itself, in its language unless that is a mistake.

        Args:
            stretch: the part.
            first: what was heard in the chunk in the main language.
        """
        chunk, tongue = stretch.chunk, stretch.tongue
        (result,) = self._transcribe([chunk], tongue.code)
        before = [word for word in first if chunk.start_ms <= word.middle_ms < chunk.end_ms]
        sure = _surety(_words(result, chunk))
        if tongue.code != self._tongue.code and sure < _WORSE * _surety(before):
            tongue = self._tongue
            (result,) = self._transcribe([chunk], tongue.code)
        return *self._judge(chunk, result, tongue.code), Stretch(chunk, tongue)

    def _cut(self, chunk: Chunk) -> Samples:
        return levelled.cut(self._pcm, chunk)

    def _judge(
        self, chunk: Chunk, result: EngineResult, code: str
    ) -> tuple[list[Heard], list[guards.Hole]]:
        """Return the words and the speech without words, after second hearings."""
        words = self._fill(chunk, _words(result, chunk), code)
        holes = _holes(chunk, words, _UNHEARD_MS)
        if _bad(words, holes):
            again = self._engine.transcribe(
                self._cut(chunk),
                language=code,
                prompt=language.prompt(code, self._script),
                temperatures=guards.FALLBACK,
            )
            other = _words(again, chunk)
            other_holes = _holes(chunk, other, _UNHEARD_MS)
            if _bad(other, other_holes) < _bad(words, holes):
                words, holes = other, other_holes
        missing = guards.passed_over(*_spans(chunk, words), least=_UNHEARD_MS)
        return words, missing

    def _fill(self, chunk: Chunk, words: list[Heard], code: str) -> list[Heard]:
        """Hear the stretches of speech again that got no words, each by itself."""
        within = (chunk.start_ms, chunk.end_ms)
        for hole in _holes(chunk, words, _GAP_MS):
            found = self._stretch(hole, within, words, code)
            at = _place(hole, words)
            words = [*words[:at], *found, *words[at:]]
        return words

    def hear_again(self, hole: guards.Hole, words: Sequence[Heard], code: str) -> list[Heard]:
        """Hear a stretch by itself in which no words were recognised.

        Args:
            hole: at most 29 s.
            words: all words of the recording so far, in order.
            code: of the language there.

        Returns:
            what is surely said there; nothing where that is in doubt.
        """
        found = self._stretch(hole, (0, audio.milliseconds(self._pcm)), words, code)
        sure = sum(word.probability for word in found) >= DOUBTFUL * len(found)
        return marked(vocabulary.spelled(found, self._terms)) if sure else []

    def _stretch(
        self, hole: guards.Hole, within: guards.Hole, words: Sequence[Heard], code: str
    ) -> list[Heard]:
        start, end = hole
        first, last = max(within[0], start - _PAD_MS), min(within[1], end + _PAD_MS)
        part = Chunk(0, first, last, (Region(start, end),))
        (result,) = self._transcribe([part], code)
        if any(segment.no_speech_prob > _MAX_NO_SPEECH for segment in result.segments):
            return []
        found = [
            word
            for word in _words(result, part)
            if not word.doubt and start <= word.middle_ms <= end
        ]
        at = _place(hole, words)
        return [] if _echoes(found, words[:at], words[at:]) else found

    def _name(self, chunks: Sequence[Chunk], outcomes: Sequence[Outcome]) -> list[Outcome]:
        """Write the study's names as the study does, where they were heard."""
        if not self._terms:
            return list(outcomes)
        heard = [vocabulary.spelled(outcome.words, self._terms) for outcome in outcomes]
        asked = [at for at, words in enumerate(heard) if vocabulary.is_doubtful(words, self._terms)]
        codes = [self._mostly(outcome) for outcome in outcomes]
        for code in sorted({codes[at] for at in asked}):
            places = [at for at in asked if codes[at] == code]
            sounds = [self._cut(chunks[at]) for at in places]
            for names in vocabulary.prompts(self._terms):
                prompt = language.prompt(code, self._script) + names
                results = self._engine.transcribe_many(sounds, language=code, prompt=prompt)
                for at, result in zip(places, results, strict=True):
                    again = _words(result, chunks[at])
                    found = vocabulary.heard(heard[at], again, self._terms)
                    heard[at] = vocabulary.with_names(heard[at], found)
        return [
            replace(outcome, words=words) for outcome, words in zip(outcomes, heard, strict=True)
        ]

    def _mostly(self, outcome: Outcome) -> str:
        """Return the language of a chunk; of one in several, the main one."""
        codes = {stretch.tongue.code for stretch in outcome.stretches}
        return codes.pop() if len(codes) == 1 else self._tongue.code


def find_language(engine: Engine, pcm: Pcm, speech: Sequence[Region]) -> Tongue:
    """Return the main language of a recording.

    Args:
        engine: loaded.
        pcm: the recording.
        speech: so much of it as decides, see `language.first_speech`.
    """
    sound = [audio.cut(pcm, region.start_ms, region.end_ms) for region in speech]
    return language.main(engine.languages(np.concatenate(sound)))


def _part(piece: Chunk, chunk: Chunk) -> Part:
    return (piece.start_ms - chunk.start_ms) / 1000, (piece.end_ms - chunk.start_ms) / 1000


def _surety(words: Sequence[Heard]) -> float:
    return sum(word.probability for word in words) / max(1, len(words))


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
