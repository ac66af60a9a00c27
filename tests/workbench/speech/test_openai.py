"""The second engine, on a checkpoint of random weights: it hears rubbish, but in order."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from workbench.errors import EnvironmentProblem, UserError
from workbench.speech.openai import OpenAIWhisperEngine

# torch and openai-whisper warn of each other; that is not ours to mend
pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

SECONDS = 4


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A multilingual model as small as the format allows, with random weights."""
    torch = pytest.importorskip("torch")
    model = pytest.importorskip("whisper.model")
    torch.manual_seed(1)
    sizes = {
        "n_mels": 80, "n_audio_ctx": 1500, "n_audio_state": 32, "n_audio_head": 2,
        "n_audio_layer": 2, "n_vocab": 51865, "n_text_ctx": 48, "n_text_state": 32,
        "n_text_head": 2, "n_text_layer": 2,
    }  # fmt: skip
    whisper = model.Whisper(model.ModelDimensions(**sizes))
    for weights in whisper.parameters():  # the library leaves some of them as memory was
        torch.nn.init.normal_(weights, std=0.05)
    path = tmp_path_factory.mktemp("checkpoint") / "tiny.pt"
    torch.save({"dims": sizes, "model_state_dict": whisper.state_dict()}, path)
    return path


def test_a_checkpoint_answers_as_an_engine_should(
    checkpoint: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tqdm.tqdm.monitor_interval", 0)  # its thread outlives the bar
    engine = OpenAIWhisperEngine("tiny", cache=checkpoint.parent)
    engine.load()
    sound = np.random.default_rng(2).normal(0, 0.1, SECONDS * 16_000).astype(np.float32)
    first, second = engine.transcribe_many([sound, sound], language="en", prompt="Northline.")
    assert first == second
    assert engine.batch == 1
    for result in (first, engine.transcribe(sound, language=None, temperatures=(0.2, 0.4))):
        assert len(result.language) in {2, 3}
        assert 0 < result.language_probability <= 1
        for segment in result.segments:
            assert 0 <= segment.start <= segment.end <= 60  # nonsense, but in order
            assert 0 <= segment.no_speech_prob <= 1
            assert segment.avg_logprob < 0
            assert all(0 <= word.probability <= 1 for word in segment.words)
            assert [word.start for word in segment.words] == sorted(
                word.start for word in segment.words
            )


def test_a_file_that_is_no_checkpoint_is_named(checkpoint: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.pt"
    damaged.write_bytes(checkpoint.read_bytes()[:1_000])
    with pytest.raises(EnvironmentProblem) as error:
        OpenAIWhisperEngine(str(damaged)).load()
    assert error.value.code == "model-unreadable"
    assert "damaged.pt" in error.value.happened


def test_an_absent_model_is_never_fetched(tmp_path: Path) -> None:
    with pytest.raises(UserError) as error:
        OpenAIWhisperEngine("base", cache=tmp_path).load()
    assert error.value.code == "model-unknown"
    assert str(tmp_path) in error.value.todo


def test_without_the_library_the_extra_is_named(tmp_path: Path) -> None:
    if _installed():
        pytest.skip("openai-whisper is installed here")
    (tmp_path / "tiny.pt").write_bytes(b"")
    with pytest.raises(EnvironmentProblem) as error:
        OpenAIWhisperEngine("tiny", cache=tmp_path).load()
    assert error.value.code == "engine-missing"
    assert "openai-whisper" in error.value.todo


def _installed() -> bool:
    import importlib.util

    return importlib.util.find_spec("whisper") is not None
