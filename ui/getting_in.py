"""Gets a study from its folder: with its passphrase, and with whoever else has it open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from ui.context import AppContext
from ui.i18n import t
from workbench.errors import EnvironmentProblem
from workbench.services.keeping.opening import unlock
from workbench.study import LockedElsewhere, Study, StudyLocked


class GettingIn:
    """Opens study folders; what the window shows stays as it is.

    Args:
        context: has the dialogs, the clock, and who works.
        window: the parent of questions.
        may_read: asks for the passphrase of a locked study; tells whether it can be read.
    """

    def __init__(
        self, context: AppContext, window: QWidget, may_read: Callable[[Path], bool]
    ) -> None:
        self._context, self._window, self._may_read = context, window, may_read

    def get(self, path: Path) -> Study | None:
        """Return the study of a folder, with what a crash left in it; `None` if it is given up.

        Raises:
            UserError: not a study, damaged, or of a newer version.
            EnvironmentProblem: it cannot be read.
        """
        return self._opened(path) if self._may_read(path) else None

    def _opened(self, folder: Path) -> Study | None:
        try:
            coder = self._context.settings.current.coder
            return Study.open(folder, coder=coder, now=self._context.now)
        except StudyLocked as problem:
            look = self._context.dialogs.confirm(
                self._window,
                problem.happened,
                detail=t("You can read it meanwhile; nothing can be changed by mistake."),
                accept=t("Open read-only"),
            )
            if look:
                return Study.open(folder, read_only=True)
            if isinstance(problem, LockedElsewhere) and self._may_take_over():
                unlock(folder)
                return self._opened(folder)
            return None
        except EnvironmentProblem as problem:
            # A disc, a share or a folder of somebody else: it can be read all the same.
            study = Study.open(folder, read_only=True)
            self._context.signals.toast_requested.emit(
                t("{happened} It is open for reading only.", happened=problem.happened)
            )
            return study

    def _may_take_over(self) -> bool:
        return self._context.dialogs.confirm(
            self._window,
            t("Open it for writing all the same?"),
            detail=t(
                "Do so only if the study is open nowhere else, and its folder has been"
                " synchronised: two who write at once lose work."
            ),
            accept=t("Open anyway"),
            danger=True,
        )
