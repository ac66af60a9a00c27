"""What a sudden end leaves behind half-written: recognised by our own names, and deleted."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from pathlib import Path

from workbench import paths
from workbench.storage import drafts, media_names

_BACKUP = re.compile(r"(?:[a-z-]+-)?\d{8}-\d{6}(?:-\d+)?\.partial(?:-journal|-wal|-shm)?")
_ASIDE = r"damaged-\d{8}-\d{6}\.sqlite\.kept(?:-wal|-shm|-journal)?"
_DECODED = re.compile(r"[0-9a-f]{64}(?:\.\w+)+\.\d+\.tmp")
_SPOOL = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tmp")
# Loudness, with as much of its name as a draft keeps, and what was half typed.
_CACHED = r"(?:[0-9a-f]{40}|half-typed)\.json"
_BEGUN = r"begun\.txt"  # the one file of ours there that is written anew; all else may be theirs
_OWN = r"withdrawal\.json|people\.key|key(?:-copy)?\.json"  # what else is written anew as a whole
_HALF: dict[str, Callable[[str], object]] = {
    "backups": lambda name: _BACKUP.fullmatch(name) or paths.is_draft(name, _ASIDE),
    "media": media_names.is_half,
    "cache": lambda name: _DECODED.fullmatch(name) or paths.is_draft(name, _CACHED),
    "voices": _DECODED.fullmatch,
    "spool": _SPOOL.fullmatch,
    "recordings": lambda name: paths.is_draft(name, _BEGUN),
    "": lambda name: name == "study.sqlite.restoring" or paths.is_draft(name, _OWN),
}
_log = logging.getLogger(__name__)


def settling(media: Path) -> list[str]:
    """Return the copies with both names: a sudden end came as their rows were written."""
    found = media.glob(f"*{media_names.HALF}")
    halves = (path.name.removesuffix(media_names.HALF) for path in found)
    return [name for name in halves if media_names.is_copy(name) and (media / name).is_file()]


def sweep(folder: Path) -> None:
    """Delete half-written files of a study; nobody else may have it open."""
    drafts.sweep(folder)
    for place, is_half in _HALF.items():
        for path in (folder / place).glob("*"):
            if is_half(path.name) and path.is_file():
                try:
                    path.unlink()
                except OSError as problem:  # costs only space, and is tried again
                    _log.warning("a half-written file stays: %s", problem.strerror)
