"""What the copies of imported files are called in `media`, told from those of anybody else."""

from __future__ import annotations

import re
from pathlib import Path

HALF = ".partial"
"""Ends the name of a copy that is being written, or whose row is not there yet."""
_COPY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:\.[^./\\]+)?")
_ENDING = re.compile(r"\.\w{1,16}")


def name_of(source_id: str, path: Path) -> str:
    """Return what the copy of a file is called; it has the ending of the file, if that is one.

    Behind the last full stop of “Call 3.11. 10:30” stands something else.
    """
    ending = path.suffix.lower()
    return f"{source_id}{ending if _ENDING.fullmatch(ending) else ''}"


def is_copy(name: str) -> bool:
    """Tell whether a name is one of a finished copy."""
    return not is_half(name) and _COPY.fullmatch(name) is not None


def is_half(name: str) -> bool:
    """Tell whether a name is one of a copy without a row: none, or not yet."""
    return name.endswith(HALF) and _COPY.fullmatch(name.removesuffix(HALF)) is not None
