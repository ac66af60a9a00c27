"""Borders between panes, which stay where somebody has put them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QSplitter

from ui.context import AppContext
from ui.views.widgets.room import Room


def remember(
    context: AppContext,
    splitter: QSplitter,
    *,
    yielding: int = 0,
    told: Callable[[], object] = lambda: None,
) -> None:
    """Restore the sizes a splitter had last time, and keep them from now on.

    Beside the drawer, in a small window, not all panes may have room: then so many of the
    first ones are left out, one after the other, and `told` is called.

    No pane can be dragged shut, for nothing would show where it has gone; one that an earlier
    version of the program kept shut is open again.

    Args:
        context: keeps the sizes.
        splitter: holds its panes already; its object name names the border.
        yielding: how many panes may be left out.
        told: hears that other panes have room than before.
    """
    name = splitter.objectName()
    splitter.setChildrenCollapsible(False)
    if yielding:
        Room(splitter, yielding).shared.connect(told)
    known = context.settings.current.window.splitters.get(name)
    if known and len(known) == splitter.count() and all(known):
        splitter.setSizes(list(known))

    def keep() -> None:
        context.splitters[name] = tuple(splitter.sizes())

    splitter.splitterMoved.connect(keep)
