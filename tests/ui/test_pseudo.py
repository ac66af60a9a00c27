"""Every word that the window shows passes the catalogue: in a strange language none is English."""

from __future__ import annotations

import ast
import json
import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QDialog,
    QLineEdit,
    QListWidget,
    QMenu,
    QWidget,
)

from tests.support.pseudo import pseudo_spoken, untranslated
from tests.support.sample import make_sample
from tests.support.shown import painted, texts_of
from tests.ui import test_dialog_voices
from tests.ui.test_context_menus import _choose_first, _pages, _views
from tests.ui.test_dialog_voices import known, page  # noqa: F401  (fixtures)
from ui.context import AppContext
from ui.i18n import t
from ui.main_window import MainWindow
from ui.settings_dialog import SettingsDialog
from ui.views.error_dialog import ErrorDialog
from ui.views.widgets.context_menu import ask_menu
from ui.workspaces import WORKSPACES
from workbench.speech.hub import MODELS
from workbench.study import Study

PANELS = ("search", "memos", "history", "bin")
KEYS = {
    "Ctrl", "Shift", "Alt", "Meta", "Menu", "Return", "Enter", "Space", "Tab", "Esc", "Del", "Ins",
    "Home", "End", "Left", "Right", "Up", "Down",
}  # fmt: skip
CUT = re.compile(r"([^⟦⟧“”…]{3,})…")
OF_QT = {
    "separator", "Copy", "&Copy", "Copy Link Location", "Copy &Link Location", "Select All", "OK",
    "Press shortcut",
}  # fmt: skip
"""Qt's own texts; it has catalogues of its own."""
WHOLE = {"guide", "about"}
"""Documents that are translated whole, and names of libraries."""
OF_OTHERS = {"Workbench", "people.key", *MODELS}
"""The names of the program, of a file and of the models that recognise speech."""


class Reader:
    """Collects what has plain letters on screen."""

    def __init__(self) -> None:
        self._read: dict[str, str] = {}

    def read(self, root: QWidget, where: str) -> None:
        """Read a widget and all in it."""
        for name, text in texts_of(root):
            self.hear(text, f"{where}, {name}")

    def hear(self, text: str, where: str) -> None:
        """Read a text."""
        if text not in self._read and untranslated(text):
            self._read[text] = where

    def english(self, own: set[str]) -> dict[str, str]:
        """Return what is English, and where it stands.

        Args:
            own: texts of the study.
        """
        return {text: where for text, where in self._read.items() if not _is_own(text, own)}

    def walk(self, window: MainWindow, context: AppContext) -> None:
        """Go through the window with a study open."""
        for kind in WORKSPACES:
            window.show_workspace(kind.key)
            workspace = window.workspaces[kind.key]
            for turn in _pages(workspace):
                turn()
                QApplication.processEvents()
                for view in list(_views(workspace)):
                    self._ask(view, kind.key)
            self.read(workspace, kind.key)
        for key in PANELS:
            window.drawer.show_panel(key)
            QApplication.processEvents()
            for view in list(_views(window.drawer)):
                self._ask(view, key)
            self.read(window.drawer, key)
        for action in context.actions.all():
            self.hear(context.actions.title(action.id), f"action {action.id}")
            self.hear(t(action.menu), f"menu of {action.id}")
        window.palette_box.open_box()
        for typed in ("", "m", "é", "a"):
            field = window.palette_box.findChild(QLineEdit)
            assert isinstance(field, QLineEdit)
            field.setText(typed)
            QApplication.processEvents()
            self.read(window.palette_box, "palette")
        for menu in window.findChildren(QMenu):
            menu.aboutToShow.emit()
        self.read(window, "window")

    def _ask(self, view: QAbstractScrollArea, where: str) -> None:
        """Choose in a view, and ask what can be done there."""

        def look() -> None:
            menu = QApplication.activePopupWidget()
            if isinstance(menu, QMenu):
                self.read(menu, f"menu of {type(view).__name__} in {where}")
                menu.close()

        _choose_first(view)
        QApplication.processEvents()
        QTimer.singleShot(0, look)
        ask_menu(view)
        QApplication.processEvents()


def _is_own(text: str, own: set[str]) -> bool:
    """Tell whether nothing in a text is English but what others wrote, and keys."""
    if text in own:
        return True
    inside = {one for one in own if one in text}
    # Where there is no room for all of an own text, its begin stands before “…”.
    for part in (found.strip() for found in CUT.findall(text)):
        inside |= {part} if any(one.startswith(part) for one in own) else set()
    return set(untranslated(text, inside)) <= KEYS


def own_texts(folder: Path) -> set[str]:
    """Return every text that a study holds, the names of its files too."""
    files = (folder, *folder.rglob("*"))
    found = {name for file in files for name in (file.name, file.stem)}
    with closing(sqlite3.connect(folder / "study.sqlite")) as db:
        tables = db.execute("select name from sqlite_master where type = 'table'").fetchall()
        for (name,) in tables:
            rows = db.execute(f"select * from [{name}]")  # noqa: S608  (names of our tables)
            for value in (value for row in rows for value in row if isinstance(value, str)):
                found.update(_parts(value))
    return {one for one in found if untranslated(one)}


def _parts(value: str) -> Iterator[str]:
    yield value
    if value[:1] in {"[", "{"}:
        waiting: list[Any] = [json.loads(value)]
        while waiting:
            match waiting.pop():
                case dict() as inner:
                    waiting += inner.values()
                case list() as inner:
                    waiting += inner
                case str() as text:
                    yield text


@pytest.fixture(autouse=True)
def strange(tmp_path: Path) -> Iterator[None]:
    """Let the strange language be spoken before anything is shown."""
    with pseudo_spoken(tmp_path / "locale"):
        yield


@pytest.fixture
def full(tmp_path: Path) -> Path:
    """The sample study, and what it has none of: a memo, and something in the bin."""
    folder = make_sample(tmp_path / "Sample.study")
    with Study.open(folder) as study:
        study.people.add(pseudonym="Noor")
        study.codebook.remove(study.codebook.add("gone").id)
        study.memos.write("code", study.codebook.codes()[0].id, "Look again.")
    return folder


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A study in which there is nothing yet."""
    with Study.create(tmp_path / "new.study", title="New") as study:
        return study.folder


@pytest.mark.parametrize("which", ["full", "empty"])
def test_no_word_of_the_window_is_english(
    which: str,
    make_window: Callable[[], MainWindow],
    context: AppContext,
    request: pytest.FixtureRequest,
) -> None:
    folder: Path = request.getfixturevalue(which)
    reader = Reader()
    with painted() as found:
        window = make_window()
        reader.read(window, "welcome")
        assert window.open_path(folder)
        reader.walk(window, context)
    for text in found:
        reader.hear(text, "painted")
    assert context.study is not None
    starters = {one.title for one in context.study.codebook_files.starters()}
    assert reader.english(own_texts(folder) | starters | OF_QT | OF_OTHERS) == {}


def test_no_word_of_a_dialog_is_english(
    known: dict[str, Callable[[], QDialog]],  # noqa: F811
    study: Study,
    tmp_path: Path,
) -> None:
    reader = Reader()
    own = OF_QT | OF_OTHERS | put_in() | {str(tmp_path), tmp_path.name}
    own |= {os.environ["PYTHON_KEYRING_BACKEND"]}  # is told as soon as it has been asked
    for kind, make in known.items():
        dialog = make()
        dialog.open()
        lists = dialog.findChildren(QListWidget) if isinstance(dialog, SettingsDialog) else []
        for at in range(lists[0].count() if lists else 1):
            if lists:
                lists[0].setCurrentRow(at)
            QApplication.processEvents()
            if kind not in WHOLE:
                reader.read(dialog, kind)
        own |= {dialog.report} if isinstance(dialog, ErrorDialog) else set()
        dialog.close()
        dialog.deleteLater()
    assert reader.english(own | own_texts(study.folder)) == {}


def put_in() -> set[str]:
    """Return the texts that the makers of the dialogs put into them."""
    tree = ast.parse(Path(test_dialog_voices.__file__).read_text("utf-8"))
    made = [one for one in tree.body if getattr(one, "name", "") in {"_dialogs", "_waiting"}]
    made += [one for one in tree.body if isinstance(one, ast.Assign)][:2]
    return {
        node.value
        for one in made
        for node in ast.walk(one)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
