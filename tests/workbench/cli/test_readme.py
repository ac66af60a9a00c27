"""The commands that the README prints do what it says, one after the other, as they stand there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.support.source import ROOT
from tests.workbench.cli.conftest import Cli


@pytest.mark.speech
def test_the_commands_of_the_readme_lead_from_sound_to_a_report(
    cli: Cli, base_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert base_model.is_dir()
    _, block, *_ = re.findall(
        r"```sh\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL
    )
    enter, *commands = (shlex.split(line, comments=True) for line in block.splitlines())
    assert enter == [".", ".venv/bin/activate"]
    (tmp_path / "resources").symlink_to(ROOT / "resources")
    monkeypatch.chdir(tmp_path)
    said = {}
    for program, name, *rest in commands:
        done = cli(name, *rest)
        assert (program, done.code) == ("workbench", 0), f"{name}: {done.err}"
        said[name] = done.out
    assert "“interview maya” is transcribed" in said["transcribe"]
    assert re.search(r"S1  Interviewer  \d+ turns", said["speakers"])
    assert re.search(r"Waiting .* n 1", said["journey"])
    assert (tmp_path / "report.docx").is_file()
