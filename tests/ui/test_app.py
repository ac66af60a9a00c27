"""The program starts, opens what it is given, and makes its sample study."""

from __future__ import annotations

import gc
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from typing_extensions import override

from tests.support.studies import drafts
from ui import app as program
from ui.main_window import MainWindow
from workbench import paths
from workbench.domain.jobs import JobState
from workbench.study import Study


def test_program_opens_the_study_it_is_given(
    home: Path, study_folder: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    gc.enable()

    class Sweeping(threading.Thread):
        @override
        def start(self) -> None:
            if gc.isenabled():
                seen.append("another thread begins while Python searches by itself")
            super().start()

    monkeypatch.setattr(program, "Thread", Sweeping)

    def look_and_close(more: int = 500) -> None:
        shown = [
            widget
            for widget in qapp.topLevelWidgets()
            if isinstance(widget, MainWindow) and widget.isVisible()
        ]
        titles = [window.windowTitle() for window in shown]
        if more and "Workbench" in titles:  # it has its name when the study is painted
            QTimer.singleShot(10, lambda: look_and_close(more - 1))
            return
        if gc.isenabled():
            seen.append("Python frees what is Qt's in whatever thread")
        seen.extend(titles)
        for window in shown:
            window.close()  # the last window ends the program

    QTimer.singleShot(0, look_and_close)
    assert program.run([str(study_folder)]) == 0
    assert seen == ["Moving home – Workbench"]
    assert (paths.config_dir() / "settings.json").exists()
    with Study.open(study_folder) as study:
        assert not study.read_only


def test_sample_is_made_once_and_kept(home: Path, qapp: QApplication) -> None:
    folder = program.make_sample()
    with Study.open(folder) as study:
        assert study.people.participants()
        study.codebook.add("my own code")
    assert program.make_sample() == folder
    with Study.open(folder) as study:
        assert study.codebook.find("my own code") is not None
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_voices_of_the_sample_are_named_when_a_recording_is_done(
    home: Path, qapp: QApplication
) -> None:
    with Study.open(program.make_sample()) as study:
        maya = study.materials.sources()[0]
        job = study.jobs.add(maya.id, model="base")
        said = drafts(
            "Thank you for making time.",
            "So the landlord wrote in March that he was selling.",
            speakers=["S1", "S2"],
        )
        study.arrivals.accept(job.transcript_id, said)
        program.name_voices_of_sample(study, job.id)
        voices = study.transcripts.speakers.of(job.transcript_id)
        assert [voice.name for voice in voices] == ["", ""]
        study.jobs.change(job.id, state=JobState.DONE)
        program.name_voices_of_sample(study, job.id)
        voices = study.transcripts.speakers.of(job.transcript_id)
        assert [voice.name for voice in voices] == ["Interviewer", "Maya"]
        assert voices[1].participant_id is not None


def test_desktop_context_knows_models_and_jobs(
    home: Path, qapp: QApplication, study_folder: Path, qtbot: QtBot
) -> None:
    context = program.build_context(qapp)
    assert context.sample is not None
    assert context.jobs is None  # its modules are loaded when a study is near
    context.get_ready()
    assert context.jobs is not None
    assert list(context.running_jobs()) == []
    assert all(choice.label for choice in context.models())
    with Study.open(study_folder) as study:
        context.opening.begin(study)
        context.opening.end()
    context.theme.deleteLater()
