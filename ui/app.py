"""Starts the window: `run` is what the command `workbench` without a command calls."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from ui.actions import Actions
from ui.context import AppContext
from ui.dialogs import DesktopDialogs
from ui.errors import ExceptionDesk
from ui.icons import Icons
from ui.main_window import MainWindow
from ui.theme import Theme
from workbench import paths
from workbench.settings import SettingsStore


def run(argv: list[str]) -> int:
    """Show the window until it is closed.

    Args:
        argv: arguments after the program's name; at most the folder of a study.

    Returns:
        The exit code of the program.
    """
    parser = argparse.ArgumentParser(prog="workbench")
    parser.add_argument("study", nargs="?", type=Path, help="folder of a study to open")
    asked = parser.parse_args(argv)
    app = QApplication.instance() or QApplication([sys.argv[0]])
    if not isinstance(app, QApplication):
        raise TypeError("A window needs a QApplication.")
    app.setApplicationName("Workbench")
    app.setDesktopFileName("workbench")
    context = build_context(app)
    window = MainWindow(context)
    desk = ExceptionDesk(lambda error: context.dialogs.show_error(window, error))
    desk.install()
    try:
        window.show()
        if asked.study is not None:
            window.open_path(asked.study)
        return app.exec()
    finally:
        desk.remove()


def build_context(app: QApplication) -> AppContext:
    """Return the context of a real desktop."""
    settings = SettingsStore(paths.config_dir() / "settings.json")
    chosen = settings.current
    theme = Theme(
        app,
        choice="light"
        if chosen.theme == "light"
        else "dark"
        if chosen.theme == "dark"
        else "system",
        reading_size=chosen.reading_size,
    )
    icons = Icons(theme)
    app.setWindowIcon(icons.icon("route", colour="accent"))
    return AppContext(
        settings=settings,
        theme=theme,
        icons=icons,
        actions=Actions(chosen.shortcuts, icons.icon),
        dialogs=DesktopDialogs(),
    )
