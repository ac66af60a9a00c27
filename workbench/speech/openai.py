"""A second engine: openai-whisper, for people who have its models and perhaps a graphics card.

It is chosen by the model name `openai:NAME` or `openai:FILE`. A name is looked up among the
models that are on this computer already; nothing is ever fetched.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from workbench.errors import EnvironmentProblem
from workbench.speech import checkpoints, machine
from workbench.speech.engine import (
    EngineResult,
    EngineSegment,
    EngineWord,
    Likely,
    Part,
    Samples,
)


class OpenAIWhisperEngine:
    """One openai-whisper model in memory.

    Args:
        model: a checkpoint file, or the name of one in the library's own cache.
        cache: folder of that cache; by default the library's.
        translate: write English whatever is spoken.
    """

    batch = 1  # the library recognises one window at a time

    def __init__(self, model: str, *, cache: Path | None = None, translate: bool = False) -> None:
        self._name = model
        self._cache = cache
        self._task = "translate" if translate else "transcribe"
        self._model: Any = None

    def load(self) -> None:
        """Bring the model into memory; see `Engine.load`."""
        if self._model is not None:
            return
        path = checkpoints.path_of(self._name, self._cache)
        machine.let_threads_sleep()
        try:
            import torch
            import whisper
        except ImportError as error:
            raise EnvironmentProblem(
                "engine-missing",
                "The engine openai-whisper is not installed ({reason}).",
                "Install Workbench with its “openai-whisper” extra, or choose another model.",
                reason=error,
            ) from error
        device = "cuda" if torch.cuda.is_available() else "cpu"
        try:
            self._model = whisper.load_model(str(path), device=device)
        except (RuntimeError, OSError, KeyError, EOFError, TypeError, ValueError) as error:
            raise EnvironmentProblem(
                "model-unreadable",
                "“{file}” cannot be loaded as a model of openai-whisper ({reason}).",
                "Get it again, or choose another model.",
                file=path.name,
                reason=error,
            ) from error
        _listen_for_time(self._model, path.stem)

    def transcribe_many(
        self,
        chunks: Sequence[Samples],
        *,
        language: str,
        prompt: str = "",
        parts: Sequence[Sequence[Part]] = (),
    ) -> list[EngineResult]:
        """Recognise chunks one after the other; see `Engine.transcribe_many`."""
        return [
            replace(
                self.transcribe(chunk, language=language, prompt=prompt),
                # Each part would cost as much as all of it, so that they are taken for alike.
                parts=(self.languages(chunk),) * len(spans) if spans else (),
            )
            for chunk, spans in zip(chunks, parts or [()] * len(chunks), strict=True)
        ]

    def transcribe(
        self,
        samples: Samples,
        *,
        language: str,
        prompt: str = "",
        temperatures: tuple[float, ...] = (0.0,),
    ) -> EngineResult:
        """Recognise one chunk; see `Engine.transcribe`."""
        import torch

        torch.manual_seed(7)  # temperatures draw lots; the same sound shall give the same words
        found = self._model.transcribe(
            samples,
            language=language,
            task=self._task,
            initial_prompt=prompt or None,
            beam_size=5,
            best_of=5,
            temperature=temperatures,
            word_timestamps=True,
            condition_on_previous_text=False,
            fp16=self._model.device.type == "cuda",
            verbose=None,
        )
        return EngineResult(tuple(map(_segment, found["segments"])))

    def languages(self, samples: Samples) -> Likely:
        """Tell which languages may be spoken; see `Engine.languages`."""
        import whisper

        if not self._model.is_multilingual:
            return {"en": 1.0}
        window = whisper.pad_or_trim(samples)
        sound = whisper.log_mel_spectrogram(window, n_mels=self._model.dims.n_mels)
        _, likely = self._model.detect_language(sound.to(self._model.device))
        return {code: float(probability) for code, probability in likely.items()}


def _listen_for_time(model: Any, name: str) -> None:
    """Choose the heads that know when words are said, as the library does for names of its own.

    It does not do so for a file, and a file it must be, since a name would be fetched.
    """
    import whisper

    heads = getattr(whisper, "_ALIGNMENT_HEADS", {}).get(name)
    if heads is not None:
        with suppress(RuntimeError):  # a model of another size under a known name
            model.set_alignment_heads(heads)
            model.to(model.device)


def _segment(found: dict[str, Any]) -> EngineSegment:
    words = tuple(
        EngineWord(
            word["word"], float(word["start"]), float(word["end"]), float(word["probability"])
        )
        for word in found.get("words", ())
    )
    return EngineSegment(
        text=found["text"],
        start=float(found["start"]),
        end=float(found["end"]),
        words=words,
        avg_logprob=float(found["avg_logprob"]),
        compression_ratio=float(found["compression_ratio"]),
        no_speech_prob=float(found["no_speech_prob"]),
    )
