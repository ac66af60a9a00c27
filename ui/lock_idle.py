"""Locks the study when nobody was there for a while: dialogs first, and nothing typed is lost.

What stands half typed in a dialog does not keep the study open, for nobody is there to look after
it: it is kept, sealed like everything else, and shown when the study is opened again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from ui.attempts import attempt
from ui.bridge.idle import Idle
from ui.context import AppContext
from ui.opening import Turn
from ui.views.locking.half_typed import HalfTypedDialog
from ui.views.locking.passphrase import SecretLine
from workbench.services.locking import half_typed
from workbench.services.locking.half_typed import HalfTyped
from workbench.study import Study

_SOON_MS = 50


class LockIdle(QObject):
    """Watches while a locked study is open.

    Args:
        context: has the study, the settings, and what is at work.
        parent: frees it.
        is_locked: tells whether the open study has a passphrase.
        saved: saves what waits to be saved; tells whether nothing is left.
        lock: closes the study and forgets its key.
    """

    def __init__(
        self,
        context: AppContext,
        parent: QWidget,
        is_locked: Callable[[], bool],
        saved: Callable[[], bool],
        lock: Callable[[], object],
    ) -> None:
        super().__init__(parent)
        self._context, self._is_locked = context, is_locked
        self._saved, self._lock, self._parent = saved, lock, parent
        self._handed: list[HalfTyped] = []  # kept, though its dialog is not closed yet
        self.idle = Idle(self)
        self.idle.idle.connect(self._on_idle)
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self._go_on)
        context.opening.at(Turn.WATCH, self, self._watch, self.idle.stop)
        context.opening.at(Turn.SAY, self, self._show_kept)

    def _watch(self, _study: Study) -> None:
        if self._is_locked():
            self.idle.start()

    def _show_kept(self, study: Study) -> None:
        """Show what stood half typed; it is kept until somebody has closed that."""
        if not self._is_locked() or not (kept := half_typed.kept(study.folder)):
            return
        dialog = HalfTypedDialog(kept, self._parent)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._forget(study.folder))
        dialog.open()

    def _forget(self, folder: Path) -> None:
        attempt(self._context, self._parent, lambda: half_typed.let_go(folder))

    def _on_idle(self, seconds: float) -> None:
        minutes = self._context.settings.current.lock_minutes
        if minutes and seconds >= 60 * minutes and not self._at_work():
            self._go_on()

    def _at_work(self) -> bool:
        """Tell whether something is recorded, recognised, copied in or done beside the window."""
        return bool(
            self._context.running_jobs() or self._context.coming_in() or self._context.long_doing()
        )

    def _kept(self, dialogs: list[QDialog]) -> bool:
        """Keep what is half typed; tell whether none of it is lost when the dialogs are closed."""
        typed = [one for dialog in dialogs for one in _typed(dialog)]
        study = self._context.study
        if study is None or study.read_only:
            return not typed
        try:
            half_typed.keep(study.folder, [one for one in typed if one not in self._handed])
        except OSError:
            return False
        self._handed += typed
        return True

    def _go_on(self) -> None:
        """Close the dialogs, then lock; each is closed where it was opened, so one waits for it."""
        if not self._is_locked():
            return
        dialogs = [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog)]
        dialogs = [dialog for dialog in dialogs if dialog.isVisible()]
        if not self._kept(dialogs):
            return  # looked at again: what was typed there is nowhere else
        if dialogs or QApplication.activePopupWidget() is not None:
            if (popup := QApplication.activePopupWidget()) is not None:
                popup.close()
            for dialog in reversed(dialogs):
                dialog.reject()
            self._soon.start()
            return
        self._handed.clear()
        if (field := QApplication.focusWidget()) is not None:
            field.clearFocus()  # fields save when they are left
        if self._saved():
            self._lock()


def _typed(dialog: QDialog) -> Iterator[HalfTyped]:
    """Yield what was typed in a dialog that is not kept yet; passphrases are kept nowhere."""
    for line in dialog.findChildren(QLineEdit):
        if line.isModified() and line.text() and not isinstance(line, SecretLine):
            yield HalfTyped(dialog.windowTitle(), line.accessibleName(), line.text())
    texts: list[QPlainTextEdit | QTextEdit] = [
        *dialog.findChildren(QPlainTextEdit),
        *dialog.findChildren(QTextEdit),
    ]
    for text in texts:
        if text.document().isModified() and not text.isReadOnly() and text.toPlainText():
            yield HalfTyped(dialog.windowTitle(), text.accessibleName(), text.toPlainText())
