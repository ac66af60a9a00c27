"""The sentence in an empty list that says how it gets filled."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView

from ui.theme import Theme


def paint_hint(view: QAbstractItemView, theme: Theme, text: str, *, side: int = 8) -> None:
    """Write a sentence into a list as long as it has no rows; call it from `paintEvent`.

    Args:
        view: the list.
        theme: font and colour.
        text: the sentence.
        side: pixels left free at both sides.
    """
    if not text or view.model().rowCount():
        return
    painter = QPainter(view.viewport())
    painter.setFont(theme.font("small"))
    painter.setPen(theme.colour("ink_faint"))
    box = view.viewport().rect().adjusted(side, 10, -side, -8)
    flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
    painter.drawText(box, int(flags), text)
    painter.end()
