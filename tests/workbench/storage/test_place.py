"""A study that is moved, deleted or replaced while it is open: noticed before the next step."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import product
from pathlib import Path

import pytest

from tests.support.studies import Clock
from workbench.domain.change import Op
from workbench.errors import EnvironmentProblem, Way
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
    study.keeping.copies.routine()
    study.keeping.copies.finish()
    assert isinstance(study.keeping.copies.take_problem(), StudyGone | None)
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


def _write_over(study: Study, strange: bytes) -> Path:
    """Write into the file of an open study, as some programs that synchronise do."""
    file = study.folder / "study.sqlite"
    with file.open("rb+") as opened:
        opened.write(strange)
        opened.truncate()
    return file


def _older(study: Study) -> bytes:
    return (study.folder / "older.sqlite").read_bytes()


def _newer(study: Study) -> bytes:
    """Return what somebody elsewhere has made of the same study."""
    away = Path(shutil.copytree(study.folder, study.folder.with_name("other.study")))
    (away / "lock").unlink()
    with Study.open(away) as other:
        for name in ("Here", "There", "Elsewhere"):
            other.codebook.add(name)
    return (away / "study.sqlite").read_bytes()


def _other(study: Study) -> bytes:
    with Study.create(study.folder.with_name("other.study")) as other:
        other.codebook.add("Before")
    return (other.folder / "study.sqlite").read_bytes()


def _rubbish(study: Study) -> bytes:
    return b"x" * (study.folder / "study.sqlite").stat().st_size


def _half(study: Study) -> bytes:
    return _older(study)[:8192]


def _nothing(_study: Study) -> bytes:
    return b""


def _at_rest(_study: Study) -> None:
    pass


def _after_steps(study: Study) -> None:
    study.codebook.add("Delay")
    study.undo()
    study.codebook.add("Late")


def _after_folding(study: Study) -> None:
    for number in range(4):
        study.codebook.add(f"Long {number}", definition="z" * 1_200_000)


def _after_a_long_step(study: Study) -> None:
    study.aside.hold("Working")
    beside = study.aside.open(lambda _rows: False)
    _after_folding(beside)
    beside.close()
    study.aside.release([])


def _names_in(database: bytes, folder: Path) -> set[str]:
    file = folder / "alone.sqlite"
    file.write_bytes(database)
    with closing(sqlite3.connect(file)) as db:
        return {name for (name,) in db.execute("SELECT name FROM code")}


MOMENTS = [_at_rest, _after_steps, _after_folding, _after_a_long_step]


@pytest.fixture
def opened(study: Study) -> Iterator[Study]:
    """A study that was closed once, opened again; its older state lies beside it."""
    study.codebook.add("Before")
    study.close()
    shutil.copy(study.folder / "study.sqlite", study.folder / "older.sqlite")
    with Study.open(study.folder) as again:
        again.codebook.add("Since")
    study = Study.open(study.folder)
    yield study
    study.close()


@pytest.mark.parametrize(
    ("strange", "moment"),
    [
        *product([_older], MOMENTS),
        *product([_newer], [_at_rest, _after_steps]),
        *product([_other], [_at_rest, _after_a_long_step]),
        *product([_rubbish], [_at_rest, _after_folding]),
        *product([_half, _nothing], [_at_rest, _after_steps]),
    ],
)
def test_a_file_that_is_written_over_is_noticed_and_left_as_it_is(
    opened: Study,
    strange: Callable[[Study], bytes],
    moment: Callable[[Study], None],
    tmp_path: Path,
) -> None:
    moment(opened)
    written = strange(opened)
    file = _write_over(opened, written)
    for act in (_step(opened), opened.undo, opened.keeping.require_in_place, _step(opened)):
        with pytest.raises(StudyGone) as caught:
            act()
        assert caught.value.code == "study-overwritten"
    opened.close()
    assert file.read_bytes() == written
    assert not (opened.folder / "lock").exists()
    if strange in (_older, _newer, _other):
        with Study.open(opened.folder) as there:
            assert {code.name for code in there.codebook.codes()} == _names_in(written, tmp_path)
            assert [one for one in there.check() if one.code != "log-strange"] == []


def _step(study: Study) -> Callable[[], object]:
    def act() -> None:
        with study.step(Op.EDIT_CODEBOOK):
            study.codebook.add("Lost")

    return act


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_file_that_is_touched_is_still_the_same(
    opened: Study, moment: Callable[[Study], None]
) -> None:
    moment(opened)
    file = opened.folder / "study.sqlite"
    os.utime(file, ns=(0, 0))
    opened.codebook.add("Goes on")
    with file.open("rb+") as same:  # what a program does that brings back what it took
        there = same.read()
        same.seek(0)
        same.write(there)
    opened.codebook.add("And on")
    opened.close()
    with Study.open(opened.folder) as again:
        assert {"Goes on", "And on"} <= {code.name for code in again.codebook.codes()}
        assert again.check() == []


def test_what_was_open_of_a_file_written_over_is_copied_if_it_is_whole(
    opened: Study, tmp_path: Path
) -> None:
    opened.codebook.add("Late")
    held = opened.show()
    assert opened.check() == []  # what was read stays in memory
    _write_over(opened, _older(opened))
    opened.keeping.copy_to(tmp_path / "copy.study").finish(lambda *_: None, lambda: False)
    with Study.open(tmp_path / "copy.study") as copy:
        assert copy.show() == held
        assert copy.check() == []


@pytest.mark.parametrize(
    ("strange", "moment"),
    [(_older, _at_rest), (_older, _after_steps), (_older, _after_folding), (_other, _after_steps),
     (_other, _at_rest), (_rubbish, _after_a_long_step), (_nothing, _after_steps),
     (_newer, _at_rest)],
)  # fmt: skip
def test_a_mixture_is_never_saved_as_a_copy(
    opened: Study,
    strange: Callable[[Study], bytes],
    moment: Callable[[Study], None],
    tmp_path: Path,
) -> None:
    _after_folding(opened)  # more than stays in memory
    opened.close()
    with Study.open(opened.folder) as again:
        moment(again)
        _write_over(again, strange(again))
        assert not again.keeping.in_place
        with pytest.raises(EnvironmentProblem) as caught:
            again.keeping.copy_to(tmp_path / "copy.study")
    assert (caught.value.code, caught.value.ways) == ("copy-not-whole", (Way.RESTORE,))
    assert not list(tmp_path.glob("*copy*"))


@pytest.mark.parametrize("strange", [_rubbish, _half, _nothing])
def test_what_fails_because_the_file_was_written_over_says_so(
    opened: Study, strange: Callable[[Study], bytes]
) -> None:
    _write_over(opened, strange(opened))
    with pytest.raises(StudyGone) as caught, opened:
        opened.codebook.codes()
    assert caught.value.code == "study-overwritten"
