"""A graphics card is used where there is one; where it fails, the processor steps in."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from workbench import paths
from workbench.errors import EnvironmentProblem
from workbench.settings import SettingsStore
from workbench.speech import device, whisper_batch
from workbench.speech.device import Device, Why, choose, processor
from workbench.speech.whisper import WhisperEngine


@pytest.fixture(autouse=True)
def own_home(base_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path / "home"))


@pytest.mark.parametrize(
    ("cards", "kinds", "chosen"),
    [
        (0, set(), processor(Why.NO_CARD)),
        (
            1,
            {"float32", "int8", "float16", "int8_float16"},
            Device("cuda", "int8_float16", Why.CARD),
        ),
        (2, {"float32", "float16"}, Device("cuda", "float16", Why.CARD)),
        (1, {"float32", "int8", "int8_float32"}, Device("cuda", "int8_float32", Why.CARD)),
        (1, {"float32"}, processor(Why.NO_CARD)),
    ],
)
def test_a_card_is_chosen_for_what_it_can(cards: int, kinds: set[str], chosen: Device) -> None:
    assert choose(cards, kinds) == chosen


def test_who_wants_no_card_gets_the_processor() -> None:
    SettingsStore(paths.config_dir() / "settings.json").change(card=False)
    assert device.found() == processor(Why.UNWANTED)


def test_what_was_noted_is_read_and_rubbish_is_not() -> None:
    assert device.last() is None
    for why in Why:
        device.note(processor(why))
        assert device.last() is why
    (paths.data_dir() / "device.json").write_text("[", "utf-8")
    assert device.last() is None


@pytest.mark.speech
def test_a_card_that_fails_leaves_it_to_the_processor(base_model: Path) -> None:
    """This machine has none, or one; a card of an unknown kind fails everywhere."""
    engine = WhisperEngine(base_model, on=Device("cuda", "no such kind", Why.CARD))
    engine.load()
    assert device.last() is Why.FAILED
    [result] = engine.transcribe_many([np.zeros(16_000, np.float32)], language="en")
    assert result.segments == ()


class Model:
    """A model that a card has no memory for, and the processor has."""

    def __init__(self, on: Device) -> None:
        self._on = on

    def transcribe(self, *_sound: object, **_choices: object) -> tuple[list[object], None]:
        if self._on.name != "cpu":
            raise RuntimeError("out of memory")
        return [], None


@pytest.mark.speech
def test_a_card_that_fails_at_any_work_leaves_it_to_the_processor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def likely(model: Model, _samples: object) -> dict[str, float]:
        model.transcribe()
        return {"en": 1.0}

    monkeypatch.setattr(WhisperEngine, "_on_device", lambda _self, on: Model(on))
    monkeypatch.setattr(whisper_batch, "languages", likely)
    sound = np.zeros(16_000, np.float32)
    for work in (
        lambda engine: engine.languages(sound),
        lambda engine: engine.transcribe(sound, language="en"),
    ):
        engine = WhisperEngine(tmp_path, on=Device("cuda", "float16", Why.CARD))
        engine.load()
        assert work(engine)
        assert device.last() is Why.FAILED


@pytest.mark.speech
def test_a_damaged_model_is_told_whatever_it_works_on(tmp_path: Path) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "model.bin").write_bytes(b"no model")
    for on in (processor(Why.NO_CARD), Device("cuda", "float16", Why.CARD)):
        with pytest.raises(EnvironmentProblem, match="broken"):
            WhisperEngine(tmp_path / "broken", on=on).load()
    assert device.last() is None
