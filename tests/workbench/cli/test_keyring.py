"""Locked studies that the computer remembers: commands ask for no passphrase there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.keyrings import Memory, memory
from tests.support.vault import SAID, cheap_keys
from tests.workbench.cli.conftest import Cli
from workbench.vault import keyfile, ring


@pytest.fixture(autouse=True)
def _cheap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path / "home"))
    with cheap_keys():
        yield
        assert not ring._studies


@pytest.fixture
def wallet() -> Iterator[type[Memory]]:
    """A keyring that works."""
    with memory() as made:
        yield made


@pytest.fixture
def said(tmp_path: Path) -> Path:
    """A file with the passphrase."""
    file = tmp_path / "said.txt"
    file.write_text(SAID)
    return file


@pytest.fixture
def study(tmp_path: Path, cli: Cli) -> Path:
    """A study that is not locked."""
    assert cli("new", tmp_path / "Cake.study").code == 0
    return tmp_path / "Cake.study"


def test_a_study_is_remembered_forgotten_and_remembered(
    cli: Cli, study: Path, said: Path, wallet: type[Memory], tmp_path: Path
) -> None:
    locked = cli("lock", study, "--passphrase-file", said, "--keyring", "--json")
    assert locked.json()["recovery"]
    assert cli("show", study).code == 0
    assert cli("people", study, "add", "--pseudonym", "Noor").code == 0
    new = tmp_path / "new.txt"
    new.write_text("another passphrase")
    assert cli("passphrase", study, "--new-passphrase-file", new).code == 0
    assert cli("show", study).code == 0
    forgot = cli("passphrase", study, "--forget", "--json")
    assert forgot.json()["deleted"] is True
    assert not wallet.entries
    refused = cli("show", study)
    assert refused.refused()
    assert "locked with a passphrase" in refused.err
    assert cli("passphrase", study, "--passphrase-file", new, "--keyring").code == 0
    assert cli("show", study).code == 0
    assert cli("unlock", study).code == 0
    assert not wallet.entries


def test_a_passphrase_that_is_given_is_the_one_that_counts(
    cli: Cli, study: Path, said: Path, wallet: type[Memory]
) -> None:
    assert cli("lock", study, "--passphrase-file", said, "--keyring").code == 0
    said.write_text("a wrong one")
    assert cli("show", study, "--passphrase-file", said).refused()


def test_without_a_keyring_nothing_is_locked(cli: Cli, study: Path, said: Path) -> None:
    refused = cli("lock", study, "--passphrase-file", said, "--keyring")
    assert refused.refused()
    assert "Python’s keyring is set to" in refused.err
    assert not keyfile.is_there(study)
    assert cli("lock", study, "--passphrase-file", said).code == 0
    assert cli("passphrase", study, "--passphrase-file", said, "--keyring").refused()
    assert cli("passphrase", study, "--forget").code == 0  # there is nothing to forget
    assert cli("passphrase", study, "--forget", "--keyring").refused()


def test_the_recovery_key_is_shown_whatever_the_keyring_does(
    cli: Cli, study: Path, said: Path, wallet: type[Memory], monkeypatch: pytest.MonkeyPatch
) -> None:
    def locks(self: Memory, service: str, username: str, password: str) -> None:
        Memory.locked = True
        self._open()

    monkeypatch.setattr(Memory, "set_password", locks)
    done = cli("lock", study, "--passphrase-file", said, "--keyring")
    assert "recovery key" in done.out
    assert done.refused()
    assert "keyring of this computer is locked" in done.err
    assert cli("show", study, "--passphrase-file", said).code == 0
