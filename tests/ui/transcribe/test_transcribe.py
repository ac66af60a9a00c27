"""Transcribe, as a person uses it: start all, watch the words come, name the voices."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from docx import Document
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Answers
from tests.workbench.speech.recordings import samples_of, silence, write_wav
from ui.context import AppContext, ModelChoice
from ui.main_window import MainWindow
from ui.views.transcribe.queue import recordings
from ui.views.transcribe.workspace import TranscribeWorkspace
from workbench.domain.consent import State, Use
from workbench.domain.jobs import JobState
from workbench.domain.transcript import TurnDraft, Word
from workbench.study import Study


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory, jfk: Path) -> Path:
    folder = tmp_path_factory.mktemp("recording")
    speech = samples_of(jfk, folder)
    return write_wav(folder / "Maya.wav", np.concatenate([speech, silence(4)] * 3))


@pytest.fixture
def gate(tmp_path: Path) -> Path:
    """Where a file lets the held fake go on after its first words."""
    return tmp_path / "gate"


@pytest.fixture
def transcribe(
    context: AppContext,
    make_window: Callable[[], MainWindow],
    study_folder: Path,
    recording: Path,
    gate: Path,
) -> TranscribeWorkspace:
    """The workspace with one recording of Maya, who is on the roster."""
    with Study.open(study_folder) as study:
        [maya] = study.people.participants()
        study.imports.take_in([recording], people=[maya.id])
    fakes = ModelChoice("fake", "Fake"), ModelChoice(f"fake:{gate}", "Fake that is held")
    context.models = lambda: fakes
    window = make_window()
    assert window.open_path(study_folder)
    workspace = window.workspaces["transcribe"]
    assert isinstance(workspace, TranscribeWorkspace)
    return workspace


def study_of(workspace: TranscribeWorkspace) -> Study:
    assert workspace.study is not None
    return workspace.study


def state_of(workspace: TranscribeWorkspace) -> JobState | None:
    row = workspace.queue.current
    assert row is not None
    job = study_of(workspace).jobs.of_source(row.source.id)
    return job.state if job else None


def choose(workspace: TranscribeWorkspace, model: str) -> None:
    at = workspace.choices.model.place_of(model)
    workspace.choices.model.setCurrentIndex(at)
    workspace.choices.model.activated.emit(at)


def with_words(workspace: TranscribeWorkspace) -> Study:
    """Give the recording a text of two voices, as if it had been recognised."""
    study = study_of(workspace)
    [source] = study.materials.sources()
    job = study.jobs.add(source.id, model="fake")
    study.jobs.change(job.id, state=JobState.PAUSED)
    words = (Word(0, 3, 0, 400, 950), Word(4, 13, 400, 900, 300))
    drafts = [
        TurnDraft(0, "Why Northline?", 0, 2_000, "S1", words),
        TurnDraft(1, "The promise.", 2_000, 10_000, "S2", (), "check here: hard to understand"),
    ]
    study.arrivals.accept(job.transcript_id, drafts)
    study.jobs.change(job.id, state=JobState.DONE)
    workspace.refresh(None)
    return study


def test_words_appear_while_they_are_recognised(
    qtbot: QtBot, transcribe: TranscribeWorkspace, gate: Path
) -> None:
    choose(transcribe, f"fake:{gate}")
    assert transcribe.all_button.isEnabled()
    qtbot.mouseClick(transcribe.all_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(transcribe.text.view.lines()))
    assert state_of(transcribe) is JobState.RUNNING
    first = transcribe.text.view.lines()
    gate.touch()
    qtbot.waitUntil(lambda: state_of(transcribe) is JobState.DONE)
    qtbot.waitUntil(lambda: transcribe.runner.worker is None)
    assert len(transcribe.text.view.lines()) >= len(first)
    assert not transcribe.all_button.isEnabled()
    assert transcribe.context.settings.current.model == f"fake:{gate}"


def test_killing_the_worker_keeps_what_was_shown(
    qtbot: QtBot, transcribe: TranscribeWorkspace, gate: Path
) -> None:
    study = study_of(transcribe)
    [source] = study.materials.sources()
    study.jobs.add(source.id, model=f"fake:{gate}", speakers=0)
    qtbot.waitUntil(lambda: bool(transcribe.text.view.lines()))
    shown = [text for _voice, text in transcribe.text.view.lines()]
    worker = transcribe.runner.worker
    assert worker is not None
    os.kill(worker.pid, signal.SIGKILL)
    gate.touch()
    qtbot.waitUntil(lambda: state_of(transcribe) is JobState.DONE)
    qtbot.waitUntil(lambda: transcribe.runner.worker is None)
    lines = [text for _voice, text in transcribe.text.view.lines()]
    assert lines[: len(shown)] == shown
    assert lines == [turn.text for turn in transcribe.text.turns]


def test_only_commands_that_make_sense_are_shown(
    qtbot: QtBot, transcribe: TranscribeWorkspace
) -> None:
    def shown() -> set[str]:
        return {
            name.removeprefix("transcribe.")
            for name, tool in transcribe.tools.items()
            if not tool.isHidden()
        }

    study = study_of(transcribe)
    transcribe.runner.set_study(None)  # nothing runs: the states are set by hand
    assert shown() == {"start"}
    [source] = study.materials.sources()
    job = study.jobs.add(source.id, model="fake")
    for state, expected, told in (
        (JobState.WAITING, {"pause", "cancel", "first"}, "waiting"),
        (JobState.PAUSED, {"resume", "cancel"}, "paused"),
        (JobState.FAILED, {"retry"}, "failed"),
        (JobState.CANCELLED, {"retry"}, "cancelled"),
        (JobState.DONE, {"start"}, "transcribed"),
    ):
        study.jobs.change(job.id, state=state, reason="The disk is full.")
        transcribe.refresh(None)
        assert shown() == expected
        [row] = recordings(study, transcribe.runner)
        assert row.state.endswith(told)  # of what never began it says no share
        assert transcribe.text.trouble.isVisible() == (state is JobState.FAILED)


def test_a_voice_is_named_once_and_everywhere(
    qtbot: QtBot, transcribe: TranscribeWorkspace
) -> None:
    transcribe.runner.set_study(None)
    study = with_words(transcribe)
    assert transcribe.text.view.lines() == [
        ("Voice 1", "Why Northline?"),
        ("Voice 2", "The promise."),
    ]
    first, second = transcribe.speakers.cards.values()
    assert (first.bar.value(), second.bar.value()) == (20, 80)
    [maya] = study.people.participants()
    at = second.name.place_of(maya.id)
    second.name.activated.emit(at)
    first.name.setEditText("Interviewer")
    line = first.name.lineEdit()
    assert line is not None
    line.editingFinished.emit()
    qtbot.waitUntil(lambda: transcribe.text.view.lines()[1][0] == "Maya")
    assert transcribe.text.view.lines()[0][0] == "Interviewer"
    voices = study.transcripts.speakers.of(transcribe.text.turns[0].transcript_id)
    assert [voice.participant_id for voice in voices] == [None, maya.id]
    study.undo()
    qtbot.waitUntil(lambda: transcribe.text.view.lines()[0][0] == "Voice 1")


def test_listening_plays_five_seconds_of_one_voice(
    qtbot: QtBot, context: AppContext, study: Study, recording: Path
) -> None:
    # Without the window, whose player would look for a loudspeaker.
    [source] = study.imports.take_in([recording])
    transcribe = TranscribeWorkspace(context)
    qtbot.addWidget(transcribe)
    transcribe.set_study(study)
    with_words(transcribe)
    second = list(transcribe.speakers.cards.values())[1]
    with qtbot.waitSignal(context.signals.play_requested) as asked:
        second.listen.click()
    assert asked.args == [source.id, 2_000, 7_000]
    transcribe.set_study(None)


def test_transcribing_again_asks_first(
    qtbot: QtBot, transcribe: TranscribeWorkspace, answers: Answers
) -> None:
    transcribe.runner.set_study(None)
    study = with_words(transcribe)
    answers.yes = False
    transcribe.work.recordings.start()
    assert "again" in answers.questions[-1]
    assert len(study.jobs.all()) == 1
    answers.yes = True
    transcribe.work.recordings.start()
    assert len(study.jobs.all()) == 2


def test_without_recordings_it_points_to_the_way_in(qtbot: QtBot, open_window: MainWindow) -> None:
    workspace = open_window.workspace
    assert isinstance(workspace, TranscribeWorkspace)
    assert workspace.empty.isVisible()
    with qtbot.waitSignal(workspace.context.signals.import_requested):
        workspace.empty.button.click()


@pytest.mark.speech
@pytest.mark.usefixtures("base_model")
def test_the_real_model_hears_kennedy(
    qtbot: QtBot,
    context: AppContext,
    make_window: Callable[[], MainWindow],
    study_folder: Path,
    jfk: Path,
) -> None:
    with Study.open(study_folder) as study:
        study.imports.take_in([jfk])
    context.models = lambda: (ModelChoice("base", "base"),)
    window = make_window()
    assert window.open_path(study_folder)
    window.run_action("transcribe.all")
    workspace = window.workspaces["transcribe"]
    assert isinstance(workspace, TranscribeWorkspace)
    qtbot.waitUntil(lambda: state_of(workspace) is JobState.DONE)
    qtbot.waitUntil(lambda: workspace.runner.worker is None)
    said = " ".join(text for _voice, text in workspace.text.view.lines())
    assert "ask not what your country can do for you" in said


def test_the_bar_beside_the_text_wears_the_theme(
    transcribe: TranscribeWorkspace, context: AppContext, qtbot: QtBot
) -> None:
    with_words(transcribe)
    density = transcribe.text.view.density
    for choice in ("light", "dark"):
        context.theme.choose(choice)
        middle = density.grab().toImage().pixelColor(density.rect().center())
        assert middle == context.theme.colour("sunken")


def test_narrowest_side_panes_show_all_of_a_line(
    transcribe: TranscribeWorkspace, qtbot: QtBot
) -> None:
    with_words(transcribe)
    splitter = transcribe.findChild(QSplitter, "transcribe")
    assert isinstance(splitter, QSplitter)
    splitter.setSizes([1, 2000, 1])
    page = transcribe.speakers.widget()
    qtbot.waitUntil(lambda: page.width() <= transcribe.speakers.viewport().width())
    translate = transcribe.choices.translate
    assert translate.width() >= translate.sizeHint().width()
    button = transcribe.all_button
    assert button.width() >= button.sizeHint().width()


def test_every_format_leaves_through_the_menu(
    transcribe: TranscribeWorkspace, answers: Answers, tmp_path: Path
) -> None:
    with_words(transcribe)
    suffixes = {"docx": "docx", "lines": "docx", "txt": "txt", "vtt": "vtt", "srt": "srt",
                "csv": "csv", "own": "txt"}  # fmt: skip
    for action, suffix in suffixes.items():
        answers.saved = tmp_path / action  # the ending is put on
        transcribe.context.actions.trigger(f"transcribe.export_{action}")
        written = tmp_path / f"{action}.{suffix}"
        if suffix == "docx":
            words = "".join(Document(str(written)).element.itertext())
        else:
            words = written.read_text(encoding="utf-8-sig")
        assert ("Why Northline?" in words) is (action == "own"), action
        assert ("[Not quoted: it is not known who spoke" in words) is (action != "own"), action
        assert not answers.errors
    assert answers.questions.count("Write a working copy?") == 1
    transcribe.context.actions.trigger("transcribe.export_own")
    assert answers.questions.count("Write a working copy?") == 1


def test_an_export_that_is_called_off_writes_nothing(
    transcribe: TranscribeWorkspace, answers: Answers, tmp_path: Path
) -> None:
    with_words(transcribe)
    before = set(tmp_path.rglob("*"))
    answers.saved = None
    transcribe.context.actions.trigger("transcribe.export_vtt")
    assert answers.filters[-1] == "WebVTT subtitles (*.vtt)"
    assert answers.questions[-1] == "Export the transcript"
    assert set(tmp_path.rglob("*")) == before


def test_one_who_refused_keeps_no_other_recording_out(
    transcribe: TranscribeWorkspace, recording: Path, answers: Answers, qtbot: QtBot
) -> None:
    study = study_of(transcribe)
    ruth = study.people.add(pseudonym="Ruth").id
    [hers] = study.imports.take_in([recording], people=[ruth], keep_both=True, title="Hers")
    study.ledger.set([ruth], {Use.RECORD: State.REFUSED})
    qtbot.waitUntil(lambda: len(transcribe.work.recordings.untranscribed()) == 2)
    choose(transcribe, "fake")
    transcribe.all_button.click()
    [job] = study.jobs.all()
    assert job.source_id != hers.id
    [told] = answers.errors
    assert "“Hers” is not transcribed" in str(told)
    assert "Ruth" in str(told)
    qtbot.waitUntil(lambda: study.jobs.get(job.id).state is JobState.DONE)
