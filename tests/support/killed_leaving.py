"""Processes that write what leaves a study, and are killed on the way, as by a failing battery.

`python -m tests.support.killed_leaving` loads the program once, then reads lines of JSON and forks
a process for each: it does one deed, and ends itself just before it makes, opens, renames or
deletes a file for that time. A line of JSON tells how it ended, and how often it had changed one.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

from tests.support.disk import without_waiting
from tests.support.source import ROOT
from tests.support.vault import SAID
from workbench import underway
from workbench.exchange import recovery_sheet
from workbench.services.locking import locking
from workbench.storage import database
from workbench.study import Study

WORD, NAME = "Blaubeerkuchen", "Xanthippe"
_EVENTS = {"os.rename", "os.remove", "os.link", "os.mkdir", "os.rmdir", "os.truncate"}
_WRITING = os.O_WRONLY | os.O_RDWR
ELSEWHERE = 3
"""How a process ends that changes a file in a folder that is not watched."""
Deed = Callable[[Study, Path], object]


def _copy(study: Study, out: Path) -> None:
    copy = study.keeping.copy_to(out, with_key=True)
    copy.finish(lambda _done, _total: None, lambda: False)


def _certificate(study: Study, out: Path) -> None:
    [done] = study.withdrawal.done("P01")
    study.withdrawal.certify(done, out, replace=True)


def _key(study: Study, out: Path) -> None:
    study.keys.move(out)
    study.people.add(pseudonym="Anna", real_name=f"Ada {NAME}")


def _export(name: str) -> Deed:
    return lambda study, out: study.exports.write(
        name, out, source_id=study.materials.sources()[0].id, replace=True
    )


DEEDS: dict[str, tuple[str, Deed]] = {
    "report": ("out.docx", lambda study, out: study.reports.write(out, replace=True)),
    "csv": ("out.csv", lambda study, out: study.exports.write("csv", out, replace=True)),
    "transcript": ("out.txt", _export("txt")),
    "codebook": ("out.csv", lambda study, out: study.codebook_files.write(out, replace=True)),
    "certificate": ("out.docx", _certificate),
    "sheet": (
        "out.docx",
        lambda study, out: recovery_sheet.write(out, study.title, WORD, replace=True),
    ),
    "copy": ("Copy.study", _copy),
    "backup": ("", lambda study, _out: study.keeping.copies.backup()),
    "key": ("", _key),
}
"""What leaves, and what it is called where it goes; all that can be there already is replaced."""


def _at_work(asked: dict[str, Any]) -> None:
    os.environ.update(asked["environment"])
    tempfile.tempdir = None
    if not asked["nameless"]:
        underway._NAMELESS = 0
    folder = Path(asked["study"])
    if asked["locked"]:
        locking.open_with(folder, SAID)
    with Study.open(folder) as study:
        study.reports.desk.door.decide = lambda *_: True  # whatever was found in it
        _count(asked)
        DEEDS[asked["deed"]][1](study, Path(asked["out"]))
        done = _told[0]
        _told[0] = -(1 << 30)  # closing the study is no part of it
    _say({"moments": done})


_told = [0]


def _count(asked: dict[str, Any]) -> None:
    watched, end = asked["watched"], asked["end"]

    def hear(event: str, arguments: tuple[Any, ...]) -> None:
        if event not in _EVENTS and not (event == "open" and _writes(*arguments)):
            return
        place = arguments[0]
        if not isinstance(place, int) and not str(place).startswith((watched, "/proc/", "/dev/")):
            os._exit(ELSEWHERE)
        _told[0] += 1
        if _told[0] == end:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hear)


def _writes(path: object, _mode: object, flags: object) -> bool:
    return not isinstance(path, int) and isinstance(flags, int) and bool(flags & _WRITING)


def main() -> None:
    """Fork for every line, and say what became of it."""
    database._configure = without_waiting(database._configure)
    sys.dont_write_bytecode = True  # beside the sources, which nobody watches
    for line in sys.stdin:
        child = os.fork()
        if not child:
            _end(json.loads(line))
        _, status = os.waitpid(child, 0)
        _say({"code": os.waitstatus_to_exitcode(status)})


def _end(asked: dict[str, Any]) -> NoReturn:
    code = 1
    try:
        _at_work(asked)
        code = 0
    finally:
        if code:
            traceback.print_exc()
        os._exit(code)


def _say(told: dict[str, int]) -> None:
    sys.stdout.write(f"{json.dumps(told)}\n")
    sys.stdout.flush()


class Killer:
    """Has deeds done in processes that are killed.

    Args:
        child: the program that forks.
    """

    def __init__(self, child: subprocess.Popen[str]) -> None:
        self._child = child

    def ask(self, **asked: Any) -> tuple[int, int]:
        """Return how a process ended, and of how many moments it told."""
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        print(json.dumps(asked), file=self._child.stdin, flush=True)
        moments = 0
        while told := json.loads(self._child.stdout.readline()):
            if "code" in told:
                return told["code"], moments
            moments = told["moments"]
        raise AssertionError


@contextmanager
def killer() -> Iterator[Killer]:
    """Start the program that forks."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.support.killed_leaving"],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        try:
            yield Killer(child)
        finally:
            child.kill()


if __name__ == "__main__":
    main()
