"""Invented words are recognised by how they look."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.pseudo import pseudo_spoken, untranslated
from workbench.domain.voices import SPEAKS_OVER, UNCERTAIN
from workbench.speech import guards
from workbench.speech.audio import truncation
from workbench.speech.engine import EngineResult, EngineSegment, EngineWord
from workbench.words import t


def _segment(
    text: str,
    *,
    seconds: float = 10,
    logprob: float = -0.2,
    compression: float = 1.5,
    no_speech: float = 0.0,
) -> EngineSegment:
    texts = text.split()
    step = seconds / len(texts)
    words = tuple(
        EngineWord(f" {word}", i * step, (i + 1) * step, 0.9) for i, word in enumerate(texts)
    )
    return EngineSegment(text, 0, seconds, words, logprob, compression, no_speech)


def test_plain_speech_passes() -> None:
    segment = _segment("So, the landlord wrote in March that he was selling. No, no, no, really.")
    assert guards.doubts(EngineResult((segment,))) == ("",)


DOUBTFUL = [
    (_segment("Thank you. " * 5), "repeat"),
    (_segment("ha " * 6), "repeat"),
    (_segment("and then we went home again " * 3), "repeat"),
    (_segment("some words", compression=2.5), "uniform"),
    (_segment("one two three four five six seven eight nine", seconds=1), "more words"),
    (_segment("some words", logprob=-1.2), "hard to understand"),
    (_segment("some words", logprob=-1.2, no_speech=0.9), "nobody"),
]


@pytest.mark.parametrize(("segment", "reason"), DOUBTFUL)
def test_signs_of_invention_are_named(segment: EngineSegment, reason: str) -> None:
    assert guards.doubt(segment).startswith("check here: ")
    assert reason in guards.doubt(segment)


def test_no_word_about_a_doubt_is_english(tmp_path: Path) -> None:
    with pseudo_spoken(tmp_path / "locale"):
        told = [t(guards.doubt(segment)) for segment, _ in DOUBTFUL]
        told += [t(UNCERTAIN), t(SPEAKS_OVER), truncation(0), truncation(9_000)]
    assert [one for one in told if untranslated(one)] == []


@pytest.mark.parametrize(
    "text", ["", "yes yes yes yes", "I said I said I said it", "a b c a b c d e f g"]
)
def test_people_repeat_themselves_a_little(text: str) -> None:
    assert not guards.repeats(text)


def test_speech_without_words_is_found() -> None:
    regions = [(0, 4_000), (5_000, 12_000), (20_000, 23_500)]
    words = [(100, 900), (1_000, 3_900), (5_200, 6_000), (11_000, 12_500)]
    assert guards.unheard(regions, words, least=3_000) == [(6_000, 11_000), (20_000, 23_500)]
    assert guards.unheard(regions, words, least=6_000) == []


def test_speech_without_words_goes_on_over_pauses_up_to_the_next_word() -> None:
    regions = [(0, 2_000), (2_500, 4_500), (5_000, 7_000), (7_500, 9_000), (9_500, 11_000)]
    words = [(0, 1_800), (7_600, 8_900)]
    assert guards.passed_over(regions, words, least=3_000) == [(2_500, 7_000)]
    assert guards.passed_over(regions, words, least=1_000) == [(2_500, 7_000), (9_500, 11_000)]
    assert guards.passed_over(regions, words, least=4_500) == []
    assert guards.passed_over(regions, [], least=3_000) == [(0, 11_000)]
