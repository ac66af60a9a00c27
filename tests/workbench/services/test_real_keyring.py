"""The keyring of a real desktop: GNOME's, on a bus of its own, and no network meanwhile."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.network import run_without_network

_NEEDED = ("dbus-daemon", "gnome-keyring-daemon")
_PROGRAMS = [shutil.which(name) or "" for name in _NEEDED]
pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux") or not all(_PROGRAMS),
    reason=f"needs {' and '.join(_NEEDED)}",
)
_ACTS = """
import sys
from pathlib import Path
from contextlib import closing

import secretstorage

from workbench.cli import main
from workbench.services import locking, remembering
from workbench.study import Study
from workbench.vault import keyfile

keyfile.COST = 1 << 10
never = lambda: False
folder, said = Path(sys.argv[1]), Path(sys.argv[2])
Study.create(folder, title="Cake").close()
assert main(["lock", str(folder), "--passphrase-file", str(said), "--keyring"]) == 0
assert main(["show", str(folder)]) == 0
with closing(secretstorage.dbus_init()) as bus:
    collection = secretstorage.get_default_collection(bus)
    [item] = collection.get_all_items()
    print("LABEL", item.get_label())
    collection.lock()
    assert main(["show", str(folder)]) == 1  # nobody is there to unlock it
    try:
        remembering.require_keyring(never)
    except remembering.KeyringRefused as refused:
        print("REFUSED", refused.code)
    assert remembering.is_remembered(folder)
"""
_AFTER = """
import sys
import time
from contextlib import closing

import secretstorage

from workbench.cli import main

def is_locked():  # the keyring of before answers until the one that replaces it has the bus
    with closing(secretstorage.dbus_init()) as bus:
        try:
            return secretstorage.get_default_collection(bus).is_locked()
        except secretstorage.exceptions.SecretStorageException:
            return True

while is_locked():
    time.sleep(0.02)
assert main(["show", sys.argv[1]]) == 0
assert main(["passphrase", sys.argv[1], "--forget"]) == 0
assert main(["show", sys.argv[1]]) == 1
"""


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A session of somebody who has logged in, with a keyring of the tests alone."""
    for name in ("HOME", "XDG_RUNTIME_DIR", "XDG_DATA_HOME", "WORKBENCH_HOME"):
        (tmp_path / name).mkdir(mode=0o700)
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND")
    # Else the bus would start a program that asks for the keyring's password on somebody's screen.
    monkeypatch.delenv("DISPLAY", raising=False)
    started = subprocess.Popen(
        [_PROGRAMS[0], "--session", "--nofork", "--print-address"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert started.stdout is not None
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", started.stdout.readline().strip())
        log_in()
        yield
    finally:
        started.kill()
        started.wait()
        started.stdout.close()


def log_in() -> None:
    """Start the keyring as logging in does, with the person's password; it ends with the bus."""
    subprocess.run(
        [_PROGRAMS[1], "--replace", "--unlock", "--components=secrets"],
        input=b"the person's password",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
        timeout=60,
    )


def test_a_real_keyring_opens_a_study_until_it_is_locked_or_told_to_forget(
    desktop: None, tmp_path: Path
) -> None:
    said, folder = tmp_path / "said.txt", tmp_path / "Cake.study"
    said.write_text("correct horse battery")
    acts = run_without_network("-c", _ACTS, str(folder), str(said), log=tmp_path / "log")
    assert acts.code == 0, acts.errors
    assert not acts.attempts
    assert any("--keyring" in line for line in acts.guarded)
    assert "Cake" not in acts.output.partition("LABEL")[2].partition("\n")[0]
    assert "REFUSED keyring-locked" in acts.output
    assert "locked with a passphrase" in acts.errors
    log_in()
    after = run_without_network("-c", _AFTER, str(folder), log=tmp_path / "log")
    assert after.code == 0, after.errors
