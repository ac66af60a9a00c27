"""Panes beside each other that never lie on each other: where there is no room, some wait."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget
from typing_extensions import override


class Room(QObject):
    """Shows the panes of a splitter that have room in it, whatever takes the rest of the window.

    Args:
        splitter: holds them already.
        yielding: so many of the first ones are left out, in this order, where there is no room.

    Signals:
        shared: other panes have room than before.
    """

    shared = Signal()

    def __init__(self, splitter: QSplitter, yielding: int) -> None:
        super().__init__(splitter)
        self._splitter, self._yielding = splitter, yielding
        splitter.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QResizeEvent):
            self._share(event.size().width())
        return super().eventFilter(watched, event)

    def _share(self, room: int) -> None:
        places = map(self._splitter.widget, range(self._splitter.count()))
        panes = [pane for pane in places if pane is not None]
        shown = list(panes)
        for pane in panes[: self._yielding]:
            if sum(map(_least, shown)) + self._splitter.handleWidth() * (len(shown) - 1) <= room:
                break
            shown.remove(pane)
        before = [pane for pane in panes if not pane.isHidden()]
        for pane in panes[: self._yielding]:
            pane.setVisible(pane in shown)
        if shown != before:
            self.shared.emit()


def _least(pane: QWidget) -> int:
    """Return the least width a splitter gives a pane, in pixels."""
    return pane.minimumWidth() or pane.minimumSizeHint().width()
