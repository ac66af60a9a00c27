"""What the benchmarks share: children that measure themselves, and tables that show ratios."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
TRUTH = ROOT / "resources" / "sample_study" / "audio"


def in_child(script: str, *arguments: object, home: Path) -> dict[str, Any]:
    """Run a benchmark script as a process of its own and return what it printed last, as data.

    Args:
        script: path of the script.
        arguments: what it gets on its command line.
        home: folder of the program's settings, so that nobody's own are touched.
    """
    environment = {
        **os.environ,
        "WORKBENCH_HOME": str(home),
        "PYTHONPATH": str(ROOT),
        "QT_LOGGING_RULES": "*.debug=false;qt.*.warning=false",
    }
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    environment["ORT_DISABLE_TELEMETRY"] = "1"
    command = [sys.executable, script, *(str(argument) for argument in arguments)]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def peak_memory_mb() -> float:
    """Return the most memory this process has held so far, in MB."""
    if sys.platform == "win32":
        raise SystemExit("Peak memory is read in the way of Linux and macOS.")
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)


def middle(runs: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Return the median of each measure over several runs."""
    return {name: median(run[name] for run in runs) for name in runs[0]}


def print_table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a Markdown table, the first column to the left, figures to the right."""
    cells = [[str(cell) for cell in row] for row in rows]
    widths = [max(len(text) for text in column) for column in zip(heads, *cells, strict=True)]
    print(_line(heads, widths))
    print(
        "|"
        + "|".join("-" * (w + 1) + ("-" if at == 0 else ":") for at, w in enumerate(widths))
        + "|"
    )
    for row in cells:
        print(_line(row, widths))


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *rest = (
        text.ljust(width) if at == 0 else text.rjust(width)
        for at, (text, width) in enumerate(zip(cells, widths, strict=True))
    )
    return "| " + " | ".join([first, *rest]) + " |"
