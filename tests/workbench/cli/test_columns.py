"""Columns of tables by command: shown first, then taken or left out by name or number."""

from __future__ import annotations

from pathlib import Path

from tests.support.private_tables import GERMAN
from tests.support.words import found_in
from tests.workbench.cli.conftest import Cli
from tests.workbench.exchange import files


def test_columns_are_listed_taken_and_left_by_command(
    cli: Cli, study_of_note: Path, tmp_path: Path
) -> None:
    path = files.write(tmp_path, "de.csv", GERMAN)
    before = cli("show", study_of_note).json()
    [table] = cli("import", study_of_note, path, "--list-columns", "--json").json()
    becomes = {one["head"]: (one["becomes"], one["private"]) for one in table["columns"]}
    assert becomes == {
        "Nr": ("code", ""),
        "Vor- und Nachname": ("left out", "names"),
        "Mailadresse": ("left out", "e-mail addresses"),
        "Handy": ("left out", "phone numbers"),
        "Wohnort/Straße": ("left out", "addresses"),
        "Was lief schief?": ("answer", ""),
    }
    assert table["columns"][5]["samples"] == ["It took weeks", "Fine"]
    choice = ("--take", "wohnort/straße", "--leave", "1")
    shown = cli("import", study_of_note, path, "--list-columns", *choice).out.splitlines()
    assert shown[1] == "  1  Nr: left out  1 · 2"
    assert shown[5] == "  5  Wohnort/Straße: answer (addresses)  Lange Gasse 1 · Kurze Gasse 2"
    assert cli("show", study_of_note).json() == before
    unknown = cli("import", study_of_note, path, "--take", "Handi", "--json")
    assert unknown.refused()
    assert "Did you mean “Handy”?" in unknown.err
    none = cli("import", study_of_note, files.write(tmp_path, "a.md", "x"), "--leave", "Handy")
    assert none.refused()
    done = cli("import", study_of_note, path, *choice)
    assert done.code == 0, done.err
    assert "They tell who somebody is, and were chosen: Wohnort/Straße (addresses)." in done.err
    assert found_in(study_of_note, ["Lange Gasse 1"]) != []
    assert found_in(study_of_note, ["Talia", "Chen", "example.org", "0664 1"]) == []
