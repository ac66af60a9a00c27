"""The sentence in an empty list that says how it gets filled."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView

from ui.theme import Theme


def paint_hint(view: QAbstractItemView, theme: Theme, text: str, *, side: int = 8) -> None:
    """Write a sentence into a list while it has no rows, and show its focus; for `paintEvent`.

    Args:
        view: the list.
        theme: font and colour.
        text: the sentence.
        side: pixels left free at both sides.
    """
    if not text or view.model().rowCount():
        return
    painter = QPainter(view.viewport())
    if view.hasFocus():  # there is no row that could show it
        painter.setPen(QPen(theme.colour("focus"), 2))
        painter.drawRect(view.viewport().rect().adjusted(1, 1, -1, -1))
    painter.setFont(theme.font("small"))
    painter.setPen(theme.colour("ink_faint"))
    box = view.viewport().rect().adjusted(side, 10, -side, -8)
    flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
    painter.drawText(box, int(flags), text)
    painter.end()
