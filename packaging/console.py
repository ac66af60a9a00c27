"""One calm voice for set-up, start and checks: a line per step, with its duration."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class SetupError(Exception):
    """Set-up cannot go on; the text says what happened and what to do next."""


def say(line: str) -> None:
    """Print one line at once, also into a pipe."""
    print(line, flush=True)


def fail(text: str) -> None:
    """Print a failure on the error stream."""
    sys.stdout.flush()
    print(f"✗ {text}", file=sys.stderr, flush=True)


@contextmanager
def step(title: str) -> Iterator[None]:
    """Announce a step, and say how long it took when it went well."""
    say(f"• {title} …")
    started = time.monotonic()
    yield
    say(f"✓ {title} ({time.monotonic() - started:.1f} s)")


def survive_narrow_encodings() -> None:
    """Let a terminal without UTF-8 show a question mark where it lacks a character."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


survive_narrow_encodings()
