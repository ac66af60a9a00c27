"""Rooms hold parts at a desk: no class has grown long again, and a part goes with its study."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from functools import cached_property
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.support.studies import written
from ui.main_window import MainWindow
from ui.views.code.workspace import CodeWorkspace
from workbench.domain import fields
from workbench.domain.anchors import TextAnchor
from workbench.study import Study

ROOMS = ("ui.views.code", "ui.views.codebook")
MOST = 20
_KINDS = (property, cached_property, classmethod, staticmethod)


def _classes(room: str) -> list[type]:
    package = importlib.import_module(room)
    names = [found.name for found in pkgutil.iter_modules(package.__path__, f"{room}.")]
    modules = [importlib.import_module(name) for name in names]
    return [
        kind
        for module in modules
        for kind in vars(module).values()
        if inspect.isclass(kind) and kind.__module__ == module.__name__
    ]


def _methods(kind: type) -> set[str]:
    """Return what a class can do, with what it inherits from classes of ours."""
    ours = [one for one in kind.__mro__ if one.__module__.startswith(("ui.", "workbench."))]
    return {
        name
        for one in ours
        for name, value in vars(one).items()
        if (inspect.isfunction(value) or isinstance(value, _KINDS))
        and (not name.startswith("__") or name == "__init__")
    }


@pytest.mark.parametrize("room", ROOMS)
def test_no_class_does_everything(room: str) -> None:
    counts = {kind.__name__: len(_methods(kind)) for kind in _classes(room)}
    assert len(counts) > 5
    assert {name: count for name, count in counts.items() if count > MOST} == {}


@pytest.fixture
def left_in() -> str:
    """Workspace in which the window was closed last time."""
    return "code"


@pytest.fixture
def code(window: MainWindow, study_folder: Path) -> CodeWorkspace:
    """The Code workspace in which the same study is open for the third time."""
    code = window.workspaces["code"]
    assert isinstance(code, CodeWorkspace)
    assert code.work is None
    with Study.open(study_folder) as study:
        written(study, "Nobody called before Friday.", "Then an email.")
    for _ in range(2):
        assert window.open_path(study_folder)
        window.run_action("study.close")
    assert code.work is None
    assert code.codebook.work is None
    assert window.open_path(study_folder)
    return code


def _select(code: CodeWorkspace) -> None:
    turn = code.text.turns[0]
    assert code.text.selection.select(TextAnchor(turn.id, 0, turn.id, 4))


def test_what_is_asked_is_done_once(code: CodeWorkspace, qtbot: QtBot) -> None:
    study, work = code.study, code.work
    assert study is not None
    assert work is not None
    before = len(study.passages.find())
    _select(code)
    work.codes.give_in_vivo()
    assert len(study.passages.find()) == before + 1
    steps = len(study.history())
    code.inspector.changed.emit(fields.KIND.to(fields.KIND.values[-1]))
    assert len(study.history()) == steps + 1
    code.left.show_codebook(True)
    code.codebook.add.click()
    assert len(study.history()) == steps + 2


def test_nothing_is_done_without_a_study(
    code: CodeWorkspace, window: MainWindow, qtbot: QtBot
) -> None:
    _select(code)
    code.text.setFocus()
    window.run_action("study.close")
    assert not code.text.turns
    assert not code.panes.lens_bar.isVisible()
    code.inspector.code_added.emit("gone")
    code.inspector.changed.emit(fields.KIND.to(fields.KIND.values[-1]))
    code.text.letter_typed.emit("b")
    code.codebook.search.setText("date")
    code.codebook.add.click()
    code.context.theme.choose("dark")
    qtbot.keyClick(code.text, Qt.Key.Key_Escape)
    assert not code.picker.isVisible()
    for action in CodeWorkspace.actions_offered():
        if action.enabled is not None:
            assert not action.enabled(code), action.id
