"""A study of yesterday becomes one of today, whole, after a backup; or stays as it was."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlite_utils import Database

from tests.support.studies import observe, rows_of, written
from workbench.domain.change import Op
from workbench.domain.passage import Query
from workbench.errors import EnvironmentProblem, UserError
from workbench.storage import migrations, queries
from workbench.storage.schema import journaled, together
from workbench.study import Study

Migrate = Callable[[Database], None]


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A study as the program of today writes it."""
    folder = tmp_path / "old.study"
    with Study.create(folder, title="Old") as study:
        observe(study, written(study, "It took weeks."), "weeks")
        study.codebook.add("Undone")
        study.undo()
    return folder


@pytest.fixture
def tomorrow(monkeypatch: pytest.MonkeyPatch) -> Callable[[Migrate], None]:
    """Let the program know one migration more."""

    def register(migrate: Migrate) -> None:
        step = SimpleNamespace(__name__="workbench.storage.migrations.m0099_test", migrate=migrate)
        monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, step))

    return register


def _version(path: Path) -> int:
    connection = sqlite3.connect(path)
    found = connection.execute("PRAGMA user_version").fetchone()[0]
    connection.close()
    return int(found)


def _add_mood(db: Database) -> None:
    db.conn.execute("ALTER TABLE stage ADD COLUMN mood TEXT NOT NULL DEFAULT ''")


def _fail_in_the_middle(db: Database) -> None:
    _add_mood(db)
    db.conn.execute("DELETE FROM observation")
    raise ZeroDivisionError


def _first(db: Database) -> None:
    names = set(journaled(db))
    assert {"turn", "observation", "insight", "consent", "job"} <= names
    _keys_are_found(db)


def _keys_are_found(db: Database) -> None:
    for name in journaled(db):
        kinds = {row[2] for row in db.conn.execute(f"PRAGMA table_info({name})")}
        assert kinds <= {"TEXT", "INTEGER"}, name  # images would lose anything else
        keys = {row[3] for row in db.conn.execute(f"PRAGMA foreign_key_list({name})")}
        first = {
            db.conn.execute(f"PRAGMA index_info({index[1]})").fetchone()[2]
            for index in db.conn.execute(f"PRAGMA index_list({name})")
        }
        assert keys <= first, name  # every foreign key can be looked up


def _raw_doubts(db: Database) -> None:
    assert "doubt" in journaled(db)["recognition"].columns


def _by_hand(db: Database) -> None:
    assert "by_hand" in journaled(db)["turn"].columns
    assert journaled(db)["unheard"].key == ("transcript_id", "start_ms")


def _examples(db: Database) -> None:
    assert {"example", "example_id"} <= set(journaled(db)["code"].columns)
    _keys_are_found(db)


def _translated(db: Database) -> None:
    assert "translated" in journaled(db)["transcript"].columns


def _counting(db: Database) -> None:
    asked = "SELECT source_id, count(*) FROM observation WHERE deleted_at IS NULL GROUP BY 1"
    plan = " ".join(row[3] for row in db.conn.execute(f"EXPLAIN QUERY PLAN {asked}"))
    assert "COVERING INDEX observation_source" in plan


def _reviewing(db: Database) -> None:
    asked: list[str] = []
    db.conn.set_trace_callback(asked.append)
    queries.matching(db, Query(review=True))
    db.conn.set_trace_callback(None)
    plan = " ".join(row[3] for row in db.conn.execute(f"EXPLAIN QUERY PLAN {asked[0]}"))
    assert "SEARCH observation USING INDEX observation_review" in plan


def _reports(db: Database) -> None:
    assert {"evidence_number", "written_report", "citation"} <= set(db.table_names())
    # A number outlives its observation.
    assert db["evidence_number"].foreign_keys == []


def _log_mark(db: Database) -> None:
    assert db["log_mark"].count == 0
    assert "log_mark" not in journaled(db)


def _sums(db: Database) -> None:
    for table in ("step", "change"):
        assert "sum" in db[table].columns_dict


def _consent(db: Database) -> None:
    assert {"consent_entry", "consent_form"} <= set(db.table_names())
    assert "consent" not in db.table_names()
    _keys_are_found(db)


def _name_decisions(db: Database) -> None:
    assert db["name_decision"].pks == ["folded"]
    assert "name_decision" in journaled(db)


def _withdrawal(db: Database) -> None:
    assert "withdrawal" in journaled(db)


def _let_out(db: Database) -> None:
    assert {"let_out", "left_alone"} <= set(journaled(db))
    assert journaled(db)["left_alone"].key == ("key",)


def _withdrawal(db: Database) -> None:
    assert "withdrawal" in journaled(db)


def _key(db: Database) -> None:
    assert "identity" not in db.table_names()
    assert "key_mark" not in journaled(db)
    assert list(db["key_mark"].rows) == [{"id": 1, "kept": 0, "swept": 1}]


def _undecided(db: Database) -> None:
    assert db["let_out"].default_values["undecided"] == 0


def _laid(db: Database) -> None:
    assert db["transcript"].default_values["laid"] == 0


def _tracks(db: Database) -> None:
    assert db["source"].default_values["tracks"] == 1
    assert db["transcript"].default_values["track"] == 1


def _session_vocabulary(db: Database) -> None:
    assert "vocabulary" in journaled(db)["session"].columns


def _spoken(db: Database) -> None:
    assert journaled(db)["spoken"].key == ("transcript_id", "start_ms")
    assert db["transcript"].default_values["language_probability"] == 1000


EXPECTED: dict[str, Callable[[Database], None]] = {
    "m0001_first": _first,
    "m0002_raw_doubts": _raw_doubts,
    "m0003_by_hand": _by_hand,
    "m0004_examples": _examples,
    "m0005_translated": _translated,
    "m0006_counting": _counting,
    "m0007_finding": _reviewing,
    "m0008_reports": _reports,
    "m0009_log_mark": _log_mark,
    "m0010_sums": _sums,
    "m0011_consent": _consent,
    "m0012_name_decisions": _name_decisions,
    "m0013_withdrawal": _withdrawal,
    "m0014_let_out": _let_out,
    "m0015_key": _key,
    "m0016_undecided": _undecided,
    "m0017_laid": _laid,
    "m0018_tracks": _tracks,
    "m0019_session_vocabulary": _session_vocabulary,
    "m0020_spoken": _spoken,
}


@pytest.mark.parametrize("number", range(1, len(migrations.STEPS) + 1))
def test_each_migration_does_what_it_should(number: int) -> None:
    name = migrations.STEPS[number - 1].__name__.rpartition(".")[2]
    db = Database(sqlite3.connect(":memory:", isolation_level=None))
    steps = migrations.build()
    later = [step.name for step in steps.pending(db)][number:]
    steps.apply(db, stop_before=later)
    assert db.conn.execute("PRAGMA user_version").fetchone()[0] == migrations.version(number)
    assert name.startswith(f"m{number:04}_")
    EXPECTED[name](db)
    db.close()


def test_a_new_study_is_what_the_migrations_make(tmp_path: Path) -> None:
    Study.create(tmp_path / "new.study").close()
    made = sqlite3.connect(tmp_path / "new.study" / "study.sqlite")
    step_by_step = sqlite3.connect(":memory:", isolation_level=None)
    migrations.build().apply(Database(step_by_step))
    for asked in (
        "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name",
        "SELECT migration_set, name FROM _sqlite_migrations ORDER BY id",
        "SELECT * FROM key_mark",
        "PRAGMA user_version",
    ):
        assert made.execute(asked).fetchall() == step_by_step.execute(asked).fetchall()
    made.close()
    step_by_step.close()


def test_new_studies_have_nothing_in_common(tmp_path: Path) -> None:
    with Study.create(tmp_path / "first.study") as study:
        study.codebook.add("Delay")
    others = [tmp_path / f"{number}.study" for number in range(8)]
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda folder: Study.create(folder).close(), others))
    for folder in others:
        with Study.open(folder) as study:
            assert study.codebook.codes() == []
            assert study.check() == []


def test_an_old_study_is_updated_after_a_backup(
    old: Path, tomorrow: Callable[[Migrate], None]
) -> None:
    with Study.open(old) as study:
        shown, rows = study.show(), rows_of(study)
        assert study.redo_label == "Edit codebook"
    was = _version(old / "study.sqlite")
    tomorrow(_add_mood)
    with pytest.raises(UserError) as caught:
        Study.open(old, read_only=True)
    assert caught.value.code == "study-older"
    with Study.open(old) as study:
        assert study.show() == shown
        assert study.undo() is None
        assert study.redo() is None
        assert {step.state for step in study.history()} == {"sealed"}
        study.journeys.add_stage("Search")
        study.undo()
        assert {key: len(row) for key, row in rows_of(study).items()}.keys() == rows.keys()
        assert study.check() == []
    assert _version(old / "study.sqlite") == was + 1
    [backup] = (old / "backups").iterdir()
    assert backup.name.startswith("before-update-")
    assert _version(backup) == was
    connection = sqlite3.connect(backup)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert connection.execute("SELECT words FROM observation").fetchall() == [("weeks",)]
    connection.close()
    with Study.open(old, read_only=True) as reader:
        assert reader.show() == shown


@pytest.mark.parametrize(
    "more",
    [
        "CREATE INDEX stage_name ON stage(name)",
        "CREATE TABLE mood (id TEXT PRIMARY KEY) STRICT",
    ],
)
def test_a_new_index_or_table_leaves_undo_and_redo_alone(
    more: str, old: Path, tomorrow: Callable[[Migrate], None]
) -> None:
    tomorrow(lambda db: db.conn.execute(more))
    with Study.open(old) as study:
        assert study.redo() is Op.EDIT_CODEBOOK
        assert study.undo() is Op.EDIT_CODEBOOK
        assert study.undo() is Op.PLACE_OBSERVATION


def test_a_migration_that_fails_leaves_the_old_version(
    old: Path, tomorrow: Callable[[Migrate], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Study.open(old) as study:
        rows = rows_of(study)
    was = _version(old / "study.sqlite")
    tomorrow(_fail_in_the_middle)
    with pytest.raises(ZeroDivisionError):
        Study.open(old)
    assert _version(old / "study.sqlite") == was
    assert len(list((old / "backups").iterdir())) == 1
    monkeypatch.undo()
    with Study.open(old) as study:
        assert rows_of(study) == rows
        assert study.redo_label == "Edit codebook"
        assert study.check() == []


def test_without_a_backup_nothing_is_migrated(
    old: Path, tomorrow: Callable[[Migrate], None]
) -> None:
    was = _version(old / "study.sqlite")
    (old / "backups").rmdir()
    (old / "backups").write_text("in the way")
    tomorrow(_add_mood)
    with pytest.raises(EnvironmentProblem) as caught:
        Study.open(old)
    assert caught.value.code == "cannot-write"
    assert _version(old / "study.sqlite") == was
    assert not (old / "lock").exists()


def test_a_study_of_today_needs_no_backup(old: Path) -> None:
    Study.open(old).close()
    assert list((old / "backups").iterdir()) == []


def test_columns_that_belong_together() -> None:
    assert together("observation", {"start"}) >= {"start", "end", "words", "first_turn_id"}
    assert together("observation", {"stage_id"}) == {"stage_id"}
    assert together("code", {"name"}) == {"name"}
