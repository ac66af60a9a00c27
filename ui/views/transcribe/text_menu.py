"""The context menu of a text one corrects."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu

from ui.actions import Actions
from ui.i18n import t
from ui.views.reading.editing import EditableText
from ui.views.transcribe.checking import Checking

_OFFERED = ("play_here", "split", "merge", "show_heard", "restore")


class TextMenu(QObject):
    """Offers what can be done where the caret is.

    Args:
        text: the text.
        actions: all that can be done.
        checking: knows whether there is speech without words.

    Signals:
        opened: the menu, before it is shown; others add to it.
    """

    opened = Signal(object)

    def __init__(self, text: EditableText, actions: Actions, checking: Checking) -> None:
        super().__init__(text)
        self._text = text
        self._actions = actions
        self._checking = checking
        text.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        text.customContextMenuRequested.connect(self._open)

    def _open(self, at: QPoint) -> None:
        text = self._text
        menu = QMenu(text)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        free, chosen = not text.isReadOnly(), text.textCursor().hasSelection()
        for title, run, enabled in (
            (t("Cut"), text.cut, free and chosen),
            (t("Copy"), text.copy, chosen),
            (t("Paste"), text.paste, free and text.canPaste()),
        ):
            entry = menu.addAction(title, run)
            entry.setEnabled(enabled)
        menu.addSeparator()
        for name in _OFFERED:
            menu.addAction(self._actions.qaction(f"transcribe.{name}"))
        if self._checking.can_dismiss():
            menu.addAction(self._actions.qaction("transcribe.dismiss_gap"))
        self.opened.emit(menu)
        menu.popup(text.viewport().mapToGlobal(at))
