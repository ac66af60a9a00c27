"""Commands that write files write nothing where something is found, and say where."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.studies import person, recognised
from tests.workbench.cli.conftest import Cli
from workbench.study import Study

TYPED = "hid the router behind the old piano"
COMMANDS = {
    "report": ("report", "--out"),
    "codebook": ("codebook", "--export"),
    "memos": ("export", "--format", "memos-md", "--out"),
    "csv": ("export", "--format", "csv", "--out"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A study in which words that may not be quoted were typed again."""
    with Study.create(tmp_path / "own.study") as study:
        leo = person(study, "Leo", quotes=False)
        study.people.set_real_name(leo, "Karl Stein")
        recognised(study, f"I {TYPED}.", people=[leo])
        study.codebook.add("Hiding", definition=f"{TYPED}; 0664/1234567")
    return study.folder


@pytest.mark.parametrize("command", COMMANDS)
def test_a_name_in_the_name_of_the_file(
    command: str, folder: Path, tmp_path: Path, cli: Cli
) -> None:
    verb, *options = COMMANDS[command]
    out = tmp_path / "for Karl Stein.docx"
    with Study.open(folder) as study:
        study.codebook.change(study.codebook.codes()[0].id, definition="")
    ran = cli(verb, folder, *options, out)
    assert ran.code == 1
    assert not out.exists()
    assert "name of the file: real name of Leo." in ran.err
    assert "1 place should not leave like that" in ran.err
    assert "--allow-names" in ran.err
    assert "Stein" not in ran.err.replace(str(out), "")
    assert cli(verb, folder, *options, out, "--allow-names").code == 0
    assert out.exists()


def test_every_place_is_listed_without_its_words(folder: Path, tmp_path: Path, cli: Cli) -> None:
    out = tmp_path / "codes.csv"
    ran = cli("codebook", folder, "--export", out)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.splitlines()[:3] == [
        "row 2, column “definition”: words of somebody who may not be quoted, from a code.",
        "row 2, column “definition”: phone number, from a code.",
        "Nothing was written: 2 places should not leave like that.",
    ]
    assert not out.exists()
    ran = cli("codebook", folder, "--export", out, "--allow-names", "--coder", "Ada")
    assert ran.code == 0
    assert TYPED in out.read_text("utf-8-sig")
    step = json.loads(cli("history", folder, "--json").out)[0]
    assert (step["coder"], step["op"]) == ("Ada", "let-out")
    assert "codes.csv, with 1 piece of contact data" in cli("history", folder).out
    with Study.open(folder, read_only=True) as study:
        assert len(study.letting_out.all()) == 1


def test_what_is_clean_leaves_without_a_trace(folder: Path, tmp_path: Path, cli: Cli) -> None:
    assert cli("export", folder, "--format", "csv", "--out", tmp_path / "a.csv").code == 0
    asked = ("export", folder, "--format", "memos-md", "--out", tmp_path / "a.md")
    assert cli(*asked, "--allow-names").code == 0
    with Study.open(folder, read_only=True) as study:
        assert study.letting_out.all() == []


def test_a_study_that_is_open_elsewhere_lets_nothing_out(
    folder: Path, tmp_path: Path, cli: Cli
) -> None:
    out = tmp_path / "codes.csv"
    with Study.open(folder):
        ran = cli("codebook", folder, "--export", out, "--allow-names")
    assert ran.code == 1
    assert not out.exists()


def test_undecided_names_are_said_and_hold_nothing_back(
    folder: Path, tmp_path: Path, cli: Cli
) -> None:
    with Study.open(folder) as study:
        study.codebook.change(study.codebook.codes()[0].id, definition="As Pauline said at Telekom")
    asked = ("codebook", folder, "--export", tmp_path / "codes.csv")
    ran = cli(*asked)
    assert ran.code == 0
    assert ran.err == (
        "“codes.csv”: 2 proposed names in it are undecided."
        " “workbench names STUDY propose” lists them.\n"
    )
