"""The memo field: what is typed is kept edit by edit, and at the latest when one leaves."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from typing_extensions import override

from ui.bridge.typing import Edits
from ui.i18n import t
from ui.views.widgets.dropping import Lines


class MemoField(Lines):
    """A note on one object.

    Signals:
        written: id of the object and the text.
        left: a person wants to go back to the text.
        ended: the focus has gone.
    """

    written = Signal(str, str)
    left = Signal()
    ended = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._subject = ""
        self._kept = ""
        self._edits = Edits(self)
        self._edits.ended.connect(self._keep)
        self.setTabChangesFocus(True)
        self.setAccessibleName(t("Memo on this observation"))
        self.setPlaceholderText(t("What do you think of it?"))
        self.setFixedHeight(104)

    def show_memo(self, subject: str, text: str) -> None:
        """Show the memo of an object; what is being typed is never overwritten by its echo."""
        if subject == self._subject and self.toPlainText() != self._kept:
            return
        self.flush()
        if subject == self._subject and text == self._kept:
            return
        self._subject, self._kept = subject, text
        self._edits.show(text)

    def flush(self) -> None:
        """Keep what was typed, now."""
        self._edits.end()

    def _keep(self, text: str) -> None:
        if self._subject and text != self._kept:
            self._kept = text
            self.written.emit(self._subject, text)

    def forget(self) -> None:
        """Belong to no object any more."""
        self.flush()
        self._subject = ""

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.flush()
        self.ended.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
