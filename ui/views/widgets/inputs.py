"""Choices and numbers to step through that the mouse wheel cannot change by accident.

Who scrolls a page passes over its fields. A wheel that turns a choice or a number on the way
changes data nobody looks at, so here it scrolls the page. All of the program uses these; a test
holds that.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QSpinBox
from typing_extensions import override


class ComboBox(QComboBox):
    """A choice from a list; the wheel scrolls the list when it is open, else the page.

    Also with the focus: a choice just made keeps it, and one scrolls on.
    """

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Stepper(QSpinBox):
    """A whole number with arrows; the wheel turns it only while one works in it."""

    def __init__(self) -> None:
        super().__init__()
        # By default the wheel also gives the focus.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
