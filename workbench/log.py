"""The program's own log: a small rotating file that never holds words of a study.

Errors of libraries carry what they stumbled over: a byte that is no letter comes with the sentence
around it, a missing key is a name. So nothing of an error is written but its type, its place in the
program and, where it has one, its number or position; the report people are asked to send is made
of the same. Whoever logs an error hands it over as it is.
"""

from __future__ import annotations

import copy
import errno
import json
import logging
import os
import platform
import sys
import threading
import traceback
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path, PurePath
from types import TracebackType
from typing import TextIO

from typing_extensions import override

from workbench import __version__, paths, rights
from workbench.errors import WorkbenchError

FILE = "workbench.log"
_SIZE = 1 << 20
_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_ROOTS = (Path(__file__).parents[1], Path(os.__file__).parents[1])  # of the program, of Python
_OTHERS = "site-packages"


def start(*, debug: bool = False) -> None:
    """Write warnings and errors of the program to a file in the log folder.

    A folder that cannot be written must not keep anybody from work: then there is no log.

    Args:
        debug: write also what is done, step by step, and where every error that is told of came
            from; no words of a study, as ever.
    """
    root = logging.getLogger("workbench")
    if root.handlers:
        return
    try:
        folder = paths.log_dir()
        rights.own_folder(folder)
        handler: logging.Handler = _Private(
            folder / FILE, maxBytes=_SIZE, backupCount=2, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(Wordless(_FORMAT, traces=debug))
    root.addHandler(handler)
    if debug:
        root.setLevel(logging.DEBUG)
        of = f"Python {platform.python_version()}, {platform.system()} {platform.release()}"
        root.debug("Workbench %s, %s, %s", __version__, of, platform.machine())


def start_child(stream: TextIO | None = None) -> None:
    """Write what a child process logs, and errors that end it or a thread, to standard error."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(Wordless(_FORMAT))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    sys.excepthook = _say
    threading.excepthook = _say_of_thread


def without_words(error: BaseException) -> str:
    """Return the type of an error with its number or position, and nothing of its message."""
    name = type(error).__name__
    if isinstance(error, WorkbenchError):
        return f"{name}: {error.code}"
    if isinstance(error, UnicodeError):
        start, end = getattr(error, "start", "?"), getattr(error, "end", "?")
        return f"{name}: {getattr(error, 'encoding', '?')}, {start} to {end}"
    if isinstance(error, json.JSONDecodeError):
        return f"{name}: character {error.pos}"
    if isinstance(error, OSError):
        return f"{name}: {errno.errorcode.get(error.errno or 0, error.errno)}"
    if number := getattr(error, "sqlite_errorname", ""):
        return f"{name}: {number}"
    return name


def trace(error: BaseException) -> str:
    """Return where an error and those behind it came from, and nothing of their messages."""
    lines, seen = [], set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        frames = [_place(frame) for frame in traceback.extract_tb(one.__traceback__)]
        lines.append("\n".join([*frames, without_words(one)]))
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return "\n\nThat came of:\n\n".join(lines)


class _Private(RotatingFileHandler):
    """Writes for the owner alone, also what is begun anew when a file is full."""

    @override
    def _open(self) -> TextIOWrapper:
        rights.claim(Path(self.baseFilename))
        return super()._open()


class Wordless(logging.Formatter):
    """Writes errors without their words, those that are reported and those that are told of.

    Args:
        form: of a line.
        traces: tell also where those came from that are only told of.
    """

    def __init__(self, form: str, *, traces: bool = False) -> None:
        super().__init__(form)
        self._traces = traces

    @override
    def format(self, record: logging.LogRecord) -> str:
        mine = copy.copy(record)
        mine.exc_text = None  # another handler may have put its own there
        told = [one for one in _parts(mine) if isinstance(one, BaseException)]
        if isinstance(mine.msg, BaseException):
            mine.msg = without_words(mine.msg)
        if isinstance(mine.args, tuple):
            mine.args = tuple(
                without_words(value) if isinstance(value, BaseException) else value
                for value in mine.args
            )
        traces = map(trace, told) if self._traces else ()
        return "\n".join([super().format(mine), *traces])

    @override
    def formatException(self, ei: object) -> str:
        error = ei[1] if isinstance(ei, tuple) else None
        return trace(error) if isinstance(error, BaseException) else ""


def near(path: str) -> str:
    """Return what of the path of a file says where in a program it is, and not where that lies.

    What is above may be called by whoever works there.
    """
    whole = PurePath(path)
    for root in _ROOTS:
        if whole.is_relative_to(root):
            return whole.relative_to(root).as_posix()
    if _OTHERS in whole.parts:
        return PurePath(*whole.parts[whole.parts.index(_OTHERS) :]).as_posix()
    return whole.name if whole.anchor else whole.as_posix()


def _parts(record: logging.LogRecord) -> tuple[object, ...]:
    return (record.msg, *(record.args if isinstance(record.args, tuple) else ()))


def _place(frame: traceback.FrameSummary) -> str:
    return f"  {near(frame.filename)}:{frame.lineno} in {frame.name}"


def _say_of_thread(ended: threading.ExceptHookArgs) -> None:
    if ended.exc_value is not None:
        sys.stderr.write(f"{trace(ended.exc_value)}\n")


def _say(_kind: type[BaseException], error: BaseException, _found: TracebackType | None) -> None:
    sys.stderr.write(f"{trace(error)}\n")
