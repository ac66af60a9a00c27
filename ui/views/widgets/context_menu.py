"""The context menu of a list, a tree, a table or a text: what one can do with the thing there.

The right button opens it where the mouse is; the Menu key and Shift+F10 where the current thing is.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QMenu, QWidget

Fill = Callable[[QMenu, QPoint], None]
"""Puts entries into a menu; told where it was asked for, in pixels of the viewport."""


def offer_menu(view: QWidget, fill: Fill) -> None:
    """Give a view a context menu; nothing opens while nothing in it can be done."""
    ground = view.viewport() if isinstance(view, QAbstractScrollArea) else view
    view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def show(at: QPoint) -> None:
        menu = QMenu(view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        fill(menu, at)
        if any(action.isEnabled() and not action.isSeparator() for action in menu.actions()):
            menu.popup(ground.mapToGlobal(at))
        else:
            menu.deleteLater()

    view.customContextMenuRequested.connect(show)


def ask_menu(widget: QWidget | None) -> None:
    """Open the context menu of a widget from the keyboard, as the Menu key does."""
    if widget is None:
        return
    caret = widget.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    place = QRectF(caret) if caret is not None else QRectF()
    at = place.center().toPoint() if place.isValid() else widget.rect().center()
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, widget.mapToGlobal(at))
    QApplication.sendEvent(widget, asked)
    opened = QApplication.activePopupWidget()
    if isinstance(opened, QMenu):
        choose_first(opened)


def choose_first(menu: QMenu) -> None:
    """Choose the first entry of a menu that keys opened; a menu in it stays closed."""
    down = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(menu, down)
