"""Where the program was when it ended suddenly, for its next start to tell.

A fault in a library ends the program without a word: no error is raised, and no log is written any
more. Python can still write which line every thread was in, and that is all it writes: names of
files and functions of the program, no values, so nothing of a study. The file is empty as long as
nothing happens. Several windows may write into it, so it is emptied and never taken away.
"""

from __future__ import annotations

import faulthandler
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from workbench import log, paths, rights

_FILE = re.compile(r'"([^"\n]*[/\\][^"\n]*)"')


@dataclass(frozen=True, slots=True)
class Crash:
    """What the program left when it ended suddenly.

    Attributes:
        at: when, as a study keeps times: ISO 8601, UTC, seconds.
        text: the lines in which its threads were, newest call first.
        path: where that is written.
    """

    at: str
    text: str
    path: Path


@contextmanager
def watching() -> Iterator[None]:
    """Have a fault that ends the program written down.

    Who started Python so that faults are told elsewhere keeps that, and a folder that cannot be
    written must not keep anybody from work: then nothing is written down.
    """
    if faulthandler.is_enabled():
        yield
        return
    file = None
    with suppress(OSError):
        place = _place()
        rights.own_folder(place.parent)
        rights.claim(place)
        file = place.open("ab")
    if file is None:
        yield
        return
    with file:
        faulthandler.enable(file)
        try:
            yield
        finally:
            faulthandler.disable()


def found() -> Crash | None:
    """Return what an earlier start left; `None` = it ended as it should."""
    place = _place()
    try:
        if not (stat := place.stat()).st_size:
            return None
        text = place.read_text("utf-8", errors="replace")
    except OSError:
        return None
    at = datetime.fromtimestamp(stat.st_mtime, UTC).isoformat(timespec="seconds")
    return Crash(at, _FILE.sub(lambda file: f'"{log.near(file[1])}"', text), place)


def empty() -> None:
    """Delete what was written.

    Raises:
        OSError: it cannot be.
    """
    with suppress(FileNotFoundError), _place().open("r+b") as file:
        file.truncate(0)


def _place() -> Path:
    return paths.log_dir() / "crash.log"
