"""Above the text: how it is coloured, and a sign when not all observations are shown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from ui.context import AppContext
from ui.i18n import t
from ui.plain import set_tip
from ui.views.widgets.controls import chip, swatch
from ui.views.widgets.emptying import empty
from ui.views.widgets.flow import FlowLayout
from ui.views.widgets.looks import icon_button, label

_CHOICES = (
    ("code.colour_stage", "code.colour_code", "code.colour_emotion", "code.colour_coder"),
    ("code.show_all", "code.show_mine", "code.show_code", "code.show_none"),
)


class LensBar(QWidget):
    """Legend and sign; takes no room while there is nothing to say.

    Args:
        context: looks, and the actions of the menu.

    Attributes:
        meanings: what the legend says, in order.

    Signals:
        all_wanted: the person wants to see all observations again.
    """

    all_wanted = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self.button = icon_button(context.icons, "eye", t("Colours and what is shown"))
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.button)
        menu.aboutToShow.connect(lambda: self._fill(menu))
        self.button.setMenu(menu)
        self.sign = chip("")
        self.sign.setIconSize(QSize(14, 14))
        self.sign.clicked.connect(self.all_wanted)
        self.meanings: list[str] = []
        self._state: object = None  # of the legend; asked for at every change of the marks
        self._said: str | None = None
        self._legend = QWidget()
        self._entries = FlowLayout(self._legend, gap=10)
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.sign)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._legend)
        column.addLayout(line)
        self._legend.hide()  # else this would be a window for a moment
        self.say("")
        self.show_legend([])

    def show_legend(self, entries: Sequence[tuple[str | None, str]]) -> None:
        """Tell what colours mean: key, see `MarkColours`, and words."""
        state = (list(entries), self._context.theme.dark)
        if state == self._state:
            return
        self._state = state
        self.meanings = [meaning for _, meaning in entries]
        empty(self._entries)
        for key, meaning in entries:
            self._entries.addWidget(self._entry(key, meaning))
        self._legend.setVisible(bool(entries))
        self._show()

    def say(self, hidden: str) -> None:
        """Say that something is hidden; nothing hides the sign."""
        if hidden == self._said:
            return
        self._said = hidden
        # A little air, because style sheets cannot part an icon from its words.
        self.sign.setText(" " + hidden.replace("&", "&&"))
        self.sign.setAccessibleName(hidden)
        keys = self._context.actions.shortcuts.shown("code.show_all")
        set_tip(self.sign, t("Show all observations  {keys}", keys=keys).strip())
        self.sign.setIcon(self._context.icons.icon("eye-off", colour="ink_soft"))
        self.sign.setVisible(bool(hidden))
        self.button.setIcon(self._context.icons.icon("eye-off" if hidden else "eye"))
        self._show()

    def _show(self) -> None:
        self.setVisible(not self.sign.isHidden() or not self._legend.isHidden())

    def _entry(self, key: str | None, meaning: str) -> QWidget:
        made = QWidget()
        square = label("")
        square.setPixmap(swatch(self._context.theme.marks.line(key)).pixmap(11, 8))
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(3)
        row.addWidget(square)
        row.addWidget(label(meaning, "meta"))
        return made

    def _fill(self, menu: QMenu) -> None:
        menu.clear()
        self._context.actions.refresh()
        for group in _CHOICES:
            menu.addSeparator()
            for action_id in group:
                menu.addAction(self._context.actions.qaction(action_id))
