"""The documents say what is true: links lead somewhere and commands exist."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest

from tests.support.source import ROOT, name_of, text_of

DOCUMENTS = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")
_BLOCK = re.compile(r"```(?:sh|console|bash)\n(.*?)```", re.DOTALL)
_PLACE = re.compile(r"`((?:workbench|ui|resources|tests|packaging|benchmarks|docs)/[\w./-]+)`")

each_document = pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)


@each_document
def test_links_lead_somewhere(document: Path) -> None:
    links = [link for link in _LINK.findall(text_of(document)) if "://" not in link]
    missing = [link for link in links if not (document.parent / link).exists()]
    assert not missing


@each_document
def test_named_files_exist(document: Path) -> None:
    missing = [place for place in _PLACE.findall(text_of(document)) if not (ROOT / place).exists()]
    assert not missing


@each_document
def test_commands_exist(document: Path) -> None:
    lines = [line for block in _BLOCK.findall(text_of(document)) for line in block.splitlines()]
    unknown = [line for line in lines if line.strip() and not _is_known(line)]
    assert not unknown, "commands that lead nowhere"


def test_readme_opens_with_the_two_commands() -> None:
    [first, *_] = _BLOCK.findall(text_of(ROOT / "README.md"))
    commands = [line.partition("#")[0].strip() for line in first.splitlines()]
    assert commands == ["python3 packaging/start.py", "python3 packaging/start.py test"]


def test_ci_runs_what_people_run() -> None:
    assert "python3 packaging/start.py test" in (ROOT / ".ci" / "run").read_text("utf-8")


def test_licence_is_the_declared_one() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["license"] == "MIT"
    assert (ROOT / "LICENSE").read_text("utf-8").startswith("MIT License")


def _is_known(line: str) -> bool:
    """Whether the files that a command line runs are there, and our own commands are real."""
    words = shlex.split(line, comments=True)
    while words and "=" in words[0]:  # a variable set for this command
        words = words[1:]
    if not words:
        return True
    if words[0] == "workbench":
        return len(words) == 1 or f'"{words[1]}"' in _command_line_source()
    scripts = [word for word in words if word.endswith(".py") or word.startswith(".ci/")]
    return all((ROOT / script).exists() for script in scripts)


def _command_line_source() -> str:
    return "".join(file.read_text("utf-8") for file in (ROOT / "workbench" / "cli").glob("*.py"))
