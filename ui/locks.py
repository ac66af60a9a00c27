"""Locks the study of the window with a passphrase, unlocks it, and locks it when nobody is there.

While a study is locked anew it is closed; the file menu has the commands, and a clock looks whether
anybody is still at work.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ui.attempts import attempt
from ui.bridge.typing import end_edit
from ui.context import AppContext
from ui.i18n import plural, t
from ui.views.locking.memory import Memory
from ui.views.locking.passphrase import NewPassphraseDialog, SheetDialog
from ui.views.locking.working import WorkingDialog, worked
from ui.views.saving import ask_place
from ui.views.widgets.lent import lent
from workbench.services.keeping import opening
from workbench.services.locking import locking, remembering
from workbench.services.locking.locking import OnShare


class Close(Protocol):
    """Closes the open study; `False` when somebody wants to go on working."""

    def __call__(self, *, keep_key: bool = False) -> bool: ...


class Locks(QObject):
    """What becomes of the lock of one study at a time.

    Args:
        context: has the open study, and the dialogs.
        window: the parent of dialogs.
        reopen: opens a study folder.
        close: closes the open study; `False` when somebody wants to go on working.

    Attributes:
        memory: what this computer remembers of locked studies.
        is_remembered: whether this computer opens the study without its passphrase.
    """

    def __init__(
        self,
        context: AppContext,
        window: QWidget,
        reopen: Callable[[Path], bool],
        close: Close,
    ) -> None:
        super().__init__(window)
        self._context, self._window = context, window
        self._open, self._close = reopen, close
        self.memory = Memory(context, window)
        self.is_remembered = False

    def may_read(self, path: Path) -> bool:
        """Tell whether a study can be read, after its passphrase was asked for if it is locked.

        Raises:
            EnvironmentProblem: the libraries of locked studies are not installed.
        """
        folder = opening.folder_of(path)
        if not locking.is_wanted(folder):
            return True
        locking.require_installed()
        if remembering.may_open(folder) and self.memory.open_study(folder):
            return True
        opened = self._context.dialogs.ask_passphrase(self._window, folder)
        if opened is not None and opened.remember is not None:
            self.memory.keep(folder, remember=opened.remember)
        return opened is not None

    @property
    def is_locked(self) -> bool:
        """Tell whether the open study is one with a passphrase."""
        study = self._context.study
        return study is not None and locking.has_key(study.folder)

    def lock(self) -> None:
        """Ask for a passphrase and lock the open study with it."""
        end_edit()
        study = self._context.study
        if study is None or self.is_locked:
            return
        locking.require_installed()
        words = (
            t(locking.WARNING)
            + "\n\n"
            + t(
                "The study is closed meanwhile, and needs room for a second copy of itself."
                " Reports and exports that have left it stay as they are."
            )
        )
        folder = study.folder
        with lent(
            NewPassphraseDialog(
                t("Lock study"), words, t("Lock study"), sheet=False, parent=self._window
            )
        ) as dialog:
            if not dialog.exec():
                return
            said, wish = dialog.passphrase, dialog.remember.wish
        if not self._close():
            return

        def work(on_share: OnShare) -> tuple[locking.Converted, str]:
            done = locking.lock(folder, said, on_share)
            locking.open_with(folder, said)
            return done

        done = self._convert(t("Lock study"), t("Locking “{name}”", name=folder.stem), work)
        if done is not None:
            converted, key = done
            self._show_sheet(folder, key)
            self._tell_others(converted)
            if wish:
                self.memory.keep(folder, remember=True)
        self._open(folder)

    def unlock(self) -> None:
        """Make the open study readable by everybody again, if that is wanted."""
        end_edit()
        study = self._context.study
        if study is None or not self.is_locked:
            return
        folder = study.folder
        if not self._context.dialogs.confirm(
            self._window,
            t("Unlock “{name}” permanently?", name=study.title),
            detail=t("Whoever gets hold of its folder can read and hear everything in it then."),
            accept=t("Unlock"),
            danger=True,
        ) or not self._close(keep_key=True):
            return
        done = self._convert(
            t("Unlock study"),
            t("Unlocking “{name}”", name=folder.stem),
            partial(locking.unlock, folder),
        )
        self._open(folder)
        if done is not None:
            self._context.signals.toast_requested.emit(
                t("“{name}” is not locked any more.", name=folder.stem)
            )

    def change(self) -> None:
        """Ask for another passphrase of the open study, perhaps with a new sheet."""
        study = self._context.study
        if study is None or not self.is_locked:
            return
        words = t(
            "From now on the study opens with the new passphrase. Copies of its folder that were"
            " made before open with the old one. Other computers that remember the study ask again."
        )
        folder = study.folder
        with lent(
            NewPassphraseDialog(
                t("Change passphrase"), words, t("Change"), sheet=True,
                remembered=remembering.is_remembered(folder), parent=self._window,
            )
        ) as dialog:  # fmt: skip
            if not dialog.exec():
                return
            said, wish, sheet = dialog.passphrase, dialog.remember.wish, dialog.sheet.isChecked()

        def work(_on_share: OnShare) -> str:
            return locking.change(folder, passphrase=said, sheet=sheet)

        key = self._convert(t("Change passphrase"), t("Changing the passphrase"), work)
        if key:
            self._show_sheet(folder, key)
        if key is not None:
            if wish is not None:
                self.memory.keep(folder, remember=wish)
                self.look()
            self._context.signals.toast_requested.emit(t("The passphrase is changed."))

    def toggle_memory(self) -> None:
        """Let this computer remember the open study, or forget it."""
        study = self._context.study
        if study is not None and self.is_locked:
            self.memory.keep(study.folder, remember=not remembering.is_remembered(study.folder))
            self.look()

    def lock_now(self) -> None:
        """Close the open study and forget its key; its passphrase is asked for at once."""
        study = self._context.study
        if study is not None and self.is_locked and self._close():
            remembering.ask_first(study.folder)
            self._open(study.folder)

    def look(self) -> None:
        """See whether this computer remembers the open study; a menu asks at every key."""
        study = self._context.study
        self.is_remembered = (
            study is not None and self.is_locked and remembering.is_remembered(study.folder)
        )
        self._context.actions.refresh()

    def _convert(self, title: str, words: str, work: Callable[[OnShare], Any]) -> Any:
        """Do it behind a dialog; return what came of it, `None` if it was not done."""

        def run() -> Any:
            return worked(WorkingDialog(title, words, work, self._window))

        return attempt(self._context, self._window, run)

    def _show_sheet(self, folder: Path, key: str) -> None:
        with lent(SheetDialog(key, partial(self._save_sheet, folder, key), self._window)) as dialog:
            dialog.exec()

    def _save_sheet(self, folder: Path, key: str) -> bool:
        name = t("{name} – recovery sheet", name=folder.stem)
        out = ask_place(self._context, self._window, t("Save"), name=name, suffix=".docx")
        if out is None:
            return False
        write = partial(locking.write_sheet, out, folder.stem, key, replace=True)
        if attempt(self._context, self._window, write) is None:
            return False
        self._context.signals.toast_requested.emit(
            t("Saved {name}. Print it, and delete the file.", name=out.name)
        )
        return True

    def _tell_others(self, done: locking.Converted) -> None:
        if done.others:
            self._context.signals.toast_requested.emit(
                plural(
                    len(done.others),
                    "One file in the folder is not the study’s and stays readable: {names}",
                    "{n} files in the folder are not the study’s and stay readable: {names}",
                    names=", ".join(done.others[:3]),
                )
            )
