"""Second programs for tests: real processes that hold, kill, fill or may not write a study."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from tests.support.forked import Child, begun
from tests.support.source import ROOT

_NOBODY = 65534
AS_NOBODY = f"""
import os, tempfile
from pathlib import Path
from workbench.study import Study
with tempfile.TemporaryDirectory() as name:  # loads what nobody may not read any more
    with Study.create(Path(name) / "a") as study:
        study.check()
if os.getuid() == 0:  # root may write everywhere
    os.setgid({_NOBODY})
    os.setuid({_NOBODY})
"""


@contextmanager
def program(code: str, *arguments: object) -> Iterator[Child]:
    """Run Python code beside the test; it is killed at the end if it still runs."""
    streams = (subprocess.PIPE, subprocess.PIPE, None)
    with begun(["-c", code, *arguments], streams, cwd=ROOT, text=True) as child:
        try:
            yield child
        finally:
            child.kill()


def says(child: Child) -> str:
    """Wait for the next line a program says."""
    assert child.stdout is not None
    return str(child.stdout.readline()).strip()


def run(code: str, *arguments: object) -> list[str]:
    """Run Python code to its end and return the lines it says."""
    with program(code, *arguments) as child:
        out, _ = child.communicate(timeout=60)
    assert child.returncode == 0, out
    return out.splitlines()
