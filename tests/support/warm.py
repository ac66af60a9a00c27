"""Processes that read strangers' files for all tests: to start them for each would take minutes.

One reads documents, one looks into recordings, and one writes them anew with silence in them.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType

import pytest
from typing_extensions import override

from workbench.exchange import reading
from workbench.helper import Helper
from workbench.speech import client, silencing


class _Warm(Helper):
    """A helper whose child stays when somebody is done with it."""

    @override
    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Wait for the next one who asks."""

    @property
    def pid(self) -> int:
        return self._child.pid if self._child is not None else 0

    @property
    def thread(self) -> threading.Thread | None:
        return self._pump

    def serve(self, command: Sequence[str], cancelled: Callable[[], bool]) -> Helper:
        self._command, self._cancelled = command, cancelled
        return self


WARM = (_Warm([]), _Warm([]), _Warm([]))


@contextmanager
def warm_helpers() -> Iterator[None]:
    """Let one process read all documents of this process, and one each be at all recordings."""
    with pytest.MonkeyPatch.context() as patch:
        for room, helper in zip((reading, client, silencing), WARM, strict=True):
            patch.setattr(room, "Helper", helper.serve)
        yield
    end_helpers()


def end_helpers() -> None:
    """End the processes; who asks next starts others."""
    for helper in WARM:
        helper.close()
