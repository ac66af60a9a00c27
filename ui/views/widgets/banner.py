"""A line above the workspaces: what is to be known, a way on, and a way to close it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from ui.i18n import t
from ui.icons import Icons
from ui.views.widgets.looks import button, icon_button, label, look


class Banner(QFrame):
    """Hidden until it has something to say.

    Args:
        icons: for the cross.

    Signals:
        action_wanted: id of the action behind the button.
        closed: somebody has read it.
    """

    action_wanted = Signal(str)
    closed = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._action = ""
        look(self, "paper")
        self.words = label("", "soft", wrap=True)
        self.more = button("", "link")
        self.more.hide()  # a button without a word is none
        self.more.clicked.connect(lambda: self.action_wanted.emit(self._action))
        shut = icon_button(icons, "x", t("Close"))
        shut.clicked.connect(self._close)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 6, 8, 6)
        self._row.setSpacing(12)
        self._row.addWidget(self.words, 1)
        self._row.addWidget(self.more)
        self._row.addWidget(shut)
        self.hide()

    def say(self, words: str, more: str = "", action: str = "") -> None:
        """Show a sentence.

        Args:
            words: the sentence.
            more: text of the button beside it; "" = none.
            action: id of the action behind the button.
        """
        self._action = action
        self.words.setText(words)
        self.more.setText(more)
        self.more.setVisible(bool(more))
        self.show()

    def offer(self, more: str, act: Callable[[], object]) -> QPushButton:
        """Put a further button before the cross.

        Args:
            more: its text.
            act: what it does.
        """
        made = button(more, "link")
        made.clicked.connect(lambda _on=False: act())
        self._row.insertWidget(self._row.count() - 1, made)
        return made

    def _close(self) -> None:
        self.hide()
        self.closed.emit()


__all__ = ["Banner"]
