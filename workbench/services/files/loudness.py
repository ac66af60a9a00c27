"""How loud a recording is over its time, as the worker measured it.

The overview is a thousand numbers and always at hand; the detail is a byte for each 10 ms, of
which only the stretch that is looked at is read. Both are caches: they may be deleted.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from workbench import paths, rights
from workbench.errors import EnvironmentProblem
from workbench.exchange import atomic
from workbench.vault import files

_DETAIL_MS = 10
_log = logging.getLogger(__name__)


def overview(cache: Path, sha256: str) -> tuple[int, ...]:
    """Return the loudness over a recording, 0…100; empty as long as it is unknown."""
    try:
        found = json.loads(files.read(_overview_file(cache, sha256)))
    except (OSError, ValueError):
        return ()
    return tuple(found) if isinstance(found, list) else ()


def keep_overview(cache: Path, sha256: str, peaks: Sequence[int]) -> None:
    """Keep the loudness over a recording; a full disk must not end a job."""
    file = _overview_file(cache, sha256)
    try:
        rights.folder(file.parent)
        atomic.renew(file, lambda path: _write(path, peaks))
    except (OSError, EnvironmentProblem) as problem:
        _log.warning("%s not kept: %s", file.name, problem)


def _write(path: Path, peaks: Sequence[int]) -> None:
    files.write(path, json.dumps(list(peaks)).encode())


def detail(cache: Path, sha256: str, start_ms: int, end_ms: int, count: int) -> tuple[int, ...]:
    """Return the loudness of a stretch in `count` numbers, 0…100; empty where it is unknown."""
    first, last = max(0, start_ms) // _DETAIL_MS, -(-end_ms // _DETAIL_MS)
    wide = max(0, last - first)
    try:
        with files.opened(paths.within(cache, f"{sha256}.peaks")) as file:
            file.seek(first)
            loud = file.read(wide)
    except OSError:
        return ()
    edges = [wide * number // count for number in range(count + 1)]
    return tuple(
        max(loud[start : max(end, start + 1)], default=0) for start, end in pairwise(edges)
    )


def _overview_file(cache: Path, sha256: str) -> Path:
    return paths.within(cache, f"{sha256}.peaks.json")
