"""Run a child process that cannot leave the machine, and learn whether it tried."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.support.source import ROOT

_GUARD = Path(__file__).parent / "offline"


@dataclass(frozen=True, slots=True)
class GuardedRun:
    """What came out of a child process under guard.

    Attributes:
        code: Its exit code; -31 when the kernel ended it for asking for a socket.
        output: Its standard output.
        errors: Its error stream.
        attempts: One line per refused call, of the child and of its own children.
        guarded: One line per Python process that ran under guard, with its command.
    """

    code: int
    output: str
    errors: str
    attempts: tuple[str, ...]
    guarded: tuple[str, ...]


def run_without_network(*arguments: str, log: Path, timeout: float = 240) -> GuardedRun:
    """Run Python with these arguments, and every Python below it, without any network.

    Args:
        arguments: What follows `python` on the command line.
        log: A file that does not exist yet; the guard writes into it.
        timeout: Seconds.
    """
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(_GUARD), str(ROOT)]),
        "WORKBENCH_TEST_NETWORK_LOG": str(log),
        "PYTHONUTF8": "1",
    }
    # The program must not need to be told to stay offline.
    for name in ("HF_HUB_OFFLINE", "ORT_DISABLE_TELEMETRY"):
        environment.pop(name, None)
    done = subprocess.run(
        [sys.executable, *arguments],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=timeout,
        check=False,
    )
    lines = log.read_text("utf-8").splitlines() if log.exists() else []
    return GuardedRun(
        done.returncode,
        done.stdout,
        done.stderr,
        tuple(line for line in lines if line.startswith("ATTEMPT")),
        tuple(line for line in lines if line.startswith("GUARDED")),
    )
