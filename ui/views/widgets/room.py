"""Panes beside each other that never lie on each other: where there is no room, some wait."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget
from typing_extensions import override


class Room(QObject):
    """Shows the panes of a splitter that have room in it, whatever takes the rest of the window.

    Args:
        splitter: holds them already.
        yielding: those that are left out where there is no room, in this order.
    """

    def __init__(self, splitter: QSplitter, yielding: Sequence[QWidget]) -> None:
        super().__init__(splitter)
        self._splitter, self._yielding = splitter, yielding
        splitter.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QResizeEvent):
            self._share(event.size().width())
        return super().eventFilter(watched, event)

    def _share(self, room: int) -> None:
        shown = [self._splitter.widget(place) for place in range(self._splitter.count())]
        for pane in self._yielding:
            if sum(map(_least, shown)) + self._splitter.handleWidth() * (len(shown) - 1) <= room:
                break
            shown.remove(pane)
        for pane in self._yielding:
            pane.setVisible(pane in shown)


def _least(pane: QWidget) -> int:
    """Return the least width a splitter gives a pane, in pixels."""
    return pane.minimumWidth() or pane.minimumSizeHint().width()
