"""The program's side of recognition without a window: runs workers and probes to their end.

The window does the same with QProcess and `worker_command`; what bytes and exits mean is
decided by `jobstate` for both.
"""

from __future__ import annotations

import contextlib
import json
import queue
import subprocess
import threading
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from enum import Enum
from pathlib import Path
from time import monotonic
from typing import IO, Self

from workbench import children, paths, rights
from workbench.errors import EnvironmentProblem, UserError
from workbench.helper import Helper
from workbench.speech import protocol
from workbench.speech.jobstate import (
    FINAL,
    Event,
    JobMachine,
    Kill,
    RunState,
    Send,
    Start,
    Terminate,
)
from workbench.speech.protocol import (
    Failed,
    Order,
    Probed,
    ProbeFailed,
    Regroup,
    Speakers,
)
from workbench.vault import ring

_TICK_S = 0.5
_END_S = 10.0
_PROBE_TIMEOUT_S = 60.0
_VOICES_TIMEOUT_S = 300.0
OF_MACHINE = ("speech-missing", "no-memory", "disk-full", "not-writable")
"""What a child says when nothing is wrong with what it was given."""

OnEvent = Callable[[Event, JobMachine], None]
"""Called with each event that is not for the driver, and the machine (to cancel or pause)."""


def worker_command() -> list[str]:
    """Return the command that starts a worker."""
    return children.command("--speech-worker")


def probe_command() -> list[str]:
    """Return the command that starts a prober, which is asked for one file in a line."""
    return children.command("--speech-probe")


def voices_command() -> list[str]:
    """Return the command that starts a process to tell voices apart anew."""
    return children.command("--speech-voices")


def probe(
    files: Sequence[Path], cancelled: Callable[[], bool] = lambda: False
) -> list[Probed | UserError]:
    """Look into recordings in a child process, which alone may be hurt by malformed ones.

    Args:
        files: the recordings.
        cancelled: asked while they are looked into; what is left then has no true answer.

    Returns:
        for each file what it is, or why it cannot be used.
    """
    with Helper(probe_command(), cancelled) as helper:
        return [_probed(path, helper) for path in files]


def regroup(question: Regroup) -> Speakers:
    """Tell voices apart anew in a child process, for it takes libraries the program does without.

    Raises:
        UserError: the voice prints are damaged.
        EnvironmentProblem: the child cannot do it.
    """
    try:
        run = subprocess.run(
            voices_command(),
            input=protocol.encode(question),
            capture_output=True,
            timeout=_VOICES_TIMEOUT_S,
            check=False,
        )
        output = run.stdout
    except (OSError, subprocess.TimeoutExpired):
        output = b""
    return voices_answer(output)


def voices_answer(output: bytes) -> Speakers:
    """Return what the process for voices has said.

    Args:
        output: all bytes of its standard output.

    Raises:
        UserError: the voice prints are damaged.
        EnvironmentProblem: it could not do it.
    """
    for message in protocol.Decoder().feed(output):
        if isinstance(message, Speakers):
            return message
        if isinstance(message, Failed):
            kind = EnvironmentProblem if message.code in OF_MACHINE else UserError
            raise kind(message.code, message.happened, message.todo)
    raise EnvironmentProblem(
        "voices-failed",
        "The voices could not be told apart: the attempt ended without an answer.",
        "Try again; if it happens again, restart the computer. The transcript is unchanged.",
    )


def run_job(job: Order, on_event: OnEvent, *, machine: JobMachine | None = None) -> RunState:
    """Recognise one recording and wait for the end; see `Workers.run`."""
    with Workers() as workers:
        return workers.run(job, on_event, machine=machine)


class Workers:
    """Recognises one recording after the other; one worker does all that want the same model."""

    def __init__(self) -> None:
        self._machine = JobMachine(_NOTHING)
        self._on_event: OnEvent = _ignore
        self._child: subprocess.Popen[bytes] | None = None
        self._reader: threading.Thread | None = None
        self._bytes: queue.SimpleQueue[bytes | _Wish] = queue.SimpleQueue()
        self._waiting: deque[Event] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def run(self, job: Order, on_event: OnEvent, *, machine: JobMachine | None = None) -> RunState:
        """Recognise a recording and wait for the end; Ctrl+C cancels.

        Args:
            job: what to do.
            on_event: told of turns, progress and the rest, in this thread.
            machine: a machine of the caller's, if it wants to look at it.

        Returns:
            the final state.
        """
        if not self._machine.worker_takes(job):
            self.close()
        self._machine = machine or JobMachine(replace(job, stays=True))
        self._on_event = on_event
        self._waiting.clear()
        try:
            self._act(self._machine.start())
            while self._machine.state not in FINAL:
                try:
                    self._step()
                except KeyboardInterrupt:
                    self._act(self._machine.cancel(monotonic()))
        except BaseException:
            self.close()
            raise
        return self._machine.state

    def pause(self) -> None:
        """Let the job at work rest; may be called from anywhere, a signal's handler included."""
        self._bytes.put(_Wish.PAUSE)

    def resume(self) -> None:
        """Let it go on; see `pause`."""
        self._bytes.put(_Wish.RESUME)

    def close(self) -> None:
        """Leave no child behind."""
        child, self._child = self._child, None
        if child is None:
            return
        if child.poll() is None:
            child.kill()
        self._end_child(child)

    def _step(self) -> None:
        try:
            data = self._bytes.get(timeout=_TICK_S)
        except queue.Empty:
            self._act(self._machine.tick(monotonic()))
            return
        if data is _Wish.PAUSE:
            self._act(self._machine.pause())
        elif data is _Wish.RESUME:
            self._act(self._machine.resume())
        elif isinstance(data, bytes) and data:
            self._act(self._machine.feed(data, monotonic()))
            self._act(self._machine.tick(monotonic()))
        elif self._child is not None:
            code = self._end_child(self._child)
            self._child = None
            self._act(self._machine.exited(code))

    def _act(self, events: Iterable[Event]) -> None:
        self._waiting.extend(events)
        while self._waiting:  # what Ctrl+C interrupted is gone on with at the next call
            match event := self._waiting.popleft():
                case Start():
                    self._start()
                case Send():
                    self._send(event.data)
                case Terminate() | Kill():
                    self._end(event)
                case _:
                    self._on_event(event, self._machine)

    def _start(self) -> None:
        if self._child is None:
            self._spawn()
        self._act(self._machine.started(monotonic()))

    def _spawn(self) -> None:
        log = paths.job_log(self._machine.job.job)
        rights.own_folder(log.parent)
        rights.claim(log)
        with log.open("ab") as stderr:
            self._child = subprocess.Popen(
                worker_command(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=stderr,
                start_new_session=True,  # Ctrl+C is ours; the worker is told to stop in order
            )
        before, self._bytes = self._bytes, queue.SimpleQueue()
        while not before.empty():  # what an earlier child has said is not asked for
            if isinstance(wish := before.get(), _Wish):
                self._bytes.put(wish)
        self._reader = threading.Thread(
            target=_pump,
            args=(self._child.stdout, self._bytes),
            daemon=True,
            name="worker-output",
        )
        self._reader.start()

    def _end(self, event: Terminate | Kill) -> None:
        if self._child is None:
            return
        if isinstance(event, Kill):
            self._child.kill()
        else:
            self._child.terminate()

    def _send(self, data: bytes) -> None:
        if self._child is None or self._child.stdin is None:
            return
        with contextlib.suppress(OSError):  # the child has ended; its exit is about to be seen
            self._child.stdin.write(data)
            self._child.stdin.flush()

    def _end_child(self, child: subprocess.Popen[bytes]) -> int:
        """Return the exit code of a child that has closed its output or was killed."""
        if child.stdin is not None:
            with contextlib.suppress(OSError):
                child.stdin.close()
        try:
            code = child.wait(_END_S)
        except subprocess.TimeoutExpired:  # libraries may hang when they are unloaded
            child.kill()
            code = child.wait()
        if self._reader is not None:
            self._reader.join(_END_S)
        if child.stdout is not None:
            child.stdout.close()
        return code


class _Wish(Enum):
    """What somebody outside wants of the job at work."""

    PAUSE = "pause"
    RESUME = "resume"


_NOTHING = Order("", "", "", "", "")


def _ignore(_event: Event, _machine: JobMachine) -> None:
    """Stand in while no job is at work."""


def _pump(stream: IO[bytes], said: queue.SimpleQueue[bytes | _Wish]) -> None:
    while data := stream.read1(65_536):  # type: ignore[attr-defined]
        said.put(data)
    said.put(b"")


def _probed(path: Path, helper: Helper) -> Probed | UserError:
    question = json.dumps([str(path.absolute()), ring.pipe_key(path)]).encode("ascii")
    answer = protocol.decode(helper.ask(question, _PROBE_TIMEOUT_S) or b"")
    if isinstance(answer, Probed):
        return answer
    if isinstance(answer, ProbeFailed):
        return UserError(answer.code, answer.happened, answer.todo)
    return harmful(path)


def harmful(path: Path) -> UserError:
    """Return what is said of a recording with which a child was lost."""
    return UserError(
        "unreadable",
        "“{file}” cannot be read: the attempt had to be stopped.",
        "Play it in another program; if it plays there, save it as WAV or M4A and import that.",
        file=path.name,
    )
