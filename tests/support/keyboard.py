"""Somebody without a mouse goes through a window and tells what is wrong for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from PySide6.QtCore import QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleInterface, QContextMenuEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QKeySequenceEdit,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QScrollArea,
    QScrollBar,
    QTabBar,
    QTextEdit,
    QWidget,
)

Key, Held = Qt.Key, Qt.KeyboardModifier
_CONTROLS = (
    *(QAbstractButton, QLineEdit, QTextEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox),
    *(QAbstractItemView, QAbstractSlider, QTabBar, QKeySequenceEdit),
)
_MOUSE = ("mousePressEvent", "mouseReleaseEvent", "mouseDoubleClickEvent")
_MOST = 400
_ROLES_WITHOUT_MEANING = (QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Pane)


def press(key: Key, held: Held = Held.NoModifier) -> None:
    """Press a key wherever the focus is."""
    QTest.keyClick(QApplication.focusWidget() or QApplication.activeWindow(), key, held)


def controls(window: QWidget) -> list[QWidget]:
    """Return everything in a window that can be pressed, filled or chosen just now."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.window() is window
        and (isinstance(widget, _CONTROLS) or _answers_the_mouse(widget))
        and not _is_a_part(widget)
    ]


def told(widget: QWidget | None) -> str:
    """Return what a test says about a control."""
    if widget is None:
        return "nothing"
    text = getattr(widget, "text", None)
    words = widget.accessibleName() or (text() if callable(text) else "")
    return f"{type(widget).__name__} “{words}”"


class Walk:
    """One round with the Tab key, and with the arrows where buttons belong together.

    Args:
        window: has the focus in it.
        tab_is_taken: controls in which Tab means something else, and which Ctrl+Tab leaves.

    Attributes:
        stops: where Tab came, in order.
        reached: these, and what the arrows reached from there.
        problems: what went wrong.
    """

    def __init__(self, window: QWidget, *, tab_is_taken: Sequence[type[QWidget]] = ()) -> None:
        self.stops: list[QWidget] = []
        self.reached: list[QWidget] = []
        self.problems: list[str] = []
        self._window = window
        self._taken = tuple(tab_is_taken)
        self._round()
        self._back()
        self._order()
        for control in controls(window):
            if control not in self.reached:
                self.problems.append(f"{told(control)} cannot be reached")

    def parts(self, parts: Sequence[QWidget | None]) -> list[int]:
        """Return in which order the Tab key came through some parts of the window, by number."""
        seen = [n for stop in self.stops for n, one in enumerate(parts) if _inside(stop, one)]
        seen = seen[seen.index(0) :] + seen[: seen.index(0)]
        return [n for n, _ in groupby(seen)]

    def _round(self) -> None:
        press(Key.Key_Tab)
        for _ in range(_MOST):
            here = QApplication.focusWidget()
            if here is None or here in self.stops:
                break
            self.stops.append(here)
            if here not in controls(self._window) and not isinstance(here, QScrollArea):
                self.problems.append(f"{told(here)} has the focus, but nothing to do")
            self.reached.append(here)
            self.reached.extend(self._by_arrows(here))
            if isinstance(here, QAbstractButton) and not _enter_presses(here):
                self.problems.append(f"{told(here)} does nothing on Enter")
            here.setFocus()
            seen = here.grab().toImage()
            self._on(here)
            if here.isVisible() and seen == here.grab().toImage():
                self.problems.append(f"{told(here)} does not show that it has the focus")

    def _on(self, here: QWidget) -> None:
        """Go on to the next stop; out of a trap by force, so that the rest is seen, too."""
        if isinstance(here, self._taken):
            press(Key.Key_Tab, Held.ControlModifier)
            if QApplication.focusWidget() is here:
                self.problems.append(f"{told(here)} is not left with Ctrl+Tab")
            here.setFocus()
            QWidget.focusNextPrevChild(here, True)
            return
        press(Key.Key_Tab)
        if QApplication.focusWidget() is here:
            self.problems.append(f"{told(here)} is a trap of the Tab key")
            QWidget.focusNextPrevChild(here, True)

    def _by_arrows(self, here: QWidget) -> list[QWidget]:
        found: list[QWidget] = []
        if isinstance(here, QAbstractButton) and here.autoExclusive():
            for key in (Key.Key_Right, Key.Key_Left):
                before: QWidget | None = None
                while (now := QApplication.focusWidget()) is not before and now is not None:
                    before = now
                    press(key)
                    there = QApplication.focusWidget()
                    if there is here and key is Key.Key_Right:
                        return found  # it begins anew at its end
                    if there is not None and there not in found:
                        found.append(there)
        return found

    def _back(self) -> None:
        back: list[QWidget] = []
        if any(isinstance(stop, self._taken) for stop in self.stops):
            return  # Shift+Tab is theirs, too
        for _ in range(len(self.stops) + 3):  # some fields have an inner one before themselves
            press(Key.Key_Backtab, Held.ShiftModifier)
            if (now := QApplication.focusWidget()) is not None:
                back.append(now)
        missed = [told(stop) for stop in self.stops if stop not in back]
        if missed:
            self.problems.append(f"Shift+Tab does not come by {missed}")

    def _order(self) -> None:
        """Nothing is reached after what lies below it in the same column."""
        seen = [stop for stop in self.stops if stop.isVisible()]
        if not seen:
            return
        top = min(range(len(seen)), key=lambda n: _place(seen[n], self._window).top())
        seen = seen[top:] + seen[:top]
        for one, other in pairwise(seen):
            here, there = _place(one, self._window), _place(other, self._window)
            side_by_side = there.left() >= here.right() or there.right() <= here.left()
            if there.bottom() < here.top() and not side_by_side:
                self.problems.append(f"{told(other)} comes after {told(one)}, but lies above it")


def without_menu(stops: Sequence[QWidget]) -> Iterator[str]:
    """Tell where the mouse has a menu and the Menu key has none."""
    for stop in stops:
        if _has_menu(stop) and stop.isVisible() and not menu_of(stop):
            yield f"{told(stop)} opens no menu with the Menu key"


def menu_of(widget: QWidget) -> list[str]:
    """Press the Menu key in a widget; return what the menu offers, which is closed again."""
    offered: list[str] = []

    def close() -> None:
        menu = QApplication.activePopupWidget()
        if isinstance(menu, QMenu):
            offered.extend(action.text() for action in menu.actions() if action.text())
            menu.close()

    widget.setFocus()
    QTimer.singleShot(0, widget, close)  # the menu may wait for its end
    caret: QRect | QRectF = widget.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    where = QRectF(caret).center().toPoint()
    reason = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(widget, QContextMenuEvent(reason, where, widget.mapToGlobal(where)))
    QApplication.processEvents()
    return offered


def _has_menu(widget: QWidget) -> bool:
    own = (kind for kind in type(widget).__mro__ if kind.__module__.startswith("ui."))
    custom = widget.contextMenuPolicy() is Qt.ContextMenuPolicy.CustomContextMenu
    filled = not isinstance(widget, QAbstractItemView) or widget.currentIndex().isValid()
    return filled and (custom or any("contextMenuEvent" in vars(kind) for kind in own))


def unnamed(window: QWidget) -> Iterator[str]:
    """Tell which controls a screen reader could not name, or would not know what they are."""
    for control in controls(window):
        spoken = QAccessible.queryAccessibleInterface(control)
        if not spoken.text(QAccessible.Text.Name).strip():
            yield f"{told(control)} in {told(control.parentWidget())} has no name"
        if spoken.role() in _ROLES_WITHOUT_MEANING:
            yield f"{told(control)} has no role ({spoken.role().name})"
        if not _says_its_value(control, spoken):
            yield f"{told(control)} does not say its value"
        if isinstance(control, QAbstractItemView):
            yield from _silent_rows(control)


def _says_its_value(control: QWidget, spoken: QAccessibleInterface) -> bool:
    value = spoken.text(QAccessible.Text.Value)
    if isinstance(control, QAbstractButton) and control.isCheckable():
        return bool(spoken.state().checked) == control.isChecked()
    if isinstance(control, QComboBox):
        return control.currentText() == value
    if isinstance(control, QLineEdit):
        secret = control.echoMode() is QLineEdit.EchoMode.Password  # which nobody shall hear
        return secret or control.text() == value
    if isinstance(control, (QTextEdit, QPlainTextEdit)):
        return spoken.textInterface() is not None
    if isinstance(control, (QAbstractSlider, QAbstractSpinBox)):
        return bool(value) or spoken.valueInterface() is not None
    return True


def alike(window: QWidget) -> Iterator[str]:
    """Tell which controls of one kind have the same name, so that nobody could tell them apart."""
    # Buttons with the same words are there to do the same.
    named = (one for one in controls(window) if one.accessibleName())
    names = Counter(map(told, named))
    yield from (f"{count} are called {name}" for name, count in names.items() if count > 1)


def _silent_rows(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    for row in range(min(model.rowCount(view.rootIndex()) if model else 0, 3)):
        index = model.index(row, 0, view.rootIndex())
        words = index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data()
        if not str(words or "").strip():
            yield f"row {row} of {told(view)} says nothing"


def _answers_the_mouse(widget: QWidget) -> bool:
    own = (kind for kind in type(widget).__mro__ if kind.__module__.startswith("ui."))
    return any(name in vars(kind) for kind in own for name in _MOUSE)


def _is_a_part(widget: QWidget) -> bool:
    """Tell whether something is only a part of another control."""
    parent = widget.parentWidget()
    return (
        isinstance(widget, (QHeaderView, QScrollBar))
        or widget.objectName().startswith("qt_")
        or isinstance(parent, (QComboBox, QAbstractSpinBox, QLineEdit, QKeySequenceEdit))
    )


def _inside(widget: QWidget, part: QWidget | None) -> bool:
    return part is not None and part.isAncestorOf(widget)


def _place(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, widget.rect().topLeft()), widget.size())


def _enter_presses(button: QAbstractButton) -> bool:
    """Tell whether Enter is taken by a button, without letting it do what it is for."""
    if button.isCheckable():  # is chosen, or ticked, with Space
        return True
    event = QKeyEvent(QKeyEvent.Type.KeyPress, Key.Key_Return, Held.NoModifier)
    button.blockSignals(True)
    button.event(event)
    button.blockSignals(False)
    return event.isAccepted()
