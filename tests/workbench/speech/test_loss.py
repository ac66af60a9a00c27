"""The benchmark of losses in short: a few random kills, nothing lost."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.support.source import ROOT


@pytest.mark.skipif(sys.platform != "linux", reason="the worker is found through /proc")
def test_random_kills_lose_nothing() -> None:
    script = ROOT / "benchmarks" / "loss.py"
    done = subprocess.run(
        [sys.executable, str(script), "--runs", "4", "--delay", "120"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    rows = [row.split("|")[1:-1] for row in done.stdout.splitlines()[2:]]
    assert sum(int(row[1]) for row in rows) == 4
    assert all(int(cell) == 0 for row in rows for cell in row[4:])
