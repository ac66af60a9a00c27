"""The whole way in the real window: new study, recording, real model, two codes, Word report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.support.studies import person
from tests.ui.code.conftest import words
from tests.ui.collect.test_collect import begin_drop
from tests.ui.conftest import Answers
from ui.context import AppContext, ModelChoice, NewStudy
from ui.main_window import MainWindow
from ui.views.code.workspace import CodeWorkspace
from ui.views.collect.workspace import CollectWorkspace
from ui.views.report.workspace import ReportWorkspace
from ui.views.transcribe.workspace import TranscribeWorkspace
from workbench.study import Study


@pytest.mark.speech
@pytest.mark.usefixtures("base_model")
def test_from_a_recording_to_a_report(
    qtbot: QtBot,
    context: AppContext,
    answers: Answers,
    make_window: Callable[[], MainWindow],
    jfk: Path,
) -> None:
    folder = context.settings.path.parent
    context.models = lambda: (ModelChoice("base", "base"),)
    window = make_window()
    study = make_study(window, context, answers, folder / "Inaugural.study")
    drop_recording(qtbot, window, jfk)
    transcribe(qtbot, window)
    code_two_passages(qtbot, window)
    passages = study.passages.find()
    assert [row.codes[0].name for row in passages] == ["duty", "question"]
    assert passages[0].observation.words == "ask not what your country can do for you"
    assert all(row.observation.start_ms is not None for row in passages)

    report = folder / "report.docx"
    answers.saved = report
    window.show_workspace("report")
    page = window.workspaces["report"]
    assert isinstance(page, ReportWorkspace)
    window.run_action("report.write")
    qtbot.waitUntil(report.exists)
    text = " ".join("".join(Document(str(report)).element.itertext()).split())
    assert "ask not what your country can do for you" in text
    assert not answers.errors


def make_study(window: MainWindow, context: AppContext, answers: Answers, folder: Path) -> Study:
    answers.new_study = NewStudy("Inaugural", folder)
    window.run_action("study.new")
    assert context.study is not None
    study = context.study
    person(study, "Jack")
    study.journeys.add_stage("Being asked")
    return study


def drop_recording(qtbot: QtBot, window: MainWindow, recording: Path) -> None:
    collect = window.workspaces["collect"]
    assert isinstance(collect, CollectWorkspace)
    window.show_workspace("collect")
    begin_drop(qtbot, collect, [recording])
    dialog = collect.importer.dialog
    assert dialog is not None
    with qtbot.waitSignal(collect.taking_in.imported):
        dialog.accept_button.click()
    assert collect.study is not None
    [session] = collect.study.materials.sessions()
    [jack] = collect.study.people.participants()
    collect.study.materials.set_roster(session.id, [jack.id])


def transcribe(qtbot: QtBot, window: MainWindow) -> None:
    workspace = window.workspaces["transcribe"]
    assert isinstance(workspace, TranscribeWorkspace)
    window.run_action("transcribe.all")
    study = workspace.study
    assert study is not None
    qtbot.waitUntil(
        lambda: bool(study.jobs.all()) and study.jobs.all()[0].state.value == "done",
    )
    qtbot.waitUntil(lambda: workspace.runner.worker is None)


def code_two_passages(qtbot: QtBot, window: MainWindow) -> None:
    window.show_workspace("code")
    code = window.workspaces["code"]
    assert isinstance(code, CodeWorkspace)
    window.activateWindow()  # a dialog had been in front
    code.text.setFocus()
    qtbot.waitUntil(code.text.hasFocus)
    for phrase, name in (
        ("ask not what your country can do for you", "duty"),
        ("ask what you can do for your country", "question"),
    ):
        words(code, phrase)
        qtbot.keyClick(code.text, Qt.Key.Key_1)
        qtbot.keyClicks(code.text, name[0])
        qtbot.keyClicks(code.picker.field, name[1:])
        qtbot.keyClick(code.picker.field, Qt.Key.Key_Return)
