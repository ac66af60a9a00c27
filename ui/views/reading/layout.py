"""Layout of a reading text: air between lines and between turns.

The plain layout of Qt lays out a block only when somebody looks at it, which is what keeps a
megabyte quick; it knows no line height, though. So each block gets its air at the moment it is
asked for its size.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QTextBlock, QTextDocument
from PySide6.QtWidgets import QPlainTextDocumentLayout
from typing_extensions import override


class ReadingLayout(QPlainTextDocumentLayout):
    """Plain layout with a line height and a gap below each block."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._pitch = 23
        self._gap = 14

    @property
    def spacing(self) -> tuple[int, int]:
        """Return the distance of lines and of turns, in pixels."""
        return self._pitch, self._gap

    def set_spacing(self, *, pitch: int, gap: int) -> None:
        """Set the distance of lines and of turns, in pixels."""
        self._pitch, self._gap = pitch, gap
        self.requestUpdate()

    @override
    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        rect = super().blockBoundingRect(block)
        layout = block.layout()
        lines = layout.lineCount()
        if not lines:
            return rect
        height = layout.lineAt(0).height()
        pitch = max(self._pitch, math.ceil(height))
        air = self._gap / 2 + (pitch - height) / 2
        if layout.lineAt(0).y() != air:
            # The plain layout knows no right-aligned text, which is how Arabic or Hebrew is read.
            to_left = block.textDirection() is Qt.LayoutDirection.RightToLeft
            for number in range(lines):
                line = layout.lineAt(number)
                free = max(0.0, line.width() - line.naturalTextWidth()) if to_left else 0.0
                line.setPosition(QPointF(line.x() + free, air + number * pitch))
        rect.setHeight(lines * pitch + self._gap)
        return rect
