"""The memo field: what is typed is kept edit by edit, and at the latest when one leaves."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from typing_extensions import override

from ui.bridge.typing import Edits
from ui.i18n import t
from ui.views.widgets.dropping import Lines
from ui.views.widgets.waiting import show_waiting
from workbench.services.unsaved import Spot


class MemoField(Lines):
    """A note on one object.

    Signals:
        left: a person wants to go back to the text.
        ended: the focus has gone.
    """

    left = Signal()
    ended = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._subject = ""
        self._kept = ""
        self._spot: Spot | None = None
        self._edits = Edits(self)
        self._edits.ended.connect(self._keep)
        self.setTabChangesFocus(True)
        self.setAccessibleName(t("Memo on this observation"))
        self.setPlaceholderText(t("What do you think of it?"))
        self.setFixedHeight(104)

    def show_memo(self, subject: str, text: str, spot: Spot) -> None:
        """Show the memo of an object; what is being typed is never overwritten by its echo.

        Args:
            subject: the object.
            text: what the study has.
            spot: where it belongs; a text that still waits to be saved there is shown instead.
        """
        if subject != self._subject:
            self.flush()
        elif self.toPlainText() != self._kept:
            return
        text = spot.shown(text)
        self._spot = spot
        show_waiting(self, spot)
        if (subject, text) != (self._subject, self._kept):
            self.flush()
            self._subject, self._kept = subject, text
            self._edits.show(text)

    def flush(self) -> None:
        """Keep what was typed, now."""
        self._edits.end()

    def _keep(self, text: str) -> None:
        if self._spot is not None and text != self._kept:
            self._kept = text
            self._spot.keep(text)
            show_waiting(self, self._spot)

    def forget(self) -> None:
        """Belong to no object any more."""
        self.flush()
        self._subject, self._spot = "", None

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
