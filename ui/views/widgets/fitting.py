"""Gives a window the size it likes, as far as its screen has room."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

_FRAME = 48  # pixels of the title bar and some air


def resize_to_fit(window: QWidget, width: int, height: int) -> None:
    """Resize a window; on a small or scaled screen it stays within it."""
    room = window.screen().availableGeometry()
    window.resize(min(width, room.width() - _FRAME), min(height, room.height() - _FRAME))
