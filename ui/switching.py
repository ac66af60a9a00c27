"""From one study of the window to another, or to none; where that fails, back to the one before."""

from __future__ import annotations

import logging
from pathlib import Path

from ui.context import AppContext, NewStudy
from ui.getting_in import GettingIn
from ui.may_close import MayClose
from workbench.errors import WorkbenchError
from workbench.services.keeping.opening import folder_of
from workbench.services.locking import locking
from workbench.study import Study

_log = logging.getLogger("workbench.ui.studies")


class Switching:
    """Begins and ends what `Opening` does; nobody else does.

    Args:
        context: has the open study.
        getting_in: gets studies from their folders.
        may_close: asks about what closing would cost.
    """

    def __init__(self, context: AppContext, getting_in: GettingIn, may_close: MayClose) -> None:
        self._context, self._getting_in, self._may_close = context, getting_in, may_close

    def open(self, path: Path) -> bool:
        """Open a study in place of the one that is open; tell whether it is.

        Raises:
            WorkbenchError, OSError: what hinders it; what was open is open.
        """
        before = self._context.study
        # One that is open already cannot be opened beside itself.
        if before is not None and _is(path, before) and not self.close():
            return False
        study = self._getting_in.get(path)
        if study is None:
            return False
        before, left = self._context.study, False
        try:
            left = self.close(keep_key=True)
        finally:
            if not left:
                study.close()
                locking.let_go(study.folder)
        if left:
            self._begin(study, before)
        return left

    def create(self, wanted: NewStudy) -> bool:
        """Make a study and open it in place of the one that is open; tell whether it is.

        Raises:
            WorkbenchError, OSError: what hinders it; what was open is open.
        """
        before = self._context.study
        if not self.close(keep_key=True):
            return False
        coder = self._context.settings.current.coder
        try:
            study = Study.create(wanted.folder, title=wanted.title, coder=coder)
        except BaseException:
            self._go_back(before)
            raise
        self._begin(study, before)
        return True

    def close(self, *, keep_key: bool = False) -> bool:
        """Close the open study, after people were asked; `False` if they want to go on working.

        Args:
            keep_key: of a locked study, do not forget what opens it.
        """
        study = self._context.study
        if study is None:
            return True
        if not self._may_close(study):
            return False
        try:
            self._context.opening.end()
        finally:
            if not keep_key:
                locking.let_go(study.folder)
        return True

    def _begin(self, study: Study, before: Study | None) -> None:
        """Show a study; if that fails, let the window be as it was before.

        Args:
            study: it.
            before: the one that was open, of which the key is still known.
        """
        try:
            self._context.opening.begin(study)
        except BaseException:
            locking.let_go(study.folder)
            self._go_back(before)
            raise
        if before is not None:
            locking.let_go(before.folder)

    def _go_back(self, before: Study | None) -> None:
        """Show the study again that has made room in vain."""
        if before is None:
            return
        try:
            study = self._getting_in.get(before.folder)
            if study is not None:
                self._context.opening.begin(study)
        except (WorkbenchError, OSError) as problem:  # what came first is told
            _log.warning("not open again: %s", problem)


def _is(path: Path, study: Study) -> bool:
    """Tell whether a path is that of a study."""
    return folder_of(path).resolve() == study.folder.resolve()
