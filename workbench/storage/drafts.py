"""Files on their way out: written in the study, for its owner alone, gone after a sudden end."""

from __future__ import annotations

import logging
import os
import re
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from workbench import held
from workbench.paths import NO_LINKS

FOLDER = Path("data", "drafts")
_OURS = re.compile(r"[0-9a-f]{16}(?:\.[^.]*)?")
_log = logging.getLogger(__name__)


@contextmanager
def draft(folder: Path, suffix: str) -> Iterator[Path]:
    """Make an empty draft in a study; it is gone at the end, whatever has become of it.

    Whoever opens the study meanwhile does not take it for one that was left behind.

    Args:
        folder: of the study.
        suffix: ending of the file.

    Raises:
        OSError: nothing can be written there.
    """
    place = folder / FOLDER
    if not place.is_dir():
        for made in (place.parent, place):
            made.mkdir(mode=0o700, exist_ok=True)
    path = place / f"{secrets.token_hex(8)}{suffix}"
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | NO_LINKS, 0o600)
    try:
        if sys.platform != "win32":  # where nobody can delete what is open, nor write what is held
            with suppress(OSError):  # a share without locks
                held.take(file)
        yield path
    finally:
        os.close(file)  # Windows deletes nothing that is open
        path.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Delete the drafts that a sudden end left in a study; those still being written stay."""
    for path in (folder / FOLDER).glob("*"):
        if _OURS.fullmatch(path.name) and path.is_file() and not held.is_held(path):
            try:
                path.unlink()
            except OSError as problem:  # tried again at the next opening
                _log.warning("a draft stays: %s", problem.strerror)


__all__ = ["FOLDER", "draft", "sweep"]
