"""Damage is called damage, with the way back, whatever it shows itself as."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.support import map_study
from ui.errors import is_ours, sentences
from workbench.cli import main
from workbench.domain.quoting import WORKING_COPY
from workbench.errors import Bug
from workbench.storage.database import DamagedStudy
from workbench.study import Study

SENTENCE = "Maya cried in the kitchen"
_BAD = SENTENCE.encode() + b"\xff"
DAMAGES = {
    "a title that is no text": "UPDATE charter SET title = CAST(:bad AS TEXT)",
    "a turn that is no text": "UPDATE turn SET text = CAST(:bad AS TEXT)",
    "a code that is no text": "UPDATE code SET name = CAST(:bad AS TEXT)",
    "no charter": "DELETE FROM charter",
    "no sessions": "DELETE FROM session",
    "no sources": "DELETE FROM source",
    "no codes": "DELETE FROM code",
}
COMMANDS = (("show",), ("report", "--out", "{}"), ("export", "--format", "json", "--out", "{}"))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of a study with something in every chapter."""
    folder = map_study.build(tmp_path_factory.mktemp("whole"))
    return {name: (folder / name).read_bytes() for name in ("study.sqlite", "people.key")}


@pytest.fixture
def folder(whole: dict[str, bytes], tmp_path: Path) -> Path:
    """Its folder, to be damaged."""
    made = tmp_path / "Moving.study"
    for name in ("media", "backups", "cache", "spool"):
        (made / name).mkdir(parents=True)
    for name, content in whole.items():
        (made / name).write_bytes(content)
    return made


def _said(folder: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> str:
    """Run the commands; return what those that fail say."""
    said = ""
    for number, command in enumerate(COMMANDS):
        out = tmp_path / f"out{number}.docx"
        code = main([command[0], str(folder), *(part.format(out) for part in command[1:])])
        told = capsys.readouterr()
        assert code in {0, 1}, told.err
        assert "mistake" not in told.err
        assert "is lost" not in told.err
        said += told.err.replace(f"{WORKING_COPY}\n", "")
    return said


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_command_says_that_the_study_is_damaged(
    folder: Path, damage: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with closing(sqlite3.connect(folder / "study.sqlite")) as db, db:
        db.execute(damage, {"bad": _BAD})
    said = _said(folder, capsys, tmp_path)
    assert not said or ("damaged" in said and "workbench backups" in said)
    assert "kitchen" not in said
    assert main(["check", str(folder)]) == 1


@pytest.mark.parametrize("share", range(1, 10))
def test_a_page_that_is_spoilt(
    folder: Path, share: int, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = folder / "study.sqlite"
    content = bytearray(file.read_bytes())
    at = len(content) * share // 10 // 4096 * 4096
    content[at : at + 4096] = b"\xa5" * 4096
    file.write_bytes(content)
    said = _said(folder, capsys, tmp_path)
    assert not said or "damaged" in said
    assert main(["check", str(folder)]) == 1


def test_a_failure_in_a_whole_study_stays_our_mistake(folder: Path) -> None:
    with Study.open(folder) as study:
        for error in (KeyError("x"), Bug("rule", "A rule did not hold."), OSError(5, "x")):
            assert study.keeping.damage(error) is None
    with pytest.raises(ZeroDivisionError), Study.open(folder):
        raise ZeroDivisionError


def test_the_window_says_so_too(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "study.sqlite")) as db, db:
        db.execute("DELETE FROM charter")
    with Study.open(folder, read_only=True) as study:
        with pytest.raises(IndexError) as caught:
            assert study.title
        found = study.keeping.damage(caught.value)
    assert isinstance(found, DamagedStudy)
    assert not is_ours(found)
    happened, todo = sentences(found)
    assert "damaged" in happened
    assert "backups" in todo
