"""Every item model of the window passes Qt's own tester, filled as the real program fills it."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel
from PySide6.QtWidgets import QAbstractItemView
from pytestqt.modeltest import ModelTester

import ui
from tests.support.sample import make_sample
from ui.main_window import MainWindow
from ui.views.code.workspace import CodeWorkspace
from ui.views.findings.workspace import FindingsWorkspace


def defined() -> set[type[QAbstractItemModel]]:
    """Return every item model that is written in `ui` and no other one is made of."""
    for module in pkgutil.walk_packages(ui.__path__, "ui."):
        importlib.import_module(module.name)
    waiting, found = [QAbstractItemModel], set()
    while waiting:
        for kind in waiting.pop().__subclasses__():
            waiting.append(kind)
            if kind.__module__.startswith("ui.") and not kind.__subclasses__():
                found.add(kind)
    return found


def name_of(kind: type[QAbstractItemModel]) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


@pytest.fixture
def window_full_of_rows(window: MainWindow, tmp_path: Path) -> Iterator[MainWindow]:
    """The sample study with every list filled."""
    assert window.open_path(make_sample(tmp_path / "Sample.study"))
    for key in window.workspaces:
        window.show_workspace(key)
    code = window.workspaces["code"]
    assert isinstance(code, CodeWorkspace)
    window.show_workspace("code")
    code.toggle_codebook()
    window.drawer.show_panel("search")
    window.drawer.search.field.setText("date")
    window.drawer.search.search()
    window.palette_box.open_box()
    yield window
    window.palette_box.close_box()


def models(window: MainWindow) -> list[QAbstractItemModel]:
    found = {id(view.model()): view.model() for view in window.findChildren(QAbstractItemView)}
    return [model for model in found.values() if type(model) in defined()]


def test_every_model_is_a_proper_one(
    window_full_of_rows: MainWindow, request: pytest.FixtureRequest
) -> None:
    window = window_full_of_rows
    testers, filled = [], set()
    for model in models(window):
        tester = ModelTester(request.config)
        tester.check(model)  # a defect is a Qt warning, and that fails the test
        testers.append((tester, model))
        if model.rowCount():
            filled.add(type(model))
    assert {name_of(kind) for kind in filled} == {name_of(kind) for kind in defined()}

    # The testers go on watching while the lists change.
    findings = window.workspaces["findings"]
    assert isinstance(findings, FindingsWorkspace)
    study = findings.study
    assert study is not None
    study.codebook.add("a new code")
    study.observations.remove([study.passages.find()[0].id])
    for key in window.workspaces:
        window.show_workspace(key)
        window.workspaces[key].refresh(None)
    window.drawer.search.field.setText("the")
    window.drawer.search.code_hits()
    while study.undo_label:
        study.undo()
        if study.charter.title != "Moving home":
            break
    for workspace in window.workspaces.values():
        workspace.refresh(None)
    window.drawer.search.search()
    for tester, _model in testers:
        tester._cleanup()


def test_there_are_models_to_look_at() -> None:
    assert len(defined()) >= 8
