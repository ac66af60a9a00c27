"""A window on a study with one interview to code."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ui.main_window import MainWindow
from ui.views.code.workspace import CodeWorkspace
from workbench.domain.anchors import TextAnchor
from workbench.domain.materials import Method
from workbench.domain.observation import Observation
from workbench.study import Study

NOTE = """Thank you for making time.

The promise, really. Connected from the day you move in. \U0001f600 I remember it.

Then an email came that said your activation is now the eleventh. No reason.

I felt stupid, to be honest.
"""


@pytest.fixture(scope="session")
def text_study(small_study: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small study with a text of four turns, made once and copied by every test."""
    folder = tmp_path_factory.mktemp("text")
    note = folder / "Maya.txt"
    note.write_text(NOTE, encoding="utf-8")
    with Study.open(shutil.copytree(small_study, folder / small_study.name)) as study:
        people = [person.id for person in study.people.participants()]
        study.imports.take_in([note], method=Method.INTERVIEW, people=people)
        study.journeys.add_stage("Getting help")
        study.journeys.add_touchpoint("Chat")
        return study.folder


@pytest.fixture
def coded_folder(text_study: Path, tmp_path: Path) -> Path:
    """Folder of a study with a text of four turns and two stages."""
    return Path(shutil.copytree(text_study, tmp_path / text_study.name))


@pytest.fixture
def left_in() -> str:
    """Workspace in which the window was closed last time."""
    return "code"


@pytest.fixture
def code(window: MainWindow, coded_folder: Path) -> CodeWorkspace:
    """The Code workspace with the text open."""
    assert window.open_path(coded_folder)
    workspace = window.workspace
    assert isinstance(workspace, CodeWorkspace)
    return workspace


def words(code: CodeWorkspace, phrase: str) -> TextAnchor:
    """Select a phrase as a person would, and return where it is."""
    for turn in code.text.turns:
        start = turn.text.find(phrase)
        if start >= 0:
            anchor = TextAnchor(turn.id, start, turn.id, start + len(phrase))
            assert code.text.selection.select(anchor)
            return anchor
    raise AssertionError(phrase)


def observations(code: CodeWorkspace) -> list[Observation]:
    """Return what the study holds for the text that is open."""
    assert code.study is not None
    transcript = code.study.transcripts.of_source(code.study.materials.sources()[0].id)
    assert transcript is not None
    return code.study.observations.in_transcript(transcript.id)
