"""A study on a disc, or in a folder of somebody else, opens for reading, and the window says so."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QPushButton

from tests.ui.conftest import Answers
from ui.context import AppContext
from ui.main_window import MainWindow
from workbench.errors import UserError, Way
from workbench.storage import migrations, ours
from workbench.study import Study


@pytest.fixture
def medium(tmp_path: Path, study_folder: Path) -> Iterator[Path]:
    """A study on a medium that nobody can write to, root neither."""
    place = tmp_path / "disc"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(place)]
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("only root may mount a disc")
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no disc can be mounted in this container")
    try:
        copied = Path(shutil.copytree(study_folder, place / study_folder.name))
        subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)  # noqa: S607
        yield copied
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)  # noqa: S607


def test_a_study_that_cannot_be_written_opens_for_reading(
    medium: Path, window: MainWindow, context: AppContext, answers: Answers
) -> None:
    said: list[str] = []
    context.signals.toast_requested.connect(said.append)
    assert window.open_path(medium)
    assert not answers.errors
    assert context.study is not None
    assert context.study.read_only
    assert "read-only" in window.top_bar.study_button.text()
    assert "cannot be written" in said[0]
    assert "open for reading only" in said[0]
    for key in window.workspaces:
        window.show_workspace(key)
    buttons = window.workspaces["findings"].findChildren(QPushButton)
    assert [one.isEnabled() for one in buttons if one.text() == "Write an insight…"] == [False]
    with pytest.raises(UserError, match="reading only"):
        context.study.codebook.add("New")
    assert context.study.check() == []


@pytest.mark.parametrize("title", ["Mine", "taken", ""])
def test_an_older_study_that_cannot_be_written_opens_as_a_copy(
    medium: Path,
    window: MainWindow,
    context: AppContext,
    answers: Answers,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    title: str,
) -> None:
    with Study.open(medium, read_only=True) as study:
        held = study.show()
    before = {path: path.stat().st_size for path in medium.rglob("*")}
    later = SimpleNamespace(
        __name__="workbench.storage.migrations.m0099_later", migrate=lambda _db: None
    )
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, later))
    # Nobody else must hear of that version, for which other tests have another migration.
    monkeypatch.setattr(ours, "expected", ours.expected.__wrapped__)
    answers.saved = tmp_path / f"{title}.study" if title else None
    answers.ways = [Way.COPY]
    if title == "taken":
        (tmp_path / "taken.study").mkdir()
    assert window.open_path(medium) == (title == "Mine")
    codes = [getattr(problem, "code", "") for problem in answers.errors]
    assert codes == ["study-older", *(["study-exists"] if title == "taken" else [])]
    assert {path: path.stat().st_size for path in medium.rglob("*")} == before
    assert not list(tmp_path.glob(".*"))
    if title == "Mine":
        assert context.study is not None
        assert not context.study.read_only
        assert context.study.show() == held
        assert context.study.check() == []
