"""Whatever leaves a study passes the door: from a draft in the study, when it may, and whole."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.programs import program, says
from workbench import underway
from workbench.errors import EnvironmentProblem, UserError
from workbench.services.door import Audience, Door, Leaving, Waits
from workbench.storage import drafts
from workbench.study import Study


@dataclass(frozen=True)
class _Found:
    sentence: str


def _inspect(leaving: Leaving) -> Sequence[_Found]:
    if leaving.audience is Audience.OTHERS and b"Priya" in leaving.draft.read_bytes():
        return [_Found("a name is in line 1."), _Found("a name is in line 2.")]
    return []


def _fill(path: Path) -> None:
    path.write_text("said Priya")


def _drafts(study: Study) -> list[Path]:
    return list((study.folder / drafts.FOLDER).glob("*"))


def test_what_was_found_waits_for_a_decision(study: Study, tmp_path: Path) -> None:
    out, told = tmp_path / "out.txt", []
    door = Door(study.folder, inspectors=[_inspect])
    with pytest.raises(Waits, match=r"a name is in line 1\. And 1 more place") as waits:
        door.leave(out, _fill, before=lambda: told.append("left"))
    assert len(waits.value.findings) == 2
    assert not out.exists()
    assert _drafts(study) == []
    assert told == []
    door.decide = lambda leaving, findings: leaving.name == "out.txt" and len(findings) == 2
    assert door.leave(out, _fill, before=lambda: told.append("left")) == out
    assert out.read_text() == "said Priya"
    assert told == ["left"]
    door.decide = lambda *_: False
    door.leave(tmp_path / "mine.txt", _fill, audience=Audience.OWN)
    assert (tmp_path / "mine.txt").exists()


def test_a_draft_lies_in_the_study_for_its_owner_alone(study: Study, tmp_path: Path) -> None:
    seen: list[tuple[Path, int, int]] = []

    def fill(path: Path) -> None:
        path.write_text("words")
        seen.append((path, path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777))

    Door(study.folder).leave(tmp_path / "out.docx", fill)
    [(path, rights, of_folder)] = seen
    assert path.parent == study.folder / "data" / "drafts"
    assert path.suffix == ".docx"
    if sys.platform != "win32":
        assert (rights, of_folder) == (0o600, 0o700)
    assert _drafts(study) == []


def test_what_fails_leaves_the_old_file_and_no_draft(study: Study, tmp_path: Path) -> None:
    out = tmp_path / "out.txt"
    out.write_text("mine")

    def fail(path: Path) -> None:
        path.write_text("half")
        raise OSError(28, "No space left on device")

    door = Door(study.folder)
    with pytest.raises(EnvironmentProblem, match="disk is full"):
        door.leave(out, fail, replace=True)
    with pytest.raises(UserError, match="does not exist"):
        door.leave(tmp_path / "nowhere" / "out.txt", _fill)
    assert out.read_text() == "mine"
    assert _drafts(study) == []
    assert {path.name for path in tmp_path.iterdir() if path.is_file()} == {"out.txt"}


_KILLED = """
import sys
from pathlib import Path
from workbench.study import Study
study = Study.open(Path(sys.argv[1]), read_only=True)
def fill(path):
    path.write_text("words")
    print("written", flush=True)
    sys.stdin.read()
study.exports.picture(Path(sys.argv[2]), fill)
"""


def test_a_draft_is_gone_after_a_kill_and_not_before(tmp_path: Path) -> None:
    folder = tmp_path / "a.study"
    Study.create(folder).close()
    with program(_KILLED, folder, tmp_path / "out.png") as child:
        assert says(child) == "written"
        with Study.open(folder) as study:  # somebody writes in it while the other one exports
            assert len(_drafts(study)) == 1
    assert list((folder / drafts.FOLDER).glob("*"))
    with Study.open(folder) as study:
        assert _drafts(study) == []
        assert study.check() == []
    assert not list(tmp_path.glob("*.png"))


@pytest.mark.parametrize("nameless", sorted({0, underway._NAMELESS}))
def test_where_the_study_cannot_be_written_the_draft_is_beside_the_place_or_has_no_name(
    study: Study, tmp_path: Path, nameless: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(underway, "_NAMELESS", nameless)
    (study.folder / "data").write_text("no folder")
    seen: list[Path] = []

    def fill(path: Path) -> None:
        seen.append(path)
        path.write_text("words")

    Door(study.folder).leave(tmp_path / "out.txt", fill)
    assert [path.parent == tmp_path for path in seen] == [not nameless]
    assert {path.name for path in tmp_path.iterdir() if path.is_file()} == {"out.txt"}
