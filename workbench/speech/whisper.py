"""The real engine: Whisper through faster-whisper (CTranslate2), on the processor, in int8."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from workbench.errors import EnvironmentProblem
from workbench.speech import machine, whisper_batch
from workbench.speech.engine import EngineResult, EngineSegment, EngineWord, Samples
from workbench.speech.whisper_batch import spread

_SEED = 7  # fallback temperatures draw lots; the same recording shall give the same words


class WhisperEngine:
    """One Whisper model in memory.

    Args:
        model: its folder.
        threads: how many; 0 = one for each core.
        translate: write English whatever is spoken.
    """

    batch = 8

    def __init__(self, model: Path, *, threads: int = 0, translate: bool = False) -> None:
        self._folder = model
        self._task = "translate" if translate else "transcribe"
        self._threads = threads or machine.physical_cores()
        self._model: Any = None

    def load(self) -> None:
        """Bring the model into memory; see `Engine.load`."""
        if self._model is not None:
            return
        machine.let_threads_sleep()
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
                "The speech model “{model}” cannot be loaded ({reason}).",
                "Check it with “workbench models verify”, or choose another model.",
                model=self._folder.name,
                reason=error,
            ) from error

    def transcribe_many(
        self, chunks: Sequence[Samples], *, language: str | None, prompt: str = ""
    ) -> list[EngineResult]:
        """Recognise chunks together; see `Engine.transcribe_many`."""
        return whisper_batch.transcribe(
            self._model, chunks, language=language, prompt=prompt, task=self._task
        )

    def transcribe(
        self,
        samples: Samples,
        *,
        language: str | None,
        temperatures: tuple[float, ...] = (0.0,),
    ) -> EngineResult:
        """Recognise one chunk; see `Engine.transcribe`."""
        import ctranslate2

        ctranslate2.set_random_seed(_SEED)
        found, info = self._model.transcribe(
            samples,
            language=language,
            task=self._task,
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
    if not segment.words:
        return spread(segment.text, segment.start, segment.end, segment.avg_logprob)
    return tuple(
        EngineWord(word.word, float(word.start), float(word.end), float(word.probability))
        for word in segment.words
    )
