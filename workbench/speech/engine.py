"""What a speech engine has to offer; the rest of the pipeline knows nothing else about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE = 16_000
"""Samples per second of all audio inside this package."""

Samples = NDArray[np.float32]


class Pcm(Protocol):
    """16 kHz mono samples: an array, or a file of which only the parts asked for are read."""

    def __len__(self) -> int:
        """Return how many samples there are."""

    def __getitem__(self, part: slice, /) -> NDArray[np.int16]:
        """Return a stretch of them."""


@dataclass(frozen=True, slots=True)
class EngineWord:
    """A word as recognised, with the white space before it; times in seconds of the chunk."""

    text: str
    start: float
    end: float
    probability: float


@dataclass(frozen=True, slots=True)
class EngineSegment:
    """A stretch of recognised speech; times in seconds from the begin of the chunk."""

    text: str
    start: float
    end: float
    words: tuple[EngineWord, ...]
    avg_logprob: float
    compression_ratio: float
    no_speech_prob: float


Likely = Mapping[str, float]
"""How likely each language is, by its code; those that are far off may be missing."""

Part = tuple[float, float]
"""Begin and end of a part of a chunk, in seconds of the chunk."""


@dataclass(frozen=True, slots=True)
class EngineResult:
    """What was heard in one chunk, and how likely each language is in the parts asked for."""

    segments: tuple[EngineSegment, ...]
    parts: tuple[Likely, ...] = ()


class Engine(Protocol):
    """Turns chunks of sound into words."""

    @property
    def batch(self) -> int:
        """How many chunks at once pay off."""

    def load(self) -> None:
        """Bring the model into memory; nothing happens when it is there.

        Raises:
            EnvironmentProblem: the model is missing or cannot be read.
        """

    def languages(self, samples: Samples) -> Likely:
        """Tell which languages may be spoken.

        Args:
            samples: 16 kHz mono, -1…1; the first 30 seconds count.
        """

    def transcribe_many(
        self,
        chunks: Sequence[Samples],
        *,
        language: str,
        prompt: str = "",
        parts: Sequence[Sequence[Part]] = (),
    ) -> list[EngineResult]:
        """Recognise chunks, each as if it were alone: the grouping does not change the words.

        Args:
            chunks: 16 kHz mono, -1…1, at most 30 seconds each.
            language: two-letter code.
            prompt: text put before every chunk, "" for none.
            parts: for each chunk the parts whose languages are wanted besides; none by default.
        """

    def transcribe(
        self,
        samples: Samples,
        *,
        language: str,
        prompt: str = "",
        temperatures: tuple[float, ...] = (0.0,),
    ) -> EngineResult:
        """Recognise one chunk with more patience.

        Args:
            samples: 16 kHz mono, -1…1, at most 30 seconds.
            language: two-letter code.
            prompt: text put before it, "" for none.
            temperatures: 0 searches for the likeliest words; higher ones are tried in order
                when the result before them looks wrong.
        """
