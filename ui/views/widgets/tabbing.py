"""Tab goes through a window as people read it: from top to bottom and from left to right.

Qt goes in the order in which the controls happened to be made, and begins anew behind panes that
hand on their focus, so that half of a window is never reached. The layouts know the order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QGridLayout,
    QLayout,
    QScrollArea,
    QSplitter,
    QWidget,
)

_KEEP = QItemSelectionModel.SelectionFlag.NoUpdate
_WHOLE = (QComboBox, QAbstractSpinBox)  # what is inside them is part of them


def stops(root: QWidget) -> list[QWidget]:
    """Return what Tab reaches in a window, in order."""
    return [part for part in in_order(root) if _takes_tab(part)]


def in_order(root: QWidget, *, also: QWidget | None = None) -> Iterator[QWidget]:
    """Give every widget that can be seen below another one, in the order of reading.

    Args:
        root: the window, or a part of it.
        also: one that is given although it has just been hidden.
    """
    if isinstance(root, _WHOLE):
        return
    for child in _children(root):
        kept = also is not None and (child is also or child.isAncestorOf(also))
        if (child.isVisible() or kept) and not child.isWindow():
            yield child
            yield from in_order(child, also=also)


def go(root: QWidget, *, on: bool) -> bool:
    """Move the focus to the next or the previous stop; tell whether there was one."""
    order = stops(root)
    if not order:
        return False
    place = _place_of(QApplication.focusWidget(), order, root, on=on)
    step = 1 if on else -1
    reason = Qt.FocusReason.TabFocusReason if on else Qt.FocusReason.BacktabFocusReason
    show(order[(place + step) % len(order)], reason)
    return True


def panes(root: QWidget) -> list[QWidget]:
    """Return the parts of a page that stand beside each other, or the page where it has none."""
    inner = [part for part in in_order(root) if isinstance(part.parentWidget(), QSplitter)]
    found = [part for part in inner if not any(isinstance(p, QSplitter) for p in in_order(part))]
    return [part for part in found if stops(part)] or [root]


def go_to_pane(parts: Sequence[QWidget], *, on: bool) -> None:
    """Move the focus to the next or the previous part of a window, to where it was there before."""
    there = [part for part in parts if part.isVisible() and stops(part)]
    if not there:
        return
    now = QApplication.focusWidget()
    around = (n for n, part in enumerate(there) if now and (part is now or part.isAncestorOf(now)))
    here = next(around, -1 if on else 0)
    part = there[(here + (1 if on else -1)) % len(there)]
    before, order = part.focusWidget(), stops(part)
    show(before if before in order else order[0], Qt.FocusReason.ShortcutFocusReason)


def enter(page: QWidget) -> None:
    """Give the focus to what one works on in a page, or to what comes first while that is away."""
    work = page.focusProxy()
    order = stops(page) if work is None or not work.isVisible() else []
    (order[0] if order else page).setFocus(Qt.FocusReason.ShortcutFocusReason)


def show(widget: QWidget, reason: Qt.FocusReason) -> None:
    """Give a control the focus, a row of a list with it, and scroll to where it is."""
    if isinstance(widget, QAbstractItemView) and not widget.currentIndex().isValid():
        first = _first_row(widget, widget.rootIndex())
        widget.selectionModel().setCurrentIndex(first, _KEEP)
    widget.setFocus(reason)
    area = widget.parentWidget()
    while area is not None:
        if isinstance(area, QScrollArea):
            area.ensureWidgetVisible(widget)
        area = area.parentWidget()


def _first_row(view: QAbstractItemView, parent: QModelIndex) -> QModelIndex:
    """Return the first row that can be current, which a heading cannot."""
    model = view.model()
    wanted = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        if (index.flags() & wanted) != wanted:
            index = _first_row(view, index)
        if index.isValid():
            return index
    return QModelIndex()


def _place_of(now: QWidget | None, order: list[QWidget], root: QWidget, *, on: bool) -> int:
    """Return the place of the control with the focus, or of the gap where it would be."""
    if now in order:
        return order.index(now)
    seen = list(in_order(root, also=now))
    if now not in seen:
        return -1 if on else 0
    before = seen[: seen.index(now)]
    return sum(part in before for part in order) - (1 if on else 0)


def _takes_tab(widget: QWidget) -> bool:
    policy = Qt.FocusPolicy.TabFocus
    return (
        (widget.focusPolicy() & policy) == policy
        and widget.isEnabled()
        and widget.focusProxy() is None
        and (not isinstance(widget, QScrollArea) or _is_scrolled_by_keys(widget))
    )


def _is_scrolled_by_keys(area: QScrollArea) -> bool:
    """Tell whether nothing in an area can take the keys, and there is more than can be seen."""
    inside = area.widget()
    return area.verticalScrollBar().maximum() > 0 and not (inside and stops(inside))


def _children(parent: QWidget) -> Iterator[QWidget]:
    """Give the widgets directly in another one: laid out ones in their order, then the others."""
    laid: list[QWidget] = []
    if isinstance(parent, QSplitter):
        laid = [part for place in range(parent.count()) if (part := parent.widget(place))]
    elif (layout := parent.layout()) is not None:
        laid = list(_laid_out(layout))
    yield from laid
    widgets = (child for child in parent.children() if isinstance(child, QWidget))
    others = [child for child in widgets if child not in laid]
    yield from sorted(others, key=lambda child: (child.y(), child.x()))


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    for place in _places(layout):
        item = layout.itemAt(place)
        if item is not None and (widget := item.widget()) is not None:
            yield widget
        elif item is not None and (inner := item.layout()) is not None:
            yield from _laid_out(inner)


def _places(layout: QLayout) -> Sequence[int]:
    """Return the numbers of the items of a layout in the order of reading."""
    places = range(layout.count())
    if not isinstance(layout, QGridLayout):
        return places

    def row_and_column(place: int) -> tuple[int, int]:
        row, column, *_ = cast("tuple[int, int, int, int]", layout.getItemPosition(place))
        return row, column

    return sorted(places, key=row_and_column)
