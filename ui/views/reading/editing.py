"""A reading text in which one can write: what is typed goes to the study at once.

Qt may change the letters inside one block and nothing else. Whatever would cut or join blocks
(Enter, Backspace at the begin, a selection over several turns) is asked of the study, which
knows what becomes of times and observations; then the blocks it touched are shown anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QElapsedTimer, QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QPlainTextEdit
from typing_extensions import override

from ui.bridge.positions import Positions, one_block
from ui.theme import Theme
from ui.views.reading.text import ReadingText
from workbench.domain.anchors import Edit, TextAnchor, difference
from workbench.domain.ids import TurnId
from workbench.domain.transcript import Turn, doubtful
from workbench.domain.typing import Typing
from workbench.domain.voices import SPEAKS_OVER, without

_BREAKS = re.compile(r"\s*[\r\n\u2028\u2029]\s*")
_HANDS_ON_MS = 3_000  # so long after a key the text does not scroll away from the caret
_ON = (
    QKeySequence.StandardKey.Delete,
    QKeySequence.StandardKey.DeleteEndOfWord,
    QKeySequence.StandardKey.DeleteEndOfLine,
)
_HISTORY = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_KEYPAD = Qt.KeyboardModifier.KeypadModifier


class Corrector(Protocol):
    """Keeps what is written; each method returns the turns as they are then."""

    def edit(self, turn_id: TurnId, edit: Edit, typing: str) -> Turn:
        """Change letters of one turn; changes that are one edit come with the same `typing`."""

    def shown(self, turns: Iterable[Turn]) -> Sequence[Turn]:
        """Return turns with the words that wait to be saved."""

    def split(self, turn_id: TurnId, offset: int) -> tuple[Turn, Turn]:
        """Cut a turn in two at a code point."""

    def merge(self, turn_id: TurnId) -> Turn:
        """Join a turn to the one before it."""

    def cut_out(self, anchor: TextAnchor, added: str) -> Turn:
        """Put words in the place of others that may span turns."""

    def part(self, anchor: TextAnchor) -> Sequence[Turn]:
        """Take words away that may span turns, and cut the turn there."""


class EditableText(ReadingText):
    """A text to correct.

    Args:
        theme: colours and fonts.
        corrector: keeps what is written.

    Signals:
        shape_changed: turns were cut or joined here.
        focus_changed: whether keys go into this text.
    """

    shape_changed = Signal()
    focus_changed = Signal(bool)

    def __init__(self, theme: Theme, corrector: Corrector) -> None:
        super().__init__(theme)
        self._corrector = corrector
        self._quiet = False
        self._typed: tuple[int, int, int, int] | None = None
        self._typing = Typing()
        self._edits = 0
        self._caret = 0
        self._hands = QElapsedTimer()
        option = self.document().defaultTextOption()
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDefaultTextOption(option)
        self.setAcceptDrops(False)
        self.setTabChangesFocus(True)
        self.document().contentsChange.connect(self._on_contents_change)
        self.document().contentsChanged.connect(self._on_contents_changed)
        self.cursorPositionChanged.connect(self._on_caret)

    def set_editable(self, *, on: bool) -> None:
        """Let people write, or only read."""
        flags = Qt.TextInteractionFlag
        reading = flags.TextSelectableByMouse | flags.TextSelectableByKeyboard
        self.setReadOnly(not on)
        self.setTextInteractionFlags(flags.TextEditorInteraction if on else reading)

    # Where one is

    def here(self) -> tuple[int, int]:
        """Return row and code point of the caret."""
        return self._locate(self.textCursor().position())

    def turn_here(self) -> Turn | None:
        """Return the turn with the caret."""
        return self._turns[self.here()[0]] if self._turns else None

    def put_caret(self, row: int, point: int, *, length: int = 0) -> None:
        """Put the caret at a code point, or select some, and scroll there if need be."""
        start, end = self.units(row, point), self.units(row, point + length)
        self.reveal(row, start)
        cursor = self.textCursor()
        cursor.setPosition(cursor.position() + end - start, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def next_doubt(self, *, back: bool = False) -> bool:
        """Select the next word, or the begin of the next turn, that somebody should check.

        Goes on at the other end of the text; tells whether there is one.
        """
        row, point = self._locate(self.textCursor().selectionStart())
        last = len(self._turns) - 1
        onward = [*range(row, last + 1), *range(row + 1)]
        rows = [*range(row, -1, -1), *range(last, row - 1, -1)] if back else onward
        for step, at in enumerate(rows if self._turns else ()):
            places = self._doubtful(self._turns[at])
            if step == 0:
                places = [one for one in places if (one[0] < point if back else one[0] > point)]
            if places:
                start, end = places[-1 if back else 0]
                self.put_caret(at, start, length=end - start)
                return True
        return False

    def _doubtful(self, turn: Turn) -> list[tuple[int, int]]:
        words = [(word.start, word.end) for word in doubtful(turn.words)]
        if without(turn.doubt, SPEAKS_OVER) and turn.text:
            first = (turn.words[0].start, turn.words[0].end) if turn.words else (0, 0)
            words = words if first in words else [first, *words]
        return words

    # Shown by the study

    @override
    def show_turns(self, turns: Sequence[Turn]) -> None:
        super().show_turns(self._corrector.shown(turns))

    @override
    def change_turns(self, turns: Iterable[Turn]) -> None:
        super().change_turns(self._corrector.shown(turns))

    @override
    def _put(self, position: int, was: str, now: str) -> None:
        self._quiet, before = True, self._quiet
        try:
            super()._put(position, was, now)
        finally:
            self._quiet = before

    @override
    def _replace(self, turns: Sequence[Turn]) -> None:
        self._quiet, before = True, self._quiet
        try:
            super()._replace(turns)
        finally:
            self._quiet = before

    @override
    def _follow(self, row: int, unit: int) -> None:
        # Whoever writes keeps the caret, and the page under it.
        if self._hands.isValid() and self._hands.elapsed() < _HANDS_ON_MS:
            return
        block = self.document().findBlockByNumber(row)
        line = block.layout().lineForTextPosition(unit).lineNumber() if block.isVisible() else 0
        bar = self.verticalScrollBar()
        bar.setValue(block.firstLineNumber() + max(0, line) - bar.pageStep() // 3)

    # Typed by a person

    def _on_contents_change(self, position: int, removed: int, added: int) -> None:
        """Note what was typed; the document may not be touched before Qt is done with it."""
        if not self._quiet and self._turns:
            block = self.document().findBlock(position)
            self._typed = (block.blockNumber(), position - block.position(), removed, added)
            self._caret = position + added

    def _on_contents_changed(self) -> None:
        if self._quiet or self._typed is None:
            return
        (row, unit, removed, added), self._typed = self._typed, None
        block = self.document().findBlockByNumber(row)
        turn, text = self._turns[row], block.text()
        # A text that comes shorter than its block holds halves of characters, which a caret set by
        # a program has parted. Nobody is known to do either; the study is right.
        whole = Positions(text).units(len(text)) == block.length() - 1
        if self.document().blockCount() != len(self._turns) or not whole:
            self._replace(list(self._turns))
            return
        edit = edit_between(turn.text, text, unit, removed, added)
        if edit is None:
            return
        try:
            turn = self._corrector.edit(turn.id, edit, self._edit_of(turn, edit))
        finally:
            before, self._turns[row] = self._turns[row], turn
            self._positions.pop(row, None)
            self._take_layout(row, before)
            if one_block(turn.text) != text:
                self._put(
                    self.document().findBlockByNumber(row).position(), text, one_block(turn.text)
                )

    def _edit_of(self, turn: Turn, edit: Edit) -> str:
        """Return the key of the edit to which a change belongs."""
        if self._typing.begins(edit.position, edit.removed, edit.added):
            self._edits += 1
        return f"{turn.id}/{id(self)}/{self._edits}"

    def _on_caret(self) -> None:
        """End the edit when the caret goes elsewhere than typing takes it."""
        if self._typed is None and self.textCursor().position() != self._caret:
            self._typing.end()

    def split_here(self) -> None:
        """Cut the turn in two at the caret."""
        row, point = self.here()
        text = self._turns[row].text
        if text[:point].strip() and text[point:].strip():
            self.splice(row, 1, self._corrector.split(self._turns[row].id, point))
            self.put_caret(row + 1, 0)
            self.shape_changed.emit()

    def merge_here(self) -> None:
        """Join the turn with the caret to the one before it."""
        if self._turns and self.here()[0]:
            row, point = self.here()
            self._merge(row, point)

    def _merge(self, row: int, point: int) -> None:
        length = len(self._turns[row].text)
        joined = self._corrector.merge(self._turns[row].id)
        self.splice(row - 1, 2, [joined])
        self.put_caret(row - 1, len(joined.text) - length + point)
        self.shape_changed.emit()

    def _cut_out(self, added: str, *, parted: bool = False) -> None:
        """Put words, or the border of a turn, in the place of a selection that spans turns."""
        cursor = self.textCursor()
        first, start = self._locate(cursor.selectionStart())
        last, end = self._locate(cursor.selectionEnd())
        anchor = TextAnchor(self._turns[first].id, start, self._turns[last].id, end)
        left = self._corrector.part(anchor) if parted else [self._corrector.cut_out(anchor, added)]
        cursor.setPosition(cursor.selectionStart())
        self.setTextCursor(cursor)
        self.splice(first, last - first + 1, left)
        self.put_caret(first + len(left) - 1, 0 if left[1:] else start + len(added))
        self.shape_changed.emit()

    def _spans_turns(self) -> bool:
        cursor = self.textCursor()
        first = self.document().findBlock(cursor.selectionStart())
        return not first.contains(cursor.selectionEnd())

    def _reshapes(self, event: QKeyEvent) -> bool:
        """Do what a key does to whole turns; tell whether it did."""
        back = event.key() == Qt.Key.Key_Backspace
        on = any(event.matches(key) for key in _ON)
        cursor = self.textCursor()
        if self._spans_turns():
            letters = event.text() if _is_written(event) else ""
            enter = event.key() in _ENTER
            if event.matches(QKeySequence.StandardKey.Cut):
                self.copy()
            elif not (back or on or letters or enter):
                return False
            self._cut_out(letters, parted=enter)
        elif event.key() in _ENTER and not event.modifiers() & ~_KEYPAD:
            self.split_here()
        elif back and not cursor.hasSelection() and cursor.atBlockStart():
            if cursor.blockNumber():
                self._merge(cursor.blockNumber(), 0)
        elif on and not cursor.hasSelection() and cursor.atBlockEnd():
            row = cursor.blockNumber()
            if row + 1 < len(self._turns):
                self._merge(row + 1, 0)
        else:
            return False
        return True

    # Qt

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.isReadOnly() or not self._turns:
            QPlainTextEdit.keyPressEvent(self, event)
            return
        self._hands.start()
        if not self._reshapes(event):
            QPlainTextEdit.keyPressEvent(self, event)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Tab or any(event.matches(key) for key in _HISTORY):
                event.ignore()  # the study undoes, not the widget; Tab may be a command
                return True
            return QPlainTextEdit.event(self, event)
        return super().event(event)

    @override
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if not self.isReadOnly() and self._spans_turns():
            self._cut_out("")
        super().inputMethodEvent(event)

    @override
    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText()

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        text = _BREAKS.sub(" ", self.words_in(source).strip("\r\n"))
        if self.isReadOnly() or not self._turns or not text:
            return
        if self._spans_turns():
            self._cut_out(text)
        else:
            self.textCursor().insertText(text)
            self.ensureCursorVisible()

    @override
    def cut(self) -> None:
        """Take the selected words away and keep them for pasting."""
        if self._spans_turns():
            self.copy()
            self._cut_out("")
        else:
            super().cut()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.modifiers() == Qt.KeyboardModifier.ControlModifier and self._turns:
            self.seek_to(event.position())
        else:
            super().mousePressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_changed.emit(True)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focus_changed.emit(False)


def edit_between(old: str, block: str, unit: int, removed: int, added: int) -> Edit | None:
    """Return what was typed in a turn, in code points; `None` when nothing was.

    Args:
        old: the turn's text before.
        block: the text of its block now.
        unit: where Qt says it changed, in UTF-16 units; likewise `removed` and `added`.
    """
    before, now = Positions(old), Positions(block)
    # Qt may count the end of the block as one more unit.
    start, stop = (min(len(old), before.points(at)) for at in (unit, unit + removed))
    written = block[now.points(unit) : now.points(unit + added)]
    edit = Edit(start, stop - start, written.replace("\u2028", "\n"))
    if one_block(edit.apply(old)) != block:
        # Qt names more than has changed, or half of a character.
        edit = difference(one_block(old), block)
        edit = replace(edit, added=edit.added.replace("\u2028", "\n"))
    gone = old[edit.position : edit.position + edit.removed]
    return None if gone == edit.added else edit


def _is_written(event: QKeyEvent) -> bool:
    """Tell whether a key writes letters."""
    held = event.modifiers()
    ctrl, alt = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
    third_level = bool(held & ctrl) and bool(held & alt)
    return (event.text().isprintable() and bool(event.text())) and (
        third_level or not held & (ctrl | alt | Qt.KeyboardModifier.MetaModifier)
    )
