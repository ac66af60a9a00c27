"""Another program that reads an open study with SQLite leaves its log alone, whatever we did.

Whoever closes a database file takes the locks away by which SQLite in another program knows that
somebody has it open (https://www.sqlite.org/howtocorrupt.html); it would delete the log.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.programs import program, says
from workbench.services.keeping.backups import Backups
from workbench.study import Study

_READS = """
import sqlite3, sys
reader = sqlite3.connect(sys.argv[1])
reader.execute("SELECT count(*) FROM code").fetchall()
reader.close()
"""


def _long_step(study: Study) -> None:
    with closing(study.aside.open(lambda _written: False)) as beside:
        beside.codebook.add("beside")


def _copy(study: Study) -> None:
    study.keeping.copy_to(study.folder.parent / "copy.study")


ACTS: dict[str, Callable[[Study], object]] = {
    "nothing": lambda study: None,
    "a step": lambda study: study.codebook.add("another"),
    "a long step": _long_step,
    "a backup": lambda study: study.keeping.copies.backup(),
    "its backups": lambda study: Backups(study.folder).all(),
    "a copy": _copy,
    "a check": lambda study: study.check(),
    "an export": lambda study: study.exports.write("json", study.folder.parent / "a.json"),
    "a look": lambda study: study.keeping.in_place,
}


@pytest.mark.parametrize("act", ACTS)
def test_the_log_stays_when_somebody_else_has_read(study: Study, tmp_path: Path, act: str) -> None:
    study.codebook.add("before")
    ACTS[act](study)
    log = study.folder / "study.sqlite-wal"
    before = log.stat().st_ino
    command = [sys.executable, "-c", _READS, str(study.folder / "study.sqlite")]
    subprocess.run(command, check=True)
    assert log.stat().st_ino == before
    study.codebook.add("after")
    study.close()
    with Study.open(study.folder) as again:
        assert again.codebook.find("after") is not None


_WRITES = """
import sys
from pathlib import Path
from workbench.study import Study
with Study.open(Path(sys.argv[1])) as study:
    study.codebook.add("theirs")
    print("written", flush=True)
    sys.stdin.read()
"""


def test_the_log_stays_as_long_as_somebody_here_reads(empty_study: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(empty_study, tmp_path / "a.study")
    with program(_WRITES, folder) as writer:
        assert says(writer) == "written"
        with Study.open(folder, read_only=True) as study:
            with closing(study.aside.open(lambda _written: False)) as beside:
                assert beside.codebook.find("theirs") is not None
            writer.communicate()  # it closes the study
            assert (folder / "study.sqlite-wal").exists()
            assert study.codebook.find("theirs") is not None
