"""The ground of a row and the outline of the one that has the keys, painted in one way by lists.

At a scale of one and a half a row begins in the middle of a pixel of the screen. What is smoothed
at its very edge reaches into the next row, and stays there when the row is painted anew.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from ui.theme import Theme

_INSIDE = 1.0  # pixels from the edge


def paint_row_ground(
    painter: QPainter, theme: Theme, option: QStyleOptionViewItem, *, bar: bool = False
) -> None:
    """Paint a row as chosen, as under the mouse, as having the focus; nothing of it lies outside.

    Args:
        painter: of the list.
        theme: colours.
        option: the row.
        bar: a row that is chosen has a line at its left edge.
    """
    rect, state = option.rect, option.state
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    if state & QStyle.StateFlag.State_Selected:
        painter.fillRect(rect, theme.colour("accent_soft"))
        if bar:
            edge = QRect(rect.left(), rect.top(), 2, rect.height())
            painter.fillRect(edge, theme.colour("accent"))
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(rect, theme.colour("hover"))
    paint_focus_frame(painter, theme, option, rect)
    painter.restore()


def paint_focus_frame(
    painter: QPainter, theme: Theme, option: QStyleOptionViewItem, rect: QRect
) -> None:
    """Paint the outline of a row alone, if it has the focus."""
    if option.state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QPen(theme.colour("focus"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(rect).adjusted(_INSIDE, _INSIDE, -_INSIDE, -_INSIDE))
