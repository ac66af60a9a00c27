"""The computer is kept awake by a helper that ends with us, even if we are killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from workbench.speech.awake import Awake, helper_command
from workbench.speech.machine import physical_cores

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the helper of Linux")

_INHIBIT = """#!/bin/sh
echo "$@" >> "$WISHES"
shift 4
exec "$@"
"""


@pytest.fixture
def wishes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A `systemd-inhibit` that only notes what it is asked for."""
    helper = tmp_path / "systemd-inhibit"
    helper.write_text(_INHIBIT)
    helper.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("WISHES", str(tmp_path / "wishes"))
    return tmp_path / "wishes"


def test_sleep_is_held_off_until_it_is_allowed_again(wishes: Path) -> None:
    awake = Awake()
    awake.release()
    awake.hold()
    awake.hold()
    helper = awake._helper
    assert helper is not None
    assert helper.poll() is None
    awake.release()
    assert helper.poll() is not None


def test_the_wish_ends_with_a_process_that_is_killed(wishes: Path) -> None:
    code = (
        "import time; from workbench.speech.awake import Awake; awake = Awake(); awake.hold(); "
        "print(awake._helper.pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        handle = os.pidfd_open(int(child.stdout.readline()))
        os.kill(child.pid, signal.SIGKILL)
    import select

    assert select.select([handle], [], [], 10)[0]
    os.close(handle)


def test_nobody_to_ask_is_no_trouble(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert helper_command("linux", 1) is None
    awake = Awake()
    awake.hold()
    assert awake._helper is None
    caffeinate = tmp_path / "caffeinate"
    caffeinate.touch(mode=0o755)
    assert helper_command("darwin", 42) == [str(caffeinate), "-i", "-w", "42"]


def test_there_is_a_core_to_work_with() -> None:
    assert 1 <= physical_cores() <= (os.cpu_count() or 1)
