"""A chunk that looks invented is decoded again; what stays doubtful is kept and marked."""

from __future__ import annotations

import io
import os

import numpy as np

from workbench.speech.chunks import Chunk, Region
from workbench.speech.engine import EngineResult, EngineSegment, EngineWord, Samples
from workbench.speech.link import Link
from workbench.speech.protocol import Job
from workbench.speech.run import Run

CHUNK = Chunk(0, 0, 10_000, (Region(0, 10_000),))
PCM = np.zeros(160_000, np.int16)
LOOP = "thank you " * 10
PLAIN = "so we moved in on a rainy day and nothing worked at all"


def _said(text: str, *, seconds: float = 10.0) -> EngineResult:
    texts = text.split()
    step = seconds / len(texts)
    words = tuple(EngineWord(f" {t}", i * step, (i + 1) * step, 0.9) for i, t in enumerate(texts))
    return EngineResult((EngineSegment(text, 0, seconds, words, -0.2, 1.5, 0.0),), "en", 0.9)


class Scripted:
    """An engine that answers as told, and remembers the temperatures it was asked for."""

    def __init__(self, *answers: EngineResult) -> None:
        self._answers = list(answers)
        self.asked: list[tuple[float, ...]] = []

    def load(self) -> None:
        """Need nothing."""

    def transcribe(
        self,
        samples: Samples,
        *,
        language: str | None,
        prompt: str,
        temperatures: tuple[float, ...] = (0.0,),
    ) -> EngineResult:
        """Return the next answer."""
        self.asked.append(temperatures)
        return self._answers.pop(0)


def _chunk(engine: Scripted) -> tuple[list[tuple[str, str]], list[str]]:
    with open(os.devnull, "rb", buffering=0) as nothing:  # noqa: PTH123
        run = Run(Job("j", "", "", "", ""), Link(nothing, io.BytesIO()))
        turns, notes = run._chunk(engine, PCM, CHUNK, first=0)
    return [(turn.text, turn.doubt) for turn in turns], [note.code for note in notes]


def test_plain_speech_is_decoded_once() -> None:
    engine = Scripted(_said(PLAIN))
    assert _chunk(engine) == ([(PLAIN, "")], [])
    assert engine.asked == [(0.0,)]


def test_a_loop_is_decoded_again_with_other_temperatures() -> None:
    engine = Scripted(_said(LOOP), _said(PLAIN))
    assert _chunk(engine) == ([(PLAIN, "")], [])
    assert engine.asked == [(0.0,), (0.2, 0.4, 0.6, 0.8, 1.0)]


def test_what_still_loops_is_kept_and_marked() -> None:
    engine = Scripted(_said(LOOP), _said(LOOP))
    assert _chunk(engine) == ([(LOOP.strip(), "check here: the same words repeat")], [])


def test_speech_without_words_is_tried_again_and_told() -> None:
    engine = Scripted(_said("so we moved", seconds=2), _said(PLAIN))
    assert _chunk(engine) == ([(PLAIN, "")], [])
    engine = Scripted(_said("so we moved", seconds=2), _said("so we moved", seconds=2))
    assert _chunk(engine) == ([("so we moved", "")], ["unheard"])
