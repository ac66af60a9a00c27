"""Try the readers of documents and recordings on thousands of damaged files, and say what came out.

    python benchmarks/fuzz_readers.py [--number 500] [--seed 1] [--keep FOLDER] [--write]

Small files of every format are mutated: bits, cuts, repeats, swaps, numbers, elements in elements,
and parts of packed files. Each has to be read, or refused in a sentence, within its limits of time
and memory. What crashes or takes too long is kept and makes the exit code 1. `--write` puts the
table into `docs/hardening.md`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from measuring import ROOT

sys.path.insert(0, str(ROOT))

from tests.support import fuzzing
from tests.support.fuzzing import CRASHED, OVER, READ, REFUSED, Found

_ENDS = (READ, REFUSED, CRASHED, OVER)
_PAGE = ROOT / "docs" / "hardening.md"
_TABLE = "<!-- table -->\n"


def main() -> int:
    """Mutate, read, print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--number", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--only", action="append", default=[], metavar="ENDING")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = asked.keep or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        found: dict[str, Found] = {}
        for seeds, attempt in (
            (fuzzing.documents(Path(name)), fuzzing.try_documents),
            (fuzzing.recordings(Path(name)), fuzzing.try_recordings),
        ):
            wanted = {e: data for e, data in seeds.items() if not asked.only or e in asked.only}
            found |= attempt(wanted, asked.number, asked.seed, folder)
    lines = _table(found)
    print("\n".join(lines))
    bad = [path for one in found.values() for path in one.kept]
    for path in bad:
        print(f"kept: {path}" if asked.keep else f"bad: {path.name}")
    if asked.write:
        before, _, _ = _PAGE.read_text("utf-8").partition(_TABLE)
        said = f"{asked.number} files of each format, seed {asked.seed}:\n\n"
        _PAGE.write_text(before + _TABLE + said + "\n".join(lines) + "\n", "utf-8")
    return 1 if bad else 0


def _table(found: dict[str, Found]) -> list[str]:
    lines = [f"| Format | tried | {' | '.join(_ENDS)} |", "|---" + "|--:" * 5 + "|"]
    for ending, one in found.items():
        numbers = (one.counts.total(), *(one.counts[end] for end in _ENDS))
        lines.append(f"| `{ending}` | {' | '.join(f'{number:,}' for number in numbers)} |")
    return lines


if __name__ == "__main__":
    sys.exit(main())
