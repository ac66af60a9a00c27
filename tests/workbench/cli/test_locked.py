"""Locked studies on the command line: every command works with the passphrase, none without."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.named_study import holders
from tests.support.vault import SAID, WORD, cheap_keys, fill, not_installed, of, readable
from tests.workbench.cli.conftest import Cli
from workbench.cli import secrets
from workbench.study import Study
from workbench.vault import keyfile, ring


@pytest.fixture(autouse=True)
def _cheap() -> Iterator[None]:
    with cheap_keys():
        yield
        assert not ring._studies


@pytest.fixture
def said(tmp_path: Path) -> Path:
    """A file with the passphrase."""
    file = tmp_path / "passphrase.txt"
    file.write_text(f"{SAID}\nnot this line\n", "utf-8")
    return file


@pytest.fixture
def locked(tmp_path: Path, jfk: Path, said: Path, cli: Cli) -> Path:
    """A study that a command locked."""
    folder = tmp_path / "Cake.study"
    fill(folder, jfk)
    assert (
        cli("lock", folder, "--passphrase-file", said, "--sheet", tmp_path / "sheet.txt").code == 0
    )
    assert not list(readable(folder))
    return folder


def test_every_command_works_with_the_passphrase(
    cli: Cli, locked: Path, said: Path, tmp_path: Path
) -> None:
    by = ("--passphrase-file", said)
    assert cli("check", locked, *by).code == 0
    assert json.loads(cli("show", locked, *by).out)["charter"]["title"] == f"About {WORD}"
    assert cli("search", locked, WORD, *by).out
    assert cli("people", locked, *by, "add", "--pseudonym", "Noor").code == 0
    assert "Noor" in cli("people", locked, *by).out
    assert cli("backups", locked, *by, "--make").code == 0
    assert "session" in cli("backups", locked, *by).out
    assert cli("backups", locked, *by, "--restore", 1).code == 0
    assert cli("backups", locked, *by, "--copy-to", tmp_path / "Copy").code == 0
    assert cli("show", tmp_path / "Copy.study", *by).code == 0
    assert cli("export", locked, *by, "--format", "txt", "--out", tmp_path / "out").code == 0
    assert cli("report", locked, *by, "--out", tmp_path / "report.docx").code == 0
    assert cli("undo", locked, *by).code == 0
    assert not list(readable(locked))
    assert not list(readable(tmp_path / "Copy.study"))


def test_a_recording_is_recognised_in_a_locked_study(cli: Cli, locked: Path, said: Path) -> None:
    done = cli("transcribe", locked, "--passphrase-file", said, "--all", "--model", "fake")
    assert done.code == 0, done.err
    assert not list(readable(locked))
    assert list((locked / "cache").glob("*.peaks"))


def test_without_it_there_is_a_sentence(cli: Cli, locked: Path, tmp_path: Path) -> None:
    (tmp_path / "wrong.txt").write_text("wrong")
    (tmp_path / "empty.txt").write_text("")
    for command in ("show", "check", "backups", "undo", "unlock", "passphrase"):
        refused = cli(command, locked)
        assert refused.refused()
        assert "locked with a passphrase" in refused.err
    refused = cli("show", locked, "--passphrase-file", tmp_path / "wrong.txt")
    assert refused.refused()
    assert "does not open" in refused.err
    for name in ("empty.txt", "none.txt"):
        assert cli("show", locked, "--passphrase-file", tmp_path / name).refused()


def test_without_the_libraries_it_is_said_what_to_install(
    cli: Cli, locked: Path, said: Path
) -> None:
    with not_installed():
        for command in (("show", locked, "--passphrase-file", said), ("show", locked)):
            refused = cli(*command)
            assert refused.refused()
            assert 'pip install "fieldwork-workbench[private]"' in refused.err


def test_a_variable_gives_it_and_no_child_has_it(
    cli: Cli, locked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(secrets.VARIABLE, SAID)
    assert cli("show", locked).code == 0
    assert secrets.VARIABLE not in os.environ
    assert cli("show", locked).refused()


def test_the_terminal_is_asked(cli: Cli, locked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter(["wrong", SAID])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr(secrets, "getpass", lambda _about: next(typed))
    shown = cli("show", locked)
    assert shown.code == 0
    assert "does not open" in shown.err
    typed = iter(["wrong"] * 3)
    assert cli("show", locked).refused()


def test_another_passphrase_and_unlocking_for_good(
    cli: Cli, locked: Path, said: Path, tmp_path: Path, jfk: Path
) -> None:
    new = tmp_path / "new.txt"
    new.write_text("another passphrase")
    changed = cli("passphrase", locked, "--passphrase-file", said, "--new-passphrase-file", new)
    assert changed.code == 0
    assert cli("show", locked, "--passphrase-file", said).refused()
    assert cli("show", locked, "--passphrase-file", new).code == 0
    sheet = (tmp_path / "sheet.txt").read_text("utf-8")
    key = tmp_path / "key.txt"
    key.write_text(next(line.strip() for line in sheet.splitlines() if line.count("-") == 8))
    assert cli("show", locked, "--passphrase-file", key).code == 0
    word = ("--only-sheet", "--sheet", tmp_path / "sheet.docx")
    assert cli("passphrase", locked, "--passphrase-file", new, *word).code == 0
    assert (tmp_path / "sheet.docx").stat().st_size > 5_000
    assert cli("show", locked, "--passphrase-file", key).refused()
    assert cli("unlock", locked, "--passphrase-file", new).code == 0
    with Study.open(locked) as study:
        assert study.check() == []
        path = study.materials.media_path(of(study.materials.sources(), jfk))
        assert path.read_bytes() == jfk.read_bytes()


def test_a_sheet_is_refused_before_anything_is_done(cli: Cli, tmp_path: Path, said: Path) -> None:
    study = tmp_path / "own.study"
    assert cli("new", study).code == 0
    inside = cli("lock", study, "--passphrase-file", said, "--sheet", study / "sheet.txt")
    assert inside.refused()
    assert not (study / keyfile.NAMES[0]).exists()
    locked = cli("lock", study, "--passphrase-file", said, "--json").json()
    assert locked["recovery"].count("-") == 8
    assert "locked already" in cli("lock", study, "--passphrase-file", said).err


def test_a_withdrawal_erases_in_a_locked_study(
    cli: Cli, locked: Path, said: Path, jfk: Path
) -> None:
    by = ("--passphrase-file", said)
    [person] = cli("people", locked, *by, "--json").json()
    gone = ("--person", person["code"], "--erase", "words", "--yes")
    done = cli("withdraw", locked, *by, *gone)
    assert done.code == 0, done.err
    assert cli("check", locked, *by).code == 0
    assert not list(readable(locked))
    assert cli("unlock", locked, *by).code == 0
    [new] = [path.read_bytes() for path in (locked / "media").glob("*.flac")]
    assert new.startswith(b"fLaC")
    assert new != jfk.read_bytes()


def test_the_key_with_real_names_is_locked_as_well(
    cli: Cli, tmp_path: Path, jfk: Path, said: Path
) -> None:
    folder, stick = tmp_path / "Cake.study", tmp_path / "stick"
    stick.mkdir()
    fill(folder, jfk)
    name, by = "Zyra Quellenbach", ("--passphrase-file", said)
    added = ("add", "P77", "--pseudonym", "Noor", "--real-name", name)
    assert cli("people", folder, *added).code == 0
    lock = ("lock", folder, *by, "--sheet", tmp_path / "sheet.txt")
    assert cli("key", folder, "move", stick).code == 0
    assert "Bring it back" in cli(*lock).err  # it would stay readable there
    assert cli("key", folder, "move", folder).code == 0
    assert cli(*lock).code == 0
    assert holders(folder, name) == []
    assert (folder / "people.key").stat().st_mode & 0o77 == 0
    assert json.loads(cli("key", folder, *by, "--json").out)["state"] == "there"
    assert cli("people", folder, *by, "set", "P77", "--contact", "noor@example.org").code == 0
    assert cli("key", folder, *by, "move", stick).code == 0
    assert holders(stick, name, "noor@example.org") == []
    assert json.loads(cli("key", folder, *by, "--json").out)["people"] >= 1
    named = ("--copy-to", tmp_path / "Copy", "--with-key")
    assert cli("backups", folder, *by, *named).code == 0
    assert holders(tmp_path / "Copy.study", name) == []
    assert cli("key", folder, *by, "move", folder).code == 0
    assert cli("unlock", folder, *by).code == 0
    with Study.open(folder) as study:
        [noor] = [one for one in study.people.participants() if one.code == "P77"]
        assert study.people.real_name(noor.id) == name
        assert study.keys.of(noor.id).contact == "noor@example.org"


def test_the_consent_form_of_a_locked_study_is_shown(
    cli: Cli, locked: Path, said: Path, tmp_path: Path
) -> None:
    by = ("--passphrase-file", said)
    who = json.loads(cli("people", locked, *by, "--json").out)[0]["code"]
    for name in ("letter.txt", "scan.pdf"):
        (tmp_path / name).write_text(f"{name} for {WORD}", "utf-8")
        cli("consent", locked, *by, "set", who, "quote=given", "--form", tmp_path / name)
        (tmp_path / name).unlink()
        shown = cli("consent", locked, *by, "form", who)
        assert shown.code == 0, shown.err
        assert not list(readable(locked))
        assert ("--out FILE" if name == "scan.pdf" else WORD) in shown.out
    copied = cli("consent", locked, *by, "form", who, "--out", tmp_path / "copy.pdf")
    assert "this copy is not" in copied.err
    assert (tmp_path / "copy.pdf").read_text("utf-8") == f"scan.pdf for {WORD}"
    assert not list(readable(locked))
