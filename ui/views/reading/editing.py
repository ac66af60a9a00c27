"""A text in which one can write: what is typed goes to the study at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QTextOption,
)
from typing_extensions import override

from ui.theme import Theme
from ui.views.reading.copying import words_in
from ui.views.reading.corrector import Corrector
from ui.views.reading.turning import Turning
from ui.views.reading.turns import SELECTABLE, TurnText
from ui.views.reading.typist import Typist
from workbench.domain.transcript import Turn

_BREAKS = re.compile(r"\s*[\r\n\u2028\u2029]\s*")
_HISTORY = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


class EditableText(TurnText):
    """A text to correct.

    Args:
        theme: colours and fonts.
        corrector: keeps what is written.

    Attributes:
        turning: cuts and joins turns.

    Signals:
        shape_changed: turns were cut or joined here.
        focus_changed: whether keys go into this text.
    """

    shape_changed = Signal()
    focus_changed = Signal(bool)

    def __init__(self, theme: Theme, corrector: Corrector) -> None:
        super().__init__(theme)
        self._corrector = corrector
        self._typist = Typist(self, self.rows, self.blocks, corrector)
        self.turning = Turning(self, corrector, self.shape_changed.emit)
        self.sound.follow = self._typist.follow
        option = self.document().defaultTextOption()
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDefaultTextOption(option)
        self.setAcceptDrops(False)
        self.setTabChangesFocus(True)

    def set_editable(self, *, on: bool) -> None:
        """Let people write, or only read."""
        self.setReadOnly(not on)
        flags = Qt.TextInteractionFlag.TextEditorInteraction if on else SELECTABLE
        self.setTextInteractionFlags(flags)

    # Shown by the study

    @override
    def show_turns(self, turns: Sequence[Turn]) -> None:
        super().show_turns(self._corrector.shown(turns))

    @override
    def change_turns(self, turns: Iterable[Turn]) -> None:
        super().change_turns(self._corrector.shown(turns))

    # Qt

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.isReadOnly() and self.turns:
            self._typist.touch()
            if self.turning.takes(event):
                return
        super().keyPressEvent(event)

    @override
    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and (event.key() == Qt.Key.Key_Tab or any(event.matches(key) for key in _HISTORY))
        ):
            event.ignore()  # the study undoes, not the widget; Tab may be a command
            return True
        return super().event(event)

    @override
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if not self.isReadOnly() and self.selection.spans_turns():
            self.turning.cut_out()
        super().inputMethodEvent(event)

    @override
    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText()

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        text = _BREAKS.sub(" ", words_in(source).strip("\r\n"))
        if self.isReadOnly() or not self.turns or not text:
            return
        if self.selection.spans_turns():
            self.turning.cut_out(text)
        else:
            self.textCursor().insertText(text)
            self.ensureCursorVisible()

    @override
    def cut(self) -> None:
        """Take the selected words away and keep them for pasting."""
        if self.selection.spans_turns():
            self.copy()
            self.turning.cut_out()
        else:
            super().cut()

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.MouseButtonPress
            and isinstance(event, QMouseEvent)
            and event.modifiers() == Qt.KeyboardModifier.ControlModifier
            and self.turns
        ):
            self.sound.seek_to(event.position())
            return True
        return super().viewportEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_changed.emit(True)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focus_changed.emit(False)
