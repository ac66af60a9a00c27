"""The foot of every dialog: the buttons that end it, with one voice.

A dialog that asks has the verb of what it does and “Cancel”; one that only shows, or keeps what is
typed at once, has “Close”. They stand in the order of the desktop. Enter does the main thing from
every field, as far as it is possible now; where a text takes Enter for itself, Ctrl+Enter does. To
close is nothing that somebody means who types: there a field keeps Enter. Escape is the other
button.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QPushButton,
    QWidget,
)
from typing_extensions import override

from ui.i18n import Phrase, t
from ui.views.widgets.looks import button

_Role = QDialogButtonBox.ButtonRole


@dataclass(frozen=True, slots=True)
class Foot:
    """The buttons of a dialog that asks.

    Attributes:
        box: the row, to be put below the fields.
        main: does what is asked for.
        cancel: does nothing.
    """

    box: QDialogButtonBox
    main: QPushButton
    cancel: QPushButton


def ask_foot(dialog: QDialog, verb: str, *, danger: bool = False) -> Foot:
    """Return the buttons of a dialog that asks for something.

    Args:
        dialog: what they end; its fields stand in it already, or Tab would begin here.
        verb: text of the main button: “Save”, or what is done.
        danger: it cannot be taken back, so Enter cancels.
    """
    main, cancel = button(verb, "danger" if danger else "primary"), button(t("Cancel"))
    box = foot(dialog, main, cancel)
    main.clicked.connect(dialog.accept)
    cancel.clicked.connect(dialog.reject)
    if danger:
        cancel.setDefault(True)
    for keys in ("Ctrl+Return", "Ctrl+Enter"):
        QShortcut(QKeySequence(keys), dialog).activated.connect(main.click)
    return Foot(box, main, cancel)


def close_foot(
    dialog: QDialog, *, word: Phrase = "Close", aside: Sequence[QPushButton] = ()
) -> QDialogButtonBox:
    """Return the buttons of a dialog that only shows, or keeps everything at once.

    Args:
        dialog: what they end.
        word: “Close”, or “OK” under a message.
        aside: what one can do meanwhile.
    """
    close = button(t(word), "primary")
    close.clicked.connect(dialog.accept)
    _KeepEnter(dialog)
    return foot(dialog, close, aside=aside)


def foot(
    dialog: QDialog,
    main: QPushButton,
    other: QPushButton | None = None,
    *,
    aside: Sequence[QPushButton] = (),
) -> QDialogButtonBox:
    """Return buttons in the order of the desktop, of which Enter presses the main one."""
    box = QDialogButtonBox(dialog)
    box.addButton(main, _Role.AcceptRole)
    if other is not None:
        box.addButton(other, _Role.RejectRole)
    for made in aside:
        box.addButton(made, _Role.ActionRole)
    # Only now, when it stands in the dialog: before, Qt does not hear it, and makes the first
    # button that could be the default the default.
    main.setDefault(True)
    _Begin(dialog, box)
    return box


class _KeepEnter(QObject):
    """Lets Enter in a field of a dialog do no more than the field makes of it."""

    def __init__(self, dialog: QDialog) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        dialog.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The event first: while the dialog goes, it must not be asked for anything.
        return (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and _is_typed_in(self._dialog.focusWidget())
        )


def _is_typed_in(field: QWidget | None) -> bool:
    if isinstance(field, QComboBox):
        return field.isEditable()
    return isinstance(field, QLineEdit | QAbstractSpinBox) and not field.isReadOnly()


class _Begin(QObject):
    """Lets the keys begin at the default button where they would at any other button."""

    def __init__(self, dialog: QDialog, box: QDialogButtonBox) -> None:
        super().__init__(dialog)
        self._dialog, self._box = dialog, box
        dialog.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and self._dialog.focusWidget() is None:
            one = self._dialog.nextInFocusChain()
            while one is not None and one is not self._dialog and not _takes_keys(one):
                one = one.nextInFocusChain()
            default = [made for made in self._box.buttons() if _is_default(made)]
            if default and isinstance(one, QPushButton):
                default[0].setFocus()
        return False


def _takes_keys(one: QWidget) -> bool:
    by_tab = one.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(by_tab) and one.isVisible() and one.isEnabled()


def _is_default(made: QAbstractButton) -> bool:
    return isinstance(made, QPushButton) and made.isDefault() and made.isEnabled()
