"""Find the threads and child processes that a test left running."""

from __future__ import annotations

import os
import select
import threading
from pathlib import Path

from tests.support.forked import mother_pid
from tests.support.warm import WARM

_GRACE = 30.0  # seconds that something already ending may take


class Leaks:
    """Remember what runs now; later, name what runs in addition."""

    def __init__(self) -> None:
        self._threads = set(threading.enumerate())
        self._children = set(_children())

    def left(self) -> list[str]:
        """Return a description of every thread and child process that does not end by itself."""
        return [*self._left_threads(), *self._left_children()]

    def _left_threads(self) -> list[str]:
        left = []
        warm = {helper.thread for helper in WARM}
        for thread in set(threading.enumerate()) - self._threads - warm:
            # A thread that Qt or a library started calls into Python and looks like a dummy.
            if isinstance(thread, threading._DummyThread):
                continue
            thread.join(_GRACE)
            if thread.is_alive():
                left.append(f"thread {thread.name}")
        return left

    def _left_children(self) -> list[str]:
        warm = {helper.pid for helper in WARM} | {mother_pid()}
        return [
            f"process {pid} ({_command(pid)})"
            for pid in sorted(set(_children()) - self._children - warm)
            if not _ends(pid)
        ]


def _children() -> list[int]:
    """Process ids of the living children; Linux only, elsewhere nothing is seen."""
    found: list[int] = []
    for tasks in Path("/proc/self/task").glob("*/children"):
        try:
            found += [int(pid) for pid in tasks.read_text().split()]
        except OSError:  # the task ended between listing and reading
            continue
    return [pid for pid in found if _state(pid) not in {"Z", ""}]


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return ""


def _command(pid: int) -> str:
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().decode("utf-8", "replace").split("\0")
    except OSError:
        return "ended"
    return " ".join(words).strip()


def _ends(pid: int) -> bool:
    """Wait for a process that is on its way out, without reaping it."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], _GRACE)[0])
    finally:
        os.close(handle)
