"""The frame round every workspace: top bar, rail, bottom bar."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ui.i18n import t
from ui.icons import Icons
from ui.plain import set_tip
from ui.views.widgets.looks import PushButton, bold_width, button, icon_button, label, look
from ui.views.widgets.roving import Roving
from ui.views.widgets.spoken import announce


class TopBar(QFrame):
    """Menu, study name, search field, undo and redo.

    Signals:
        search_requested: the search field was pressed.
    """

    search_requested = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.setObjectName("topBar")
        self.setFixedHeight(45)
        self.menu_button = icon_button(icons, "menu", t("Menu"))
        self.study_button = button("", "study")
        self.study_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.search = _SearchButton(icons)
        self.search.clicked.connect(self.search_requested)
        self._undo = icon_button(icons, "undo-2", t("Undo"))
        self._redo = icon_button(icons, "redo-2", t("Redo"))
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 12, 1)
        row.setSpacing(4)
        row.addWidget(_side(self.menu_button, self.study_button, left=True), 1)
        row.addWidget(self.search)
        row.addWidget(_side(self._undo, self._redo, left=False), 1)
        self.set_study(None)

    def set_study(self, title: str | None, *, read_only: bool = False) -> None:
        """Show a study's name, or only the menu."""
        self.study_button.setVisible(title is not None)
        self.search.setVisible(title is not None)
        self._undo.setVisible(title is not None)
        self._redo.setVisible(title is not None)
        shown = title or ""
        if read_only:
            shown = t("{title} (read-only)", title=shown)
        self.study_button.setText(shown.replace("&", "&&"))
        self.study_button.setAccessibleName(t("Study: {title}", title=shown))

    def set_study_menu(self, menu: QMenu) -> None:
        """Give the study's name its menu."""
        self.study_button.setMenu(menu)

    def set_history(self, undo: QAction, redo: QAction) -> None:
        """Bind the two buttons to the actions of the registry."""
        for tool, action in ((self._undo, undo), (self._redo, redo)):
            tool.clicked.connect(action.trigger)
            action.changed.connect(lambda tool=tool, action=action: _follow(tool, action))
            _follow(tool, action)

    def set_menu_key(self, keys: str) -> None:
        """Say which keys open the menu."""
        set_tip(self.menu_button, f"{t('Menu')}  {keys}".strip())

    def set_search_key(self, keys: str) -> None:
        """Show the shortcut of the palette in the search field."""
        self.search.keys.setText(keys)


class Rail(QFrame):
    """The six workspaces as icons with a name.

    Signals:
        chosen: key of a workspace.
    """

    chosen = Signal(str)

    def __init__(self, icons: Icons, entries: Iterable[tuple[str, str, str]]) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAccessibleName(t("Workspaces"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 8, 5, 8)
        column.setSpacing(4)
        for key, title, icon in entries:
            tool = _RailButton()
            tool.setText(t(title))
            tool.setIcon(icons.icon(icon))
            tool.setIconSize(QSize(20, 20))
            tool.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            tool.setCheckable(True)
            tool.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
            tool.setAccessibleName(t(title))
            tool.clicked.connect(lambda _on=False, key=key: self.chosen.emit(key))
            self._group.addButton(tool)
            self._buttons[key] = tool
            column.addWidget(tool)
        column.addStretch(1)
        Roving(self, list(self._buttons.values()))

    def select(self, key: str) -> None:
        """Mark a workspace as the one shown."""
        self._buttons[key].setChecked(True)

    def set_tip(self, key: str, tip: str) -> None:
        """Set what hovering over an entry says."""
        set_tip(self._buttons[key], tip)


class _RailButton(QToolButton):
    """As wide as its name is when the workspace is shown, which is in bold."""

    @override
    def sizeHint(self) -> QSize:
        return QSize(max(56, bold_width(self, self.text()) + 6), 50)


class BottomBar(QFrame):
    """The player on the left, running jobs on the right; hidden while there is neither.

    Signals:
        status_pressed: the line about jobs was pressed.
    """

    status_pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("bottomBar")
        self.setMinimumHeight(57)
        self._player: QWidget | None = None
        self._status = button("", "status")
        self._status.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._status.clicked.connect(self.status_pressed)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 1, 8, 0)
        self._row.addStretch(0)
        self._row.addWidget(self._status)
        self.set_status("")

    def set_player(self, player: QWidget) -> None:
        """Put the player in its place; it may show and hide itself."""
        self._player = player
        self._row.insertWidget(0, player, 1)
        player.installEventFilter(self)
        self._follow()

    def set_status(self, text: str) -> None:
        """Show a line about running jobs; empty takes it away."""
        if _words(text) != _words(self._status.text()):  # not with every per cent
            announce(self._status, text or t("No more jobs are running"))
        self._status.setText(text)
        self._status.setAccessibleName(t("Jobs: {text}", text=text))
        self._status.setVisible(bool(text))
        self._follow()

    def _follow(self) -> None:
        heard = self._player is not None and not self._player.isHidden()
        self.setVisible(heard or bool(self._status.text()))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._follow()
        return super().eventFilter(watched, event)


class _SearchButton(PushButton):
    """Looks like a search field, opens the palette."""

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        look(self, "search")
        self.setAccessibleName(t("Search or command"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedHeight(30)
        self.setMinimumWidth(220)
        self.setMaximumWidth(360)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setIcon(icons.icon("search", colour="ink_faint"))
        self.setIconSize(QSize(15, 15))
        self.setText(t("Search or command"))
        self.keys = label("", "keys")
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 8, 0)
        row.addStretch(1)
        row.addWidget(self.keys, alignment=Qt.AlignmentFlag.AlignVCenter)

    @override
    def sizeHint(self) -> QSize:
        return QSize(360, 30)


def _words(text: str) -> str:
    return "".join(letter for letter in text if not letter.isdigit())


def _follow(tool: QToolButton, action: QAction) -> None:
    tool.setEnabled(action.isEnabled())
    keys = action.shortcut().toString(action.shortcut().SequenceFormat.NativeText)
    set_tip(tool, f"{action.text()}  {keys}".strip())
    tool.setAccessibleName(action.text())


def _side(*parts: QWidget, left: bool) -> QWidget:
    """Return one half of the top bar, so that the search field stays in the middle."""
    half = QWidget()
    row = QHBoxLayout(half)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    if not left:
        row.addStretch(1)
    for part in parts:
        row.addWidget(part)
    if left:
        row.addStretch(1)
    return half
