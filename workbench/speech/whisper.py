"""The real engine: Whisper through faster-whisper (CTranslate2), on the processor, in int8."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from workbench.errors import EnvironmentProblem
from workbench.speech.engine import EngineResult, EngineSegment, EngineWord, Samples

_SEED = 7  # fallback temperatures draw lots; the same recording shall give the same words


class WhisperEngine:
    """One Whisper model in memory."""

    def __init__(self, model: Path, *, threads: int = 0) -> None:
        self._folder = model
        self._threads = threads or physical_cores()
        self._model: Any = None

    def load(self) -> None:
        """Bring the model into memory; see `Engine.load`."""
        try:
            import faster_whisper

            self._model = faster_whisper.WhisperModel(
                str(self._folder),
                device="cpu",
                compute_type="int8",
                cpu_threads=self._threads,
                local_files_only=True,
            )
        except (RuntimeError, ValueError, OSError) as error:
            raise EnvironmentProblem(
                "model-unreadable",
                f"The speech model “{self._folder.name}” cannot be loaded ({error}).",
                "Check it with “workbench models verify”, or choose another model.",
            ) from error

    def transcribe(
        self,
        samples: Samples,
        *,
        language: str | None,
        prompt: str,
        temperatures: tuple[float, ...] = (0.0,),
    ) -> EngineResult:
        """Recognise one chunk; see `Engine.transcribe`."""
        import ctranslate2

        ctranslate2.set_random_seed(_SEED)
        found, info = self._model.transcribe(
            samples,
            language=language,
            initial_prompt=prompt or None,
            beam_size=5,
            temperature=temperatures,
            word_timestamps=True,
            condition_on_previous_text=False,
            vad_filter=False,
        )
        return EngineResult(_segments(found), info.language, float(info.language_probability))


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
    if segment.words:
        return tuple(
            EngineWord(word.word, float(word.start), float(word.end), float(word.probability))
            for word in segment.words
        )
    # The aligner now and then finds no times; the words are spread evenly rather than lost.
    texts = segment.text.split()
    step = (segment.end - segment.start) / max(1, len(texts))
    probability = min(1.0, math.exp(segment.avg_logprob))
    return tuple(
        EngineWord(
            f" {text}", segment.start + i * step, segment.start + (i + 1) * step, probability
        )
        for i, text in enumerate(texts)
    )


def physical_cores() -> int:
    """Return the number of processor cores, hyper-threads not counted, that we may use."""
    logical = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    siblings = {
        path.read_text("ascii").strip()
        for path in Path("/sys/devices/system/cpu").glob("cpu[0-9]*/topology/thread_siblings_list")
    }
    cores = len(siblings) or logical or 1
    return max(1, min(cores, logical or 1))
