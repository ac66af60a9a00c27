"""What takes longer than the eye waits, behind a dialog: how far it is, and a way to stop it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from threading import Event
from typing import Any

from PySide6.QtCore import QEventLoop, QObject, QRunnable, QThreadPool, QTimer, Signal
from PySide6.QtWidgets import QDialog, QProgressBar, QVBoxLayout, QWidget
from typing_extensions import override

from ui.i18n import t
from ui.views.widgets.foot import foot
from ui.views.widgets.lent import lent
from ui.views.widgets.looks import button, label
from workbench.services.locking.locking import OnShare, Stopped

_PARTS = 1000
_MOMENT_MS = 600


class Aside(QObject):
    """Does one thing in another thread and tells in the window how it went.

    Signals:
        advanced: how much is done, in thousandths.
        ended: what kept it from its end; `None` when it is done.
    """

    advanced = Signal(int)
    ended = Signal(object)

    def __init__(self, parent: QObject | None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._stop = Event()
        self.result: Any = None

    def begin(self, work: Callable[[OnShare], Any]) -> None:
        """Begin; `ended` follows in any case."""
        self._pool.start(_Task(self, work))

    def stop(self) -> None:
        """Ask for an end."""
        self._stop.set()

    def wait(self) -> None:
        """Wait for the thread."""
        self._pool.waitForDone()

    def on_share(self, share: float) -> bool:
        """Take from the thread how much is done, and tell it whether to stop."""
        self.advanced.emit(int(share * _PARTS))
        return self._stop.is_set()


class _Task(QRunnable):
    def __init__(self, aside: Aside, work: Callable[[OnShare], Any]) -> None:
        super().__init__()
        self._aside, self._work = aside, work

    @override
    def run(self) -> None:
        found: Exception | None = None
        try:
            self._aside.result = self._work(self._aside.on_share)
        except Exception as problem:  # noqa: BLE001  raised again by whoever began it
            found = problem
        with suppress(RuntimeError):  # nobody waits any more: the dialog is gone
            self._aside.ended.emit(found)


class WorkingDialog(QDialog):
    """Shows how far something is; `exec` returns whether it was done.

    Args:
        title: of the dialog.
        words: what is done.
        work: does it; told how to say how far it is.
        parent: the window.
        cancel: the word that ends it.
        measured: it tells how far it is.

    Attributes:
        problem: what kept it from its end; `None` also where it was cancelled.
    """

    def __init__(
        self,
        title: str,
        words: str,
        work: Callable[[OnShare], Any],
        parent: QWidget,
        *,
        cancel: str = "",
        measured: bool = True,
    ) -> None:
        super().__init__(parent)
        self.problem: Exception | None = None
        self._aside = Aside(self)
        self.setWindowTitle(title)
        self.setMinimumWidth(460)
        bar = QProgressBar()
        bar.setRange(0, _PARTS if measured else 0)
        bar.setAccessibleName(t("Done"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        column.addWidget(label(words, "strong", wrap=True))
        column.addWidget(bar)
        self.cancel_button = button(cancel or t("Cancel"))
        self.cancel_button.clicked.connect(self.reject)
        column.addWidget(foot(self, self.cancel_button))
        if measured:
            self._aside.advanced.connect(bar.setValue)
        self._aside.ended.connect(self._on_ended)
        self._aside.begin(work)

    @property
    def result_of_work(self) -> Any:
        """Return what the work returned."""
        return self._aside.result

    @override
    def exec(self) -> int:
        """Show it, unless all is done within a moment: nobody could read it."""
        moment, over = QEventLoop(), list[int]()
        self.finished.connect(over.append)
        self.finished.connect(moment.quit)
        QTimer.singleShot(_MOMENT_MS, moment, moment.quit)
        moment.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        return int(over[0]) if over else super().exec()

    @override
    def reject(self) -> None:
        # It ends when the thread has cleaned up.
        self._aside.stop()
        self.cancel_button.setEnabled(False)

    def _on_ended(self, problem: Exception | None) -> None:
        self._aside.wait()
        self.problem = None if isinstance(problem, Stopped) else problem
        self.done(QDialog.DialogCode.Rejected if problem else QDialog.DialogCode.Accepted)


def worked(dialog: WorkingDialog) -> Any:
    """Show it to its end; return what the work returned, `None` if it was given up.

    Raises:
        Exception: what kept it from its end.
    """
    with lent(dialog):
        done = dialog.exec()
        if dialog.problem is not None:
            raise dialog.problem
        return dialog.result_of_work if done else None
