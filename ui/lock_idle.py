"""Locks the study when nobody was there for a while: dialogs first, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from ui.bridge.idle import Idle
from ui.context import AppContext

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
        self._saved, self._lock = saved, lock
        self.idle = Idle(self)
        self.idle.idle.connect(self._on_idle)
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self._go_on)
        context.signals.study_opened.connect(self._on_study_opened)

    def _on_study_opened(self, _study: object) -> None:
        if self._is_locked():
            self.idle.start()
        else:
            self.idle.stop()

    def _on_idle(self, seconds: float) -> None:
        minutes = self._context.settings.current.lock_minutes
        if minutes and seconds >= 60 * minutes and not self._at_work():
            self._go_on()

    def _at_work(self) -> bool:
        """Tell whether something is recorded, recognised, copied in or done beside the window."""
        return bool(
            self._context.running_jobs() or self._context.coming_in() or self._context.long_doing()
        )

    def _go_on(self) -> None:
        """Close the dialogs, then lock; each is closed where it was opened, so one waits for it."""
        if not self._is_locked():
            return
        dialogs = [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog)]
        dialogs = [dialog for dialog in dialogs if dialog.isVisible()]
        if any(map(_is_typed, dialogs)):
            return  # looked at again: what was typed there is nowhere else
        if dialogs or QApplication.activePopupWidget() is not None:
            if (popup := QApplication.activePopupWidget()) is not None:
                popup.close()
            for dialog in reversed(dialogs):
                dialog.reject()
            self._soon.start()
            return
        if (field := QApplication.focusWidget()) is not None:
            field.clearFocus()  # fields save when they are left
        if self._saved():
            self._lock()


def _is_typed(dialog: QDialog) -> bool:
    """Tell whether something was typed in a dialog that is not kept yet."""
    lines = any(line.isModified() and line.text() for line in dialog.findChildren(QLineEdit))
    texts: list[QPlainTextEdit | QTextEdit] = [
        *dialog.findChildren(QPlainTextEdit),
        *dialog.findChildren(QTextEdit),
    ]
    return lines or any(text.document().isModified() and not text.isReadOnly() for text in texts)
