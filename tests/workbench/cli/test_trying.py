"""What another model would bring for a recording is shown; the study is as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workbench.cli.conftest import Cli
from workbench import paths


@pytest.fixture
def study(cli: Cli, own_study: Path, short_wav: Path) -> Path:
    assert cli("import", own_study, short_wav).code == 0
    return own_study


def _logs() -> set[Path]:
    return set((paths.log_dir() / "jobs").glob("*"))


def test_both_models_are_compared_and_nothing_is_changed(cli: Cli, study: Path) -> None:
    before, logs = cli("show", study).out, _logs()
    asked = ("transcribe", study, "--source", "short", "--model", "fake", "--try", "fake:1")
    found = cli(*asked, "--json").json()
    assert (found["present"]["model"], found["other"]["model"]) == ("fake", "fake:1")
    assert found["present"]["text"] == found["other"]["text"] != ""
    assert (found["start_ms"], found["end_ms"], found["differing"]) == (0, 4_000, 0)
    assert found["other"]["sure_percent"] == 90
    told = cli(*asked)
    assert told.out.startswith("“short”, 0:00–0:04\nfake: 90 % sure of ")
    assert "They differ in 0 words." in told.out
    assert cli("show", study).out == before
    assert _logs() == logs
    assert list((study / "spool").glob("*")) == []
    assert list((study / "cache").glob("*.pcm")) == []


def test_what_cannot_be_tried_is_told(cli: Cli, study: Path) -> None:
    asked = ("transcribe", study, "--source", "short", "--model", "fake", "--try")
    missing = cli(*asked, "nobody has this")
    assert missing.refused()
    assert "no speech model “nobody has this”" in missing.err
    assert "“fake” …" not in missing.err  # it is told before the other one is heard
    none = cli("transcribe", study, "--source", "short", "--try")
    assert none.refused()
    assert "no larger speech model than “base”" in none.err
    nowhere = cli("transcribe", study, "--try", "fake")
    assert nowhere.refused()
    assert "--source" in nowhere.err
