"""A file that went missing in the study comes back, known by its content."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.studies import recording
from workbench.domain.materials import Source
from workbench.errors import UserError, Way, WorkbenchError
from workbench.services.files.intake import Cancelled
from workbench.study import Study


def _lose(study: Study, source: Source, to: Path) -> Path:
    shutil.move(study.materials.media_path(source), to)
    return to


def test_files_come_back_whatever_they_are_called(study: Study, tmp_path: Path) -> None:
    sources = [study.imports.take_in([_sound(tmp_path, name)])[0] for name in "ab"]
    there = [_lose(study, one, tmp_path / f"moved {one.title}") for one in sources]
    study.materials.media.rmdir()
    assert study.keeping.lost.all() == sources
    steps = len(study.history())
    assert study.keeping.lost.bring_back(there[::-1]) == sources[::-1]
    assert study.check() == []
    assert len(study.history()) == steps
    assert all(path.exists() for path in there)


def test_the_same_file_twice_is_found_at_once(study: Study, tmp_path: Path) -> None:
    path = _sound(tmp_path, "a")
    sources = [study.imports.take_in([path], keep_both=True)[0] for _ in range(2)]
    for source in sources:
        study.materials.media_path(source).unlink()
    assert study.keeping.lost.bring_back([path]) == sources
    assert study.check() == []


@pytest.mark.parametrize("other", ["length", "content", "empty", "gone", "none missing"])
def test_another_file_is_refused_and_leaves_nothing(
    study: Study, tmp_path: Path, other: str
) -> None:
    path = _sound(tmp_path, "a")
    [source] = study.imports.take_in([path])
    if other != "none missing":
        study.materials.media_path(source).unlink()
    data = path.read_bytes()
    match other:
        case "length":
            path.write_bytes(data + b"x")
        case "content":
            path.write_bytes(data[:-1] + b"x")
        case "empty":
            path.write_bytes(b"")
        case "gone":
            path.unlink()
    before = sorted(study.materials.media.iterdir())
    refused: list[WorkbenchError] = []
    back = study.keeping.lost.bring_back([path], on_refused=lambda _path, why: refused.append(why))
    assert back == []
    [why] = refused
    if other in {"length", "content"}:
        assert "“a.md”" in why.todo
        assert Way.CHOOSE in why.ways
    assert sorted(study.materials.media.iterdir()) == before


def test_it_can_be_cancelled_and_needs_a_study_that_is_open(study: Study, tmp_path: Path) -> None:
    path = _sound(tmp_path, "a")
    [source] = study.imports.take_in([path])
    study.materials.media_path(source).unlink()
    told: list[float] = []

    def stop(share: float) -> bool:
        told.append(share)
        return True

    study._desk.on_share = stop
    with pytest.raises(Cancelled):
        study.keeping.lost.bring_back([path])
    assert told == [1.0]
    assert list(study.materials.media.iterdir()) == []
    with Study.open(study.folder, read_only=True) as reader, pytest.raises(UserError):
        reader.keeping.lost.bring_back([path])


@pytest.mark.parametrize("name", ["../out.wav", "a\\b.wav", "c:out.wav"])
def test_a_name_that_leads_out_of_the_study_is_never_written(
    study: Study, tmp_path: Path, name: str
) -> None:
    source = recording(study)
    with study.step(study.history()[0].op):
        study._desk.tables.source.change(source.id, file=name)
    assert study.keeping.lost.all() == []
    with pytest.raises(UserError):
        study.keeping.lost.bring_back([_sound(tmp_path, "a")])


def _sound(folder: Path, name: str) -> Path:
    path = folder / f"{name}.md"
    path.write_text(f"These are the words of {name}.", encoding="utf-8")
    return path
