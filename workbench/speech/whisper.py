"""The real engine: Whisper through faster-whisper (CTranslate2), on the processor or a card."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from workbench.errors import EnvironmentProblem
from workbench.speech import device, machine, whisper_batch
from workbench.speech.device import Device, Why
from workbench.speech.engine import (
    SAMPLE_RATE,
    EngineResult,
    EngineSegment,
    EngineWord,
    Likely,
    Part,
    Samples,
)
from workbench.speech.whisper_batch import spread

_T = TypeVar("_T")
_log = logging.getLogger(__name__)
_SEED = 7  # fallback temperatures draw lots; the same recording shall give the same words


class WhisperEngine:
    """One Whisper model in memory.

    Args:
        model: its folder.
        threads: how many; 0 = one for each core.
        translate: write English whatever is spoken.
        on: what it works on; `None` = a graphics card where one can be used, else the processor.
    """

    batch = 8

    def __init__(
        self,
        model: Path,
        *,
        threads: int = 0,
        translate: bool = False,
        on: Device | None = None,
    ) -> None:
        self._folder = model
        self._task = "translate" if translate else "transcribe"
        self._threads = threads or machine.physical_cores()
        self._on = on
        self._model: Any = None

    def load(self) -> None:
        """Bring the model into memory; see `Engine.load`."""
        if self._model is not None:
            return
        machine.let_threads_sleep()
        on = self._on or device.found()
        try:
            self._model = self._on_device(on)
        except (RuntimeError, ValueError, OSError) as error:
            if on.name == "cpu":
                raise self._unreadable(error) from error
            self._leave_card(error)
            return
        self._on = on
        device.note(on)

    def _leave_card(self, error: Exception) -> None:
        """Go on with the processor, since the graphics card has failed."""
        _log.warning("the graphics card cannot be used: %s", error)
        self._model, self._on = None, device.processor(Why.FAILED)
        try:
            self._model = self._on_device(self._on)
        except (RuntimeError, ValueError, OSError) as problem:
            raise self._unreadable(problem) from problem
        device.note(self._on)

    def _on_device(self, on: Device) -> Any:
        """Return the model, ready to work there; a card has to prove it."""
        import faster_whisper

        model = faster_whisper.WhisperModel(
            str(self._folder),
            device=on.name,
            compute_type=on.kind,
            cpu_threads=self._threads,
            local_files_only=True,
        )
        if on.name != "cpu":  # libraries of the card are looked for only when it works
            model.detect_language(np.zeros(SAMPLE_RATE, np.float32))
        return model

    def _unreadable(self, error: Exception) -> EnvironmentProblem:
        return EnvironmentProblem(
            "model-unreadable",
            "The speech model “{model}” cannot be loaded ({reason}).",
            "Check it with “workbench models verify”, or choose another model.",
            model=self._folder.name,
            reason=error,
        )

    def languages(self, samples: Samples) -> Likely:
        """Tell which languages may be spoken; see `Engine.languages`."""
        return self._surely(lambda: whisper_batch.languages(self._model, samples))

    def transcribe_many(
        self,
        chunks: Sequence[Samples],
        *,
        language: str,
        prompt: str = "",
        parts: Sequence[Sequence[Part]] = (),
    ) -> list[EngineResult]:
        """Recognise chunks together; see `Engine.transcribe_many`."""
        choices: dict[str, Any] = {"language": language, "prompt": prompt, "parts": parts}
        return self._surely(
            lambda: whisper_batch.transcribe(self._model, chunks, task=self._task, **choices)
        )

    def _surely(self, work: Callable[[], _T]) -> _T:
        """Return what comes of some work, done by the processor where the card fails."""
        try:
            return work()
        except RuntimeError as error:  # a card has less memory than it seemed, or was taken away
            if self._on is None or self._on.name == "cpu":
                raise
            self._leave_card(error)
            return work()

    def transcribe(
        self,
        samples: Samples,
        *,
        language: str,
        prompt: str = "",
        temperatures: tuple[float, ...] = (0.0,),
    ) -> EngineResult:
        """Recognise one chunk; see `Engine.transcribe`."""
        return self._surely(lambda: self._patiently(samples, language, prompt, temperatures))

    def _patiently(
        self, samples: Samples, language: str, prompt: str, temperatures: tuple[float, ...]
    ) -> EngineResult:
        import ctranslate2

        ctranslate2.set_random_seed(_SEED)
        found, _ = self._model.transcribe(
            samples,
            language=language,
            task=self._task,
            initial_prompt=prompt or None,
            beam_size=5,
            temperature=temperatures,
            word_timestamps=True,
            condition_on_previous_text=False,
            vad_filter=False,
        )
        return EngineResult(_segments(found))


def _segments(found: Iterable[Any]) -> tuple[EngineSegment, ...]:
    return tuple(
        EngineSegment(
            text=item.text,
            start=float(item.start),
            end=float(item.end),
            words=_words(item),
            avg_logprob=float(item.avg_logprob),
            compression_ratio=float(item.compression_ratio),
            no_speech_prob=float(item.no_speech_prob),
        )
        for item in found
    )


def _words(segment: Any) -> tuple[EngineWord, ...]:
    if not segment.words:
        return spread(segment.text, segment.start, segment.end, segment.avg_logprob)
    return tuple(
        EngineWord(word.word, float(word.start), float(word.end), float(word.probability))
        for word in segment.words
    )
