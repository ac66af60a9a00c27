"""What the mouse does on a text beside moving the caret: it shows marks, and presses them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent
from PySide6.QtWidgets import QPlainTextEdit

from ui.plain import show_tip
from ui.views.reading.highlights import Highlights
from ui.views.reading.page import Page


class Pointer:
    """The mouse on one text.

    Args:
        view: shows the text.
        page: knows where its lines are.
        highlights: the marks one can press.
    """

    def __init__(self, view: QPlainTextEdit, page: Page, highlights: Highlights) -> None:
        self._view = view
        self._page = page
        self._highlights = highlights
        view.viewport().setMouseTracking(True)  # the cursor tells what a press would do

    def take(self, event: QMouseEvent, do: Callable[[QEvent], bool]) -> bool:
        """Have Qt do what an event means, as if the mouse were on a line and not between lines."""
        point = event.position()
        kind = event.type()
        over = None
        if kind == QEvent.Type.MouseMove and not event.buttons():
            over = self._highlights.at(point)
        done = do(_moved(event, self._page.on_line(point)))
        if kind == QEvent.Type.MouseMove:
            shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.IBeamCursor
            self._view.viewport().setCursor(shape)
        elif (
            kind == QEvent.Type.MouseButtonRelease
            and event.button() == Qt.MouseButton.LeftButton
            and not self._view.textCursor().hasSelection()
        ):
            mark = self._highlights.at(point)
            self._highlights.pressed.emit(mark.id if mark else "")
        return done

    def tell(self, event: QHelpEvent) -> None:
        """Show what there is to tell about the mark under the mouse."""
        mark = self._highlights.at(QPointF(event.pos()))
        words = self._highlights.tip_of(mark.id) if mark else ""
        show_tip(event.globalPos(), words, self._view)


def _moved(event: QMouseEvent, point: QPointF) -> QMouseEvent:
    """Return a mouse event at another point."""
    return QMouseEvent(
        event.type(), point, event.globalPosition(), event.button(), event.buttons(),
        event.modifiers(), event.pointingDevice(),
    )  # fmt: skip
