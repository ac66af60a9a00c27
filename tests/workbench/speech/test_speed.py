"""What a model's speed on this computer is learned from."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.speech import speed
from workbench.speech.speed import Measured, Stopwatch

HOUR = 3_600_000


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path))


def test_pauses_and_what_was_there_before_do_not_count() -> None:
    watch = Stopwatch(60_000, 100.0)
    watch.pause(110.0)
    watch.pause(500.0)
    watch.resume(1_000.0)
    watch.resume(1_001.0)
    assert watch.measured(660_000, 1_020.0) == Measured(600_000, 30_000)


def test_jobs_add_up_and_short_ones_tell_nothing() -> None:
    assert speed.measured() == {}
    speed.keep("base", Measured(4_000, 60_000))
    assert speed.measured() == {}
    speed.keep("base", Measured(HOUR, 180_000))
    speed.keep("small", Measured(HOUR, 900_000))
    speed.keep("base", Measured(HOUR, 300_000))
    assert speed.measured()["base"].minutes_per_hour == pytest.approx(4)
    assert speed.measured()["small"].minutes_per_hour == pytest.approx(15)


def test_old_times_fade() -> None:
    speed.keep("base", Measured(11 * HOUR, 11 * HOUR))
    for _ in range(8):
        speed.keep("base", Measured(9 * HOUR, HOUR))
    assert speed.measured()["base"].minutes_per_hour < 9


@pytest.mark.parametrize(
    "text", ["", "[]", '{"base": 3}', '{"base": [0, 0]}', '{"base": ["x", 1]}']
)
def test_a_spoilt_file_means_not_measured(tmp_path: Path, text: str) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "speeds.json").write_text(text, "utf-8")
    assert speed.measured() == {}
    speed.keep("base", Measured(HOUR, 180_000))
    assert list(speed.measured()) == ["base"]


def test_a_folder_that_cannot_be_written_costs_only_the_memory(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    speed.keep("base", Measured(HOUR, 180_000))
    assert speed.measured() == {}
