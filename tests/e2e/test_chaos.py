"""The benchmark of chaos in short: a few kinds of work, killed at random, lose nothing."""

from __future__ import annotations

import os
import random
import subprocess
import sys

import pytest

from tests.support.source import ROOT


@pytest.mark.skipif(sys.platform == "win32", reason="a process is killed with its children")
def test_whatever_is_killed_while_it_works_loses_nothing() -> None:
    seed = random.SystemRandom().randrange(10**6)
    command = [sys.executable, ROOT / "benchmarks" / "chaos.py", "--rounds", "5", "--seed", seed]
    done = subprocess.run(
        [str(part) for part in command],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"seed {seed}\n{done.stdout}{done.stderr}"
    rows = [row.split("|")[1:-1] for row in done.stdout.splitlines()[2:]]
    assert sum(int(row[1]) for row in rows) == 5
    assert sum(int(row[3]) for row in rows) > 0
