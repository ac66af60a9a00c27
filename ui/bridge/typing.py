"""Cuts what somebody types in a field of several lines into edits, each a step of the study."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from ui.bridge.positions import Positions
from workbench.domain.anchors import in_common
from workbench.domain.typing import LONGEST_S, PAUSE_S, Typing


class Edits(QObject):
    """Watches a field. It takes nothing back itself: undo is the study's, which has the edits.

    Args:
        field: the field; it is the parent, too.

    Signals:
        ended: an edit has ended; the text as it was then. It may be what is known already.
    """

    ended = Signal(str)

    def __init__(self, field: QPlainTextEdit) -> None:
        super().__init__(field)
        self._field = field
        self._typing = Typing()
        self._text = field.toPlainText()
        self._caret = 0
        self._quiet = False
        self._pending = False
        self._pause, self._longest = self._timer(PAUSE_S), self._timer(LONGEST_S)
        field.document().contentsChange.connect(self._on_change)
        field.cursorPositionChanged.connect(self._on_caret)
        field.setUndoRedoEnabled(False)

    @property
    def pending(self) -> bool:
        """Tell whether an edit goes on."""
        return self._pending

    def end(self) -> None:
        """End the edit now; harmless when there is none."""
        self._typing.end()
        if self._pending:
            self._forget()
            self.ended.emit(self._text)

    def show(self, text: str) -> None:
        """Put a text that comes from the study; the caret goes where it differs."""
        self._typing.end()
        self._forget()
        was = self._field.toPlainText()
        if text != was:
            self._quiet = True
            _put(self._field, was, text)
            self._quiet = False
        self._text = text

    def _on_change(self, position: int, removed: int, added: int) -> None:
        if self._quiet:
            return
        begins = self._typing.begins(position, removed, self._written(position, added))
        if begins and self._pending:
            self._forget()
            self.ended.emit(self._text)
        self._text = self._field.toPlainText()
        self._caret = position + added
        if not self._pending:
            self._longest.start()
        self._pending = True
        self._pause.start()

    def _forget(self) -> None:
        self._pending = False
        self._pause.stop()
        self._longest.stop()

    def _timer(self, seconds: float) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(int(seconds * 1000))
        timer.timeout.connect(self.end)
        return timer

    def _written(self, position: int, added: int) -> str:
        last = self._field.document().characterCount() - 1  # Qt may count the end of the text
        cursor = QTextCursor(self._field.document())
        cursor.setPosition(position)
        cursor.setPosition(min(position + added, last), QTextCursor.MoveMode.KeepAnchor)
        return cursor.selectedText()

    def _on_caret(self) -> None:
        if not self._quiet and self._field.textCursor().position() != self._caret:
            self.end()


def end_edit() -> None:
    """End the edit in the field with the focus, so that nothing typed waits to be kept."""
    field = QApplication.focusWidget()
    edits = field.findChild(Edits) if field is not None else None
    if edits is not None:
        edits.end()


def _put(field: QPlainTextEdit, was: str, text: str) -> None:
    head, tail = in_common(was, text)
    before, cursor = Positions(was), QTextCursor(field.document())
    cursor.setPosition(before.units(head))
    cursor.setPosition(before.units(len(was) - tail), QTextCursor.MoveMode.KeepAnchor)
    cursor.insertText(text[head : len(text) - tail])
    field.setTextCursor(cursor)
