"""Recording in the window, with microphones at the edge of the machine that speak by themselves."""

from __future__ import annotations

import wave
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from typing_extensions import override

from tests.ui.conftest import Answers
from ui.context import AppContext, ModelChoice
from ui.main_window import MainWindow
from ui.views.collect.workspace import CollectWorkspace
from ui.views.record.dialog import RecordDialog
from ui.views.record.meter import Meter
from ui.views.record.microphone import Listener, Microphone, SystemListener
from ui.views.record.recorder import loudness
from workbench.domain.consent import State, Use
from workbench.domain.jobs import JobState
from workbench.errors import EnvironmentProblem
from workbench.services.files import recording
from workbench.services.files.recording import RATE, WaveWriter
from workbench.study import Study

TONE = (8_000 * np.sin(np.arange(RATE) / 20)).astype("<i2").tobytes()
"""One second of a tone."""


class FakeListener(Listener):
    """A microphone that says what the test says."""

    listening = False

    @override
    def start(self) -> None:
        self.listening = True

    @override
    def stop(self) -> None:
        self.listening = False


class FakeMicrophones:
    """Two of them, or none."""

    def __init__(self, *names: str) -> None:
        self.names = names
        self.opened: list[FakeListener] = []

    def all(self) -> Sequence[Microphone]:
        return [Microphone(name.lower(), name) for name in self.names]

    def listener(self, microphone_id: str, parent: QObject) -> Listener:
        listener = FakeListener(parent)
        listener.setObjectName(microphone_id)
        self.opened.append(listener)
        return listener

    def speak(self, seconds: float, sound: bytes = TONE) -> None:
        """Say something in pieces of 20 ms, as a sound card does."""
        piece = len(sound) // 50
        for number in range(round(seconds * 50)):
            at = number % 50 * piece
            self.opened[-1].heard.emit(sound[at : at + piece])


@pytest.fixture
def microphones(collect: CollectWorkspace) -> FakeMicrophones:
    made = FakeMicrophones("Headset", "Table")
    collect.recording.microphones = made
    collect.context.models = lambda: (ModelChoice("fake", "Fake"),)
    return made


@pytest.fixture
def dialog(collect: CollectWorkspace, microphones: FakeMicrophones) -> RecordDialog:
    """The window to record in, open."""
    collect.record_button.click()
    assert collect.recording.dialog is not None
    return collect.recording.dialog


def study_of(workspace: CollectWorkspace) -> Study:
    assert workspace.study is not None
    return workspace.study


def is_recording(workspace: CollectWorkspace) -> bool:
    return workspace.recording.recorder.recording


def test_who_is_not_to_be_recorded_is_said_before(
    collect: CollectWorkspace, microphones: FakeMicrophones
) -> None:
    study = study_of(collect)
    maya = study.people.participants()[0]
    collect.record_button.click()
    assert collect.recording.dialog is not None
    assert collect.recording.dialog.unwilling.isHidden()
    collect.recording.dialog.reject()
    study.ledger.set([maya.id], {Use.RECORD: State.REFUSED})
    collect.record_button.click()
    told = collect.recording.dialog.unwilling
    assert told.isVisible()
    assert told.text() == "Not to be recorded: Maya (P01) – recording: refused."


def test_a_recording_of_who_refused_comes_in_and_is_not_transcribed(
    collect: CollectWorkspace,
    microphones: FakeMicrophones,
    dialog: RecordDialog,
    answers: Answers,
    qtbot: QtBot,
) -> None:
    study = study_of(collect)
    maya = study.people.participants()[0]
    study.ledger.set([maya.id], {Use.TRANSCRIBE: State.REFUSED})
    dialog.start_button.click()
    microphones.speak(1)
    dialog.stop_button.click()
    qtbot.waitUntil(lambda: collect.importer.dialog is not None)
    question = collect.importer.dialog
    assert question is not None
    question.roster._on_toggled(maya.id, True)
    with qtbot.waitSignal(collect.taking_in.imported):
        question.accept_button.click()
    [source] = study.materials.sources()
    assert study.materials.media_path(source).is_file()
    assert study.jobs.all() == []
    [told] = answers.errors
    assert "Maya (P01) – transcript: refused" in str(told)
    assert list(recording.folder_of(study.folder).iterdir()) == []


@pytest.mark.parametrize("way", ["recorded", "dropped"])
def test_who_wants_no_recording_is_asked_about_before_it_comes_in(
    collect: CollectWorkspace,
    microphones: FakeMicrophones,
    answers: Answers,
    jfk: Path,
    way: str,
    qtbot: QtBot,
) -> None:
    study = study_of(collect)
    maya = study.people.participants()[0]
    study.ledger.set([maya.id], {Use.RECORD: State.REFUSED})
    if way == "recorded":
        collect.record_button.click()
        dialog = collect.recording.dialog
        assert dialog is not None
        dialog.start_button.click()
        microphones.speak(1)
        dialog.stop_button.click()
    for sure in (False, True):
        answers.yes = sure
        if way == "dropped":
            collect.take_files([jfk])
        elif sure:
            collect.recording.bar.add_button.click()
        qtbot.waitUntil(lambda: collect.importer.dialog is not None)
        question = collect.importer.dialog
        assert question is not None
        question.roster._on_toggled(maya.id, True)
        question.accept_button.click()
        assert "wants to be recorded" in answers.questions[-1]
        assert "Maya (P01) – recording: refused" in answers.details[-1]
        qtbot.waitUntil(lambda: collect.importer.dialog is None)
        assert collect.importer.taking_in.busy is sure
    qtbot.waitUntil(
        lambda: not collect.importer.taking_in.busy and len(study.materials.sources()) == 1
    )
    assert study.jobs.all() == []
    assert not answers.errors


def test_an_interview_is_recorded_asked_about_and_queued(
    qtbot: QtBot, collect: CollectWorkspace, microphones: FakeMicrophones, dialog: RecordDialog
) -> None:
    assert dialog.device.currentText() == "Headset"
    microphones.speak(0.5)
    assert dialog.meter.level > 0.5
    assert dialog.time.text() == "0:00"
    dialog.start_button.click()
    microphones.speak(3)
    assert dialog.time.text() == "0:03"
    assert "on the disk" in dialog.state.text()
    dialog.pause_button.click()
    microphones.speak(2)
    assert dialog.state.text() == "Paused"
    dialog.pause_button.click()
    microphones.speak(1.5)
    dialog.stop_button.click()
    assert not microphones.opened[-1].listening
    qtbot.waitUntil(lambda: collect.importer.dialog is not None)
    question = collect.importer.dialog
    assert question is not None
    question.title.setText("Maya at home")
    study = study_of(collect)
    with qtbot.waitSignal(collect.taking_in.imported):
        question.accept_button.click()
    [session] = study.materials.sessions()
    [source] = study.materials.sources()
    assert (session.title, source.duration_ms) == ("Maya at home", 4_500)
    with wave.open(str(study.materials.media_path(source))) as file:
        assert file.readframes(file.getnframes())[: len(TONE)] == TONE
    [job] = study.jobs.all()
    assert job.source_id == source.id
    assert job.state in {JobState.WAITING, JobState.RUNNING}  # the worker may have begun
    assert list(recording.folder_of(study.folder).iterdir()) == []
    assert collect.recording.bar.isHidden()
    assert study.check() == []


def test_another_microphone_goes_on_with_the_same_recording(
    microphones: FakeMicrophones, dialog: RecordDialog, collect: CollectWorkspace
) -> None:
    dialog.start_button.click()
    microphones.speak(1)
    first = microphones.opened[-1]
    first.failed.emit("The microphone fell silent.")
    assert "silent" in dialog.trouble.text()
    dialog.device.setCurrentIndex(1)
    assert dialog.trouble.isHidden()
    assert not first.listening
    microphones.speak(1)
    assert microphones.opened[-1].objectName() == "table"
    assert dialog.time.text() == "0:02"
    collect.set_study(None)
    assert collect.recording.dialog is None


def test_what_a_sudden_end_left_is_offered_at_the_next_opening(
    qtbot: QtBot, window: MainWindow, study_folder: Path
) -> None:
    writer = WaveWriter(recording.folder_of(study_folder), datetime(2026, 9, 12, 10, 15))
    writer.write(TONE * 3)
    with writer.path.open("ab") as file:  # the second after the last header
        file.write(TONE[: RATE // 2])
    assert window.open_path(study_folder)
    window.show_workspace("collect")
    collect = window.workspaces["collect"]
    assert isinstance(collect, CollectWorkspace)
    bar = collect.recording.bar
    assert bar.isVisible()
    assert bar.words.text() == "“Recording 2026-09-12 10.15.00” (0:03) is not in the study yet."
    bar.add_button.click()
    qtbot.waitUntil(lambda: collect.importer.dialog is not None)
    question = collect.importer.dialog
    assert question is not None
    question.reject()
    assert bar.isVisible()
    bar.add_button.click()
    qtbot.waitUntil(lambda: collect.importer.dialog is not None)
    question = collect.importer.dialog
    assert question is not None
    with qtbot.waitSignal(collect.taking_in.imported):
        question.accept_button.click()
    [source] = study_of(collect).materials.sources()
    assert source.duration_ms == 3_250
    assert not bar.isVisible()
    assert [job.source_id for job in study_of(collect).jobs.all()] == [source.id]
    writer.close()


def test_a_recording_nobody_wants_is_deleted_after_a_question(
    collect: CollectWorkspace, answers: Answers
) -> None:
    folder = recording.folder_of(study_of(collect).folder)
    writer = WaveWriter(folder, datetime(2026, 9, 12, 10, 15))
    writer.write(TONE)
    writer.close()
    collect.refresh(None)
    answers.yes = False
    collect.recording.bar.delete_button.click()
    assert writer.path.exists()
    answers.yes = True
    collect.recording.bar.delete_button.click()
    assert not writer.path.exists()
    assert collect.recording.bar.isHidden()


def test_closing_the_study_asks_and_keeps_the_recording(
    open_window: MainWindow,
    collect: CollectWorkspace,
    microphones: FakeMicrophones,
    dialog: RecordDialog,
    answers: Answers,
) -> None:
    dialog.start_button.click()
    microphones.speak(2)
    folder = study_of(collect).folder
    answers.yes = False
    open_window.close()
    assert "still running" in answers.questions[-1]
    assert is_recording(collect)
    dialog.reject()
    assert is_recording(collect)
    answers.yes = True
    open_window.close()
    assert not is_recording(collect)
    [left] = recording.unfinished(folder)
    assert left.duration_ms == 2_000


def test_a_disk_that_is_full_ends_it_calmly(
    microphones: FakeMicrophones,
    dialog: RecordDialog,
    collect: CollectWorkspace,
    answers: Answers,
) -> None:
    dialog.start_button.click()
    microphones.speak(1.2)
    writer = collect.recording.recorder._writer
    assert writer is not None
    growing: Any = writer._file
    growing._file.close()
    growing._file = Path("/dev/full").open("r+b")  # noqa: SIM115
    microphones.speak(1.5)
    [problem] = answers.errors
    assert isinstance(problem, EnvironmentProblem)
    assert "kept" in problem.todo
    assert not collect.recording.recorder.recording
    dialog.reject()
    assert collect.recording.bar.isVisible()


def test_without_a_microphone_it_says_what_to_do(
    collect: CollectWorkspace, microphones: FakeMicrophones
) -> None:
    microphones.names = ()
    collect.recording.open()
    dialog = collect.recording.dialog
    assert dialog is not None
    assert "No microphone was found" in dialog.trouble.text()
    assert dialog.start_button.isHidden()
    microphones.names = ("Headset",)
    dialog.look_button.click()
    assert dialog.trouble.isHidden()
    assert not dialog.start_button.isHidden()
    dialog.close_button.click()
    assert collect.recording.dialog is None


def test_a_microphone_that_is_gone_is_told(qtbot: QtBot) -> None:
    owner = QObject()
    listener = SystemListener("00ff", owner)
    with qtbot.waitSignal(listener.failed) as caught:
        listener.start()
    assert "not there any more" in caught.args[0]
    listener.stop()


@pytest.mark.parametrize(
    ("peak", "low", "high"), [(0, 0, 0), (60, 0, 0.05), (1_000, 0.4, 0.5), (32_767, 0.99, 1)]
)
def test_loudness_is_a_share_of_what_ears_hear(peak: int, low: float, high: float) -> None:
    sound = np.array([0, peak, -peak // 2], "<i2").tobytes()
    assert low <= loudness(sound) <= high
    assert low <= loudness(sound + b"\x01") <= high


def test_the_meter_says_in_words_how_loud_it_is(context: AppContext, qtbot: QtBot) -> None:
    meter = Meter(context.theme)
    qtbot.addWidget(meter)
    said = []
    for level in (0.1, 0.6, 1.0):
        meter.show_level(level)
        said.append(meter.accessibleDescription())
    assert said == ["very quiet", "good", "too loud"]
    meter.show_level(0.0)
    assert meter.level == pytest.approx(0.92)
    assert not meter.grab().isNull()
