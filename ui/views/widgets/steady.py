"""Lists stay where they are while their rows become others."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtWidgets import QListView


def show_steadily(view: QListView, show: Callable[[], bool]) -> bool:
    """Have other rows shown; what is current, selected and in sight stays in its place.

    Where the current row goes, none is current: the owner of the list decides which one follows.
    The list itself tells nothing meanwhile.

    Args:
        view: a list whose model is a `KeyedList`.
        show: shows the rows; tells whether they are others than before.

    Returns:
        what `show` told.
    """
    current, place = QPersistentModelIndex(view.currentIndex()), _Place(view)
    was_one, blocked = current.isValid(), view.blockSignals(True)
    try:
        others = show()
        if was_one and not current.isValid():
            view.selectionModel().clear()  # Qt went to a neighbour
            view.reset()  # else Qt would go to no row when the list gets the focus
        if others:
            place.go_back()
    finally:
        view.blockSignals(blocked)
    return others


class _Place:
    """What is looked at: the current row if it is in sight, else the first ones there."""

    def __init__(self, view: QListView) -> None:
        self._view = view
        self._scrolled = view.verticalScrollBar().value()
        self._seen = [
            (QPersistentModelIndex(index), index.row(), view.visualRect(index).top())
            for index in in_sight(view)
        ]

    def go_back(self) -> None:
        """Scroll so that what was looked at is where it was; else to the beginning."""
        view, bar = self._view, self._view.verticalScrollBar()
        found = next((one for one in self._seen if one[0].isValid()), None)
        if found is None:
            view.scrollToTop()
            return
        index, row, top = view.model().index(found[0].row(), 0), *found[1:]
        view.scrollTo(index, view.ScrollHint.PositionAtTop)
        if view.verticalScrollMode() is view.ScrollMode.ScrollPerPixel:
            bar.setValue(bar.value() + view.visualRect(index).top() - top)
        else:
            bar.setValue(self._scrolled + index.row() - row)


def in_sight(view: QListView) -> Iterator[QModelIndex]:
    """Yield the rows one may be looking at: the current one, then those of a list scrolled down."""
    seen, current = view.viewport().rect(), view.currentIndex()
    if view.visualRect(current).intersects(seen):
        yield current
    index = view.indexAt(seen.topLeft()) if view.verticalScrollBar().value() else QModelIndex()
    while view.visualRect(index).intersects(seen):
        yield index
        index = index.siblingAtRow(index.row() + 1)
