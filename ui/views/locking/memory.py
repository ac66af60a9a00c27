"""Lets this computer remember a locked study, forget it, and open it: the keyring, in the window.

The keyring may take its time, or put up a question of the system's; so it is asked behind a dialog
that can be closed at any moment.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from ui.attempts import tell
from ui.context import AppContext
from ui.i18n import t
from ui.views.locking.working import WorkingDialog, worked
from workbench.errors import WorkbenchError
from workbench.services.locking import remembering
from workbench.services.locking.locking import OnShare


class Memory:
    """What the keyring of this computer does for locked studies.

    Args:
        context: tells what came of it.
        window: the parent of dialogs.
    """

    def __init__(self, context: AppContext, window: QWidget) -> None:
        self._context, self._window = context, window

    def open_study(self, folder: Path) -> bool:
        """Open a study that is remembered; tell whether it is open, or the passphrase is wanted."""

        def work(on_share: OnShare) -> bool:
            return remembering.open_study(folder, lambda: on_share(0), may_ask=True)

        words = t("Opening “{name}” with the keyring of this computer", name=folder.stem)
        done = self._behind(t("Open a locked study"), words, work, t("Type the passphrase"))
        return bool(done)

    def keep(self, folder: Path, *, remember: bool) -> None:
        """Remember a study that is open to this process, or forget it; tell what came of it."""

        def work(on_share: OnShare) -> bool:
            if not remember:
                return remembering.forget(folder, lambda: on_share(0))
            remembering.remember(folder, lambda: on_share(0))
            return True

        title = t("Remember on this computer") if remember else t("Forget on this computer")
        try:
            done = self._behind(title, t("Asking the keyring of this computer"), work)
        except WorkbenchError as problem:
            tell(self._context, self._window, problem)
            return
        if done is None:
            return
        if remember:
            said = t("This computer opens the study without its passphrase from now on.")
        else:
            said = t("The study asks for its passphrase on this computer again.")
            if not done:
                said += " " + t("The keyring has kept its entry, which opens nothing any more.")
        self._context.signals.toast_requested.emit(said)

    def _behind(
        self, title: str, words: str, work: Callable[[OnShare], Any], cancel: str = ""
    ) -> Any:
        """Do it behind a dialog; return what came of it, `None` if it was given up."""
        return worked(
            WorkingDialog(title, words, work, self._window, cancel=cancel, measured=False)
        )
