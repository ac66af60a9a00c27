"""Where windows and popups lie, and how large they are: as they like, as far as there is room."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QWidget

_FRAME = 48  # pixels of the title bar and some air
_GAP = 2  # pixels between a popup and what it belongs to


def resize_to_fit(window: QWidget, width: int, height: int) -> None:
    """Resize a window; on a small or scaled screen it stays within it."""
    room = window.screen().availableGeometry()
    window.resize(min(width, room.width() - _FRAME), min(height, room.height() - _FRAME))


def within(box: QRect, room: QRect) -> QRect:
    """Return a box moved into a room, and made smaller where it is larger than that."""
    size = box.size().boundedTo(room.size())
    left = min(max(box.left(), room.left()), room.right() + 1 - size.width())
    top = min(max(box.top(), room.top()), room.bottom() + 1 - size.height())
    return QRect(left, top, size.width(), size.height())


def beside(near: QRect, size: QSize, room: QRect, gap: int = _GAP) -> QRect:
    """Return where a popup lies, wholly in its room: below what it is about, or else above.

    Args:
        near: what it is about.
        size: how large it would like to be.
        room: the window where it is part of it, else the screen; in the coordinates of `near`.
        gap: pixels between the two.
    """
    below = near.bottom() + 1 + gap
    above = near.top() - gap - size.height()
    top = above if below + size.height() > room.bottom() + 1 and above >= room.top() else below
    return within(QRect(near.left(), top, size.width(), size.height()), room)
