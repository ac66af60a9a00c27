"""A deterministic engine for tests of the machinery around recognition; it hears nothing.

It is chosen only by the model name `fake`; `fake:250` needs 250 ms per chunk, and `fake:FILE` hears
the first chunk at once and the others when there is a file of that name.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from threading import Event

from workbench.speech.engine import (
    SAMPLE_RATE,
    EngineResult,
    EngineSegment,
    EngineWord,
    Likely,
    Part,
    Samples,
)

_LOOK_S = 0.05
_WORDS = ("alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel")


class FakeEngine:
    """Says words that depend only on the samples, one every half second."""

    batch = 4

    def __init__(self, pace: str = "") -> None:
        self._delay_ms = int(pace) if pace.isdigit() else 0
        self._gate = Path(pace) if pace and not pace.isdigit() else None
        self._begun = False

    def load(self) -> None:
        """Begin anew: a worker may do one job after the other."""
        self._begun = False

    def languages(self, samples: Samples) -> Likely:  # noqa: ARG002
        """Take everything for English."""
        return {"en": 1.0}

    def transcribe_many(
        self,
        chunks: Sequence[Samples],
        *,
        language: str,
        prompt: str = "",  # noqa: ARG002
        parts: Sequence[Sequence[Part]] = (),
    ) -> list[EngineResult]:
        """Return for each chunk what `transcribe` does, in the language of all of it."""
        likely = [tuple({language: 1.0} for _ in spans) for spans in parts]
        return [
            replace(self.transcribe(samples, language=language), parts=found)
            for samples, found in zip(chunks, likely or [()] * len(chunks), strict=True)
        ]

    def transcribe(
        self,
        samples: Samples,
        *,
        language: str,  # noqa: ARG002
        prompt: str = "",  # noqa: ARG002
        temperatures: tuple[float, ...] = (0.0,),  # noqa: ARG002
    ) -> EngineResult:
        """Return words made from the checksum of the chunk."""
        self._wait()
        seed = zlib.crc32(samples.tobytes())
        count = max(1, int(len(samples) / SAMPLE_RATE * 2))
        words = tuple(_word(seed, index) for index in range(count))
        segment = EngineSegment(
            text="".join(word.text for word in words),
            start=0.0,
            end=count / 2,
            words=words,
            avg_logprob=-0.1,
            compression_ratio=1.0,
            no_speech_prob=0.0,
        )
        return EngineResult((segment,))

    def _wait(self) -> None:
        Event().wait(self._delay_ms / 1000)
        while self._begun and self._gate and not self._gate.exists():
            Event().wait(_LOOK_S)
        self._begun = True


def _word(seed: int, index: int) -> EngineWord:
    text = f"{_WORDS[(seed >> index % 24) % len(_WORDS)]}{index}"
    stop = "." if index % 10 == 9 else ""
    return EngineWord(f" {text}{stop}", index / 2, index / 2 + 0.4, 0.9)
