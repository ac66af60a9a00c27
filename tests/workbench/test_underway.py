"""What is on its way leaves nothing half-made: by a note, or because it has no name yet."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

import pytest

from tests.support.programs import program, says
from workbench import underway
from workbench.cli import main
from workbench.errors import EnvironmentProblem
from workbench.exchange import atomic
from workbench.study import Study

NAMELESS = pytest.param(underway._NAMELESS, id="nameless")
NOTED = pytest.param(0, id="noted")
HOWS = [NAMELESS, NOTED] if underway._NAMELESS else [NOTED]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the program that is empty yet."""
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture(params=HOWS)
def out(
    request: pytest.FixtureRequest, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A place, on a machine that knows files without a name, and on one that does not."""
    monkeypatch.setattr(underway, "_NAMELESS", request.param)
    folder = tmp_path / "Documents"
    folder.mkdir()
    return folder / "Priya.txt"


def notes(home: Path) -> list[Path]:
    return sorted((home / "data" / "underway").glob("*"))


@pytest.mark.parametrize("before", [None, "old"])
def test_a_file_is_there_when_it_is_whole(out: Path, home: Path, before: str | None) -> None:
    if before:
        out.write_text(before)
    seen = []

    def fill(path: Path) -> None:
        path.write_text("new")
        seen.append({one.name for one in out.parent.iterdir()} - {out.name})
        assert (out.read_text() if out.exists() else None) == before

    assert atomic.keep(out, fill) == out
    assert out.read_text() == "new"
    assert list(out.parent.iterdir()) == [out]
    assert notes(home) == []
    assert not any("Priya" in name for name in seen[0])


def test_what_fails_leaves_what_was_there(out: Path, home: Path) -> None:
    out.write_text("old")

    def fail(path: Path) -> None:
        path.write_text("half")
        raise KeyError

    with pytest.raises(KeyError):
        atomic.keep(out, fail)
    assert out.read_text() == "old"
    assert list(out.parent.iterdir()) == [out]
    assert notes(home) == []


def test_where_nothing_can_be_written_no_note_stays(out: Path, home: Path) -> None:
    place = out.parent / "missing" / out.name
    with pytest.raises(EnvironmentProblem):
        atomic.keep(place, lambda path: path.write_text("new"))
    assert notes(home) == []


@pytest.mark.skipif(not underway._NAMELESS, reason="this system names all files")
def test_a_disk_that_gives_no_names_later_gets_a_copy(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    out = tmp_path / "out.txt"
    atomic.keep(out, lambda path: path.write_text("whole"))
    assert out.read_text() == "whole"
    assert {path.name for path in tmp_path.iterdir()} == {"home", "out.txt"}


_LEFT = """
import sys
from pathlib import Path
from workbench import underway
from workbench.cli import main
file, folder = underway.Draft(Path(sys.argv[1]), ".txt"), underway.Draft(Path(sys.argv[2]))
file.path.write_text("half")
(folder.path / "media").mkdir(parents=True)
(folder.path / "media" / "a.txt").write_text("half")
print(file.path, flush=True)
print(folder.path, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def left(home: Path, tmp_path: Path) -> list[Path]:
    """Drafts of a file and a folder, as a program leaves them that is killed."""
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    made = [
        underway.Draft(tmp_path / "a" / "file.txt", ".txt"),
        underway.Draft(tmp_path / "b" / "Copy.study"),
    ]
    for draft in made:
        os.close(draft._held)  # the system does so
    made[0].path.write_text("half")
    _fill(made[1].path)
    return [draft.path for draft in made]


def _fill(folder: Path) -> None:
    (folder / "media").mkdir(parents=True)
    (folder / "media" / "a.txt").write_text("half")


def test_nobody_sweeps_before_its_program_has_ended(home: Path, tmp_path: Path) -> None:
    with program(_LEFT, tmp_path / "file.txt", tmp_path / "Copy.study") as child:
        drafts = [Path(says(child)), Path(says(child))]
        underway.sweep()
        assert [path.exists() for path in drafts] == [True, True]
    assert len(notes(home)) == 2
    underway.sweep()
    assert list(tmp_path.iterdir()) == [home]
    assert notes(home) == []


def test_the_next_start_removes_what_was_left_and_nothing_else(
    left: list[Path], home: Path, tmp_path: Path
) -> None:
    file, folder = left
    mine = [
        file.with_name(".workbench-0123456789abcdef.txt"),
        file.with_name(file.name + "x"),
        file.with_name(".Priya-0123456789ab.txt"),
    ]
    for path in mine:
        path.write_text("mine")
    (folder / "elsewhere").symlink_to(mine[0].parent, target_is_directory=True)
    underway.sweep()
    assert sorted(file.parent.iterdir()) == sorted(mine)
    assert list(folder.parent.iterdir()) == []
    assert notes(home) == []
    underway.sweep()


def test_any_command_is_a_next_start(left: list[Path], home: Path, study: Study) -> None:
    study.close()
    assert main(["people", str(study.folder)]) == 0
    assert [path for path in left if path.exists()] == []
    assert notes(home) == []


def test_what_cannot_be_removed_goes_at_the_next_start(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "another program has it open")

    with monkeypatch.context() as patch, underway.draft(tmp_path / "out.txt") as begun:
        begun.path.write_text("half")
        patch.setattr(Path, "unlink", refuse)
        begun.close()
    assert begun.path.exists()
    assert len(notes(home)) == 1
    underway.sweep()
    assert list(tmp_path.iterdir()) == [home]
    assert notes(home) == []


def test_a_draft_in_a_draft_goes_with_it(left: list[Path], home: Path) -> None:
    inner = underway.Draft(left[1] / "people.key", ".key")
    os.close(inner._held)  # as when its program is killed
    inner.path.write_text("half")
    underway.sweep()
    assert list(left[1].parent.iterdir()) == []
    assert notes(home) == []


def test_what_lies_on_a_disk_that_is_away_goes_when_it_is_back(
    left: list[Path], home: Path, tmp_path: Path
) -> None:
    away = left[0].parent.rename(tmp_path / "away")
    underway.sweep()
    assert len(notes(home)) == 1
    away.rename(left[0].parent)
    underway.sweep()
    assert list(left[0].parent.iterdir()) == []
    assert notes(home) == []


def test_a_disk_that_does_not_come_back_is_forgotten(
    left: list[Path], home: Path, tmp_path: Path
) -> None:
    left[0].parent.rename(tmp_path / "away")
    for note in notes(home):
        os.utime(note, (0, 0))
    underway.sweep()
    assert notes(home) == []
    assert len(list((tmp_path / "away").iterdir())) == 1


@pytest.mark.parametrize(
    "told",
    [
        "", "{", "[]", '{"path": 3}', '{"path": null}', '{"path": "thesis.docx"}',
        '{"path": "HERE/thesis.docx"}', '{"path": "HERE/.workbench-ffffffffffffffff.docx"}',
        '{"path": "HERE/.workbench-0123456789abcdef.docx/../thesis.docx"}',
    ],
)  # fmt: skip
def test_a_note_of_nothing_of_ours_deletes_nothing(home: Path, tmp_path: Path, told: str) -> None:
    mine = [tmp_path / "thesis.docx", tmp_path / ".workbench-ffffffffffffffff.docx"]
    for path in mine:
        path.write_text("mine")
    note = home / "data" / "underway" / "0123456789abcdef.json"
    note.parent.mkdir(parents=True)
    note.write_text(told.replace("HERE", tmp_path.as_posix()))
    underway.sweep()
    assert note.exists()  # its program may just be about to write it
    os.utime(note, (time.time() - 3_600,) * 2)
    underway.sweep()
    assert not note.exists()
    assert all(path.exists() for path in mine)


def test_a_link_in_the_place_of_a_draft_is_left_alone(
    left: list[Path], home: Path, tmp_path: Path
) -> None:
    thesis = tmp_path / "thesis.txt"
    thesis.write_text("mine")
    left[0].unlink()
    left[0].symlink_to(thesis)
    underway.sweep()
    assert thesis.read_text() == "mine"


def test_without_a_place_for_notes_files_leave_all_the_same(
    out: Path, home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    home.write_text("no folder")
    out.write_text("old")
    atomic.keep(out, lambda path: path.write_text("new"))
    assert out.read_text() == "new"
    assert list(out.parent.iterdir()) == [out]
    underway.sweep()
    assert "Priya" not in caplog.text


def test_a_note_says_nothing_of_what_it_will_be(home: Path, tmp_path: Path) -> None:
    with underway.draft(tmp_path / "Priya.docx") as begun:
        [note] = notes(home)
        assert json.loads(note.read_text()) == {"path": str(begun.path)}
        assert "Priya" not in note.read_text()
        if sys.platform != "win32":
            assert note.stat().st_mode & 0o777 == 0o600
    assert notes(home) == []
