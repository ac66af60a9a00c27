"""The time that the voices take is known before they are heard."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.workbench.speech.recordings import samples_of
from workbench.speech import speed
from workbench.speech.listening import Listening
from workbench.speech.speed import VOICES, Measured

MINUTE = np.zeros(60 * 16_000, np.int16)


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path / "home"))


class Steps:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_what_earlier_jobs_took_is_expected_and_told_until_there_is_better() -> None:
    speed.keep(VOICES, Measured(600_000, 60_000))
    clock = Steps()
    listening = Listening(clock, none=False)
    assert listening.expected_s(MINUTE) == 6.0
    listening.begin(MINUTE)
    assert listening.left_s(0.0) == 6
    clock.now += 6
    assert listening.left_s(0.5) == 6
    clock.now += 6
    listening.learn(MINUTE)
    assert speed.measured()[VOICES] == Measured(660_000, 72_000)


def test_nothing_is_expected_where_nothing_is_heard(tmp_path: Path) -> None:
    speed.keep(VOICES, Measured(600_000, 60_000))
    assert Listening(Steps(), none=True).expected_s(MINUTE) == 0.0
    known = Listening(Steps(), none=False)
    known.store = tmp_path / "prints.npz"
    known.store.touch()
    known.begin(MINUTE)
    assert known.expected_s(MINUTE) == 0.0
    known.learn(MINUTE)
    assert speed.measured()[VOICES] == Measured(600_000, 60_000)


def test_a_short_first_recording_is_not_kept_waiting_for_a_trial() -> None:
    listening = Listening(Steps(), none=False)
    assert listening.expected_s(MINUTE[16_000:]) == 0.0
    listening.begin(MINUTE)
    assert listening.left_s(0.0) is None


@pytest.mark.speech
def test_the_first_long_recording_tries_it_on_a_moment(jfk: Path, tmp_path: Path) -> None:
    pcm = np.tile(samples_of(jfk, tmp_path), 17)
    listening = Listening(Steps(), none=False)
    expected = listening.expected_s(pcm, 11_000)
    assert 0.5 < expected < len(pcm) / 16_000
    assert listening.expected_s(pcm) == expected
