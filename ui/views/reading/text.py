"""The text one reads and codes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from typing_extensions import override

from ui.theme import Theme
from ui.views.reading.turns import TurnText


class ReadingText(TurnText):
    """A text to read and to code.

    Args:
        theme: colours and fonts.

    Attributes:
        reserved_letters: those that mean something else while words are selected.

    Signals:
        letter_typed: a character typed while words are selected.
    """

    letter_typed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.reserved_letters = ""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._is_letter(event):
            self.letter_typed.emit(event.text())
            return
        super().keyPressEvent(event)

    @override
    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._is_letter(event)
        ):
            # Selected words are waiting for a code: the letter is the begin of its name.
            event.accept()
            return True
        return super().event(event)

    def _is_letter(self, event: QKeyEvent) -> bool:
        text = event.text()
        free = event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.GroupSwitchModifier
        )
        return (
            bool(text)
            and not free
            and text.isalpha()
            and text not in self.reserved_letters
            and self.textCursor().hasSelection()
        )
