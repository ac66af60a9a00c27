"""The menus: a menu bar on macOS, one quiet button elsewhere.

A menu bar of eight words would be the loudest thing in the window. So elsewhere all menus hang
on one button; F10 opens it, Alt with the first letter opens one menu, and the palette has the
same actions.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QMenu

from ui.context import AppContext
from ui.i18n import t
from ui.views.widgets.context_menu import choose_first
from ui.views.widgets.frame import TopBar
from ui.views.workspace import Workspace

_FIRST = ("File", "Edit", "View")
_LAST = ("Tools", "Help")


class Menus(QObject):
    """Builds the menus from the registry and keeps them right.

    Args:
        context: has the registry and the recent studies.
        window: gets the menu bar on macOS, the Alt keys elsewhere.
        top_bar: has the menu button and the study's name.
        workspaces: titles of the workspaces; each has a menu, shown while it is in front.
        open_study: opens a study folder.
    """

    def __init__(
        self,
        context: AppContext,
        window: QMainWindow,
        top_bar: TopBar,
        *,
        workspaces: Sequence[str],
        open_study: Callable[[Path], object],
    ) -> None:
        super().__init__(window)
        self._context = context
        self._top_bar = top_bar
        self._own = workspaces
        self._open_study = open_study
        self.menus: dict[str, QMenu] = {}
        for title in (*_FIRST, *workspaces, *_LAST):
            self.menus[title] = QMenu(t(title), window)
            if title not in workspaces:  # theirs are filled when they are first shown
                context.actions.fill_menu(self.menus[title], title)
        self._whole: QMenu | None = None  # macOS has a bar
        self._recent = QMenu(t("Open recent"), window)
        self._recent.aboutToShow.connect(self._fill_recent)
        self.menus["File"].insertMenu(context.actions.qaction("study.sample"), self._recent)
        if sys.platform == "darwin":
            for menu in self.menus.values():
                window.menuBar().addMenu(menu)
            top_bar.menu_button.hide()
        else:
            self._hang_on_button(window)
        study = QMenu(window)
        study.addAction(context.actions.qaction("study.import"))
        context.actions.fill_menu(study.addMenu(t("Export")), "File/Export")
        study.addAction(context.actions.qaction("study.key"))
        study.addAction(context.actions.qaction("study.close"))
        top_bar.set_study_menu(study)

    def show_for(self, workspace: Workspace | None) -> None:
        """Show the menu of the workspace in front and hide those of the others."""
        for title in self._own:
            mine = workspace is not None and workspace.title == title
            if mine and self.menus[title].isEmpty():
                self._context.actions.fill_menu(self.menus[title], title)
            self.menus[title].menuAction().setVisible(mine and not self.menus[title].isEmpty())

    def open(self) -> None:
        """Open the menu of all menus below its button, with its first entry chosen."""
        if self._whole is not None:
            self._pop(self._whole)
            choose_first(self._whole)

    def pop(self, title: str) -> None:
        """Open one menu below the menu button, with its first entry chosen."""
        self._pop(self.menus[title])
        choose_first(self.menus[title])

    def _pop(self, menu: QMenu) -> None:
        button = self._top_bar.menu_button
        menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))

    def _hang_on_button(self, window: QMainWindow) -> None:
        whole = QMenu(window)
        for title, menu in self.menus.items():
            whole.addMenu(menu)
            if title not in self._own:
                key = QShortcut(QKeySequence(f"Alt+{title[0]}"), window)
                key.activated.connect(lambda title=title: self.pop(title))
        # Opened by hand: a menu that belongs to the button would make the keys of all its commands
        # work while the button has the focus, Tab and the letters of the text among them.
        self._whole = whole
        self._top_bar.menu_button.clicked.connect(lambda: self._pop(whole))

    def _fill_recent(self) -> None:
        self._recent.clear()
        for entry in self._context.settings.current.recent:
            path = Path(entry.path)
            action = self._recent.addAction(entry.title.replace("&", "&&"))
            action.setEnabled(path.exists())
            action.triggered.connect(lambda _on=False, path=path: self._open_study(path))
        if self._recent.isEmpty():
            self._recent.addAction(t("No recent studies")).setEnabled(False)
