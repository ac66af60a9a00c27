"""What is much to read is read in a thread of its own, while the window goes on.

A view shows what it has until the new is there. Nothing is held meanwhile: SQLite lets everybody
write, and what was asked for last counts.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from threading import Event
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal
from typing_extensions import override

from ui.bridge import garbage, long_steps
from workbench.study import Study

T = TypeVar("T")


class ReadBeside(QObject):
    """Reads for one view, one thing at a time."""

    _finished = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._work = _Work()
        self._next: _Task | None = None
        self._finished.connect(self._settle)
        # A view may go while it reads, and nobody says so.
        self.destroyed.connect(partial(_let_go, self._work))

    @property
    def busy(self) -> bool:
        """Tell whether something is being read."""
        return self._work.task is not None

    def ask(
        self, study: Study, read: Callable[[Study], T], show: Callable[[T], object], *, size: int
    ) -> None:
        """Read a little at once, much beside the window; what was asked for before is let go.

        Args:
            study: the open study.
            read: reads from the study it is given, perhaps in another thread; nothing else may be
                touched.
            show: gets what `read` returns, in the window.
            size: how many rows there are, about.
        """
        # Of a study that is gone from its place, only what is open can be read.
        if size < long_steps.LARGE or not study.keeping.in_place:
            self.end()
            show(read(study))
            return
        self._next = _Task(study, read, show, self._finished.emit)
        if self._work.task is None:
            self._begin()
        else:
            self._work.task.stop.set()

    def end(self) -> None:
        """Let go of what is being read, and wait for it; for a study that closes."""
        self._next = None
        self._work.let_go()

    def _begin(self) -> None:
        asked, self._next = self._next, None
        if asked is not None:
            self._work.begin(asked)

    def _settle(self) -> None:
        task = self._work.task
        if task is None or not task.done.is_set():  # of one that was let go
            return
        self._work.settle()
        self._begin()
        if task.stop.is_set():
            return
        if task.problem is not None:
            raise task.problem
        task.show(task.result)


class _Work:
    """What is done in the other thread; it outlives the view by as long as it takes to stop."""

    def __init__(self) -> None:
        self.task: _Task | None = None
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(1)

    def begin(self, task: _Task) -> None:
        self.task = task
        garbage.leave(self)
        self._pool.start(task)

    def settle(self) -> None:
        self._pool.waitForDone()
        self.task = None
        garbage.search_again(self)

    def let_go(self) -> None:
        if self.task is not None:
            self.task.stop.set()
            self.settle()


def _let_go(work: _Work, _gone: object = None) -> None:
    work.let_go()


class _Task(QRunnable):
    def __init__(
        self,
        study: Study,
        read: Callable[[Study], Any],
        show: Callable[[Any], object],
        finished: Callable[[], None],
    ) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self.show, self.stop, self.done = show, Event(), Event()
        self.result: object = None
        self.problem: Exception | None = None
        self._study, self._read, self._finished = study, read, finished

    @override
    def run(self) -> None:
        try:
            with self._study.aside.open(lambda _written: self.stop.is_set()) as beside:
                self.result = self._read(beside)
        except Exception as problem:  # noqa: BLE001  raised again in the window
            self.problem = problem
        self.done.set()
        with suppress(RuntimeError):  # the view has gone meanwhile
            self._finished()
