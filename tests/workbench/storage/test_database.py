"""A study opens whole, or says in a sentence why not; what is not ours is not touched."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.programs import AS_NOBODY, program, run, says
from tests.support.studies import observe, rows_of, written
from workbench.domain.change import Op
from workbench.errors import EnvironmentProblem, UserError
from workbench.storage import database, migrations
from workbench.storage.database import NewerStudy, NotAStudy
from workbench.study import Study, StudyLocked


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    """A closed study with one code in it."""
    folder = tmp_path / "moving.study"
    with Study.create(folder, title="Moving home") as study:
        study.codebook.add("Delay")
    return folder


@pytest.fixture
def open_place() -> Iterator[Path]:
    """A folder that everybody on this machine may enter."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def _opened_to_all(folder: Path) -> None:
    """Let everybody on this machine read a study."""
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)


def _file(folder: Path) -> Path:
    return folder / "study.sqlite"


def _set(folder: Path, pragma: str) -> None:
    connection = sqlite3.connect(_file(folder))
    connection.execute(f"PRAGMA {pragma}")
    connection.close()


def _everything(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


# --- what is no study


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "study-empty"),
        (b"Dear diary,", "study-damaged"),
        (b"SQLite format 3\0", "study-damaged"),
        (b"Dear diary, this is not a database. " * 100, "study-damaged"),
    ],
)
@pytest.mark.parametrize("read_only", [True, False])
def test_a_file_that_is_no_database_is_refused(
    tmp_path: Path, content: bytes, code: str, read_only: bool
) -> None:
    folder = tmp_path / "a.study"
    folder.mkdir()
    _file(folder).write_bytes(content)
    with pytest.raises(NotAStudy) as caught:
        Study.open(folder, read_only=read_only)
    assert caught.value.code == code
    assert "study.sqlite" in caught.value.happened
    assert "backups" in caught.value.todo
    assert _everything(folder) == {"study.sqlite": content}


def test_a_folder_without_a_study_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file.txt").write_text("x")
    for path in (tmp_path / "missing", tmp_path / "empty", tmp_path / "file.txt"):
        for read_only in (True, False):
            with pytest.raises(NotAStudy) as caught:
                Study.open(path, read_only=read_only)
            assert caught.value.code == "not-a-study"
    assert list((tmp_path / "empty").iterdir()) == []


@pytest.mark.parametrize("read_only", [True, False])
def test_a_database_of_another_program_is_not_touched(tmp_path: Path, read_only: bool) -> None:
    folder = tmp_path / "a.study"
    folder.mkdir()
    connection = sqlite3.connect(_file(folder))
    connection.execute("CREATE TABLE contact (name TEXT)")
    connection.commit()
    connection.close()
    before = _everything(folder)
    with pytest.raises(NotAStudy) as caught:
        Study.open(folder, read_only=read_only)
    assert caught.value.code == "not-a-study"
    assert _everything(folder) == before


@pytest.mark.parametrize("read_only", [True, False])
def test_a_newer_major_version_is_not_touched(closed: Path, read_only: bool) -> None:
    _set(closed, f"user_version = {(migrations.MAJOR + 1) << 16}")
    before = _everything(closed)
    with pytest.raises(NewerStudy) as caught:
        Study.open(closed, read_only=read_only)
    assert "newer version" in caught.value.happened
    assert "Update Workbench" in caught.value.todo
    assert _everything(closed) == before


def test_a_newer_minor_version_opens_for_reading(closed: Path) -> None:
    _set(closed, f"user_version = {migrations.newest() + 1}")
    before = _everything(closed)
    with Study.open(closed) as study, Study.open(closed) as second:
        assert study.read_only
        assert second.read_only
        assert [code.name for code in study.codebook.codes()] == ["Delay"]
        assert study.check() == []
        with pytest.raises(UserError) as caught:
            study.codebook.add("More")
        assert caught.value.code == "read-only"
    assert _everything(closed) == before


def test_a_truncated_file_is_told(closed: Path) -> None:
    with _file(closed).open("r+b") as file:
        file.truncate(8192)
    with pytest.raises(NotAStudy) as caught:
        Study.open(closed)
    assert caught.value.code == "study-damaged"
    assert not (closed / "lock").exists()


# --- create


def test_a_new_study_is_one_folder(tmp_path: Path) -> None:
    with Study.create(tmp_path / "Moving home") as study:
        assert study.folder == tmp_path / "Moving home.study"
        assert study.title == "Moving home"
        study.edit_charter(title="Moving house")
    names = {path.name for path in study.folder.iterdir()}
    assert names == {"study.sqlite", "media", "backups", "cache", "spool"}
    for path in ("Moving home", "Moving home.study", "Moving home.study/study.sqlite"):
        with Study.open(tmp_path / path) as again:
            assert again.title == "Moving house"


def test_nothing_is_made_over_something(tmp_path: Path, closed: Path) -> None:
    (tmp_path / "file.study").write_text("x")
    for path in (closed, tmp_path / "file.study"):
        with pytest.raises(UserError) as caught:
            Study.create(path)
        assert caught.value.code == "study-exists"
    with pytest.raises(EnvironmentProblem) as caught_too:
        Study.create(tmp_path / "file.study" / "inside")
    assert caught_too.value.code == "cannot-write"


def test_an_empty_folder_may_become_a_study(tmp_path: Path) -> None:
    (tmp_path / "a.study").mkdir()
    with Study.create(tmp_path / "a.study") as study:
        assert study.check() == []


def test_a_creation_that_was_interrupted_is_finished_at_opening(tmp_path: Path) -> None:
    folder = tmp_path / "a.study"
    database.create_folder(folder)
    database.close(database.connect(folder, create=True))
    with Study.open(folder) as study:
        assert study.title == "a"
        assert [step.op for step in study.history()] == [Op.CREATE_STUDY]


# --- close


def test_what_is_done_survives_a_power_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    as_for_people = database._configure.__wrapped__  # type: ignore[attr-defined]
    monkeypatch.setattr(database, "_configure", as_for_people)
    with Study.create(tmp_path / "safe.study") as study:
        [waits] = study._desk.db.conn.execute("PRAGMA synchronous").fetchone()
        assert waits == 2  # FULL: the disk has written a step before it counts as done


def test_closing_leaves_one_file(closed: Path) -> None:
    study = Study.open(closed)
    study.codebook.add("More")
    assert (closed / "study.sqlite-wal").stat().st_size > 0
    study.close()
    study.close()
    assert set(_everything(closed)) == {"study.sqlite"}
    assert _file(closed).read_bytes()[18:20] == b"\1\1"  # no write-ahead log


def test_a_study_that_is_only_looked_at_stays_as_it_is(closed: Path) -> None:
    before, changed = _everything(closed), _file(closed).stat().st_mtime_ns
    with Study.open(closed) as study:
        assert study.show()["codes"]
        assert set(_everything(closed)) == {"study.sqlite", "lock"}
    assert _everything(closed) == before
    assert _file(closed).stat().st_mtime_ns == changed


def test_closing_under_a_reader_keeps_all(closed: Path) -> None:
    study = Study.open(closed)
    reader = Study.open(closed, read_only=True)
    study.codebook.add("More")
    assert [code.name for code in reader.codebook.codes()] == ["Delay", "More"]
    study.close()
    reader.close()
    with Study.open(closed) as again:
        assert len(again.codebook.codes()) == 2
    assert set(_everything(closed)) == {"study.sqlite"}


# --- backup


def test_a_backup_is_a_whole_study(study: Study) -> None:
    study.codebook.add("Delay")
    path = study.keeping.copies.backup()
    assert path.parent == study.folder / "backups"
    study.codebook.add("More")
    shown = study.show()
    study.close()
    _file(study.folder).write_bytes(path.read_bytes())
    with Study.open(study.folder) as old:
        assert [code.name for code in old.codebook.codes()] == ["Delay"]
        assert old.undo() is Op.EDIT_CODEBOOK
        assert old.show() != shown
    assert [found.name for found in path.parent.iterdir()] == [path.name]


def test_a_backup_that_cannot_be_written_leaves_nothing(study: Study) -> None:
    (study.folder / "backups").rmdir()
    (study.folder / "backups").write_text("in the way")
    with pytest.raises(EnvironmentProblem) as caught:
        study.keeping.copies.backup()
    assert caught.value.code == "cannot-write"


def test_a_damaged_study_gives_no_backup(study: Study) -> None:
    _spoil(study)
    with pytest.raises(EnvironmentProblem) as caught:
        study.keeping.copies.backup()
    assert caught.value.code == "backup-damaged"
    assert list((study.folder / "backups").iterdir()) == []


def test_a_study_with_impossible_values_gives_no_backup(study: Study) -> None:
    observe(study, written(study, "It took weeks."), "weeks")
    connection = sqlite3.connect(_file(study.folder), isolation_level=None)
    connection.execute("PRAGMA ignore_check_constraints = ON")
    connection.execute("UPDATE observation SET ease = 9")
    connection.close()
    with pytest.raises(EnvironmentProblem) as caught:
        study.keeping.copies.backup()
    assert caught.value.code == "backup-damaged"
    assert list((study.folder / "backups").iterdir()) == []


def _spoil(study: Study) -> None:
    """Write noise over the pages of the table of turns, behind SQLite's back."""
    written(study, *["Some words."] * 500)
    db = study._desk.db
    db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    root = db.conn.execute("SELECT rootpage FROM sqlite_master WHERE name = 'turn'").fetchone()[0]
    size = db.conn.execute("PRAGMA page_size").fetchone()[0]
    with _file(study.folder).open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)
    db.conn.execute("PRAGMA cache_size = 1")
    db.conn.execute("PRAGMA shrink_memory")


def test_a_damaged_study_is_told_by_check(study: Study) -> None:
    _spoil(study)
    found = study.check()
    assert {problem.code for problem in found} == {"integrity"}
    assert all(problem.serious for problem in found)


# --- other programs

_HOLD = """
import sys
from pathlib import Path
from workbench.domain.change import Op
from workbench.study import Study
study = Study.open(Path(sys.argv[1]))
study.codebook.add("Kept")
if sys.argv[2] == "inside":
    with study.step(Op.EDIT_CODEBOOK):
        study.codebook.add("Half")
        study.journeys.add_stage("Half")
        print("ready", flush=True)
        sys.stdin.read()
print("ready", flush=True)
sys.stdin.read()
study.close()
"""


def test_a_second_program_is_told_who_writes(closed: Path) -> None:
    with program(_HOLD, closed, "idle") as other:
        assert says(other) == "ready"
        with pytest.raises(StudyLocked) as caught:
            Study.open(closed)
        assert caught.value.code == "study-locked"
        assert os.uname().nodename in caught.value.happened
        assert "moving" in caught.value.happened
        with Study.open(closed, read_only=True) as reader:
            assert [code.name for code in reader.codebook.codes()] == ["Delay", "Kept"]
        other.communicate()
        assert other.returncode == 0
    with Study.open(closed) as study:
        assert not study.read_only
    assert not (closed / "lock").exists()


@pytest.mark.parametrize("read_first", [True, False])
def test_a_program_that_is_killed_inside_a_step_leaves_whole_steps(
    closed: Path, read_first: bool
) -> None:
    with program(_HOLD, closed, "inside") as other:
        assert says(other) == "ready"
        other.kill()
        other.wait()
    if read_first:
        with Study.open(closed, read_only=True) as reader:
            assert [code.name for code in reader.codebook.codes()] == ["Delay", "Kept"]
    with Study.open(closed) as study:
        assert [code.name for code in study.codebook.codes()] == ["Delay", "Kept"]
        assert study.journeys.stages() == []
        assert study.check() == []
        assert study.undo() is Op.EDIT_CODEBOOK
        study.codebook.add("After")
    assert set(_everything(closed)) == {"study.sqlite"}


def test_a_new_study_that_is_killed_before_it_is_closed_opens(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from workbench.study import Study\n"
        "study = Study.create(Path(sys.argv[1]), title='New')\n"
        "print('ready', flush=True); sys.stdin.read()"
    )
    with program(code, tmp_path / "new.study") as other:
        assert says(other) == "ready"
        other.kill()
        other.wait()
    with Study.open(tmp_path / "new.study") as study:
        assert study.title == "New"


_FULL = """
import resource, sys
from pathlib import Path
from workbench.errors import WorkbenchError
from workbench.study import Study
from tests.support.studies import written
sys.dont_write_bytecode = True  # the limit would cut it off
hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
def limit(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
folder = Path(sys.argv[1])
limit(20_000)
try:
    Study.create(folder)
except WorkbenchError as problem:
    print(problem.code, folder.exists())
limit(hard)
with Study.create(folder) as study:
    study.codebook.add("Before")
    limit(900_000)
    try:
        written(study, *["many words " * 200] * 400)
    except WorkbenchError as problem:
        print(problem.code, "cannot be written" in problem.happened, problem.todo != "")
    print(len(study.materials.sources()), len(study.show()["sessions"]))
    limit(hard)
    study.codebook.add("After")
"""


def test_a_disk_that_fills_up_loses_only_the_step(tmp_path: Path) -> None:
    folder = tmp_path / "full.study"
    assert run(_FULL, folder) == ["cannot-write False", "cannot-write True True", "0 0"]
    with Study.open(folder) as study:
        assert [code.name for code in study.codebook.codes()] == ["Before", "After"]
        assert not any(problem.serious for problem in study.check())
        before = rows_of(study)
        study.undo()
        study.redo()
        assert rows_of(study) == before


_MAY_NOT_WRITE = f"""
import sys
from pathlib import Path
from workbench.errors import WorkbenchError
from workbench.study import Study
{AS_NOBODY}
folder = Path(sys.argv[1])
for act in (lambda: Study.open(folder), lambda: Study.create(folder.parent / "new")):
    try:
        act()
    except WorkbenchError as problem:
        print(problem.code, "cannot be written" in problem.happened, problem.todo != "")
with Study.open(folder, read_only=True) as study:
    print(study.title, [code.name for code in study.codebook.codes()], study.check())
"""


@pytest.mark.skipif(os.name != "posix", reason="needs the rights of POSIX")
def test_a_folder_that_may_not_be_written_can_be_read(open_place: Path) -> None:
    folder = open_place / "a.study"
    with Study.create(folder, title="Read me") as study:
        study.codebook.add("Delay")
    _opened_to_all(folder)
    before = _everything(folder)
    for path in (folder, open_place):
        path.chmod(0o555)
    said = run(_MAY_NOT_WRITE, folder)
    for path in (open_place, folder):
        path.chmod(0o755)
    assert said == ["cannot-write True True"] * 2 + ["Read me ['Delay'] []"]
    assert _everything(folder) == before


@pytest.mark.skipif(os.name != "posix", reason="needs the rights of POSIX")
def test_a_file_that_may_not_be_written_is_not_opened_for_writing(open_place: Path) -> None:
    folder = open_place / "a.study"
    with Study.create(folder, title="Read me") as study:
        study.codebook.add("Delay")
    _opened_to_all(folder)
    before = _everything(folder)
    for path, mode in ((open_place, 0o777), (folder, 0o777), (_file(folder), 0o444)):
        path.chmod(mode)
    said = run(_MAY_NOT_WRITE, folder)
    assert said == ["cannot-write True True", "Read me ['Delay'] []"]
    assert _everything(folder) == before


_MAY_NOT_READ = f"""
import sys
from pathlib import Path
from workbench.errors import WorkbenchError
from workbench.study import Study
{AS_NOBODY}
try:
    Study.open(Path(sys.argv[1]), read_only=True)
except WorkbenchError as problem:
    print(problem.code)
"""


@pytest.mark.skipif(os.name != "posix", reason="needs the rights of POSIX")
def test_a_file_that_may_not_be_read_is_told(open_place: Path) -> None:
    folder = open_place / "a.study"
    Study.create(folder).close()
    _opened_to_all(folder)
    _file(folder).chmod(0)
    assert run(_MAY_NOT_READ, folder) == ["cannot-read"]


def test_a_failure_after_opening_closes_the_study(
    closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (closed / "spool").rmdir()
    recover = "workbench.services.recognition.recognition.Recognition.recover"
    monkeypatch.setattr(recover, lambda self: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        Study.open(closed)
    monkeypatch.undo()
    with Study.open(closed) as study:
        assert not study.read_only
