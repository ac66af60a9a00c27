"""Chunks decoded together: nothing lost at the end of a window, nothing owed to the grouping."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import resources
from tests.support.wer import word_error_rate
from tests.workbench.speech.recordings import ignore, samples_of
from workbench.errors import EnvironmentProblem
from workbench.speech import audio
from workbench.speech.chunks import find_regions, plan_chunks
from workbench.speech.language import Tongue
from workbench.speech.recognise import Recogniser


@pytest.mark.speech
def test_the_grouping_does_not_change_the_words(base_model: Path, tmp_path: Path) -> None:
    from workbench.speech.whisper import WhisperEngine

    recording = resources.path("sample_study", "audio", "mystery_shop_memo.opus")
    pcm = samples_of(Path(str(recording)), tmp_path)
    regions = find_regions(audio.speech_probabilities(pcm, on_progress=ignore))
    chunks = plan_chunks(regions, total_ms=audio.milliseconds(pcm))
    engine = WhisperEngine(base_model)
    engine.load()

    def heard(size: int) -> list[str]:
        recogniser = Recogniser(engine, pcm, tongue=Tongue("en", 1000))
        groups = [chunks[i : i + size] for i in range(0, len(chunks), size)]
        outcomes = [outcome for group in groups for outcome in recogniser.hear(group)]
        assert not any(outcome.holes for outcome in outcomes)
        return [word.text for outcome in outcomes for word in outcome.words]

    together = heard(8)
    assert len(chunks) > 2
    assert heard(1) == together  # a chunk does not know what it was decoded with
    truth = "in at ten past three, out at three thirty one. I waited six minutes"
    text = " ".join(together)
    assert word_error_rate(truth, text[text.index("14th") + 6 :][: len(truth)]) < 0.4
    assert text.endswith("but with no name to call.")


def test_threads_that_wait_leave_the_processor_to_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from workbench.speech.whisper import WhisperEngine

    monkeypatch.setenv("OMP_WAIT_POLICY", "")
    monkeypatch.delenv("OMP_WAIT_POLICY")
    with pytest.raises(EnvironmentProblem, match="cannot be loaded"):
        WhisperEngine(tmp_path).load()
    assert os.environ["OMP_WAIT_POLICY"] == "PASSIVE"
