"""What commands print: data on standard output, progress on standard error."""

from __future__ import annotations

import io
import json
import re
import sys
from argparse import Namespace
from collections.abc import Iterable, Sequence
from dataclasses import asdict, is_dataclass
from typing import Any

from workbench.errors import WorkbenchError
from workbench.words import Phrase, t

_STEERING = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u202d\u202e]")
# What nobody reads to its end, in quotes or without blanks.
_LONG = re.compile(r"(“[^”]{200})[^”]+|([^\s“”]{200})[^\s“”]+")


def get_ready() -> None:
    """Let everything be printed: what the screen or the file has no letter for, as its number.

    A name in a script that a console of another country does not know must not end the command.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def data(value: Any) -> None:
    """Print a value as JSON."""
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    print(json.dumps(value, ensure_ascii=False, indent=1, default=_plain))


def line(text: Phrase, /, **values: object) -> None:
    """Print a sentence for people; arguments as `t` takes them."""
    row(t(text, **values))


def row(text: str) -> None:
    """Print a line of data for people."""
    print(shown(text))


def shown(text: str) -> str:
    """Return a text that cannot steer the console: control characters are seen, not obeyed."""
    return _STEERING.sub(lambda found: ascii(found[0])[1:-1], text)


def refused(error: WorkbenchError) -> None:
    """Print what went wrong and what to do next; of what was typed, not more than tells it."""
    said = f"{error.happened}\n{error.todo}".strip()
    print(shown(_LONG.sub(lambda long: f"{long[1] or long[2]}…", said)), file=sys.stderr)


def answer(asked: Namespace, value: Any, text: Phrase, /, **values: object) -> None:
    """Print a value as JSON where that was asked, else a sentence for people."""
    if asked.json:
        data(value)
    else:
        line(text, **values)


def rows(asked: Namespace, value: Any, lines: Iterable[str]) -> None:
    """Print a value as JSON where that was asked, else lines of data for people."""
    if asked.json:
        data(value)
    else:
        row("\n".join(lines))


def listed(asked: Namespace, rows: Sequence[Any], lines: Iterable[str], nothing: Phrase) -> None:
    """Print what there is: as JSON where that was asked, else a line for each.

    Args:
        asked: the command.
        rows: the data.
        lines: the same for people; not asked for when JSON is wanted.
        nothing: what to say when there are none.
    """
    if asked.json:
        data(rows)
        return
    for one in lines if rows else (t(nothing),):
        row(one)


def progress(text: Phrase, /, **values: object) -> None:
    """Print a sentence about how far a long command is."""
    print(shown(t(text, **values)), file=sys.stderr, flush=True)


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return str(value)
