"""Measure what the door costs: exports of 5,000 quotes, as they leave and as they would without it.

    python benchmarks/door.py [--study FOLDER] [--observations N] [--runs N]

Three ways are measured in one process, in turn, by the time of the processor (the door waits for no
disk), and the shortest runs are compared. “Bare” writes a file straight to its place with all that
is in it. “Answers” takes real names out and withholds what may not be quoted, straight to its place
too. “Door” is what people get: the same through draft and inspectors; what that adds is the price
of the door.
"""

from __future__ import annotations

import argparse
import gc
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from unittest.mock import patch

from big_study import make
from measuring import print_table

from workbench.domain.consent import State, Use
from workbench.services import codebook_files, exports, reporting
from workbench.services.confidential import Confidential
from workbench.services.door import Audience, Door
from workbench.study import Study

MOST = 1.15  # of the time without the door
_ROOMS = (exports, reporting, codebook_files)
_FIRST = ("Aaltje", "Bjarne", "Ciara", "Dimitra", "Eamon", "Farida", "Gintaras", "Hanneke")
_LAST = ("Okonkwo", "Lindqvist", "Papadakis", "Szymanski", "Nandakumar", "Verhoeven", "Ó Briain")

Export = Callable[[Study, Path], object]


def main() -> None:
    """Make the study, measure each export all three ways and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--study", type=Path, help="where the study is, or is to be made")
    parser.add_argument("--observations", type=int, default=5_000)
    parser.add_argument("--runs", type=int, default=7, help="the shortest are printed (default: 7)")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = asked.study or Path(scratch) / "door.study"
        if not folder.exists():
            make(folder, 20, asked.observations)
            _name(folder)
        with Study.open(folder, read_only=True) as study:
            rows = [
                _row(name, export, study, Path(scratch), asked.runs)
                for name, export in _exports(study).items()
            ]
    print_table(["export", "bare", "answers ÷ bare", "door ÷ answers", "at most"], rows)


def _name(folder: Path) -> None:
    """Give everybody a real name, and let most agree to be quoted."""
    with Study.open(folder) as study:
        for number, person in enumerate(study.people.participants()):
            first, last = _FIRST[number % len(_FIRST)], _LAST[number % len(_LAST)]
            study.people.set_real_name(person.id, f"{first} {last}")
            said = State.REFUSED if number % 10 == 0 else State.GIVEN
            study.ledger.set([person.id], {Use.QUOTE: said})


def _exports(study: Study) -> dict[str, Export]:
    [first, *_] = study.materials.sources()

    def write(form: str, source_id: str | None, study: Study, out: Path) -> object:
        return study.exports.write(form, out, source_id=source_id, replace=True)

    found = {form: partial(write, form, None) for form in ("csv", "txt", "docx", "codebook-csv")}
    found["vtt"] = partial(write, "vtt", first.id)
    found["report"] = lambda study, out: study.reports.write(out, replace=True)
    return found


def _row(name: str, export: Export, study: Study, scratch: Path, runs: int) -> list[str]:
    out = scratch / f"out.{name}"
    ways = {"bare": _bare, "answers": _straight, "door": ExitStack}
    spent: dict[str, list[float]] = {way: [] for way in ways}
    for run in range(runs + 1):
        for way, prepared in ways.items():
            with prepared():
                gc.collect()
                begin = time.process_time()
                export(study, out)
                if run:  # the first one loads what the others have
                    spent[way].append(time.process_time() - begin)
    bare, answers, door = (min(spent[way]) for way in ways)
    ratios = (answers / bare, door / answers)
    return [name, f"{bare * 1000:.0f} ms", *(f"{one:.2f}" for one in ratios), f"{MOST:.2f}"]


@contextmanager
def _straight() -> Iterator[None]:
    """Let what is written go straight to its place."""

    def leave(_door: Door, out: Path, fill: Callable[[Path], object], **_how: object) -> Path:
        fill(out)
        return out

    with patch.object(Door, "leave", leave):
        yield


@contextmanager
def _bare() -> Iterator[None]:
    """Let what is written go straight to its place, with everything in it."""
    open_to_all = partial(Confidential, audience=Audience.OWN)
    with ExitStack() as together:
        together.enter_context(_straight())
        for room in _ROOMS:
            together.enter_context(
                patch.object(room, "Confidential", lambda desk, *_more: open_to_all(desk))
            )
        yield


if __name__ == "__main__":
    main()
