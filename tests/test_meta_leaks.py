"""The guard against things left running sees what it must see, and nothing else."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest

from tests.support import leaks
from tests.support.leaks import Leaks


def test_nothing_left() -> None:
    watch = Leaks()
    thread = threading.Thread(target=int)
    thread.start()
    assert watch.left() == []


def test_thread_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaks, "_GRACE", 0.01)
    watch, end = Leaks(), threading.Event()
    thread = threading.Thread(target=end.wait, name="forgotten")
    thread.start()
    assert watch.left() == ["thread forgotten"]
    end.set()
    thread.join()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="children are read from /proc")
def test_process_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaks, "_GRACE", 0.01)
    watch = Leaks()
    command = [sys.executable, "-c", "input()"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        [found] = watch.left()
    assert found.startswith(f"process {child.pid} (")
    assert "input()" in found
