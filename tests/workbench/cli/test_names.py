"""Names on the command line: proposed, decided, undone; exports hold them no more."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workbench.cli.conftest import Cli
from workbench.cli import main


@pytest.fixture
def named(tmp_path: Path) -> Path:
    """A study with one person and an interview that names others."""
    path, text = tmp_path / "Names.study", tmp_path / "call.txt"
    text.write_text("Maya: I rang Telekom in Potsdam. Then Telekom rang.\nNorbu: Yes.\n", "utf-8")
    for name, *rest in (
        ("new",),
        ("people", "add", "P01", "--pseudonym", "Maya", "--consent", "quotes=yes"),
        ("people", "set", "P01", "--real-name", "Priya Nandakumar"),
        ("import", str(text), "--person", "P01"),
    ):
        assert main([name, str(path), *rest]) == 0
    return path


def test_names_are_proposed_and_decided(cli: Cli, named: Path, tmp_path: Path) -> None:
    found = {row["written"]: row for row in cli("names", named, "propose", "--json").json()}
    assert found["Telekom"]["count"] == 2
    assert found["Norbu"]["why"] == "voice that is nobody of the study"
    assert cli("names", named, "leave", "Norbu", "--kind", "staff").code == 0
    assert found["Telekom"]["places"][0]["around"][1] == "Telekom"
    told = cli("names", named, "replace", "Telekom", "--kind", "firm")
    assert told.out == "“Telekom” is replaced by “[a firm]”.\n"
    assert cli("names", named, "replace", "telekom", "--by", "the provider").code == 0
    assert cli("names", named, "leave", "Potsdam", "--always").code == 0
    assert cli("names", named, "propose").out == "Nothing in the study looks like a name.\n"
    listed = cli("names", named, "--json").json()
    assert [(row["written"], row["decision"], row["instead"]) for row in listed] == [
        ("Priya Nandakumar", "replace", "Maya"),
        ("Norbu", "leave", "a member of staff"),
        ("Potsdam", "never", "left out"),
        ("Telekom", "replace", "the provider"),
    ]
    out = tmp_path / "words.txt"
    assert cli("export", named, "--format", "txt", "--out", out).code == 0
    words = out.read_text("utf-8")
    assert "I rang [the provider] in Potsdam." in words
    assert "Telekom" not in words


def test_a_decision_is_taken_back(cli: Cli, named: Path) -> None:
    cli("names", named, "leave", "Telekom")
    assert cli("names", named, "forget", "Telekom").code == 0
    refused = cli("names", named, "forget", "Telekom")
    assert refused.code == 1
    assert "Nothing was decided about “Telekom”." in refused.err
    assert "Decide about a name" in cli("undo", named).out
