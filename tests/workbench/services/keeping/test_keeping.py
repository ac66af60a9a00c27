"""Copies are made while nobody waits, hold what was there before, and come back."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.programs import program, says
from tests.support.studies import Clock, observe, written
from workbench import paths
from workbench.domain.change import Op
from workbench.errors import EnvironmentProblem, UserError
from workbench.services.keeping import copying
from workbench.services.keeping.backups import Backups
from workbench.storage import backups
from workbench.storage.backups import Reason
from workbench.study import Study, StudyLocked


def _made(study: Study) -> list[tuple[Reason | None, list[str]]]:
    """Return what copies there are, oldest first, with the codes in each."""
    study.keeping.copies.close()  # waits for the one in work
    found = []
    for copy in reversed(backups.listed(study.folder)):
        with sqlite3.connect(copy.file) as db:
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            names = [name for (name,) in db.execute("SELECT name FROM code ORDER BY name")]
        db.close()
        found.append((copy.reason, names))
    return found


def test_an_hour_of_work_makes_a_copy_and_none_a_second_one(study: Study, clock: Clock) -> None:
    study.codebook.add("Delay")
    study.keeping.copies.routine()
    assert _made(study) == []  # it is of just now
    clock.tick(3600)
    study.codebook.add("More")
    study.keeping.copies.routine()
    study.codebook.add("While it is written")
    study.keeping.copies.finish()
    assert _made(study) == [(Reason.ROUTINE, ["Delay", "More"])]
    clock.tick(600)
    study.codebook.add("Ten minutes later")
    study.keeping.copies.routine()
    clock.tick(3600 * 24)
    study.keeping.copies.routine()
    study.keeping.copies.finish()
    assert len(_made(study)) == 2
    clock.tick(3600 * 24)
    study.keeping.copies.routine()  # nothing new in it
    assert len(_made(study)) == 2
    assert study.check() == []


@pytest.mark.parametrize(
    ("op", "reason"),
    [
        (Op.MERGE_CODES, Reason.MERGE),
        (Op.IMPORT_MATERIAL, Reason.IMPORT),
        (Op.REMOVE_PERSON, Reason.REMOVAL),
    ],
)
def test_what_changes_much_is_preceded_by_a_copy(
    study: Study, clock: Clock, op: Op, reason: Reason
) -> None:
    study.codebook.add("Before")
    clock.tick(3600)
    with study.step(op):
        study.codebook.add("With it")
    assert _made(study) == [(reason, ["Before"])]
    with study.step(op):
        study.codebook.add("At once again")
    assert len(_made(study)) == 1
    clock.tick(601)
    study.codebook.add("Between")
    with study.step(op):
        study.codebook.add("And again")
    assert _made(study)[1] == (reason, ["At once again", "Before", "Between", "With it"])


def test_going_back_far_is_preceded_by_a_copy(study: Study, clock: Clock) -> None:
    first = study.history()[0].id
    study.codebook.add("Delay")
    clock.tick(3600)
    study.rewind(first)
    assert _made(study) == [(Reason.REWIND, ["Delay"])]


def test_copies_thin_out_and_those_made_by_hand_stay(study: Study, clock: Clock) -> None:
    study.keeping.copies.backup()
    for _ in range(6):
        study.codebook.add(f"{clock.time}")
        clock.tick(601)
        with study.step(Op.MERGE_CODES):
            study.codebook.add(f"{clock.time} merged")
        study.keeping.copies.close()
    reasons = [copy.reason for copy in backups.listed(study.folder)]
    assert reasons.count(Reason.MERGE) < 6
    clock.time += timedelta(days=400)
    study.codebook.add("Much later")
    study.keeping.copies.routine()
    study.keeping.copies.finish()
    study.keeping.copies.close()
    assert [copy.reason for copy in backups.listed(study.folder)] == [
        Reason.ROUTINE, Reason.MERGE, Reason.MERGE, Reason.BY_HAND,
    ]  # fmt: skip


def test_a_clock_that_was_wrong_stops_no_copies(study: Study, clock: Clock) -> None:
    right = clock.time
    clock.time += timedelta(days=3650)
    study.codebook.add("Delay")
    study.keeping.copies.routine()
    study.keeping.copies.finish()
    clock.time = right
    for day in range(1, 4):
        clock.time = right + timedelta(days=day)
        study.codebook.add(f"Day {day}")
        study.keeping.copies.routine()
        study.keeping.copies.finish()
    assert [len(names) for _, names in _made(study)] == [2, 3, 4, 1]


@pytest.mark.parametrize("at", ["'2025-x'", "CAST(x'3230ff' AS TEXT)"], ids=["time", "letters"])
def test_a_damaged_time_stops_no_copies(study: Study, clock: Clock, at: str) -> None:
    study.codebook.add("Delay")
    clock.tick(3600)
    study.codebook.add("More")
    study.close()
    with closing(sqlite3.connect(study.folder / "study.sqlite")) as db, db:
        db.execute(f"UPDATE step SET at = {at} WHERE id = (SELECT max(id) FROM step)")  # noqa: S608
    with Study.open(study.folder, now=clock) as again:
        again.keeping.copies.routine()
        again.keeping.copies.finish()
        assert again.keeping.copies.take_problem() is None
        clock.tick(3600)
        with again.step(Op.MERGE_CODES):
            again.codebook.add("Merged")
        assert [reason for reason, _ in _made(again)] == [Reason.ROUTINE]


def test_what_was_there_before_going_back_outlives_a_day_of_work(
    study: Study, clock: Clock
) -> None:
    study.keeping.copies.backup()
    study.codebook.add("Left behind")
    study.close()
    there = Backups(study.folder, clock)
    kept = there.restore(there.all()[0]).kept
    with Study.open(study.folder, now=clock) as again:
        for number in range(8):
            clock.tick(601)
            with again.step(Op.MERGE_CODES):
                again.codebook.add(f"{number}")
            again.keeping.copies.close()
    assert len(backups.listed(study.folder)) < 8
    assert kept is not None
    assert kept.exists()


def test_a_full_disk_keeps_no_step_from_being_done(
    study: Study, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    study.codebook.add("Delay")
    clock.tick(3600)
    usage = shutil.disk_usage(study.folder)._replace(free=1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)
    with study.step(Op.MERGE_CODES):
        study.codebook.add("Merged")
    assert _made(study) == []
    problem = study.keeping.copies.take_problem()
    assert problem is not None
    assert problem.code == "backup-no-room"
    assert study.keeping.copies.take_problem() is None


def test_a_copy_says_what_it_holds(study: Study) -> None:
    observe(study, written(study, "It took weeks."), "weeks")
    study.keeping.copies.backup()
    [made] = Backups(study.folder).all()
    held = Backups(study.folder).holds(made)
    assert held == {"sessions": 1, "sources": 1, "codes": 0, "observations": 1, "insights": 0}
    made.file.write_bytes(b"noise" * 1000)
    assert Backups(study.folder).holds(made) == {}


def test_restoring_goes_back_and_forth(study: Study) -> None:
    study.codebook.add("Before")
    study.keeping.copies.backup()
    study.codebook.add("After")
    study.close()
    there = Backups(study.folder)
    kept = there.restore(there.all()[0]).kept
    with Study.open(study.folder) as old:
        assert [code.name for code in old.codebook.codes()] == ["Before"]
        assert old.keeping.notices == ()
        old.codebook.add("Another way")
    [before] = [one for one in there.all() if one.file == kept]
    there.restore(before)
    with Study.open(study.folder) as new:
        assert sorted(code.name for code in new.codebook.codes()) == ["After", "Before"]
        assert new.check() == []


def test_the_copy_that_was_chosen_comes_back_whatever_was_made_since(
    study: Study, clock: Clock
) -> None:
    study.codebook.add("Before")
    study.keeping.copies.backup()
    [chosen] = Backups(study.folder).all()
    clock.tick(3600)
    study.codebook.add("After")
    study.keeping.copies.routine()  # while somebody looks at the list
    study.keeping.copies.finish()
    study.close()
    assert len(Backups(study.folder).all()) == 2
    Backups(study.folder).restore(chosen)
    with Study.open(study.folder) as old:
        assert [code.name for code in old.codebook.codes()] == ["Before"]


def test_a_full_disk_leaves_no_half_of_what_is_damaged(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    study.keeping.copies.backup()
    study.close()
    file, noise = study.folder / "study.sqlite", b"noise" * 1000
    file.write_bytes(noise)
    before = sorted(study.folder.glob("**/*"))

    def full(_source: Path, target: Path) -> None:
        target.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    there = Backups(study.folder)
    with pytest.raises(EnvironmentProblem, match="No space"):
        there.restore(there.all()[0])
    assert file.read_bytes() == noise
    assert sorted(study.folder.glob("**/*")) == before


def test_a_copy_that_goes_while_they_are_listed_hinders_nobody(study: Study) -> None:
    study.keeping.copies.backup()
    folder = study.folder / "backups"
    (folder / "hourly-20260101-080000.sqlite").symlink_to(folder / "gone")  # there, and not
    assert len(Backups(study.folder).all()) == 1


def test_a_study_that_is_open_elsewhere_is_not_copied_as_it_lies(
    study: Study, tmp_path: Path
) -> None:
    with pytest.raises(StudyLocked):
        copying.of_closed(study.folder, tmp_path / "copy.study")
    study.close()
    copying.of_closed(study.folder, tmp_path / "copy.study").finish(lambda *_: None, lambda: False)
    assert not (tmp_path / "copy.study" / "lock").exists()
    with Study.open(tmp_path / "copy.study") as copy:
        assert copy.check() == []


def test_a_copy_leaves_out_what_is_done_with_since_it_was_begun(
    study: Study, tmp_path: Path
) -> None:
    done, words = (study.folder / "spool" / name for name in ("done.jsonl", "words.jsonl"))
    for path in (done, words):
        path.write_text("{}\n")
    copy = study.keeping.copy_to(tmp_path / "Copy.study")
    done.unlink()  # as when a recognition ends
    copy.finish(lambda _done, _total: None, lambda: False)
    assert [path.name for path in (copy.target / "spool").iterdir()] == [words.name]
    again = study.keeping.copy_to(tmp_path / "Again.study")
    words.unlink()
    words.mkdir()  # there, and cannot be read
    with pytest.raises(UserError, match=r"“words.jsonl” cannot be read"):
        again.finish(lambda _done, _total: None, lambda: False)
    assert sorted(path.name for path in tmp_path.iterdir() if "Again" in path.name) == []


_KILLED = """
import sys, time
from pathlib import Path
from workbench.storage import database
from workbench.study import Study, StudyLocked
study = Study.open(Path(sys.argv[1]))
study.codebook.add("Delay", definition="x" * 3_000_000)
def stay(*_how):
    print("half", flush=True)
    time.sleep(60)
database.backup_connection(
    study._desk.db.conn, Path(sys.argv[1]) / "backups" / "20260912-100000.sqlite",
    pages=100, progress=stay,
)
"""


def test_what_a_killed_copy_left_is_cleaned_up_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "a.study"
    Study.create(folder).close()
    with program(_KILLED, folder) as child:
        assert says(child) == "half"
    mine = [folder / "backups" / "mine.partial", folder / "media" / "letter.partial"]
    for path in mine:
        path.write_text("kept")
    for path in (folder / "recordings" / "begun.txt", folder / "cache" / f"{64 * 'a'}.peaks.json"):
        path.parent.mkdir(exist_ok=True)
        drafts = [paths.draft_of(path), paths.draft_of(path)]
        mine += [path, drafts[0].with_name(f".mine{drafts[0].name}")]
        for one in (*mine[-2:], *drafts):
            one.write_text("kept")
    half = folder / "media" / "0b8c9f6e-8a0c-4e55-9d1c-0d8f9a8f5c11.wav.partial"
    half.write_text("RIFF")
    assert len(list((folder / "backups").iterdir())) >= 2
    with Study.open(folder, read_only=True):
        assert half.exists()
    with Study.open(folder) as study:
        assert study.keeping.notices == ()
        assert list((folder / "backups").iterdir()) == mine[:1]
        assert list((folder / "media").iterdir()) == mine[1:2]
        left = [*(folder / "recordings").iterdir(), *(folder / "cache").iterdir()]
        assert set(left) == set(mine[2:])
