"""The caret of a text and the words selected in it, in the places of the study."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from ui.views.reading.page import Page
from ui.views.reading.rows import Rows
from workbench.domain.anchors import TextAnchor
from workbench.domain.transcript import Turn


class Selection:
    """What is selected, and where the caret is.

    Args:
        view: shows the text.
        rows: its turns.
        page: scrolls to the caret.
    """

    def __init__(self, view: QPlainTextEdit, rows: Rows, page: Page) -> None:
        self._view = view
        self._rows = rows
        self._page = page

    def anchor(self) -> TextAnchor | None:
        """Return the selected words, without the space round them; `None` without a word."""
        return self._rows.anchor_in(self._view.textCursor())

    def select(self, anchor: TextAnchor) -> bool:
        """Select the words of an anchor; tell whether they are here."""
        cursor = self._rows.cursor_on(anchor)
        if cursor is not None:
            self._view.setTextCursor(cursor)
        return cursor is not None

    def drop(self) -> None:
        """Leave the caret at the end of what was selected, without a selection."""
        cursor = self._view.textCursor()
        cursor.setPosition(cursor.selectionEnd())
        self._view.setTextCursor(cursor)

    def here(self) -> tuple[int, int]:
        """Return row and code point of the caret."""
        return self._rows.locate(self._view.textCursor().position())

    def begin(self) -> tuple[int, int]:
        """Return row and code point where the selection begins; the caret's without one."""
        return self._rows.locate(self._view.textCursor().selectionStart())

    def end(self) -> tuple[int, int]:
        """Return row and code point where the selection ends; the caret's without one."""
        return self._rows.locate(self._view.textCursor().selectionEnd())

    def turn(self) -> Turn | None:
        """Return the turn with the caret."""
        return self._rows.turns[self.here()[0]] if self._rows.turns else None

    def turns(self) -> list[Turn]:
        """Return the turns of the selection, or the one with the caret."""
        if not self._rows.turns:
            return []
        return self._rows.turns[self.begin()[0] : self.end()[0] + 1]

    def spans_turns(self) -> bool:
        """Tell whether more than one turn is selected from."""
        cursor = self._view.textCursor()
        first = self._view.document().findBlock(cursor.selectionStart())
        return not first.contains(cursor.selectionEnd())

    def put(self, row: int, point: int, *, length: int = 0) -> None:
        """Put the caret at a code point, or select some, and scroll there if need be."""
        start, end = self._rows.units(row, point), self._rows.units(row, point + length)
        self._page.reveal(row, start)
        cursor = self._view.textCursor()
        cursor.setPosition(cursor.position() + end - start, QTextCursor.MoveMode.KeepAnchor)
        self._view.setTextCursor(cursor)
