"""A headline with commands beside it that stays readable where there is little room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ui.views.widgets.looks import label

_GAP = 4


class CommandRow(QWidget):
    """A title, and its commands at the right; where not all have room, some are not shown.

    Args:
        title: headline.
        commands: from left to right.
        yielding: those that the menus have as well, in the order in which they make room.
    """

    def __init__(
        self, title: str, commands: Sequence[QPushButton], yielding: Sequence[QPushButton]
    ) -> None:
        super().__init__()
        self._title, self._commands, self._yielding = label(title, "title"), commands, yielding
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP)
        row.addWidget(self._title, 1)
        for command in commands:
            row.addWidget(command)

    def fit(self, room: int) -> None:
        """Show as many commands as have room in a width, in pixels."""
        shown = list(self._commands)
        for one in self._yielding:
            if self._needed(shown) <= room:
                break
            shown.remove(one)
        for one in self._yielding:
            one.setVisible(one in shown)

    def _needed(self, shown: Sequence[QPushButton]) -> int:
        margins = self.contentsMargins()
        return (
            self._title.sizeHint().width()
            + sum(_GAP + one.sizeHint().width() for one in shown)
            + margins.left()
            + margins.right()
        )
