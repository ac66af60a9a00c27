"""What a sudden end leaves behind half-written: recognised by our own names, and deleted."""

from __future__ import annotations

import logging
import re
from pathlib import Path

_PATTERNS = {
    "backups": re.compile(r"(?:[a-z-]+-)?\d{8}-\d{6}(?:-\d+)?\.partial(?:-journal|-wal|-shm)?"),
    "media": re.compile(r"[0-9a-f-]{32,36}(?:\.\w+)?\.partial"),
    "cache": re.compile(r"[0-9a-f]{64}\.\w+\.\d+\.tmp"),
    "": re.compile(r"study\.sqlite\.restoring"),
}
_log = logging.getLogger(__name__)


def sweep(folder: Path) -> None:
    """Delete half-written files of a study; nobody else may have it open."""
    for place, pattern in _PATTERNS.items():
        for path in (folder / place).glob("*"):
            if pattern.fullmatch(path.name) and path.is_file():
                try:
                    path.unlink()
                except OSError as problem:  # costs only space, and is tried again
                    _log.warning("a half-written file stays: %s", problem.strerror)


__all__ = ["sweep"]
