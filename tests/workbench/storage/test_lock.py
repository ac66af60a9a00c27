"""The lock file: one writer, known by name, gone with its process."""

from __future__ import annotations

import errno
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from workbench import held
from workbench.storage import lock
from workbench.storage.lock import LockedElsewhere, StudyLock, StudyLocked


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "lock"


def test_one_has_it_and_the_next_one_gets_it(path: Path) -> None:
    first, second = StudyLock(path), StudyLock(path)
    first.acquire()
    assert json.loads(path.read_text())["pid"] == os.getpid()
    with pytest.raises(StudyLocked):
        second.acquire()
    first.release()
    first.release()
    assert not path.exists()
    second.acquire()
    with pytest.raises(StudyLocked):
        first.acquire()
    second.release()


def test_a_file_that_its_last_holder_just_removed_is_not_enough(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = held.take, []

    def overtaken(file: int) -> None:
        real(file)
        calls.append(file)
        if len(calls) == 1:
            path.unlink()
        elif len(calls) == 2:
            path.replace(path.with_name("other"))
            path.touch()

    monkeypatch.setattr(held, "take", overtaken)
    mine, other = StudyLock(path), StudyLock(path)
    mine.acquire()
    assert len(calls) == 3
    with pytest.raises(StudyLocked):
        other.acquire()
    mine.release()


_ODD = [
    '{"host": "laptop", "user": "ada", "pid": 7, "since": 5}',
    '{"host": "laptop", "user": ["a"], "pid": 7, "since": ""}',
]


@pytest.mark.parametrize(
    "text", ["{}", "[" * 100_000, *_ODD], ids=["other", "deep", "time", "user"]
)
def test_who_cannot_be_read_is_someone(path: Path, text: str) -> None:
    first = StudyLock(path)
    first.acquire()
    path.write_text(text)
    with pytest.raises(StudyLocked) as caught:
        StudyLock(path).acquire()
    assert "someone" in caught.value.happened
    first.release()


def test_a_share_without_locks_goes_by_the_text(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unsupported(file: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(held, "take", unsupported)
    first = StudyLock(path)
    first.acquire()
    with pytest.raises(StudyLocked) as caught:
        StudyLock(path).acquire()
    assert str(path) in caught.value.todo
    first.release()
    second = StudyLock(path)
    second.acquire()
    second.release()


def test_a_person_without_an_account_is_somebody(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown() -> str:
        raise KeyError("uid not found")

    monkeypatch.setattr(lock, "getuser", unknown)
    mine = StudyLock(path)
    mine.acquire()
    assert json.loads(path.read_text())["user"] == "somebody"
    mine.release()


_STARTING = """
import os, sys
from pathlib import Path
from workbench.storage.lock import StudyLock
StudyLock(Path(sys.argv[1])).acquire()
if os.fork():  # as a program does that starts another one
    os.kill(os.getpid(), 9)
sys.stdin.read()
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows does not start programs so")
def test_a_program_that_was_killed_while_it_started_another_hinders_nobody(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = [sys.executable, "-c", _STARTING, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as program:
        assert program.wait() == -signal.SIGKILL
        assert program.stdin is not None
        assert program.stdout is not None
        waits = []

        def wait(seconds: float) -> None:
            waits.append(seconds)
            program.stdin.close()  # now the other one begins
            program.stdout.read()  # until it has

        real = time.sleep
        monkeypatch.setattr(lock.time, "sleep", lambda seconds: (wait(seconds), real(seconds)))
        mine = StudyLock(path)
        mine.acquire()
        assert waits
        mine.release()


def _left_by_another(path: Path) -> None:
    path.write_text(
        json.dumps({"host": "laptop", "user": "ada", "pid": 7, "since": "2026-09-12T10:00"})
    )


def test_the_lock_of_another_computer_is_respected_until_somebody_decides(path: Path) -> None:
    _left_by_another(path)
    before = path.read_bytes()
    with pytest.raises(LockedElsewhere) as caught:
        StudyLock(path).acquire()
    assert "ada on laptop since 12 September 2026, 10:00" in caught.value.happened
    assert path.read_bytes() == before
    StudyLock(path).take_over()
    mine = StudyLock(path)
    mine.acquire()
    with pytest.raises(StudyLocked) as held:
        StudyLock(path).take_over()
    assert not isinstance(held.value, LockedElsewhere)
    mine.release()
    StudyLock(path).take_over()
    assert not path.exists()


def test_a_file_that_stays_as_on_windows_names_nobody(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_path: Path, *, missing_ok: bool = False) -> None:
        raise PermissionError(errno.EACCES, "it is open")

    monkeypatch.setattr(Path, "unlink", refused)
    mine = StudyLock(path)
    mine.acquire()
    mine.release()
    assert path.read_bytes() == b""
    monkeypatch.setattr(socket, "gethostname", lambda: "laptop")
    there = StudyLock(path)
    there.acquire()
    assert b"laptop" in path.read_bytes()
    there.release()
    _left_by_another(path)
    monkeypatch.setattr(socket, "gethostname", lambda: "desk")
    StudyLock(path).take_over()
    assert path.read_bytes() == b""
    mine.acquire()
    mine.release()


def test_what_a_program_here_left_behind_hinders_nobody(path: Path) -> None:
    path.write_text(
        json.dumps({"host": socket.gethostname(), "user": "ada", "pid": 7, "since": "2026"})
    )
    mine = StudyLock(path)
    mine.acquire()
    assert json.loads(path.read_text())["pid"] == os.getpid()
    mine.release()
