"""Measures what the tests of the pure rules reach, and holds the files that they reach wholly.

Asked for by name (`start.py test --only coverage`), since to measure makes tests slower. Tests that
draw lots are left out: what chance reached yesterday it may miss today.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RULES = "workbench/domain/"
TESTS = ("-m", "pytest", "-n", "0", "-m", "not hypothesis", "tests/workbench/domain")
WHOLE = (
    "workbench/domain/change.py",
    "workbench/domain/codebook.py",
    "workbench/domain/consent.py",
    "workbench/domain/excerpts.py",
    "workbench/domain/layout.py",
    "workbench/domain/names/endings.py",
    "workbench/domain/names/finder.py",
    "workbench/domain/names/folding.py",
    "workbench/domain/names/forms.py",
    "workbench/domain/names/parts.py",
    "workbench/domain/names/shapes.py",
    "workbench/domain/names/spelling.py",
    "workbench/domain/overlaps.py",
    "workbench/domain/personal/heads.py",
    "workbench/domain/personal/looks.py",
    "workbench/domain/personal/streets.py",
    "workbench/domain/report.py",
    "workbench/domain/rolling.py",
    "workbench/domain/runs.py",
    "workbench/domain/sentences.py",
    "workbench/domain/speaking.py",
    "workbench/domain/stretching.py",
    "workbench/domain/typed/dates.py",
    "workbench/domain/typed/numbers.py",
    "workbench/domain/typed/times.py",
    "workbench/domain/typing.py",
    "workbench/domain/unheard.py",
)
"""Files of which tests reach every line and every branch; one comes off with a reason alone."""


def main() -> int:
    """Measure, and tell what is missing.

    Returns:
        0 when the files of the list are reached wholly, else 1.
    """
    found = measured(TESTS, ROOT)
    shares = {
        place: file["summary"]["percent_covered"]
        for place, file in found.items()
        if place.startswith(RULES) and place not in WHOLE and file["summary"]["num_branches"]
    }
    for place, share in sorted(shares.items(), key=lambda one: one[1]):
        hint = "  (could be on the list)" if share == 100 else ""
        print(f"{math.floor(share):5} %  {place}{hint}")
    missing = lacking(found, WHOLE)
    for line in missing:
        print(line)
    return 1 if missing else 0


def measured(arguments: Iterable[str], root: Path) -> dict[str, Any]:
    """Return what a run of Python reaches, by file, as coverage.py tells it in JSON.

    Args:
        arguments: of Python; a run that fails ends this program.
        root: the folder it runs in, with the settings of coverage.py in its `pyproject.toml`.
    """
    coverage = (sys.executable, "-m", "coverage")
    with tempfile.TemporaryDirectory(prefix="workbench-coverage-") as folder:
        out = Path(folder, "covered.json")
        environment = {**os.environ, "COVERAGE_FILE": str(Path(folder, "covered"))}
        for command in (("run", *arguments), ("json", "-q", "-o", str(out))):
            done = subprocess.run([*coverage, *command], cwd=root, env=environment, check=False)
            if done.returncode:
                sys.exit(done.returncode)
        files: dict[str, Any] = json.loads(out.read_text("utf-8"))["files"]
    return {Path(place).as_posix(): file for place, file in files.items()}


def lacking(found: Mapping[str, Any], places: Iterable[str]) -> list[str]:
    """Return what is missing of files that have to be reached wholly, in words.

    Args:
        found: as `measured` returns it.
        places: the files.
    """
    said = []
    for place in places:
        file = found.get(place, {"missing_lines": ["all"], "missing_branches": []})
        lines = [f"line {line}" for line in file["missing_lines"]]
        branches = [f"{a} to {b}" if b > 0 else f"{a} to its end"
                    for a, b in file["missing_branches"]]  # fmt: skip
        if gaps := [*lines, *branches]:
            said.append(f"{place}: no test reaches {', '.join(gaps)}")
    return said


if __name__ == "__main__":
    sys.exit(main())
