"""A study from somewhere else: nothing in it runs, nothing in it leads out of its folder."""

from __future__ import annotations

import inspect
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.support import endless
from tests.support.studies import recording
from workbench.errors import UserError
from workbench.services.keeping.backups import Backups
from workbench.storage import database, maintenance, ours
from workbench.storage.refusals import Stopped
from workbench.study import Study

THINGS = {
    "a view that never ends": (
        "CREATE VIEW people AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
        " SELECT i FROM n"
    ),
    "a trigger": (
        "CREATE TRIGGER more AFTER UPDATE ON code BEGIN DELETE FROM participant; END"
    ),
    "a table that is a view": (
        "ALTER TABLE unheard RENAME TO heard;"
        "CREATE VIEW unheard AS SELECT * FROM heard, heard AS b, heard AS c"
    ),
    "a column that computes": (
        "ALTER TABLE code ADD COLUMN more TEXT AS (hex(zeroblob(100000000)))"
    ),
    "a table of a library that computes": (
        "DROP TABLE _sqlite_migrations;"
        "CREATE TABLE _sqlite_migrations (id INTEGER PRIMARY KEY, migration_set TEXT, name TEXT,"
        " applied_at TEXT AS (hex(zeroblob(100000000))))"
    ),
    "an index that computes": "CREATE INDEX code_more ON code(hex(name))",
    "another trigger of search": (
        "DROP TRIGGER memo_fts_insert;"
        "CREATE TRIGGER memo_fts_insert AFTER INSERT ON memo BEGIN DELETE FROM code; END"
    ),
}  # fmt: skip


def _change(folder: Path, statements: str) -> None:
    with closing(sqlite3.connect(folder / "study.sqlite")) as db:
        db.executescript(f"PRAGMA foreign_keys = OFF; {statements}")


@pytest.mark.parametrize("statements", THINGS.values(), ids=THINGS)
@pytest.mark.parametrize("read_only", [False, True])
def test_what_this_program_never_made_is_refused(
    study: Study, statements: str, read_only: bool
) -> None:
    study.close()
    _change(study.folder, statements)
    before = (study.folder / "study.sqlite").read_bytes()
    with pytest.raises(UserError, match="never made") as caught:
        Study.open(study.folder, read_only=read_only)
    assert caught.value.todo
    assert (study.folder / "study.sqlite").read_bytes() == before


@pytest.mark.parametrize("statements", THINGS.values(), ids=THINGS)
def test_a_backup_that_this_program_never_made_is_not_read(study: Study, statements: str) -> None:
    made = study.keeping.copies.backup()
    study.close()
    with closing(sqlite3.connect(made)) as db:
        db.executescript(f"PRAGMA foreign_keys = OFF; {statements}")
    before, backups = (study.folder / "study.sqlite").read_bytes(), Backups(study.folder)
    assert [backups.holds(one) for one in backups.all()] == [{}]
    with pytest.raises(UserError, match="never made") as caught:
        backups.restore(backups.all()[0])
    assert caught.value.code == "backup-foreign"
    assert (study.folder / "study.sqlite").read_bytes() == before
    assert len(backups.all()) == 1


def test_a_file_of_a_later_version_is_read_but_no_view_of_it(study: Study) -> None:
    study.close()
    minor = "PRAGMA user_version = 65999;"
    _change(study.folder, f"{minor} CREATE TABLE later (id TEXT); CREATE INDEX one ON later(id)")
    with Study.open(study.folder) as read:
        assert read.read_only
    _change(study.folder, "CREATE VIEW looked AS SELECT * FROM later")
    with pytest.raises(UserError, match="view looked"):
        Study.open(study.folder)


USES: dict[str, Callable[[Study], object]] = {
    "file": lambda study: study.materials.media_path(study.materials.sources()[0]),
    "sha256": lambda study: study.materials.loudness.overview(study.materials.sources()[0]),
    "job": lambda study: study.recognition.order(study.jobs.all()[0]),
}


@pytest.mark.parametrize("name", ["../../out", "/etc/out", "..", "a\\b", "c:out", "a\nb"])
@pytest.mark.parametrize(
    ("statement", "use"),
    [
        ("UPDATE source SET file = '{}'", "file"),
        ("UPDATE source SET sha256 = '{}'", "sha256"),
        ("UPDATE source SET sha256 = '{}'", "job"),
    ],
)
def test_names_do_not_lead_out(study: Study, name: str, statement: str, use: str) -> None:
    source = recording(study)
    study.jobs.add(source.id, model="base")
    study.close()
    _change(study.folder, statement.format(name))
    with Study.open(study.folder, read_only=True) as read:
        if name == ".." and use != "file":  # “...npz” is a plain name
            return
        with pytest.raises(UserError, match="plain name"):
            USES[use](read)
        assert "row" in {problem.code for problem in read.check()}


def test_the_id_of_a_job_does_not_lead_out(study: Study, tmp_path: Path) -> None:
    source = recording(study)
    study.jobs.add(source.id, model="base")
    study.close()
    (tmp_path / "out.jsonl").write_text("theirs")
    _change(study.folder, "UPDATE job SET id = '../../out'")
    with pytest.raises(UserError, match="plain name"):
        Study.open(study.folder)
    assert (tmp_path / "out.jsonl").read_text() == "theirs"


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "INSERT INTO charter SELECT 'other', title, '', '', '', '[]', '[]', '[]' FROM charter",
            "2 charters",
        ),
        ("UPDATE session SET method = 'seance'", "session.method, row 1: the value is unknown"),
        ("UPDATE source SET kind = 'smell'", "source.kind, row 1: the value is unknown"),
    ],
)
def test_what_cannot_be_is_said(study: Study, statement: str, said: str) -> None:
    recording(study)
    study.close()
    _change(study.folder, statement)
    with Study.open(study.folder) as again:
        assert again.show()
        assert any(said in problem.text for problem in again.check())


@pytest.mark.parametrize("read_only", [False, True])
def test_a_list_of_things_without_end_is_given_up(
    study: Study, monkeypatch: pytest.MonkeyPatch, read_only: bool
) -> None:
    study.close()
    endless.repeat_the_schema(study.folder / "study.sqlite")
    before = (study.folder / "study.sqlite").read_bytes()
    monkeypatch.setattr(ours, "_LOOK_S", 0.1)
    # Tests let every connection not wait for the disk, which reads the list before anything else.
    monkeypatch.setattr(database, "_configure", inspect.unwrap(database._configure))
    with pytest.raises(UserError) as caught:
        Study.open(study.folder, read_only=read_only)
    assert caught.value.code == "study-endless"
    assert "backups" in caught.value.todo
    assert (study.folder / "study.sqlite").read_bytes() == before


def test_a_check_of_rows_without_end_is_given_up_or_stopped(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    study.memos.write("charter", study.charter.id, "Once.")
    study.close()
    endless.repeat_a_row(study.folder / "study.sqlite", "memo")
    with Study.open(study.folder) as again:
        monkeypatch.setattr(maintenance, "_LONGEST_S", 0.1)
        with pytest.raises(UserError) as caught:
            again.check()
        assert caught.value.code == "study-endless"
        monkeypatch.setattr(maintenance, "_LONGEST_S", 1e9)
        asked: list[float] = []
        again._desk.on_share = lambda share: bool(asked.append(share)) or len(asked) > 2
        with pytest.raises(Stopped):
            again.check()
