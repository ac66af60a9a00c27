"""Measure how much memory the exports of a large study take: the whole as JSON, and the table.

    python benchmarks/exporting.py [--study FOLDER] [--observations N]

The study of `big_study.py` is made first (minutes; `--study` keeps it for the next time). Every
export runs in a process of its own; the floor is a process that opens the study and writes nothing.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path

from big_study import make
from measuring import in_child, peak_memory_mb, print_table

from workbench.study import Study

FLOOR = "none"


def main() -> None:
    """Make the study, measure each export and print the table; or be a process that is measured."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--study", type=Path, help="where the big study is, or is to be made")
    parser.add_argument("--observations", type=int, default=100_000)
    parser.add_argument("--child", choices=[FLOOR, "json", "csv"], help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        print(json.dumps(_measure(asked.study, asked.child)))
        return
    with tempfile.TemporaryDirectory() as scratch:
        study = asked.study or Path(scratch) / "big.study"
        if not study.exists():
            make(study, 20, asked.observations)
        home = Path(scratch) / "home"
        measured = {
            form: in_child(__file__, "--child", form, "--study", study, home=home)
            for form in (FLOOR, "json", "csv")
        }
    floor = measured.pop(FLOOR)["memory"]
    print_table(
        ["export", "file", "peak memory", "seconds", "memory ÷ floor"],
        [
            [
                form,
                f"{one['size']:.0f} MB",
                f"{one['memory']:.0f} MB",
                f"{one['seconds']:.0f}",
                f"{one['memory'] / floor:.1f}",
            ]
            for form, one in measured.items()
        ],
    )


def _measure(folder: Path, form: str) -> dict[str, float]:
    with Study.open(folder, read_only=True) as study, tempfile.TemporaryDirectory() as scratch:
        out, begin = Path(scratch) / f"study.{form}", time.perf_counter()
        if form == FLOOR:
            out.touch()
        else:
            study.exports.write(form, out)
        return {
            "seconds": time.perf_counter() - begin,
            "memory": peak_memory_mb(),
            "size": out.stat().st_size / 1e6,
        }


if __name__ == "__main__":
    main()
