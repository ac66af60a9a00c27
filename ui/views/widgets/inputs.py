"""Choices and numbers to step through, whose values are safe.

A choice keeps its values in Python and asks Qt for nothing but the place of an item. Qt turns what
it is given into a variant of its own: an enum whose values are texts comes back as a bare text, a
tuple as a list, and which of them do changes with its versions.

Who scrolls a page passes over its fields. A wheel that turns a choice or a number on the way
changes data nobody looks at, so here it scrolls the page. All of the program uses these; a test
holds that.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QSpinBox
from typing_extensions import override

from ui.views.widgets.dropping import Line

T = TypeVar("T")


class ComboBox(QComboBox, Generic[T]):
    """A choice from a list; the wheel scrolls the list when it is open, else the page.

    Also with the focus: a choice just made keeps it, and one scrolls on.

    Args:
        name: what is chosen; read aloud.
    """

    def __init__(self, name: str = "") -> None:
        super().__init__()
        self._values: list[T | None] = []
        if name:
            self.setAccessibleName(name)

    @property
    def values(self) -> tuple[T | None, ...]:
        """Return the value of each item; `None` for a line between them."""
        return tuple(self._values)

    @property
    def value(self) -> T | None:
        """Return the chosen value; `None` when nothing is chosen."""
        return self.value_at(self.currentIndex())

    def value_at(self, place: int) -> T | None:
        """Return the value of an item; `None` when there is no such item."""
        return self._values[place] if 0 <= place < len(self._values) else None

    def place_of(self, value: T | None) -> int:
        """Return the place of a value; −1 when it is not offered."""
        places = (at for at, known in enumerate(self._values) if known == value)
        return next((at for at in places if not self._is_line(at)), -1)

    def _is_line(self, place: int) -> bool:
        """Tell whether an item is a line between others, which Qt marks like that."""
        mark = self.itemData(place, Qt.ItemDataRole.AccessibleDescriptionRole)
        return bool(mark == "separator")

    def set_value(self, value: T | None) -> None:
        """Choose a value without telling anybody; the first when it is not offered."""
        with QSignalBlocker(self):
            self.setCurrentIndex(max(self.place_of(value), 0))

    def insert(self, place: int, text: str, value: T) -> None:
        """Offer one more choice at a place."""
        with QSignalBlocker(self):
            self.insertItem(place, text)
            self._values.insert(place, value)

    def fill(self, *groups: Iterable[tuple[str, T]]) -> None:
        """Offer other choices without telling anybody; what is chosen stays if it is there.

        Args:
            groups: text and value of each choice; a line parts the groups.
        """
        chosen = self.value
        with QSignalBlocker(self):
            self.clear()
            self._values = []
            for group in groups:
                if self._values:
                    self.insertSeparator(self.count())
                    self._values.append(None)
                for text, value in group:
                    self.addItem(text)
                    self._values.append(value)
        self.set_value(chosen)

    @override
    def setEditable(self, editable: bool) -> None:
        super().setEditable(editable)
        if editable:
            self.setLineEdit(Line())

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Stepper(QSpinBox):
    """A whole number with arrows; the wheel turns it only while one works in it."""

    def __init__(self) -> None:
        super().__init__()
        line = Line()
        line.setObjectName("qt_spinbox_lineedit")  # Qt's own name for a part of another field
        self.setLineEdit(line)
        # By default the wheel also gives the focus.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.lineEdit().setTextMargins(6, 0, 0, 0)  # the style sheet's padding is not for this

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
