"""Measure how far the times of words are off at the borders of what somebody says.

    python benchmarks/word_edges.py [RECORDING.opus …]

What is taken out of a recording goes with a margin (`workbench/domain/quieting.py`), which has to
be wider than these errors. Each recording (default: those of the sample study, which are spoken
with silence between the turns) is recognised with the base model. For the first and the last word
of each turn, as its `.truth.json` has it, the time of the word is held against the moment at which
the sound itself begins and ends. Floor: the turns of the truth; the margin has to be at least 1.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from statistics import median

from hearers import by_worker
from measuring import TRUTH, print_table
from recordings import truth_of
from scoring import edges

from workbench.domain.quieting import MARGIN_MS, TRAIL_MS


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("recordings", nargs="*", type=Path, default=sorted(TRUTH.glob("*.opus")))
    late, early = [], []
    for recording in parser.parse_args().recordings:
        for begins, off in edges(recording, truth_of(recording), by_worker(recording)):
            (late if begins else early).append(off)
    print_table(
        ["a word", "words", "median off, ms", "furthest, ms", "margin, ms", "margin ÷ furthest"],
        [
            _row("begins too late", late, MARGIN_MS),
            _row("ends too early", early, TRAIL_MS),
        ],
    )


def _row(name: str, off: list[float], margin: int) -> list[str]:
    furthest = max(off)
    return [
        name, str(len(off)), f"{median(off):.0f}", f"{furthest:.0f}", str(margin),
        f"{margin / furthest:.2f}",
    ]  # fmt: skip


if __name__ == "__main__":
    main()
