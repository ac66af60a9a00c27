"""Drive the program from outside, as a process of its own, and look at the processes it starts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.forked import Child, begun, finished
from tests.support.source import ROOT

LONGEST = 240.0
"""Seconds until a process counts as stuck."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What came out of a command."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """Return what it printed as data."""
        return json.loads(self.out)

    def refused(self) -> bool:
        """Tell whether it said in sentences what is wrong, and that it is not our mistake."""
        return (
            self.code == 1
            and self.err.strip().endswith((".", "”", "!", "?"))
            and "Traceback" not in self.err
            and "mistake" not in self.err
        )


def workbench(*arguments: object, before: Sequence[str] = (), anew: bool = False) -> Ran:
    """Run a command of the program and wait for its end.

    Args:
        arguments: what follows `workbench` on the command line.
        before: a command that runs the command that follows it.
        anew: whether Python itself is started for it, as it is with ``before``.
    """
    if not before and not anew:
        done = finished(_command(arguments), env=_environment(), timeout=LONGEST)
        return Ran(done.returncode, done.stdout, done.stderr)
    done = subprocess.run(
        [*before, sys.executable, *_command(arguments)],
        env=_environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=LONGEST,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


@contextmanager
def started(*arguments: object) -> Iterator[Child]:
    """Start a command of the program; it is ended with the block, whatever became of it."""
    streams = (subprocess.DEVNULL, subprocess.DEVNULL, subprocess.PIPE)
    with begun(_command(arguments), streams, env=_environment()) as program:
        try:
            yield program
        finally:
            program.kill()


def worker_of(program: int) -> int:
    """Return the id of the recognising process that a program has started."""
    tasks = Path(f"/proc/{program}/task").glob("*/children")
    for pid in (int(pid) for found in tasks for pid in found.read_text().split()):
        if b"--speech-worker" in Path(f"/proc/{pid}/cmdline").read_bytes():
            return pid
    raise LookupError("the program has no worker")


def _command(arguments: tuple[object, ...]) -> list[str]:
    return ["-m", "workbench", *(str(argument) for argument in arguments)]


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
