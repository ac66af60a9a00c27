"""Where windows and popups lie, and how large they are: as they like, as far as there is room."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

_FRAME = 48  # pixels of the title bar and some air
_GAP = 2  # pixels between a popup and what it belongs to


def screen_room(widget: QWidget) -> QRect:
    """Return what of the screen a widget is on is free for windows.

    `QWidget.screen` is never called: PySide takes the screen it returns for a child of the widget,
    and deletes it with a widget that becomes garbage; the next window then crashes. Its rule is
    the “return value heuristic”, https://doc.qt.io/qtforpython-6/shiboken6/typesystem_ownership.html
    """
    middle = widget.mapToGlobal(widget.rect().center())
    screen = QGuiApplication.screenAt(middle) or QGuiApplication.primaryScreen()
    return screen.availableGeometry()


def resize_to_fit(window: QWidget, width: int, height: int) -> None:
    """Resize a window; on a small or scaled screen it stays within it."""
    room = screen_room(window)
    window.resize(min(width, room.width() - _FRAME), min(height, room.height() - _FRAME))


def make_room(inner: QWidget) -> None:
    """Let a window be as high as it needs after something in it has got more words.

    By itself it grows only before it is shown; then its other texts would be cut.
    """
    window = inner.window()
    if not window.isVisible():
        return
    part: QWidget | None = inner
    while part is not None:
        if (layout := part.layout()) is not None:
            layout.activate()
        part = None if part is window else part.parentWidget()
    if (column := window.layout()) is not None:
        needed = column.totalHeightForWidth(window.width())
        resize_to_fit(window, window.width(), max(window.height(), needed))


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
