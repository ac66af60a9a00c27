"""Measure what the door costs: exports of 5,000 quotes, as they leave and as they would without it.

    python benchmarks/door.py [--study FOLDER] [--observations N] [--runs N]

Three ways are measured in one process, in turn, by the time of the processor (the door waits for no
disk); each ratio is the median of those of the pairs that were measured one behind the other.
“Bare” writes a file straight to its place with all that is in it. “Answers” takes real names out
and withholds what may not be quoted, straight to its place too. “Door” is what people get: the same
through draft and inspectors; what that adds is the price of the door. “Again” is an export of a
study that has not changed since the last one. The next columns say the same of the first export
after a passage was coded, after a word of a transcript was corrected, and of a program that has
just opened the study, each in a process of its own; the last one, of the command that exports, from
its start to its end. For those too, door and answers are compared.
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, redirect_stdout
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any
from unittest.mock import patch

from big_study import make
from measuring import in_child, print_table

from workbench.domain.anchors import Edit, TextAnchor
from workbench.domain.consent import State, Use
from workbench.domain.ids import SourceId
from workbench.exchange.registry import format_named
from workbench.services.confidential.confidential import Confidential
from workbench.services.door import Audience, Door
from workbench.services.leaving import codebook_files, exports
from workbench.services.report import reporting
from workbench.study import Study

_ROOMS = (exports, reporting, codebook_files)
_FIRST = ("Aaltje", "Bjarne", "Ciara", "Dimitra", "Eamon", "Farida", "Gintaras", "Hanneke")
_LAST = ("Okonkwo", "Lindqvist", "Papadakis", "Szymanski", "Nandakumar", "Verhoeven", "Ó Briain")
_WHOLE = (
    "csv",
    "xlsx",
    "txt",
    "docx",
    "codebook-csv",
    "memos-docx",
    "memos-md",
    "memos-txt",
    "memos-csv",
)
_SINGLE = ("vtt", "srt", "csv")
_MEMOS = 500
_HEADS = ("bare", "answers ÷ bare", "door adds", "again", "coded", "corrected", "opened", "command")

Export = Callable[[Study, Path], object]
Way = Callable[[], AbstractContextManager[object]]
Change = Callable[[Study], object]


def main() -> None:
    """Make the study, measure each export all ways and print the table; or be one process."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--study", type=Path, help="where the study is, or is to be made")
    parser.add_argument("--observations", type=int, default=5_000)
    parser.add_argument("--runs", type=int, default=5, help="pairs of each kind (default: 5)")
    parser.add_argument("--only", nargs="+", help="these exports (default: all)")
    parser.add_argument("--child", nargs=2, metavar=("EXPORT", "WAY"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        name, way = asked.child
        command = name.startswith(_COMMAND)
        spent = (_command if command else _first)(asked.study, name.removeprefix(_COMMAND), way)
        print(json.dumps({"spent": spent}))
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = asked.study or Path(scratch) / "door.study"
        if not folder.exists():
            make(folder, 20, asked.observations)
            _furnish(folder)
        print_table(["export", *_HEADS], _rows(folder, Path(scratch), asked.runs, asked.only))


def _furnish(folder: Path) -> None:
    """Give everybody a real name, let most agree to be quoted, and write memos and definitions."""
    with Study.open(folder) as study:
        for number, person in enumerate(study.people.participants()):
            first, last = _FIRST[number % len(_FIRST)], _LAST[number % len(_LAST)]
            study.people.set_real_name(person.id, f"{first} {last}")
            said = State.REFUSED if number % 10 == 0 else State.GIVEN
            study.ledger.set([person.id], {Use.QUOTE: said})
        for number, passage in enumerate(study.passages.find()[:_MEMOS]):
            study.memos.write("observation", passage.id, f"As often before, note {number}.")
        for code in study.codebook.codes():
            study.codebook.change(code.id, definition=f"What people say of {code.name}, and when.")


def _exports(study: Study) -> dict[str, Export]:
    [first, *_] = study.materials.sources()

    def write(form: str, source_id: SourceId | None, study: Study, folder: Path) -> object:
        out = folder / f"out{format_named(form).suffix}"
        return study.exports.write(form, out, source_id=source_id, replace=True)

    found: dict[str, Export] = {form: partial(write, form, None) for form in _WHOLE}
    found |= {f"{form}, one transcript": partial(write, form, first.id) for form in _SINGLE}
    for name, file in (("report", "out.docx"), ("report as HTML", "out.html")):
        found[name] = partial(_report, file)
    return found


def _report(file: str, study: Study, folder: Path) -> object:
    return study.reports.write(folder / file, replace=True)


def _rows(folder: Path, scratch: Path, runs: int, only: Sequence[str] | None) -> list[list[str]]:
    """Return a line for each export."""
    with Study.open(folder) as study:
        names = [name for name in _exports(study) if only is None or name in only]
        again = {name: _pairs(study, name, scratch, runs, ways=_WAYS) for name in names}
        changed = [
            {
                name: _pairs(study, name, scratch, runs, ways=_OF_THE_DOOR, change=change())
                for name in names
            }
            for change in (_coded, _corrected)
        ]
    rows = []
    for name in names:
        opened = [
            [_in_process(folder, name, way, scratch) for way in _OF_THE_DOOR] for _ in range(runs)
        ]
        command = [
            [_in_process(folder, _COMMAND + name, way, scratch) for way in _OF_THE_DOOR]
            for _ in range(runs if name in _WHOLE or name == "report" else 0)
        ]
        warm = [pair[1:] for pair in again[name]]
        rows.append(
            [
                name,
                f"{median(pair[0] for pair in again[name]) * 1000:.1f} ms",
                f"{median(pair[1] / pair[0] for pair in again[name]):.2f}",
                f"{median(door - answers for answers, door in warm) * 1000:.1f} ms",
                *(
                    f"{median(door / answers for answers, door in pairs):.2f}" if pairs else "–"
                    for pairs in (warm, *(of[name] for of in changed), opened, command)
                ),
            ]
        )
    return rows


def _pairs(
    study: Study,
    name: str,
    scratch: Path,
    runs: int,
    *,
    ways: Iterable[str],
    change: Change | None = None,
) -> list[list[float]]:
    """Return what an export takes in some ways, each time one behind the other.

    Args:
        study: as it is, open.
        name: of the export.
        scratch: where it is written.
        runs: how often.
        ways: how.
        change: what is done to the study each time, before.
    """
    export, spent = _exports(study)[name], []
    for _ in range(runs + 1):
        if change is not None:
            change(study)
        spent.append([_spent(export, study, scratch, way) for way in ways])
    return spent[1:]  # the first one loads what the others have


def _spent(export: Export, study: Study, scratch: Path, way: str) -> float:
    with _WAYS[way]():
        gc.collect()
        begin = time.process_time()
        export(study, scratch)
        return time.process_time() - begin


def _first(folder: Path, name: str, way: str) -> float:
    """Return what the first export takes in this process."""
    with tempfile.TemporaryDirectory() as scratch, Study.open(folder, read_only=True) as study:
        return _spent(_exports(study)[name], study, Path(scratch), way)


def _command(folder: Path, name: str, way: str) -> float:
    """Return what a command takes that is this process, from its beginning to its end."""
    from workbench.cli import main as run

    with tempfile.TemporaryDirectory() as scratch, _WAYS[way](), redirect_stdout(sys.stderr):
        out = str(
            Path(scratch) / f"out{'.docx' if name == 'report' else format_named(name).suffix}"
        )
        what = ["report", str(folder)] if name == "report" else ["export", str(folder)]
        code = run([*what, "--out", out, *(() if name == "report" else ("--format", name))])
    assert code == 0, "nothing was exported"
    return time.process_time()


def _in_process(folder: Path, name: str, way: str, scratch: Path) -> float:
    asked = ("--study", folder, "--child", name, way)
    return float(in_child(__file__, *asked, home=scratch / "home")["spent"])


def _coded() -> Change:
    """Return what codes a passage, another one each time."""
    numbers = count()

    def code(study: Study) -> None:
        [source, *_] = study.materials.sources()
        text = study.transcripts.of_source(source.id)
        turn = study.transcripts.turns(text.id)[next(numbers)] if text else None
        if turn is not None:
            [first, *_] = study.codebook.codes()
            study.observations.place(TextAnchor(turn.id, 0, turn.id, 20), code_ids=[first.id])

    return code


def _corrected() -> Change:
    """Return what corrects a word of a transcript, in another turn each time."""
    numbers = count()

    def correct(study: Study) -> None:
        [source, *_] = study.materials.sources()
        text = study.transcripts.of_source(source.id)
        turn = study.transcripts.turns(text.id)[next(numbers)] if text else None
        if turn is not None:
            study.corrections.edit(turn.id, Edit(0, 0, "well "))

    return correct


@contextmanager
def _straight() -> Iterator[None]:
    """Let what is written go straight to its place."""

    def leave(_door: Door, out: Path, fill: Callable[[Path], object], **how: Any) -> Path:
        fill(out)
        if how.get("before"):
            how["before"]()
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


_WAYS: dict[str, Way] = {"bare": _bare, "answers": _straight, "door": ExitStack}
_OF_THE_DOOR = ("answers", "door")
_COMMAND = "the command of "


if __name__ == "__main__":
    main()
