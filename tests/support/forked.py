"""Programs that begin at once: forked from one that has loaded what all of them need.

To load the program takes half a second of the processor, and tests start it hundreds of times.
What is forked is a process like any other, with its own number, folder, environment and streams,
and it dies when it is killed. Where the start itself is looked at, a test starts Python anew.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from types import ModuleType, TracebackType
from typing import IO, Any, Self, TextIO, TypeAlias

from tests.support.source import ROOT

_LOADED = ("workbench.cli.commands", "workbench.study", "docx")
_LARGEST = 1 << 20  # bytes of a question: arguments and environment
_PIPE, _NOTHING = subprocess.PIPE, subprocess.DEVNULL


class Forked:
    """A process that runs Python, used as one of `subprocess` is.

    Args:
        arguments: What follows `python` on the command line: `-c CODE …` or `-m MODULE …`.
        streams: Where standard input, output and errors lead: `subprocess.PIPE`, `DEVNULL`,
            a handle, or `None` for the same as in this process.
        env: Its environment; that of this process when left out.
        cwd: The folder in which it works; that of this process when left out.
        text: Whether its pipes carry text.

    Attributes:
        pid: Its number.
        stdin, stdout, stderr: Our ends of its pipes.
        returncode: What it ended with, negative for a signal; `None` until somebody waited.
    """

    def __init__(
        self,
        arguments: Sequence[object],
        streams: tuple[int | None, int | None, int | None],
        *,
        env: Mapping[str, str] | None = None,
        cwd: str | os.PathLike[str] | None = None,
        text: bool = False,
    ) -> None:
        self.returncode: int | None = None
        with ExitStack() as theirs:
            self.stdin, reads = _stream(0, streams[0], theirs, text=text)
            self.stdout, writes = _stream(1, streams[1], theirs, text=text)
            self.stderr, complains = _stream(2, streams[2], theirs, text=text)
            self._told, tells = os.pipe()
            theirs.callback(os.close, tells)
            asked = {
                "arguments": list(map(os.fsdecode, map(_plain, arguments))),
                "environment": dict(os.environ if env is None else env),
                "folder": os.fsdecode(cwd or Path.cwd()),
                "mask": _mask(),
            }
            handles = [reads, writes, complains, tells]
            socket.send_fds(_mother(), [json.dumps(asked).encode()], handles)
        self.pid = self._hear()

    def poll(self) -> int | None:
        """Return what it ended with, or `None` while it runs."""
        if self.returncode is None and select.select([self._told], [], [], 0)[0]:
            self._end()
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end and return what it ended with.

        Raises:
            subprocess.TimeoutExpired: When that many seconds did not suffice.
        """
        if self.returncode is None:
            if not select.select([self._told], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired(f"process {self.pid}", timeout or 0)
            self._end()
        assert self.returncode is not None
        return self.returncode

    def communicate(self, timeout: float | None = None) -> tuple[Any, Any]:
        """Say nothing more, and return what it wrote into its pipe; there may be one to read."""
        assert not (self.stdout and self.stderr), "reading one could wait for the other"
        if self.stdin:
            self.stdin.close()
        out = self.stdout.read() if self.stdout else None
        errors = self.stderr.read() if self.stderr else None
        self.wait(timeout)
        return out, errors

    def kill(self) -> None:
        """End it at once."""
        if self.poll() is None:
            with suppress(ProcessLookupError):  # it ended, and that was not told yet
                os.kill(self.pid, signal.SIGKILL)

    def _hear(self) -> int:
        told = os.read(self._told, 8)
        assert told, "the process that forks is gone"
        return int.from_bytes(told, "big", signed=True)

    def _end(self) -> None:
        self.returncode = self._hear()
        os.close(self._told)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        for pipe in (self.stdin, self.stdout, self.stderr):
            if pipe:
                pipe.close()
        self.wait()


Child: TypeAlias = "Forked | subprocess.Popen[Any]"
"""A process that runs Python, however it began."""


def begun(
    arguments: Sequence[object],
    streams: tuple[int | None, int | None, int | None],
    *,
    env: Mapping[str, str] | None = None,
    cwd: str | os.PathLike[str] | None = None,
    text: bool = False,
) -> Child:
    """Run Python beside the test: forked, or begun anew where no process can be forked like this.

    Args:
        arguments, streams, env, cwd, text: As for `Forked`.
    """
    if sys.platform == "linux":
        return Forked(arguments, streams, env=env, cwd=cwd, text=text)
    command = [sys.executable, *map(_plain, arguments)]
    named = dict(zip(("stdin", "stdout", "stderr"), streams, strict=True))
    return subprocess.Popen(command, env=env, cwd=cwd, text=text, **named)


def finished(
    arguments: Sequence[object],
    *,
    env: Mapping[str, str] | None = None,
    cwd: str | os.PathLike[str] | None = None,
    timeout: float | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run Python to its end, with nothing to read, and return what it wrote as text."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        streams = (_NOTHING, out.fileno(), errors.fileno())
        with begun(arguments, streams, env=env, cwd=cwd) as child:
            try:
                code = child.wait(timeout)
            finally:
                child.kill()
        said = [(file.seek(0), file.read().decode())[1] for file in (out, errors)]
    return subprocess.CompletedProcess(list(arguments), code, *said)


def _plain(argument: object) -> str | bytes:
    return os.fspath(argument) if isinstance(argument, os.PathLike) else str(argument)


def _mask() -> int:
    os.umask(mask := os.umask(0o077))
    return mask


def _stream(
    number: int, asked: int | None, theirs: ExitStack, *, text: bool
) -> tuple[IO[Any] | None, int]:
    """Return our end of a pipe where one is asked for, and the handle for the process."""
    if asked is None:
        return None, number
    if asked == _NOTHING:
        theirs.callback(os.close, handle := os.open(os.devnull, os.O_RDWR))
        return None, handle
    if asked != _PIPE:
        return None, asked
    reads, writes = os.pipe()
    ours, handle = (reads, writes) if number else (writes, reads)
    theirs.callback(os.close, handle)
    mode = "r" if number else "w"
    pipe = os.fdopen(ours, mode, encoding="utf-8") if text else os.fdopen(ours, f"{mode}b")
    return pipe, handle


_mothers: list[tuple[subprocess.Popen[bytes], socket.socket]] = []


def _mother() -> socket.socket:
    """Return where to ask the process that forks; it is started when the first one asks."""
    if not _mothers:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _LARGEST)
        with theirs:
            child = subprocess.Popen(
                [sys.executable, "-m", "tests.support.forked", str(theirs.fileno())],
                cwd=ROOT,
                env=os.environ | {"PYTHONPATH": str(ROOT)},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
            )
        _mothers.append((child, ours))
    return _mothers[0][1]


def mother_pid() -> int:
    """Return the number of the process that forks, or 0 while there is none."""
    return _mothers[0][0].pid if _mothers else 0


def end_mother() -> None:
    """End the process that forks; who asks next starts another."""
    while _mothers:
        child, ours = _mothers.pop()
        ours.close()
        child.wait()


def _fork_for_all(asking: socket.socket) -> None:
    """Load the program, and become a process for each who asks; return in that process."""
    for name in _LOADED:
        importlib.import_module(name)
    assert threading.active_count() == 1, "a thread would not be forked"
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        asked, handles, _, _ = socket.recv_fds(asking, _LARGEST, 4)
        if not asked:
            sys.exit()
        if not os.fork():
            asking.close()
            _watch_over(json.loads(asked), handles)
            return
        for handle in handles:
            os.close(handle)


def _watch_over(asked: dict[str, Any], handles: list[int]) -> None:
    """Fork once more, and tell how that one ended: it is the child of nobody else."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    *streams, tells = handles
    if child := os.fork():
        for handle in streams:
            os.close(handle)
        _tell(tells, child)
        _tell(tells, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
        os._exit(0)
    os.close(tells)
    for number, handle in enumerate(streams):
        os.dup2(handle, number)
        os.close(handle)
    # Else they remember what kind of file they were made for.
    sys.stdin = sys.__stdin__ = _file(0, "r")
    sys.stdout = sys.__stdout__ = _file(1, "w")
    sys.stderr = sys.__stderr__ = _file(2, "w", "backslashreplace")
    os.umask(asked["mask"])
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    tempfile.tempdir = None
    sys.argv = asked["arguments"]


def _file(number: int, mode: str, errors: str = "surrogateescape") -> TextIO:
    return open(number, mode, encoding="utf-8", errors=errors, closefd=False)


def _tell(handle: int, number: int) -> None:
    os.write(handle, number.to_bytes(8, "big", signed=True))


def _become() -> None:
    """Do what Python does with the command line."""
    kind, program, *_ = sys.argv
    sys.argv[:2] = ["-c" if kind == "-c" else program]
    if kind == "-m":
        runpy.run_module(program, run_name="__main__", alter_sys=True)
    else:
        sys.modules["__main__"] = main = ModuleType("__main__")
        exec(compile(program, "<string>", "exec"), main.__dict__)  # noqa: S102  # as `-c` asks for


if __name__ == "__main__":
    _fork_for_all(socket.socket(fileno=int(sys.argv[1])))
    _become()
