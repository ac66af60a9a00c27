"""Whatever lies in the folder a command is given in, the program runs its own modules alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.commands import workbench
from tests.support.source import ROOT, name_of, python_files, text_of
from workbench import children
from workbench.speech import client
from workbench.speech.protocol import Probed

pytestmark = pytest.mark.usefixtures("new_readers")
_TRAPS = ("av", "json", "argparse", "csv", "lxml", "numpy", "subprocess", "logging", "workbench")


@pytest.fixture
def trapped(tmp_path: Path) -> Path:
    """A folder of downloads in which modules lie that must never be run."""
    folder = tmp_path / "downloads"
    folder.mkdir()
    for name in _TRAPS:
        code = f"open({str(tmp_path / 'ran')!r}, 'a').write({name!r})\nraise SystemExit(9)\n"
        (folder / f"{name}.py").write_text(code, encoding="utf-8")
    return folder


def test_a_command_runs_nothing_that_lies_in_the_current_folder(
    trapped: Path, jfk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(trapped)
    (trapped / "workbench.py").unlink()  # that name is Python's own to find
    (trapped / "call.flac").write_bytes(jfk.read_bytes())
    (trapped / "note.md").write_text("She waited.", encoding="utf-8")
    for asked in (
        ("new", "here"),
        ("import", "here", "call.flac", "note.md"),
        ("transcribe", "here", "--model", "fake"),
    ):
        done = workbench(*asked, anew=True)
        assert done.code == 0, done.err
    assert not (tmp_path / "ran").exists()


def test_a_child_is_its_parent_and_stays_out_of_the_current_folder(
    trapped: Path, jfk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(trapped)
    monkeypatch.syspath_prepend(trapped)  # for a parent that was told to look there
    monkeypatch.setenv("WORKBENCH_HOME", "my own")
    (trapped / "call.flac").write_bytes(jfk.read_bytes())
    [found] = client.probe([Path("call.flac")])
    assert isinstance(found, Probed)
    asked = children.command("--version")
    where = "import os, workbench, workbench.paths as p; from workbench import children"
    where += "; children.settle(['--child']); print(workbench.__file__, os.getcwd(), p.log_dir())"
    asked[asked.index("-c") + 1] = asked[asked.index("-c") + 1].partition(" from ")[0] + where
    told = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    home = trapped / "my own"
    assert told == f"{ROOT / 'workbench' / '__init__.py'} {home / 'cache' / 'empty'} {home / 'log'}"
    assert not list((home / "cache" / "empty").iterdir())
    assert not (tmp_path / "ran").exists()


def test_a_folder_that_is_deleted_meanwhile_is_no_obstacle(
    jfk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    monkeypatch.chdir(folder)
    folder.rmdir()
    assert isinstance(client.probe([jfk])[0], Probed)


def test_a_frozen_program_is_its_own_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert client.probe_command() == [sys.executable, "--child", "--speech-probe"]


def test_there_is_one_way_to_start_a_child() -> None:
    files = python_files("workbench", "ui")
    assert [name_of(file) for file in files if "sys.executable" in text_of(file)] == [
        "workbench/children.py"
    ]
