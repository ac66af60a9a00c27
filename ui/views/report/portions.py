"""A large document is read a portion at a time, so that the window goes on meanwhile."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QTextCursor, QTextDocument, QTextDocumentFragment


class Portions(QObject):
    """Fills one document after the other; a newer one takes the place of the one in work.

    Signals:
        filled: the document, of which nothing is laid out yet.
    """

    filled = Signal(QTextDocument)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._document: QTextDocument | None = None
        self._style = ""
        self._left: list[str] = []
        self._turn = QTimer(self)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._go_on)

    @property
    def busy(self) -> bool:
        """Tell whether a document is being filled."""
        return self._document is not None

    def fill(self, document: QTextDocument, style: str, parts: Sequence[str]) -> None:
        """Fill a document, with one part in each turn of the window.

        Args:
            document: is empty, and has its font.
            style: the style sheet of the parts.
            parts: HTML, each of whole paragraphs and tables.
        """
        document.setUndoRedoEnabled(False)
        self._document, self._style, self._left = document, style, [*parts]
        self._turn.start()

    def end(self) -> None:
        """Let go of what is in work."""
        self._turn.stop()
        if self._document is not None:
            self._document.deleteLater()
            self._document = None

    def _go_on(self) -> None:
        document = self._document
        if document is not None and self._left:
            _append(document, self._style, self._left.pop(0))
        elif document is not None:
            self._turn.stop()
            self._document = None
            self.filled.emit(document)


def _append(document: QTextDocument, style: str, part: str) -> None:
    """Put HTML at the end, just as if it had been read together with what stands before it."""
    read = QTextDocument()
    read.setUndoRedoEnabled(False)
    read.setDefaultFont(document.defaultFont())
    read.setHtml(f"<html><head>{style}</head><body>{part}</body></html>")
    first, cursor = read.begin(), QTextCursor(document)
    cursor.beginEditBlock()
    cursor.movePosition(QTextCursor.MoveOperation.End)
    if cursor.block().text():
        cursor.insertBlock()
    cursor.setBlockFormat(first.blockFormat())  # what is put into a paragraph takes on its looks
    cursor.setBlockCharFormat(first.charFormat())
    cursor.insertFragment(QTextDocumentFragment(read))
    cursor.endEditBlock()
