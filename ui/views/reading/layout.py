"""Layout of a reading text: air between lines and between turns, and the shapes of documents.

The plain layout of Qt lays out a block only when somebody looks at it, which is what keeps a
megabyte quick; it knows no line height, no indentation and no larger letters, though. So each block
gets them at the moment it is asked for its size.
"""

from __future__ import annotations

import math
import weakref
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QTextBlock, QTextLayout, QTextLine
from PySide6.QtWidgets import QPlainTextDocumentLayout, QPlainTextEdit
from typing_extensions import override

from ui.theme import Theme
from ui.views.reading.shapes import Look, Shapes

_LONG = 100_000  # characters


class ReadingLayout(QPlainTextDocumentLayout):
    """Plain layout with a line height, a gap round each block, and indentation.

    Args:
        view: whose document is laid out.

    Attributes:
        shapes: how the blocks of a document stand; `None` when all are plain, and cost nothing.
        plain: how plain blocks stand.
        changes: how often lines were dropped, which letters need not have changed for.
    """

    def __init__(self, view: QPlainTextEdit) -> None:
        super().__init__(view.document())
        # The document keeps its layout for ever, and must not keep the window with it.
        self._view: QPlainTextEdit = weakref.proxy(view)
        self._formatting = False
        self.shapes: Shapes | None = None
        self.plain = Look()
        self.changes = 0

    @override
    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        look, layout = self.plain, block.layout()
        if self.shapes is not None:
            look = self.shapes.look(block.blockNumber())
            # Qt begins at 0 when it lays out a block by itself, and we never do.
            if not layout.lineCount() or not layout.lineAt(0).y():
                self._shape(block, look, self.shapes)
        rect = super().blockBoundingRect(block)
        lines = layout.lineCount()
        if lines:
            first = layout.lineAt(0)
            if not first.y():
                self._arrange(block, look)
            rect.setHeight(look.above + lines * _pitch(first, look) + look.below)
        return rect

    def _arrange(self, block: QTextBlock, look: Look, hang: float = 0.0) -> None:
        """Put the lines of a block where they belong, those after the first by `hang` further."""
        layout = block.layout()
        first = layout.lineAt(0)
        pitch = _pitch(first, look)
        air = look.above + (pitch - first.height()) / 2
        # The plain layout knows no right-aligned text, which is how Arabic or Hebrew is read.
        to_left = block.textDirection() is Qt.LayoutDirection.RightToLeft
        margin = self.document().documentMargin()
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            begin = look.indent + (hang if number else 0.0)
            free = max(0.0, line.width() - line.naturalTextWidth()) if to_left else begin
            line.setPosition(QPointF(margin + free, air + number * pitch))

    def _shape(self, block: QTextBlock, look: Look, shapes: Shapes) -> None:
        """Give a block its letters, and break its lines where they are shorter than others."""
        layout = block.layout()
        preedit = layout.preeditAreaText()
        formats = shapes.formats(block.blockNumber(), block.text() + preedit)
        if preedit:
            formats += layout.formats()  # what is being composed is underlined
        if formats or layout.formats():
            self._set_formats(block, formats)
        hang = shapes.tables.hang(block.blockNumber())
        if look.indent or hang:
            self._break_lines(block, look, hang)

    def _set_formats(self, block: QTextBlock, formats: list[QTextLayout.FormatRange]) -> None:
        block.layout().setFormats(formats)
        # Qt takes note of a change, to tell of it with the next one that a person makes; but no
        # letter has changed. Asked to do it now, it forgets it.
        self._formatting = True
        self.document().markContentsDirty(block.position(), 0)
        self._formatting = False

    def _break_lines(self, block: QTextBlock, look: Look, hang: float) -> None:
        """Do what Qt does for a plain block, in less width."""
        layout, document = block.layout(), self.document()
        width = self._view.viewport().width() - 2 * document.documentMargin() - look.indent
        layout.setTextOption(document.defaultTextOption())
        layout.beginLayout()
        line = layout.createLine()
        while line.isValid():
            line.setLeadingIncluded(True)
            line.setLineWidth(width - (hang if line.lineNumber() else 0.0))
            line = layout.createLine()
        layout.endLayout()
        self._arrange(block, look, hang)  # before anybody is told, who may ask for its size
        before = document.lineCount()
        block.setLineCount(layout.lineCount())
        if document.lineCount() != before:
            self.documentSizeChanged.emit(self.documentSize())

    @override
    def documentChanged(self, start: int, removed: int, added: int) -> None:
        if not self._formatting:
            self.changes += 1
            if added < _LONG:  # a whole text comes with turns of its own, which tell as much
                self._stamp(start, added)
            super().documentChanged(start, removed, added)

    def _stamp(self, start: int, added: int) -> None:
        """Mark the blocks that changed, so that `Layers` records them anew."""
        block = self.document().findBlock(start)
        while block.isValid() and block.position() <= start + added:
            block.setUserState(self.changes)
            block = block.next()


def _pitch(first: QTextLine, look: Look) -> int:
    return max(look.pitch, math.ceil(first.height()))


def column(view: QPlainTextEdit) -> tuple[float, float]:
    """Return where lines of full width begin and end, in pixels of the viewport."""
    margin = view.document().documentMargin()
    return view.contentOffset().x() + margin, view.viewport().width() - margin


def measure(theme: Theme) -> int:
    """Return the width of the reading column in pixels."""
    letters = "the quick brown fox jumps over the lazy dog "
    width = QFontMetricsF(theme.reading_font()).horizontalAdvance(letters) / len(letters)
    return math.ceil(width * theme.tokens.reading_measure)


def across(line: QTextLine, unit: int) -> float:
    """Return how far to the right of its block a position in a line is."""
    # PySide hands back the position together with the place, since Qt may correct it.
    found: Any = line.cursorToX(unit)
    return float(found[0] if isinstance(found, tuple) else found)
