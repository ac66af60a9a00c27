"""The outline of the row that has the keys, painted in one way by every list."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from ui.theme import Theme

_INSIDE = 1.0
"""At a scale of one and a half a row begins in the middle of a pixel of the screen. A line at its
very edge would reach into the next row, and stay there when the focus goes."""


def paint_focus_frame(
    painter: QPainter, theme: Theme, option: QStyleOptionViewItem, rect: QRect
) -> None:
    """Paint the outline of a row, if it has the focus; nothing of it lies outside the row."""
    if option.state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QPen(theme.colour("focus"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(rect).adjusted(_INSIDE, _INSIDE, -_INSIDE, -_INSIDE))
