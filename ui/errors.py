"""Bad news, told calmly: what happened, what to do next, details for those who want them.

Expected trouble (WorkbenchError) gets a dialog of two sentences. Anything else is our bug: it is
logged, and offered as a report that can be copied, with versions and traceback and nothing of
the study.
"""

from __future__ import annotations

import logging
import platform
import sys
from collections.abc import Callable
from types import TracebackType

import PySide6
from PySide6.QtCore import QObject, Qt, Signal

import workbench
from ui.i18n import t
from workbench import log
from workbench.errors import Bug, Way, WorkbenchError, problem_of

_log = logging.getLogger("workbench.ui.errors")


def versions() -> list[str]:
    """Return what the program is made of, and on what it runs."""
    return [
        f"Workbench {workbench.__version__}",
        f"Python {platform.python_version()}, Qt for Python {PySide6.__version__}",
        f"{platform.system()} {platform.release()} {platform.machine()}",
    ]


def report(error: BaseException) -> str:
    """Return what a maintainer needs to know: versions, code, traceback."""
    lines = versions()
    if isinstance(error, WorkbenchError):
        lines.append(f"Code {error.code}")
    return "\n".join([*lines, "", log.trace(error)])


class ExceptionDesk(QObject):
    """Takes every exception nobody else took and has it shown, one at a time.

    Args:
        show: shows an error; it may block.
    """

    _raised = Signal(object)
    _shown = Signal()

    def __init__(self, show: Callable[[BaseException], object]) -> None:
        super().__init__()
        self._show = show
        self._busy = False
        self._previous = sys.excepthook
        # Queued, because an exception may rise in another thread or in the middle of painting.
        self._raised.connect(self._on_raised, Qt.ConnectionType.QueuedConnection)
        # Likewise, so that what fails while bad news is told comes before, and is not told as well.
        self._shown.connect(self._on_shown, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take over `sys.excepthook`."""
        sys.excepthook = self._hook

    def remove(self) -> None:
        """Give `sys.excepthook` back."""
        sys.excepthook = self._previous

    def _hook(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._previous(kind, error, trace)
            return
        if not isinstance(error, WorkbenchError) or isinstance(error, Bug):
            _log.error("unexpected", exc_info=(kind, error, trace))
        self._raised.emit(error)

    def _on_raised(self, error: BaseException) -> None:
        # A failure that repeats (a timer, a paint event) must not bury the person in dialogs.
        if self._busy:
            return
        self._busy = True
        try:
            self._show(error)
        finally:
            self._shown.emit()

    def _on_shown(self) -> None:
        self._busy = False


def is_ours(error: BaseException) -> bool:
    """Tell whether it is a mistake of the program, which people can only report."""
    if isinstance(error, WorkbenchError):
        return isinstance(error, Bug)
    return not isinstance(error, OSError)


def ways_of(error: BaseException) -> tuple[Way, ...]:
    """Return the ways out of a failure, the most likely one first."""
    if isinstance(error, OSError):
        return problem_of(error).ways
    return error.ways if isinstance(error, WorkbenchError) else ()


def sentences(error: BaseException) -> tuple[str, str]:
    """Return what happened and what to do next."""
    if isinstance(error, WorkbenchError) and not isinstance(error, Bug):
        return error.happened, error.todo
    if isinstance(error, OSError):
        problem = problem_of(error)
        return problem.happened, problem.todo
    return (
        t("Workbench made a mistake. Your study is saved up to the last change."),
        t("You can go on working. Please copy the report and send it to us."),
    )
