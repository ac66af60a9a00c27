"""What the history is told with on a terminal comes from the catalogue."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.pseudo import pseudo_spoken, untranslated
from tests.workbench.cli.conftest import Cli
from workbench import words
from workbench.study import Study


@pytest.mark.parametrize("command", ["history", "undo", "redo"])
def test_what_is_said_of_steps(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    folder = tmp_path / "Ж.study"
    with Study.create(folder, title="Ж") as study:
        study.people.add(pseudonym="Ж")
        study.people.add(pseudonym="Д")
        study.undo()
    with pseudo_spoken(tmp_path / "locale"):
        # The program would look for a catalogue where the person has one.
        monkeypatch.setattr(words, "speak", lambda **_own: words.language())
        for _ in range(2):  # at last there is nothing left
            out = cli(command, folder).out
            assert out.strip()
            assert untranslated(out) == []
        monkeypatch.undo()
