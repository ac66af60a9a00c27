"""Decoded sound in the folder `cache`: large, and needed only while a recording is recognised."""

from __future__ import annotations

import logging
import re
from collections.abc import Collection
from pathlib import Path

MOST_BYTES = 1_000_000_000  # some nine hours
_NAME = re.compile(r"([0-9a-f]{64})(?:\.[0-9a-z]+)*\.pcm")
_log = logging.getLogger(__name__)


def forget(cache: Path, *, running: Collection[str], waiting: Collection[str]) -> None:
    """Delete decoded sound that nobody needs now; it can be made again at any time.

    Args:
        cache: the study's folder for it.
        running: hashes of recordings that are being recognised.
        waiting: hashes of those that are to be; of theirs, the newest are kept within a bound.
    """
    named = [(path, _NAME.fullmatch(path.name)) for path in cache.glob("*.pcm")]
    files = {path: name[1] for path, name in named if name}
    room = MOST_BYTES
    try:
        for path in sorted(files, key=lambda path: path.stat().st_mtime_ns, reverse=True):
            size = path.stat().st_size
            if files[path] in running or (files[path] in waiting and size <= room):
                room -= size
            else:
                path.unlink()
    except OSError as problem:  # in use on Windows: gone the next time
        _log.warning("decoded sound stays: %s", problem.strerror)


__all__ = ["MOST_BYTES", "forget"]
