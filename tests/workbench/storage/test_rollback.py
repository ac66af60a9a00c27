"""Journals that SQLite would play back: a stranger's is set aside, our own is not lost."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from workbench.services.keeping.backups import Backups
from workbench.study import Study

_MAGIC = bytes.fromhex("d9d505f920a163d7")
_KILLED = """
import os, sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.executescript("PRAGMA cache_size = 5; PRAGMA cache_spill = 2; BEGIN;" + sys.argv[2])
os._exit(0)
"""
_MIGRATING = "CREATE TABLE half (a);" + "INSERT INTO half VALUES (randomblob(9000));" * 50
_FILLING = "INSERT INTO memo_fts_config VALUES (hex(randomblob(9)), zeroblob(900000));" * 3


def _number(value: int) -> bytes:
    return value.to_bytes(4, "big")


def _names_another(file: Path, victim: Path) -> bytes:
    """Return a journal that says it belongs to a change of several files, of which one is named."""
    name = str(victim.absolute()).encode()
    pages = file.stat().st_size // 4096
    head = _MAGIC + b"".join(map(_number, (0, 7, pages, 512, 4096)))
    called = name + _number(len(name)) + _number(sum(name))
    return head.ljust(512, b"\0") + _number((1 << 30) // 4096 + 1) + called + _MAGIC


def _killed(folder: Path, statements: str) -> Path:
    """Let a program die in the middle of a change, as of a migration; return its journal."""
    file = folder / "study.sqlite"
    subprocess.run([sys.executable, "-c", _KILLED, str(file), statements], check=True)
    journal = file.with_name("study.sqlite-journal")
    assert journal.stat().st_size > 512
    return journal


def _opened(folder: Path) -> None:
    with Study.open(folder) as study:
        study.undo()
        assert [notice.code for notice in study.keeping.notices] == ["log-strange"]
        assert study.check()[1:] == []


def _looked_at(folder: Path) -> None:
    with Study.open(folder, read_only=True) as study:
        assert [code.name for code in study.codebook.codes()] == ["Delay"]
        assert [notice.code for notice in study.keeping.notices] == ["log-strange"]


def _restored(folder: Path) -> None:
    Backups(folder).restore(Backups(folder).all()[0])


@pytest.mark.parametrize("use", [_opened, _looked_at, _restored])
def test_a_journal_deletes_no_file_elsewhere(
    study: Study, tmp_path: Path, use: Callable[[Path], None]
) -> None:
    study.codebook.add("Delay")
    study.keeping.copies.backup()
    study.close()
    file, victim = study.folder / "study.sqlite", tmp_path / "letter.txt"
    victim.write_text("dear")
    file.with_name("study.sqlite-journal").write_bytes(_names_another(file, victim))
    use(study.folder)
    assert victim.read_text() == "dear"


@pytest.mark.parametrize("statements", [_MIGRATING, _FILLING], ids=["migrating", "filling"])
def test_the_journal_of_an_older_copy_spoils_no_newer_one(
    study: Study, tmp_path: Path, statements: str
) -> None:
    stick = tmp_path / "stick.study"
    study.codebook.add("Early")
    study.close()
    shutil.copytree(study.folder, stick)
    journal = _killed(stick, statements).read_bytes()
    with Study.open(study.folder) as later:
        for number in range(40):
            later.codebook.add(f"Late {number}", definition="x" * 4000)
    shutil.copytree(study.folder, stick, dirs_exist_ok=True)
    with Study.open(stick) as copy:
        assert len(copy.codebook.codes()) == 41
        assert [notice.code for notice in copy.keeping.notices] == ["log-strange"]
    [kept] = (stick / "backups").glob("strange-log-*.sqlite-journal")
    assert kept.read_bytes() == journal
    with Study.open(stick) as again:
        assert again.check() == []


def test_a_journal_that_was_never_begun_is_no_strangers(study: Study) -> None:
    study.codebook.add("Early")
    study.close()
    journal = _killed(study.folder, "PRAGMA cache_spill = OFF; CREATE TABLE half (a);")
    assert journal.read_bytes().startswith(b"\0")  # before its first page is safe on the disk
    with Study.open(study.folder) as again:
        assert again.keeping.notices == ()
        again.codebook.add("Late")
        assert again.check() == []
    assert not journal.exists()


@pytest.mark.parametrize("statements", [_MIGRATING, _FILLING], ids=["migrating", "filling"])
def test_the_journal_of_a_program_that_died_is_played_back(study: Study, statements: str) -> None:
    study.codebook.add("Early")
    study.close()
    _killed(study.folder, statements)
    with Study.open(study.folder) as again:
        assert again.keeping.notices == ()
        assert [code.name for code in again.codebook.codes()] == ["Early"]
        assert again.check() == []


def test_restoring_keeps_what_was_there_without_a_log_that_is_not_its_own(
    study: Study, tmp_path: Path
) -> None:
    older = tmp_path / "older.study"
    study.keeping.copies.backup()
    study.codebook.add("Early", definition="x" * 40_000)
    shutil.copytree(study.folder, older)  # with its log
    (older / "lock").unlink()
    for number in range(30):
        study.codebook.add(f"Late {number}", definition="x" * 40_000)
    study.close()
    shutil.copyfile(study.folder / "study.sqlite", older / "study.sqlite")
    kept = Backups(older).restore(Backups(older).all()[0]).kept
    assert kept is not None
    with closing(sqlite3.connect(kept)) as there:
        assert there.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert there.execute("SELECT count(*) FROM code").fetchone() == (31,)
