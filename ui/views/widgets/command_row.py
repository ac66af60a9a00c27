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
        yielding: those that can be reached elsewhere as well, in the order in which they make room.
        beside: what stands by the title and always stays; the title makes room for it, first of
            all, since the rail says where one is.
    """

    def __init__(
        self,
        title: str,
        commands: Sequence[QPushButton],
        yielding: Sequence[QPushButton],
        *,
        beside: QWidget | None = None,
    ) -> None:
        super().__init__()
        headline = label(title, "title")
        stays = (beside,) if beside else ()
        self._parts: tuple[QWidget, ...] = (headline, *stays, *commands)
        self._yielding = (headline, *yielding) if beside else tuple(yielding)
        self._gap = _GAP * 2 if beside else _GAP
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._gap)
        for part in (headline, *stays):
            row.addWidget(part)
        row.addStretch(1)
        for command in commands:
            row.addWidget(command)

    def fit(self, room: int) -> None:
        """Show as much as has room in a width, in pixels."""
        shown = list(self._parts)
        for one in self._yielding:
            if self._needed(shown) <= room:
                break
            shown.remove(one)
        for one in self._yielding:
            one.setVisible(one in shown)

    def _needed(self, shown: Sequence[QWidget]) -> int:
        margins = self.contentsMargins()
        widths = sum(self._gap + one.sizeHint().width() for one in shown)  # the stretch has a gap
        return widths + margins.left() + margins.right()
