"""Writing that would cut or join blocks: Enter, Backspace at the begin, a selection over turns.

It is asked of the study, which knows what becomes of times and observations; then the blocks it
touched are shown anew.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from ui.views.reading.corrector import Corrector
from ui.views.reading.turns import TurnText
from workbench.domain.anchors import TextAnchor

_ON = (
    QKeySequence.StandardKey.Delete,
    QKeySequence.StandardKey.DeleteEndOfWord,
    QKeySequence.StandardKey.DeleteEndOfLine,
)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_KEYPAD = Qt.KeyboardModifier.KeypadModifier


class Turning:
    """Cuts and joins the turns of a text at its caret.

    Args:
        text: whose turns they are.
        corrector: keeps what is written.
        changed: called when turns were cut or joined.
    """

    def __init__(self, text: TurnText, corrector: Corrector, changed: Callable[[], None]) -> None:
        self._text = text
        self._corrector = corrector
        self._changed = changed

    def split(self) -> None:
        """Cut the turn in two at the caret."""
        if (turn := self._text.selection.turn()) is None:
            return
        row, point = self._text.selection.here()
        if turn.text[:point].strip() and turn.text[point:].strip():
            self._text.blocks.splice(row, 1, self._corrector.split(turn.id, point))
            self._text.selection.put(row + 1, 0)
            self._changed()

    def merge(self) -> None:
        """Join the turn with the caret to the one before it."""
        if self._text.turns and self._text.selection.here()[0]:
            self._merge(*self._text.selection.here())

    def cut_out(self, added: str = "", *, parted: bool = False) -> None:
        """Put words, or the border of a turn, in the place of a selection that spans turns."""
        text, turns = self._text, self._text.turns
        (first, start), (last, end) = text.selection.begin(), text.selection.end()
        anchor = TextAnchor(turns[first].id, start, turns[last].id, end)
        left = self._corrector.part(anchor) if parted else [self._corrector.cut_out(anchor, added)]
        cursor = text.textCursor()
        cursor.setPosition(cursor.selectionStart())
        text.setTextCursor(cursor)
        text.blocks.splice(first, last - first + 1, left)
        text.selection.put(first + len(left) - 1, 0 if left[1:] else start + len(added))
        self._changed()

    def takes(self, event: QKeyEvent) -> bool:
        """Do what a key does to whole turns; tell whether it did."""
        if self._text.selection.spans_turns():
            return self._over_turns(event)
        cursor = self._text.textCursor()
        if event.key() in _ENTER and not event.modifiers() & ~_KEYPAD:
            self.split()
        elif cursor.hasSelection():
            return False
        elif event.key() == Qt.Key.Key_Backspace and cursor.atBlockStart():
            if cursor.blockNumber():
                self._merge(cursor.blockNumber(), 0)
        elif _deletes_on(event) and cursor.atBlockEnd():
            row = cursor.blockNumber()
            if row + 1 < len(self._text.turns):
                self._merge(row + 1, 0)
        else:
            return False
        return True

    def _over_turns(self, event: QKeyEvent) -> bool:
        """Do what a key does to a selection that spans turns; tell whether it did."""
        letters = event.text() if _is_written(event) else ""
        enter = event.key() in _ENTER
        if event.matches(QKeySequence.StandardKey.Cut):
            self._text.copy()
        elif not (letters or enter or _deletes_on(event) or event.key() == Qt.Key.Key_Backspace):
            return False
        self.cut_out(letters, parted=enter)
        return True

    def _merge(self, row: int, point: int) -> None:
        length = len(self._text.turns[row].text)
        joined = self._corrector.merge(self._text.turns[row].id)
        self._text.blocks.splice(row - 1, 2, [joined])
        self._text.selection.put(row - 1, len(joined.text) - length + point)
        self._changed()


def _deletes_on(event: QKeyEvent) -> bool:
    return any(event.matches(key) for key in _ON)


def _is_written(event: QKeyEvent) -> bool:
    """Tell whether a key writes letters."""
    held = event.modifiers()
    ctrl, alt = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
    third_level = bool(held & ctrl) and bool(held & alt)
    return (event.text().isprintable() and bool(event.text())) and (
        third_level or not held & (ctrl | alt | Qt.KeyboardModifier.MetaModifier)
    )
