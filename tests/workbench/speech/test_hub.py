"""Fetching a model: whole and as published, or not at all; what has arrived is not lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.fake_hub import FakeHub, fake_hub
from tests.support.source import ROOT
from workbench.errors import EnvironmentProblem, UserError
from workbench.speech import hub
from workbench.speech.models import ModelStore


@pytest.fixture
def there(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeHub]:
    with fake_hub() as made:
        monkeypatch.setenv("HF_ENDPOINT", made.address)
        monkeypatch.delenv("HF_HUB_OFFLINE")
        yield made


@pytest.fixture
def store(tmp_path: Path) -> ModelStore:
    return ModelStore(tmp_path / "models")


def test_a_model_arrives_whole(there: FakeHub, store: ModelStore) -> None:
    told: list[tuple[int, int]] = []
    info = store.get("tiny", on_bytes=lambda *step: told.append(step))
    assert (info.name, info.size_bytes) == ("tiny", 1_000_000)
    assert len(store.verify("tiny")) == 64
    assert told[-1] == (1_000_014, 1_000_014)
    assert told == sorted(told)
    assert {path.name for path in store.path("tiny").iterdir()} == {
        "model.bin", "config.json", "tokenizer.json", "sha256.json",
    }  # fmt: skip
    assert [path.name for path in store.folder.iterdir()] == ["tiny"]
    with pytest.raises(UserError, match="already"):
        store.get("tiny")


def test_a_broken_connection_is_gone_on_with(there: FakeHub, store: ModelStore) -> None:
    there.break_at = 400_000
    with pytest.raises(EnvironmentProblem, match="what has arrived is kept") as caught:
        store.get("tiny")
    assert caught.value.code == "download-failed"
    assert "tiny" not in [info.name for info in store.list()]
    arrived = (store.folder / ".tiny.part" / "model.bin.part").stat().st_size
    assert 0 < arrived < 1_000_000
    there.break_at = 0
    there.asked.clear()
    store.get("tiny")
    assert ("/Systran/faster-whisper-tiny/resolve/main/model.bin", f"bytes={arrived}-") in (
        there.asked
    )
    assert (store.path("tiny") / "model.bin").read_bytes() == there.files["model.bin"]


def test_what_is_not_as_published_is_refused(there: FakeHub, store: ModelStore) -> None:
    there.spoil = True
    with pytest.raises(EnvironmentProblem, match="damaged") as caught:
        store.get("tiny")
    assert caught.value.code == "model-damaged"
    there.spoil = False
    assert store.get("tiny").size_bytes == 1_000_000


def test_a_part_that_is_whole_but_not_checked_is_checked(there: FakeHub, store: ModelStore) -> None:
    part = store.folder / ".tiny.part"
    part.mkdir(parents=True)
    (part / "model.bin.part").write_bytes(there.files["model.bin"])
    (part / "tokenizer.json.part").write_bytes(b'{"model": 2}')
    with pytest.raises(EnvironmentProblem, match=r"tokenizer\.json"):
        store.get("tiny")
    store.get("tiny")
    assert len(store.verify("tiny")) == 64


def test_an_answer_without_sense_is_told(there: FakeHub, store: ModelStore) -> None:
    there.files.clear()
    with pytest.raises(EnvironmentProblem, match=r"has no model\.bin"):
        store.get("tiny")
    with pytest.raises(EnvironmentProblem, match="404"):
        hub.download("nobody/nothing", store.folder / "x", ["model.bin"], lambda *_: None)


def test_nobody_there_is_told(store: ModelStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HF_HUB_OFFLINE")
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(EnvironmentProblem, match="no connection"):
        store.get("tiny")


def test_killed_in_the_middle_it_goes_on(there: FakeHub, tmp_path: Path) -> None:
    there.hold_at = 500_000
    home = {**os.environ, "WORKBENCH_HOME": str(tmp_path / "home")}
    command = [sys.executable, "-m", "workbench", "models", "get", "tiny", "--json"]
    child = subprocess.Popen(
        command, cwd=ROOT, env=home, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert there.held.wait(60)
    child.kill()
    child.communicate()
    there.hold_at = 0
    there.go.set()
    done = subprocess.run(command, cwd=ROOT, env=home, capture_output=True, check=True)
    assert json.loads(done.stdout) == {"model": "tiny"}
    steps = [json.loads(line) for line in done.stderr.splitlines()]
    assert steps[0]["done_bytes"] >= 0
    assert steps[-1] == {"done_bytes": 1_000_014, "total_bytes": 1_000_014}
    removed = subprocess.run(
        [*command[:4], "remove", "tiny"], cwd=ROOT, env=home, capture_output=True, check=True
    )
    assert "Removed" in removed.stdout.decode()


def test_every_published_model_says_what_to_expect() -> None:
    for model in hub.MODELS.values():
        assert model.quality.endswith(".")
        assert model.size_bytes > 50_000_000
