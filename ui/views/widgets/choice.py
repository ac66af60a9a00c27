"""A choice among values of ours, which come back as what they were.

Qt turns what it keeps beside an item into a variant: an enum whose values are texts comes back as
a bare text, a tuple as a list, and which of them do changes with its versions. So the values stay
here, in Python, and Qt is asked for nothing but the place of the item.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QWidget

from ui.views.widgets.inputs import ComboBox

T = TypeVar("T")


class ChoiceBox(ComboBox, Generic[T]):
    """A box of texts, each with its value.

    Args:
        name: what is chosen; read aloud.
        rows: text and value of each choice.
    """

    def __init__(
        self, name: str = "", rows: Iterable[tuple[str, T]] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._values: list[T] = []
        if name:
            self.setAccessibleName(name)
        self.fill(rows)

    @property
    def values(self) -> tuple[T, ...]:
        """Return the values in the order of their texts."""
        return tuple(self._values)

    @property
    def value(self) -> T | None:
        """Return the chosen value; `None` when nothing is chosen."""
        return self.value_at(self.currentIndex())

    def value_at(self, place: int) -> T | None:
        """Return the value of an item; `None` when there is no such item."""
        return self._values[place] if 0 <= place < len(self._values) else None

    def place_of(self, value: object) -> int:
        """Return the place of a value; −1 when it is not offered."""
        return next((at for at, known in enumerate(self._values) if known == value), -1)

    def set_value(self, value: object) -> None:
        """Choose a value without telling anybody; the first when it is not offered."""
        with QSignalBlocker(self):
            self.setCurrentIndex(max(self.place_of(value), 0))

    def fill(self, rows: Iterable[tuple[str, T]]) -> None:
        """Offer other choices without telling anybody; what is chosen stays if it is there."""
        chosen = self.value
        with QSignalBlocker(self):
            self.clear()
            self._values = []
            for text, value in rows:
                self.addItem(text)
                self._values.append(value)
        self.set_value(chosen)
