"""Every check of the project, one after the other, all of them even when one fails.

A passing check is one line. A failing one is shown whole. The tests speak for themselves while
they run, since they take minutes.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from console import fail, say
from environment import child_environment

_MEMORY = Path("/dev/shm")  # noqa: S108  # Linux: a folder that lies in memory
_FREE = 10 << 30  # bytes; the tests leave about 3 GiB of files, and need 4 GiB themselves
_LIMITS = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")


@dataclass(frozen=True, slots=True)
class Check:
    """A command that fails when something is wrong.

    Attributes:
        name: What the person reads, and what `--only` takes.
        arguments: Arguments of the environment's Python.
        streams: Whether its output is shown while it runs.
        by_name: Whether it runs only when it is asked for.
    """

    name: str
    arguments: Sequence[str]
    streams: bool = False
    by_name: bool = False


CHECKS = (
    Check("lint", ("-m", "ruff", "check", ".")),
    Check("format", ("-m", "ruff", "format", "--check", ".")),
    Check("types", ("-m", "mypy")),
    Check("types-of-packaging", ("-m", "mypy", "--config-file", "packaging/mypy.ini")),
    Check("layers", ("-c", "from importlinter.cli import lint_imports_command as run; run()")),
    Check("changelog", ("-m", "towncrier", "build", "--draft", "--version", "next")),
    Check("wheel", ("packaging/smoke.py",)),
    # Three at once keep two cores busy, since some tests wait for a sound to be played.
    Check("tests", ("-m", "pytest", "-n", "3", "--dist", "worksteal"), streams=True),
    Check("coverage", ("packaging/covered.py",), streams=True, by_name=True),
)


def run_all(root: Path, python: Path, *, only: Sequence[str] | None = None) -> int:
    """Run the checks and say how each went.

    Args:
        root: Folder of the project.
        python: Interpreter of the virtual environment.
        only: Names of the checks to run; when empty, all that need not be asked for.

    Returns:
        0 when every check passed, else 1.
    """
    started = time.monotonic()
    chosen = [check for check in CHECKS if (check.name in only if only else not check.by_name)]
    failed = [check.name for check in chosen if not _passes(check, root, python)]
    duration = time.monotonic() - started
    if failed:
        fail(
            f"{len(failed)} of {len(chosen)} checks failed: {', '.join(failed)} ({duration:.0f} s)"
        )
        return 1
    say(f"✓ All {len(chosen)} checks passed ({duration:.0f} s)")
    return 0


def _passes(check: Check, root: Path, python: Path) -> bool:
    if check.streams:
        say(f"• {check.name} …")
    started = time.monotonic()
    with _scratch() as scratch:
        done = subprocess.run(
            [str(python), *check.arguments],
            cwd=root,
            # Tests need no display, and the models are never fetched behind anybody's back.
            env=child_environment(
                python, QT_QPA_PLATFORM="offscreen", HF_HUB_OFFLINE="1", **scratch
            ),
            stdin=subprocess.DEVNULL,
            stdout=None if check.streams else subprocess.PIPE,
            stderr=None if check.streams else subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    took = f"{check.name} ({time.monotonic() - started:.1f} s)"
    if done.returncode == 0:
        say(f"✓ {took}")
        return True
    if done.stdout:
        say(done.stdout.rstrip())
    fail(took)
    return False


@contextmanager
def _scratch() -> Iterator[dict[str, str]]:
    """Keep the files of tests in memory where there is plenty, which saves a tenth of their time.

    Yields:
        what tells pytest where (https://docs.pytest.org/en/stable/reference/reference.html).
    """
    if _memory() < _FREE:
        yield {}
        return
    with tempfile.TemporaryDirectory(
        prefix="workbench-tests-", dir=_MEMORY, ignore_cleanup_errors=True
    ) as folder:
        yield {"PYTEST_DEBUG_TEMPROOT": folder}


def _memory() -> int:
    """Return how many bytes of memory can be filled with files; 0 where that is not known."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        free = next(int(line.split()[1]) << 10 for line in lines if "MemAvailable" in line)
        return min(free, shutil.disk_usage(_MEMORY).free, *_allowed())
    except (OSError, ValueError, StopIteration):
        return 0


def _allowed() -> Iterator[int]:
    """Yield what a container may use, where it says so."""
    for limit in map(Path, _LIMITS):
        if limit.exists() and (said := limit.read_text(encoding="ascii").strip()) != "max":
            yield int(said)
