"""The second engine: on random weights it hears rubbish, but in order; on real ones, words."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

import resources
from tests.support import openai_checkpoint
from tests.support.wer import word_error_rate
from tests.workbench.speech.recordings import RATE, ignore, samples_of
from tests.workbench.speech.test_recognition import JFK
from workbench.errors import EnvironmentProblem, UserError
from workbench.speech import audio, checkpoints
from workbench.speech.chunks import find_regions, plan_chunks
from workbench.speech.engine import EngineResult, EngineWord
from workbench.speech.openai import OpenAIWhisperEngine
from workbench.speech.recognise import Recogniser, find_language
from workbench.speech.whisper import WhisperEngine

# torch and openai-whisper warn of each other; that is not ours to mend
pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

SECONDS = 4
TURNS = 3  # of the interview with Maya


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


@pytest.fixture(scope="module")
def real(base_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The embedded model as a checkpoint, under the name that the library knows it by."""
    pytest.importorskip("torch")
    pytest.importorskip("whisper")
    return openai_checkpoint.write(base_model, tmp_path_factory.mktemp("real") / "base.pt")


@pytest.fixture(autouse=True)
def _no_monitor(monkeypatch: pytest.MonkeyPatch) -> None:
    if _installed():
        monkeypatch.setattr("tqdm.tqdm.monitor_interval", 0)  # its thread outlives the bar


def words_of(result: EngineResult) -> list[EngineWord]:
    return [word for segment in result.segments for word in segment.words]


@pytest.mark.speech
def test_the_same_weights_hear_the_same_in_both_engines(
    real: Path, base_model: Path, jfk: Path, tmp_path: Path
) -> None:
    sound = samples_of(jfk, tmp_path).astype(np.float32) / 32_768
    theirs, ours = OpenAIWhisperEngine(str(real)), WhisperEngine(base_model)
    heard: list[EngineResult] = []
    for engine in (theirs, ours):
        engine.load()
        heard += engine.transcribe_many([sound], language="en", parts=[[(0.0, 9.0)]])
    for result in heard:
        assert result.parts[0]["en"] > 0.9
        said = "".join(word.text for word in words_of(result))
        assert word_error_rate(JFK, said) == 0
    for one, other in zip(*map(words_of, heard), strict=True):
        assert abs(one.start - other.start) < 0.7  # one of them cuts pauses off long words
        assert abs(one.end - other.end) < 0.3
        assert one.probability > 0.3


@pytest.mark.speech
def test_a_conversation_goes_through_chunks_and_guards(real: Path, tmp_path: Path) -> None:
    recording = resources.path("sample_study", "audio", "interview_maya.opus")
    truth = json.loads(recording.with_name("interview_maya.truth.json").read_text("utf-8"))[:TURNS]
    pcm = samples_of(Path(str(recording)), tmp_path)[: int(truth[-1]["end"] * RATE)]
    regions = find_regions(audio.speech_probabilities(pcm, on_progress=ignore))
    engine = OpenAIWhisperEngine("base", cache=real.parent)
    engine.load()
    recogniser = Recogniser(
        engine, pcm, tongue=find_language(engine, pcm, regions), names="Northline"
    )
    words = [
        word
        for chunk in plan_chunks(regions, total_ms=audio.milliseconds(pcm))
        for word in recogniser.hear([chunk])[0].words
    ]
    assert recogniser.batch == 1
    said = " ".join(turn["text"] for turn in truth)
    assert word_error_rate(said, " ".join(word.text for word in words)) < 0.06
    assert [word.start_ms for word in words] == sorted(word.start_ms for word in words)
    assert not any(word.doubt for word in words)
    for turn in truth:  # the words of a turn are said while it lasts, none of them elsewhere
        spoken = [word for word in words if turn["start"] <= word.start_ms / 1000 < turn["end"]]
        assert abs(len(spoken) - len(turn["text"].split())) <= 2


@pytest.mark.speech
def test_the_heads_for_word_times_are_those_of_the_name(real: Path, tmp_path: Path) -> None:
    other = tmp_path / "mine.pt"
    other.hardlink_to(real)
    heads = []
    for path in (real, other):
        engine = OpenAIWhisperEngine(str(path))
        engine.load()
        heads.append(engine._model.alignment_heads.to_dense().sum().item())
    assert heads == [8, 24]  # those known for “base”; half of all for a model nobody knows


def test_models_of_the_library_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert checkpoints.present() == []
    folder = tmp_path / "whisper"
    folder.mkdir()
    for name, size in (("medium.pt", 30), ("tiny.pt", 10), ("notes.txt", 5)):
        (folder / name).write_bytes(bytes(size))
    known = {"whisper", "torch"}
    monkeypatch.setattr("importlib.util.find_spec", lambda name: name in known or None)
    assert [(one.name, one.size_bytes) for one in checkpoints.present()] == [
        ("tiny", 10), ("medium", 30),
    ]  # fmt: skip
    assert checkpoints.path_of("tiny") == folder / "tiny.pt"
    known.remove("torch")
    assert checkpoints.present() == []


def test_a_checkpoint_answers_as_an_engine_should(checkpoint: Path) -> None:
    engine = OpenAIWhisperEngine("tiny", cache=checkpoint.parent)
    engine.load()
    sound = np.random.default_rng(2).normal(0, 0.1, SECONDS * 16_000).astype(np.float32)
    first, second = engine.transcribe_many([sound, sound], language="en", prompt="Northline.")
    assert first == second
    assert engine.batch == 1
    assert sum(engine.languages(sound).values()) == pytest.approx(1, abs=0.01)
    for result in (first, engine.transcribe(sound, language="en", temperatures=(0.2, 0.4))):
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
