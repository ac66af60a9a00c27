"""Real names leave the file of a study of before: none is lost, and none stays behind."""

from __future__ import annotations

import signal
import sqlite3
import sys
from pathlib import Path

import pytest

from tests.support.forked import finished
from tests.support.named_study import BEFORE, EARLIER, NAME, as_before, holders, named_study
from tests.support.source import ROOT
from workbench.domain.ids import ParticipantId
from workbench.domain.people import Identity
from workbench.errors import EnvironmentProblem
from workbench.services.keeping.backups import Backups
from workbench.storage import key_places, migrations
from workbench.storage.head import read_version
from workbench.study import Study

_STORAGE = "workbench.storage"
MOMENTS = (
    (f"{_STORAGE}.key_leaving", "save", 1),
    ("pathlib", "Path.replace", 1),  # the key is written, and has no name yet
    (f"{_STORAGE}.key_leaving", "save", 0.5),
    (f"{_STORAGE}.database", "backup", 0.5),
    (f"{_STORAGE}.migrations.m0015_key", "without_names", 0.5),
    (f"{_STORAGE}.key_leaving", "sweep", 1),
    (f"{_STORAGE}.erasing", "shrink", 1),
    (f"{_STORAGE}.erasing", "shrink", 0.5),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "named.study"


@pytest.fixture
def person(folder: Path) -> ParticipantId:
    return named_study(folder)


def _backups(folder: Path) -> list[str]:
    return sorted(f"backups/{path.name}" for path in (folder / "backups").glob("*.sqlite"))


def test_names_are_in_the_key_and_nowhere_else(folder: Path, person: ParticipantId) -> None:
    assert holders(folder, NAME, EARLIER) == [*_backups(folder), "study.sqlite"]
    with Study.open(folder) as study:
        assert study.keys.of(person) == Identity(NAME, former=(EARLIER,))
        study.codebook.add("Price")  # so that there is a log
        assert holders(folder, NAME, EARLIER) == [*_backups(folder), "people.key"]
        [notice] = study.keeping.notices
        assert str(folder / "people.key") in notice.happened
        assert "3 backups from before hold real names still" in notice.happened
        assert NAME not in str(notice)
        assert [one.code for one in study.check()] == ["backup-names"]
        assert all(step.rows for step in study.history())
    with Study.open(folder) as study:
        assert study.keeping.notices == ()


def test_backups_are_written_anew_without_names(folder: Path, person: ParticipantId) -> None:
    with Study.open(folder) as study:
        done = study.keys.clear_copies()
        assert (len(done.rewritten), done.left) == (3, ())
        assert holders(folder, NAME, EARLIER) == ["people.key"]
        assert study.check() == []
        assert study.keys.named_copies() == []
    oldest = Backups(folder).all()[-1]
    assert read_version(oldest.file) == migrations.version(BEFORE)
    Backups(folder).restore(oldest)
    with Study.open(folder) as study:  # what is in the key stays
        assert study.people.real_name(person) == NAME
        assert study.check() == []


def test_a_backup_with_names_gives_back_what_the_key_lacks(
    folder: Path, person: ParticipantId
) -> None:
    with Study.open(folder) as study:
        study.people.set_real_name(person, "Another Name")
        other = study.people.add(pseudonym="Tom", real_name="Theo Blip").id
    Backups(folder).restore(Backups(folder).all()[-1])
    with Study.open(folder) as study:
        assert study.people.real_name(person) == "Another Name"  # newer than the backup
        assert study.keys.of(other).real_name == "Theo Blip"
    (folder / "people.key").write_bytes(b"spoilt")
    Backups(folder).restore(Backups(folder).all()[-1])
    with Study.open(folder) as study:
        assert study.people.real_name(person) == NAME
    assert [path.read_bytes() for path in folder.glob("*.unreadable")] == [b"spoilt"]


def test_a_copy_that_is_damaged_is_searched_and_left(
    folder: Path, person: ParticipantId, tmp_path: Path
) -> None:
    spoilt = folder / "backups" / "damaged-20260103-101010.sqlite.kept"
    spoilt.write_bytes(b"x" * (1 << 20) + NAME.encode() + b"x")
    strange = folder / "backups" / "strange-log-20260103-101010.sqlite-wal"
    strange.write_bytes(b"nobody")
    with Study.open(folder) as study:
        assert spoilt in study.keys.named_copies()
        assert strange not in study.keys.named_copies()
        assert study.keys.clear_copies().left == (spoilt,)
        assert study.keys.named_copies() == [spoilt]


@pytest.mark.skipif(sys.platform == "win32", reason="nobody is killed like this there")
@pytest.mark.parametrize("moment", MOMENTS, ids=lambda one: f"{one[1]}-{one[2]}")
def test_killed_on_the_way(
    folder: Path, person: ParticipantId, moment: tuple[str, str, float]
) -> None:
    module, attribute, number = moment
    where = (folder, module, attribute, number)
    ended = finished(["-m", "tests.support.killed_opening", *where], cwd=ROOT)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    assert holders(folder, NAME) != _backups(folder)  # it is in the study, or in the key
    with Study.open(folder) as study:
        assert study.people.real_name(person) == NAME
        assert study.check()[0].code == "backup-names"
        study.keys.clear_copies()
        assert study.check() == []
    assert holders(folder, NAME, EARLIER) == ["people.key"]
    assert sorted(path.name for path in folder.iterdir() if path.is_file()) == [
        "people.key", "study.sqlite",
    ]  # fmt: skip


def test_who_reads_keeps_pages_for_the_next_opening(folder: Path, person: ParticipantId) -> None:
    reader = sqlite3.connect(folder / "study.sqlite", isolation_level=None)
    Study.open(folder).close()
    as_before(folder, person)
    (folder / "people.key").unlink()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("workbench.storage.erasing.shrink", _locked)
        with Study.open(folder) as study:
            assert "key-pages" in {one.code for one in study.check()}
    reader.close()
    with Study.open(folder) as study:
        assert "key-pages" not in {one.code for one in study.check()}


def _locked(_db: object) -> None:
    raise sqlite3.OperationalError("database is locked")


def test_a_key_that_is_away_keeps_an_older_study_closed(
    folder: Path, person: ParticipantId, tmp_path: Path
) -> None:
    with Study.open(folder) as study:
        (tmp_path / "stick").mkdir()
        place = study.keys.move(tmp_path / "stick")
    place.rename(tmp_path / "away")
    oldest = Backups(folder).all()[-1]
    with pytest.raises(EnvironmentProblem) as caught:
        Backups(folder).restore(oldest)
    assert caught.value.code == "key-away"
    assert read_version(folder / "study.sqlite") == migrations.newest()
    assert not (folder / "study.sqlite.restoring").exists()
    (folder / "study.sqlite").write_bytes(oldest.file.read_bytes())
    before = _backups(folder)
    with pytest.raises(EnvironmentProblem) as caught:
        Study.open(folder)
    assert caught.value.code == "key-away"
    assert _backups(folder) == before
    (tmp_path / "away").rename(place)
    with Study.open(folder) as study:
        assert study.keys.found.path == place
        assert study.people.real_name(person) == NAME
        assert key_places.remembered(study.charter.id) == place
