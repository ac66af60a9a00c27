"""What takes long is done in a thread of its own, while the window goes on.

One way for all of it: `run` is told how much there is to do. A little is done at once; much is done
beside the window (`services/keeping/aside.py`), with progress, and can be cancelled: a step is kept
whole or not at all. What only reads has a lane of its own, beside which people go on writing.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from threading import Event
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal
from typing_extensions import override

from ui.attempts import Ways
from ui.bridge import garbage
from ui.errors import is_ours
from workbench.errors import Way, WorkbenchError

if TYPE_CHECKING:
    from workbench.domain.change import ChangeSet
    from workbench.study import Study

LARGE = 300
"""From so many rows on it takes longer than the eye waits."""
_LOOK_MS = 100

Work = Callable[["Study"], Any]
Done = Callable[[Any], object]


def _nothing() -> None:
    return


class LongSteps(QObject):
    """Does one long step after the other.

    Args:
        tell: tells what hindered one, with the ways out of it.
        parent: frees it.
        writes: false for those that only read, so that nobody else is kept from writing.

    Signals:
        began: what is done.
        progressed: how much of it is done, in per cent; −1 where nobody knows.
        ended: whether it was done; it was cancelled or failed else.
    """

    began = Signal(str)
    progressed = Signal(int)
    ended = Signal(bool)
    _finished = Signal()

    def __init__(
        self,
        tell: Callable[[Exception, Ways[None]], object],
        parent: QObject | None = None,
        *,
        writes: bool = True,
    ) -> None:
        super().__init__(parent)
        self._tell, self._writes = tell, writes
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._task: _Task | None = None
        self._clock = QTimer(self)
        self._clock.setInterval(_LOOK_MS)
        self._clock.timeout.connect(self._look)
        self._finished.connect(self._settle)

    @property
    def doing(self) -> str:
        """Return what is being done; "" when nothing is."""
        return self._task.title if self._task else ""

    def run(
        self,
        study: Study,
        title: str,
        work: Work,
        done: Done,
        *,
        size: int,
        after: Callable[[], None] = _nothing,
        ways: Ways[None] | None = None,
    ) -> None:
        """Do something with a study: a little at once, much beside the window.

        Args:
            study: the open study.
            title: what is done, for people.
            work: does it with the study it is given; nothing else may be touched.
            done: gets what `work` returns, in the window.
            size: how many rows there are, about.
            after: called at the end in any case, in the window.
            ways: ways out when it fails, besides trying just this again.

        Raises:
            UserError: another long step is at work.
        """
        again = partial(self.run, study, title, work, done, size=size, after=after, ways=ways)
        out: dict[Way, Callable[[], None]] = {Way.AGAIN: again, **(ways or {})}
        if size < LARGE:
            self._run_at_once(lambda: work(study), done, after, out)
            return
        with ExitStack() as on_failure:
            on_failure.callback(after)
            self._enter(study, title)
            on_failure.pop_all()
        self._task = _Task(study, title, work, done, max(1, size))
        self._task.after, self._task.finished = after, self._finished.emit
        self._task.out = out
        garbage.leave(self)
        self._pool.start(self._task)
        self._clock.start()
        self.began.emit(title)

    def _enter(self, study: Study, title: str) -> None:
        if self._task is not None:
            from workbench.services.keeping.aside import one_at_a_time

            raise one_at_a_time(self._task.title)
        if self._writes:
            study.aside.hold(title)
        else:
            study.aside.get_ready()

    def _run_at_once(
        self, work: Callable[[], Any], done: Done, after: Callable[[], None], out: Ways[None]
    ) -> None:
        with ExitStack() as at_end:
            at_end.callback(after)
            try:
                result = work()
            except (WorkbenchError, OSError) as problem:
                hindrance = problem
            else:
                done(result)
                return
        self._fail(hindrance, out)

    def _fail(self, problem: Exception, out: Ways[None]) -> None:
        """Tell what hindered a step; a mistake of ours is taken elsewhere."""
        if is_ours(problem):
            raise problem
        self._tell(problem, out)

    def cancel(self) -> None:
        """Ask for an end; `ended` follows, and nothing was changed."""
        if self._task is not None:
            self._task.stop.set()

    def end(self) -> None:
        """Cancel what is being done and wait for it; for a study that closes."""
        self.cancel()
        self._pool.waitForDone()
        self._settle()

    def _look(self) -> None:
        if self._task is not None:
            self.progressed.emit(self._task.per_cent)

    def _settle(self) -> None:
        task, self._task = self._task, None
        if task is None:  # ended already
            return
        self._clock.stop()
        self._pool.waitForDone()
        garbage.search_again(self)
        if self._writes:
            task.study.aside.release(task.changes)
        task.after()
        # What was written is kept, even if the wish to cancel came too late; what was read is not.
        done = task.problem is None and (self._writes or not task.stop.is_set())
        self.ended.emit(done)
        if done:
            task.done(task.result)
        elif task.problem is not None and not task.stop.is_set():
            self._fail(task.problem, task.out)


class _Task(QRunnable):
    def __init__(
        self,
        study: Study,
        title: str,
        work: Work,
        done: Done,
        size: int,
    ) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self.study, self.title, self.done, self.size = study, title, done, size
        self.after: Callable[[], None] = _nothing
        self.finished: Callable[[], None] = _nothing
        self.out: Ways[None] = {}
        self.stop = Event()
        self.written, self.share = 0, 0.0
        self.changes: list[ChangeSet] = []
        self.result: object = None
        self.problem: Exception | None = None
        self._work = work

    @property
    def per_cent(self) -> int:
        """Return how much is done; −1 where nobody knows."""
        # Every row is written twice: where it belongs, and in the journal.
        done = self.share or self.written / (2 * self.size)
        return min(99, int(100 * done)) if done else -1

    @override
    def run(self) -> None:
        try:
            with self.study.aside.open(self._on_work, self._on_share) as beside:
                beside.subscribe(self._on_changes)
                self.result = self._work(beside)
        except Exception as problem:  # noqa: BLE001  raised again in the window
            self.problem = problem
        self.finished()

    def _on_changes(self, changes: ChangeSet) -> None:
        _ = changes.tables  # looked through here, where no view waits for it
        self.changes.append(changes)

    def _on_work(self, written: int) -> bool:
        self.written = written
        return self.stop.is_set()

    def _on_share(self, share: float) -> bool:
        self.share = share
        return self.stop.is_set()
