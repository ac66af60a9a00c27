"""The keyring of a real desktop: GNOME's, on a bus of its own, and no network meanwhile."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
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
from workbench.services.locking import locking, remembering
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

from workbench.cli import main

assert main(["show", sys.argv[1]]) == 0
assert main(["passphrase", sys.argv[1], "--forget"]) == 0
assert main(["show", sys.argv[1]]) == 1
"""
_IS_OPEN = """
import time
from contextlib import closing

import secretstorage
from secretstorage.exceptions import SecretStorageException

def is_open():
    # Asking for a keyring as programs do makes one where there is none yet, and waits for somebody.
    with closing(secretstorage.dbus_init()) as bus:
        try:
            return not secretstorage.get_collection_by_alias(bus, "default").is_locked()
        except SecretStorageException:  # nobody has the name yet, or has loaded nothing yet
            return False

while not is_open():
    time.sleep(0.02)
"""
# A bus that starts nothing by itself: one that does answers a question asked between two keyrings
# with a third, which nobody has unlocked, or with a program that asks for a password on a screen.
_BUS = """<busconfig>
  <type>session</type>
  <listen>unix:path={address}</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


@pytest.fixture
def desktop(tmp_path: Path, socket_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The bus of somebody's session, with homes of the test alone."""
    for name in ("HOME", "XDG_DATA_HOME", "WORKBENCH_HOME"):
        (tmp_path / name).mkdir(mode=0o700)
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(socket_folder))
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND")
    monkeypatch.delenv("DISPLAY", raising=False)
    settings = tmp_path / "bus.conf"
    settings.write_text(_BUS.format(address=socket_folder / "bus"))
    started = subprocess.Popen(
        [_PROGRAMS[0], f"--config-file={settings}", "--nofork", "--print-address"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    with until_left(started) as bus:
        assert bus.stdout is not None
        address = bus.stdout.readline().decode().strip()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        yield


@contextmanager
def logged_in() -> Iterator[None]:
    """A keyring that logging in has opened with the person's password, until the person leaves."""
    started = subprocess.Popen(
        [_PROGRAMS[1], "--foreground", "--unlock", "--components=secrets"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    with until_left(started) as keyring:
        assert keyring.stdin is not None
        keyring.stdin.write(b"the person's password")
        keyring.stdin.close()
        subprocess.run([sys.executable, "-c", _IS_OPEN], check=True, timeout=60)
        yield


@contextmanager
def until_left(process: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """Let ``process`` run within the block, and no longer."""
    with process:
        try:
            yield process
        finally:
            process.kill()


def test_a_real_keyring_opens_a_study_until_it_is_locked_or_told_to_forget(
    desktop: None, tmp_path: Path
) -> None:
    said, folder = tmp_path / "said.txt", tmp_path / "Cake.study"
    said.write_text("correct horse battery")
    with logged_in():
        acts = run_without_network("-c", _ACTS, str(folder), str(said), log=tmp_path / "log")
    assert acts.code == 0, acts.errors
    assert not acts.attempts
    assert any("--keyring" in line for line in acts.guarded)
    assert "Cake" not in acts.output.partition("LABEL")[2].partition("\n")[0]
    assert "REFUSED keyring-locked" in acts.output
    assert "locked with a passphrase" in acts.errors
    with logged_in():
        after = run_without_network("-c", _AFTER, str(folder), log=tmp_path / "log")
    assert after.code == 0, after.errors
