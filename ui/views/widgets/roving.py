"""A row of choices is one stop of the Tab key; the arrows go from one choice to the next.

Qt lets Tab reach only one button of a group, and leaves the others to the arrows, which work only
where exactly one must always be on. So every group of the program is made to go by this one rule.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QDialog, QWidget
from typing_extensions import override

_BACK = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Up})
_ON = frozenset({Qt.Key.Key_Right, Qt.Key.Key_Down})
_PRESS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_EMPTY = frozenset({Qt.Key.Key_Delete, Qt.Key.Key_Backspace})


class Roving(QObject):
    """Moves the focus among buttons that belong together.

    The arrows, Home and End go to a button, Space and Enter press it, Delete empties the choice.
    In a dialog, where Enter is for what the dialog does, a choice follows the arrows: what is
    entered then is what the keys are on.
    Tab comes back to the button that is on, else to the one where the focus was, else to the first.

    Args:
        owner: lives as long as this.
        buttons: in the order in which they are seen.
        empty: what Delete does; `None` where something must be on.
        first: place of the button that Tab reaches while none is on.
    """

    def __init__(
        self,
        owner: QWidget,
        buttons: Sequence[QAbstractButton],
        *,
        empty: Callable[[], object] | None = None,
        first: int = 0,
    ) -> None:
        super().__init__(owner)
        self._buttons = list(buttons)
        self._empty = empty
        for made in self._buttons:
            # Read aloud as one of several choices, of which one can be on.
            made.setAutoExclusive(made.isCheckable())
            made.toggled.connect(partial(self._on_toggled, made))
            made.installEventFilter(self)
        on = next((made for made in self._buttons if made.isChecked()), None)
        self._stop_at(on or self._buttons[first])

    def _on_toggled(self, made: QAbstractButton, on: bool) -> None:
        if on:
            self._stop_at(made)

    def _stop_at(self, chosen: QAbstractButton) -> None:
        policy = Qt.FocusPolicy
        for made in self._buttons:
            made.setFocusPolicy(policy.StrongFocus if made is chosen else policy.ClickFocus)

    def _go(self, key: int, here: QAbstractButton) -> None:
        there = [made for made in self._buttons if made.isEnabled() and not made.isHidden()]
        at = there.index(here)
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            at = 0 if key == Qt.Key.Key_Home else -1
        else:
            at = (at + (1 if key in _ON else -1)) % len(there)
        there[at].setFocus(Qt.FocusReason.OtherFocusReason)
        follows = isinstance(here.window(), QDialog) and there[at].isCheckable()
        if follows and not there[at].isChecked():
            there[at].click()

    def _on_key(self, key: int, here: QAbstractButton) -> bool:
        if key in _BACK | _ON | {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self._go(key, here)
        elif key in _PRESS and not isinstance(here.window(), QDialog):
            here.click()  # in a dialog, Enter does what the dialog is for
        elif key in _EMPTY and self._empty is not None:
            self._empty()
        else:
            return False
        return True

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QAbstractButton):
            if event.type() == QEvent.Type.FocusIn:
                self._stop_at(watched)
            elif isinstance(event, QKeyEvent) and event.key() in _KEYS:
                plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
                if event.type() == QEvent.Type.ShortcutOverride and plain:
                    event.accept()  # before a command of the window that has the same key
                    return True
                if event.type() == QEvent.Type.KeyPress and plain:
                    return self._on_key(event.key(), watched)
        return super().eventFilter(watched, event)


_KEYS = _BACK | _ON | _PRESS | _EMPTY | {Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Space}
