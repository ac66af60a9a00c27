"""A study that is moved, deleted or replaced while it is open: noticed before the next step."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.studies import Clock
from workbench.errors import UserError
from workbench.study import Study, StudyGone

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows lets nobody move what is open")


def _deleted(folder: Path) -> None:
    shutil.rmtree(folder)


def _renamed(folder: Path) -> None:
    folder.rename(folder.with_name("elsewhere.study"))


def _replaced(folder: Path) -> None:
    """Put another version in its place, as a program does that synchronises folders."""
    draft = folder / "draft"
    draft.write_bytes((folder / "study.sqlite").read_bytes())
    draft.replace(folder / "study.sqlite")


def _without_log(folder: Path) -> None:
    (folder / "study.sqlite-wal").unlink()


@pytest.mark.parametrize("happens", [_deleted, _renamed, _replaced, _without_log])
@pytest.mark.parametrize("ready", [True, False])
def test_no_step_goes_into_nothing(
    study: Study, happens: Callable[[Path], None], ready: bool
) -> None:
    folder = study.folder
    study.codebook.add("Before")
    if not ready:
        study.close()
        study = Study.open(folder)
        if happens is _without_log:
            return
    happens(folder)
    there = folder.exists() and {path: path.stat().st_size for path in folder.iterdir()}
    for act in (lambda: study.codebook.add("Delay"), study.undo, study.keeping.require_in_place):
        with pytest.raises(StudyGone) as caught:
            act()
        assert "copy" in caught.value.todo
    assert study.title == "Moving home"  # what is open can still be read
    assert there == (folder.exists() and {path: path.stat().st_size for path in folder.iterdir()})
    study.close()


@pytest.mark.parametrize("happens", [_deleted, _renamed, _replaced, _without_log])
def test_no_long_step_and_no_copy_is_of_what_took_the_place(
    study: Study, clock: Clock, happens: Callable[[Path], None]
) -> None:
    study.codebook.add("Before")
    clock.tick(3600)
    happens(study.folder)
    with pytest.raises(StudyGone):
        study.aside.hold("Import")
    assert not study.aside.doing
    study.keeping.routine()
    study.keeping.finish()
    assert isinstance(study.keeping.take_problem(), StudyGone | None)
    assert not list(study.folder.glob("backups/*"))
    study.close()


def test_what_is_put_back_goes_on(study: Study) -> None:
    folder, away = study.folder, study.folder.with_name("away")
    study.codebook.add("Delay")
    folder.rename(away)
    with pytest.raises(StudyGone):
        study.codebook.add("Lost")
    away.rename(folder)
    study.codebook.add("More")
    study.close()
    with Study.open(folder) as again:
        assert [code.name for code in again.codebook.codes()] == ["Delay", "More"]
        assert again.check() == []


def test_a_study_that_was_moved_while_it_was_open_opens_where_it_is(study: Study) -> None:
    study.codebook.add("Delay")
    away = study.folder.with_name("away.study")
    study.folder.rename(away)
    study.close()
    with Study.open(away) as again:
        assert [code.name for code in again.codebook.codes()] == ["Delay"]
        assert again.keeping.notices == ()
        assert again.check() == []


def test_the_lock_of_whoever_took_the_place_is_left(study: Study) -> None:
    folder = study.folder
    folder.rename(folder.with_name("away.study"))
    with Study.create(folder) as other:
        study.close()
        assert (folder / "lock").exists()
        other.codebook.add("Delay")


def _overwritten(study: Study, older: bytes) -> None:
    study.codebook.add("One")
    with (study.folder / "study.sqlite").open("rb+") as opened:
        opened.write(older)  # into the same file, as some programs that synchronise do
        opened.truncate()
    for number in range(5):
        study.codebook.add(f"Two {number}", definition="z" * 9_000)


def test_an_open_study_that_is_written_over_is_damaged_and_its_lock_is_given_back(
    study: Study,
) -> None:
    study.close()
    older = (study.folder / "study.sqlite").read_bytes()
    with Study.open(study.folder) as more:
        for number in range(60):
            more.codebook.add(f"Code {number}", definition="x" * 20_000)
    with pytest.raises(UserError) as caught, Study.open(study.folder) as again:
        _overwritten(again, older)
    assert caught.value.code == "study-damaged"
    assert not (study.folder / "lock").exists()
