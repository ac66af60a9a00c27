"""`workbench key`, and what other commands say of the key."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.named_study import NAME, holders, named_study
from tests.workbench.cli.conftest import Cli


@pytest.fixture
def folder(cli: Cli, tmp_path: Path) -> Path:
    study = tmp_path / "moving.study"
    assert cli("new", study).code == 0
    added = cli("people", study, "add", "P01", "--pseudonym", "Maya", "--real-name", NAME)
    assert added.code == 0
    assert NAME not in added.out + added.err
    return study


def test_it_is_shown_moved_and_found(cli: Cli, folder: Path, tmp_path: Path) -> None:
    shown = cli("key", folder, "--json").json()
    assert shown == {
        "path": str(folder / "people.key"),
        "state": "there",
        "elsewhere": False,
        "people": 1,
        "named_backups": [],
    }
    (tmp_path / "stick").mkdir()
    assert cli("key", folder, "move", tmp_path / "stick").code == 0
    assert holders(folder, NAME) == []
    assert "moving.key" in cli("key", folder, "show").out
    (tmp_path / "stick" / "moving.key").rename(tmp_path / "here.key")
    missing = cli("export", folder, "--format", "csv", "--out", tmp_path / "out.csv")
    assert missing.code == 1
    assert "exports for others wait" in missing.err
    assert cli("check", folder).code == 1
    assert cli("key", folder, "find", tmp_path / "here.key").code == 0
    assert cli("export", folder, "--format", "csv", "--out", tmp_path / "out.csv").code == 0
    assert cli("key", folder, "move", folder).code == 0
    assert cli("key", folder, "--json").json()["elsewhere"] is False


def test_contact_and_name_leave_nothing_in_the_study(cli: Cli, folder: Path) -> None:
    mail = "zyra@quellen.example"
    changed = cli("people", folder, "set", "P01", "--contact", mail, "--real-name", "Zyra Later")
    assert changed.code == 0
    assert holders(folder, NAME, mail, "Zyra Later") == ["people.key"]
    assert NAME not in cli("show", folder).out
    assert cli("undo", folder).code == 0  # the person goes, not what is in the key
    assert holders(folder, "Zyra Later") == ["people.key"]


def test_what_is_refused_leaves_the_key_alone(cli: Cli, folder: Path) -> None:
    before = (folder / "people.key").read_bytes()
    assert cli("people", folder, "set", "P01", "--real-name", "X", "--consent", "fly=given").code
    assert cli("people", folder, "set", "P01", "--real-name", "X", "--pseudonym", " ").code
    assert (folder / "people.key").read_bytes() == before


def test_a_lost_key_is_let_go(cli: Cli, folder: Path, tmp_path: Path) -> None:
    (folder / "people.key").unlink()
    assert cli("people", folder, "set", "P01", "--real-name", "X").code == 1
    assert cli("key", folder, "new").code == 0
    assert cli("people", folder, "set", "P01", "--real-name", "Zyra Again").code == 0
    assert cli("key", folder, "--json").json()["people"] == 1


def test_a_copy_has_no_key_unless_asked(cli: Cli, folder: Path, tmp_path: Path) -> None:
    plain = cli("backups", folder, "--copy-to", tmp_path / "plain.study")
    assert "--with-key" in plain.err
    assert holders(tmp_path / "plain.study", NAME) == []
    named = cli("backups", folder, "--copy-to", tmp_path / "named.study", "--with-key", "--json")
    assert named.json()["key"] is True
    assert holders(tmp_path / "named.study", NAME) == ["people.key"]


def test_backups_of_before_lose_names(cli: Cli, tmp_path: Path) -> None:
    folder = tmp_path / "named.study"
    named_study(folder)
    opened = cli("people", folder, "set", "P01", "--note", "Kind")
    assert "3 backups from before hold real names still" in opened.err
    checked = cli("check", folder)
    assert checked.code == 0
    assert "--without-names" in checked.out
    done = cli("backups", folder, "--without-names", "--json").json()
    assert len(done["rewritten"]) == 3
    assert holders(folder, NAME) == ["people.key"]
    assert "--without-names" not in cli("check", folder).out


def test_an_older_study_whose_key_is_lost(cli: Cli, tmp_path: Path) -> None:
    folder = tmp_path / "named.study"
    named_study(folder)
    (tmp_path / "stick").mkdir()
    assert cli("key", folder, "move", tmp_path / "stick").code == 0
    (tmp_path / "stick" / "named.key").unlink()
    oldest = cli("backups", folder, "--json").json()[-1]["number"]
    refused = cli("backups", folder, "--restore", oldest)
    assert refused.code == 1
    assert "key STUDY new" in refused.err
    assert cli("key", folder, "new").code == 0
    assert cli("backups", folder, "--restore", oldest).code == 0
    assert cli("key", folder, "move", folder).code == 0
    assert holders(folder, NAME)[-1] == "people.key"
