"""The model writes English when it is asked to, and what it takes for spoken otherwise."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.workbench.speech.recordings import samples_of
from tests.workbench.speech.test_recognition import JFK
from workbench.speech.engine import EngineResult
from workbench.speech.whisper import WhisperEngine


@pytest.mark.speech
def test_english_comes_out_whatever_goes_in(
    base_model: Path, jfk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tqdm.tqdm.monitor_interval", 0)  # its thread outlives the bar
    sound = samples_of(jfk, tmp_path).astype(np.float32) / 32_768

    def heard(*, translate: bool) -> tuple[set[str], set[str]]:
        """Return the words by patient recognition and by the quick one."""
        engine = WhisperEngine(base_model, translate=translate)
        engine.load()
        # Told that French is spoken, the model writes French, unless it is to translate.
        patient = engine.transcribe(sound, language="fr")
        return _words(patient), _words(engine.transcribe_many([sound], language="fr")[0])

    assert all({"que", "mes"} <= words for words in heard(translate=False))
    assert heard(translate=True) == (_words_of(JFK), _words_of(JFK))


def _words(result: EngineResult) -> set[str]:
    text = "".join(segment.text for segment in result.segments)
    return _words_of(text)


def _words_of(text: str) -> set[str]:
    return {word.strip(".,").lower() for word in text.split()}
