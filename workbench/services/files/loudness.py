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
from workbench.domain.materials import Source
from workbench.errors import EnvironmentProblem
from workbench.exchange import atomic
from workbench.vault import files

_DETAIL_MS = 10
_log = logging.getLogger(__name__)


class Loudness:
    """The loudness of the recordings of one study.

    Args:
        cache: the study's folder for what can be made again.
    """

    def __init__(self, cache: Path) -> None:
        self._cache = cache

    def overview(self, source: Source) -> tuple[int, ...]:
        """Return the loudness over a recording, 0…100; empty as long as it is unknown."""
        try:
            found = json.loads(files.read(self._overview_file(source)))
        except (OSError, ValueError):
            return ()
        return tuple(found) if isinstance(found, list) else ()

    def keep(self, source: Source, peaks: Sequence[int]) -> None:
        """Keep the loudness over a recording, as the worker measured it.

        A full disk must not end a job.
        """
        file = self._overview_file(source)
        try:
            rights.folder(file.parent)
            atomic.renew(file, lambda path: _write(path, peaks))
        except (OSError, EnvironmentProblem) as problem:
            _log.warning("%s not kept: %s", file.name, problem)

    def detail(self, source: Source, start_ms: int, end_ms: int, count: int) -> tuple[int, ...]:
        """Return the loudness of a stretch of a recording, finer than the overview tells it.

        Only that stretch is read, so it takes a moment however long the recording is.

        Args:
            source: the recording.
            start_ms: where the stretch begins.
            end_ms: where it ends.
            count: how many numbers, 0…100 as in the overview.

        Returns:
            the numbers; empty where they are not known.
        """
        first, last = max(0, start_ms) // _DETAIL_MS, -(-end_ms // _DETAIL_MS)
        wide = max(0, last - first)
        try:
            with files.opened(paths.within(self._cache, f"{source.sha256}.peaks")) as file:
                file.seek(first)
                loud = file.read(wide)
        except OSError:
            return ()
        edges = [wide * number // count for number in range(count + 1)]
        return tuple(
            max(loud[start : max(end, start + 1)], default=0) for start, end in pairwise(edges)
        )

    def _overview_file(self, source: Source) -> Path:
        return paths.within(self._cache, f"{source.sha256}.peaks.json")


def _write(path: Path, peaks: Sequence[int]) -> None:
    files.write(path, json.dumps(list(peaks)).encode())
