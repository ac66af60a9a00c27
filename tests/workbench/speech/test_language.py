"""The main language is decided on enough speech, and a part in another one is heard in that."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pytest

from tests.support.wer import word_errors
from tests.workbench.speech.recordings import ignore, samples_of, silence
from workbench.speech import audio, language
from workbench.speech.chunks import Chunk, Region, find_regions, plan_chunks
from workbench.speech.engine import EngineResult, EngineSegment, EngineWord, Likely, Part, Samples
from workbench.speech.language import Tongue
from workbench.speech.recognise import Recogniser, find_language
from workbench.speech.whisper import WhisperEngine

DATA = Path(__file__).parents[2] / "data" / "sentences"
PCM = np.zeros(16_000 * 30, np.int16)
GERMAN = Tongue("de", 980)


def _chunk(*regions: tuple[int, int]) -> Chunk:
    spans = tuple(Region(*region) for region in regions)
    return Chunk(0, max(0, spans[0].start_ms - 200), spans[-1].end_ms + 200, spans)


class Bilingual:
    """An engine that says which language it is told to write, and hears what its parts are."""

    batch = 8

    def __init__(self, parts: Sequence[Likely], sure: dict[str, float]) -> None:
        self._parts, self._sure = parts, sure
        self.asked: list[tuple[str, float, str]] = []

    def load(self) -> None:
        """Need nothing."""

    def languages(self, samples: Samples) -> Likely:
        """Tell how long the sound is."""
        return {"en": 0.2, "de": len(samples) / 16_000 / 100}

    def transcribe_many(
        self,
        chunks: Sequence[Samples],
        *,
        language: str,
        prompt: str = "",
        parts: Sequence[Sequence[Part]] = (),
    ) -> list[EngineResult]:
        """Write a word for each half second."""
        self.asked += [(language, len(chunk) / 16_000, prompt) for chunk in chunks]
        found = tuple(self._parts) if any(parts) else ()
        return [EngineResult((self._said(chunk, language),), found) for chunk in chunks]

    def transcribe(
        self,
        samples: Samples,
        *,
        language: str,
        prompt: str = "",
        temperatures: tuple[float, ...] = (0.0,),
    ) -> EngineResult:
        """Write the same."""
        return EngineResult((self._said(samples, language),))

    def _said(self, samples: Samples, code: str) -> EngineSegment:
        count = int(len(samples) / 8_000)
        words = tuple(
            EngineWord(f" {code}{n}", n / 2, n / 2 + 0.5, self._sure[code]) for n in range(count)
        )
        return EngineSegment("".join(w.text for w in words), 0, count / 2, words, -0.2, 1.5, 0.0)


def _codes(words: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(word[:2] for word in words))


def test_the_first_half_minute_of_speech_decides() -> None:
    chunks = [_chunk((60_000, 70_000)), _chunk((90_000, 99_000), (100_000, 140_000))]
    speech, enough = language.first_speech(chunks)
    assert enough
    assert speech[-1] == Region(100_000, 111_000)
    assert sum(region.end_ms - region.start_ms for region in speech) == language.ENOUGH_MS
    assert language.first_speech(chunks[:1]) == ([Region(60_000, 70_000)], False)
    pcm = np.zeros(16_000 * 140, np.int16)
    assert find_language(Bilingual([], {}), pcm, speech) == Tongue("de", 300)


def test_pieces_end_in_the_longest_silences() -> None:
    chunk = _chunk((1_000, 3_000), (3_200, 4_000), (6_000, 9_000), (9_100, 10_000))
    pieces = language.pieces(chunk)
    assert [(piece.start_ms, piece.end_ms) for piece in pieces] == [(800, 5_000), (5_000, 10_200)]
    assert language.pieces(_chunk((0, 3_900))) == []  # so little may be anything


@pytest.mark.parametrize(
    ("likely", "expected"),
    [
        ([{"de": 0.9}, {"de": 0.8}], "de"),
        ([{"de": 0.9}, {"en": 0.95}], "de en"),
        ([{"en": 0.95}, {"en": 0.97}], "en"),
        ([{"de": 0.1, "en": 0.85}, {"de": 0.9}], "de"),  # not certain
        ([{"en": 0.95}, {"ja": 0.1, "de": 0.05}], "en"),  # unclear: it goes on as before
        ([{"de": 0.9}, {"la": 0.99}], "de"),  # nobody speaks that
    ],
)
def test_a_part_changes_its_language_if_that_is_certain(
    likely: Sequence[Likely], expected: str
) -> None:
    pieces = language.pieces(_chunk((0, 5_000), (6_000, 11_000)))
    found = language.stretches(list(zip(pieces, likely, strict=True)), GERMAN)
    assert " ".join(stretch.tongue.code for stretch in found) == expected
    assert found[0].chunk.start_ms == 0
    assert found[-1].chunk.end_ms == 11_200


def test_languages_that_sound_alike_do_not_change() -> None:
    pieces = language.pieces(_chunk((0, 5_000)))
    found = language.stretches([(pieces[0], {"sr": 0.99})], Tongue("hr", 900))
    assert [stretch.tongue for stretch in found] == [Tongue("hr", 0)]


def test_each_part_is_heard_in_its_language() -> None:
    chunk = _chunk((0, 5_000), (6_000, 11_000))
    engine = Bilingual([{"de": 0.9}, {"en": 0.95}], {"de": 0.8, "en": 0.8})
    heard = Recogniser(engine, PCM, tongue=GERMAN, fixed=False).hear([chunk])[0]
    assert [(s.chunk.start_ms, s.tongue) for s in heard.stretches] == [
        (0, Tongue("de", 900)), (5_500, Tongue("en", 950)),
    ]  # fmt: skip
    assert all((word.text[:2] == "en") == (word.start_ms >= 5_500) for word in heard.words)
    # Words that are much less sure in the other language: that was a mistake.
    engine = Bilingual([{"de": 0.9}, {"en": 0.95}], {"de": 0.8, "en": 0.4})
    heard = Recogniser(engine, PCM, tongue=GERMAN, fixed=False).hear([chunk])[0]
    assert _codes(word.text for word in heard.words) == "de"
    # Whoever has named the language is believed.
    engine = Bilingual([{"en": 0.95}, {"en": 0.95}], {"de": 0.8, "en": 0.8})
    heard = Recogniser(engine, PCM, tongue=GERMAN).hear([chunk])[0]
    assert _codes(word.text for word in heard.words) == "de"
    assert len(engine.asked) == 1


def test_chinese_is_asked_for_in_one_script() -> None:
    engine = Bilingual([], {"zh": 0.8, "de": 0.8})
    chunk = _chunk((0, 5_000))
    Recogniser(engine, PCM, tongue=Tongue("zh", 900), script="Hant").hear([chunk])
    Recogniser(engine, PCM, tongue=Tongue("zh", 900), script="Hans").hear([chunk])
    Recogniser(engine, PCM, tongue=GERMAN, script="Hans").hear([chunk])
    prompts = [prompt for _, _, prompt in engine.asked]
    assert prompts == ["以下是普通話的句子。", "以下是普通话的句子。", ""]


@pytest.mark.speech
def test_half_of_a_recording_in_another_language(base_model: Path, tmp_path: Path) -> None:
    names = ("de-001", "de-002", "en-000", "en-001", "de-003")
    parts = [samples_of(DATA / f"{name}.ogg", tmp_path) for name in names]
    pcm = np.concatenate([sound for part in parts for sound in (part, silence(0.6))])
    regions = find_regions(audio.speech_probabilities(pcm, on_progress=ignore))
    chunks = plan_chunks(regions, total_ms=audio.milliseconds(pcm))
    engine = WhisperEngine(base_model)
    engine.load()
    tongue = find_language(engine, pcm, language.first_speech(chunks)[0])
    assert tongue.code == "de"
    heard = Recogniser(engine, pcm, tongue=tongue, fixed=False).hear(chunks)
    words = [word for outcome in heard for word in outcome.words]
    at = 0
    for name, part in zip(names, parts, strict=True):
        end = at + len(part) // 16 + 600
        said = " ".join(word.text for word in words if at <= word.middle_ms < end)
        wrong, expected = word_errors((DATA / f"{name}.txt").read_text("utf-8"), said)
        assert wrong / expected < 0.25, (name, said)
        stretch = next(
            s for outcome in heard for s in outcome.stretches if s.chunk.end_ms > at + 4_000
        )
        assert stretch.tongue.code == name[:2]
        at = end
