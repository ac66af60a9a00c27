"""Gives a dialog the size it likes, as far as its screen has room."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

_FRAME = 48  # pixels of the title bar and some air


def resize_to_fit(dialog: QWidget, width: int, height: int) -> None:
    """Resize a dialog; on a small or scaled screen it stays within it."""
    room = dialog.screen().availableGeometry()
    dialog.resize(min(width, room.width() - _FRAME), min(height, room.height() - _FRAME))
