"""The command line in this process, and studies to use it on."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.support.commands import Ran
from tests.support.sample import make_sample
from tests.workbench.speech.recordings import samples_of, silence, write_wav
from workbench.cli import main

Cli = Callable[..., Ran]


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> Cli:
    """Run a command as the program does, and return what came out."""

    def run(*arguments: object) -> Ran:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        return Ran(code, *capsys.readouterr())

    return run


@pytest.fixture(scope="session")
def coded_study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample study, transcribed and coded; to be read only."""
    return make_sample(tmp_path_factory.mktemp("coded") / "Sample.study")


@pytest.fixture
def own_study(coded_study: Path, tmp_path: Path) -> Path:
    """A copy of the sample study to change."""
    return Path(shutil.copytree(coded_study, tmp_path / "Own.study"))


@pytest.fixture
def note(tmp_path: Path) -> Path:
    """A field note of two paragraphs."""
    path = tmp_path / "first_evening.md"
    path.write_text("She put the router on the floor.\n\nNobody had called.\n", encoding="utf-8")
    return path


@pytest.fixture
def study_of_note(cli: Cli, tmp_path: Path, note: Path) -> Path:
    """A new study that holds one note."""
    study = tmp_path / "notes.study"
    assert cli("new", study).code == 0
    assert cli("import", study, note, "--method", "field-note").code == 0
    return study


@pytest.fixture(scope="session")
def short_wav(tmp_path_factory: pytest.TempPathFactory, jfk: Path) -> Path:
    """Three seconds of speech and a second of silence."""
    folder = tmp_path_factory.mktemp("wav")
    return write_wav(
        folder / "short.wav", np.concatenate([samples_of(jfk, folder)[: 3 * 16_000], silence(1)])
    )
