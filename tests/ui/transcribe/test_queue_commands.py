"""The queue by hand: order, pauses, another attempt, the log."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.support.studies import recording
from ui.context import AppContext, ModelChoice
from ui.main_window import MainWindow
from ui.views.log_dialog import LogDialog
from ui.views.transcribe.again_dialog import AgainDialog
from ui.views.transcribe.workspace import TranscribeWorkspace
from workbench.domain.ids import SourceId
from workbench.domain.jobs import JobState
from workbench.speech.protocol import LanguageFound, Note, SpokenHere
from workbench.study import Study

NAMES = ("Maya", "Daniel", "Ruth")


@pytest.fixture
def transcribe(
    context: AppContext, make_window: Callable[[], MainWindow], study_folder: Path
) -> TranscribeWorkspace:
    """Three recordings that wait; nobody works on them."""
    with Study.open(study_folder) as study:
        for name in NAMES:
            study.jobs.add(recording(study, title=name).id, model="base")
    context.models = lambda: (ModelChoice("base", "base"), ModelChoice("small", "small"))
    window = make_window()
    workspace = window.workspaces["transcribe"]
    assert isinstance(workspace, TranscribeWorkspace)
    assert window.open_path(study_folder)
    workspace.runner.set_study(None)
    window.show_workspace("transcribe")
    return workspace


def study_of(workspace: TranscribeWorkspace) -> Study:
    assert workspace.study is not None
    return workspace.study


def shown(workspace: TranscribeWorkspace) -> list[str]:
    model = workspace.queue.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def choose(workspace: TranscribeWorkspace, name: str) -> SourceId:
    [source] = [s for s in study_of(workspace).materials.sources() if s.title == name]
    assert workspace.queue.select(source.id)
    return source.id


def test_a_recording_moves_by_key_and_stays_chosen(
    qtbot: QtBot, transcribe: TranscribeWorkspace
) -> None:
    choose(transcribe, "Ruth")
    transcribe.context.actions.trigger("queue.up")
    qtbot.waitUntil(lambda: shown(transcribe) == ["Maya", "Ruth", "Daniel"])
    row = transcribe.queue.current
    assert row is not None
    assert row.source.title == "Ruth"
    assert transcribe.work.queue.can_move(1)
    transcribe.context.actions.trigger("queue.up")
    qtbot.waitUntil(lambda: shown(transcribe)[0] == "Ruth")
    assert not transcribe.work.queue.can_move(-1)


def test_nothing_passes_the_job_at_work(transcribe: TranscribeWorkspace) -> None:
    study = study_of(transcribe)
    study.jobs.change(study.jobs.queue.waiting()[0].id, state=JobState.RUNNING)
    transcribe.refresh(None)
    choose(transcribe, "Daniel")
    assert not transcribe.work.queue.can_move(-1)
    assert transcribe.work.queue.can_move(1)
    choose(transcribe, "Maya")
    assert not transcribe.work.queue.can_move(1)


def test_a_recording_is_dragged_to_another_place(
    qtbot: QtBot, transcribe: TranscribeWorkspace
) -> None:
    model = transcribe.queue.model()
    first = model.index(0, 0)
    assert first.flags() & Qt.ItemFlag.ItemIsDragEnabled
    data = model.mimeData([first])
    model.dropMimeData(data, Qt.DropAction.MoveAction, 2, 0, QModelIndex())
    qtbot.waitUntil(lambda: shown(transcribe) == ["Daniel", "Maya", "Ruth"])
    study = study_of(transcribe)
    study.jobs.change(study.jobs.queue.waiting()[0].id, state=JobState.DONE)
    transcribe.refresh(None)
    done = model.index(shown(transcribe).index("Daniel"), 0)
    assert not done.flags() & Qt.ItemFlag.ItemIsDragEnabled


def test_all_pause_and_go_on(transcribe: TranscribeWorkspace) -> None:
    study = study_of(transcribe)
    assert transcribe.work.queue.can_pause_all()
    assert not transcribe.work.queue.can_resume_all()
    study.jobs.queue.pause_all()
    assert transcribe.work.queue.can_resume_all()
    assert not transcribe.work.queue.can_pause_all()


def test_another_attempt_with_another_model_and_language(
    transcribe: TranscribeWorkspace, context: AppContext
) -> None:
    source_id = choose(transcribe, "Maya")
    study = study_of(transcribe)
    old = study.jobs.newest()[source_id]
    study.jobs.change(old.id, state=JobState.FAILED, reason="There is not enough memory.")
    transcribe.refresh(None)
    transcribe.runner._study = study  # it may steer, but starts nothing by itself
    context.actions.trigger("queue.again")
    dialog = transcribe.work.queue.dialog
    assert isinstance(dialog, AgainDialog)
    assert dialog.answer == ("base", "auto", False, 0)
    dialog.model.setCurrentIndex(dialog.model.place_of("small"))
    dialog.language.setCurrentIndex(dialog.language.place_of("de"))
    dialog.translate.setChecked(True)
    dialog.accept_button.click()
    new = study.jobs.newest()[source_id]
    assert (new.model, new.language, new.state) == ("small", "de", JobState.WAITING)
    assert study.jobs.translates(new)
    assert new.id != old.id
    assert transcribe.work.queue.dialog is None
    transcribe.runner._study = None


def test_of_several_tracks_one_may_be_heard_alone(
    transcribe: TranscribeWorkspace, context: AppContext
) -> None:
    source_id = choose(transcribe, "Maya")
    study = study_of(transcribe)
    study.materials.measured(source_id, 60_000, (), 2)
    study.jobs.change(study.jobs.newest()[source_id].id, state=JobState.DONE)
    transcribe.refresh(None)
    transcribe.runner._study = study  # it may steer, but starts nothing by itself
    context.actions.trigger("queue.again")
    dialog = transcribe.work.queue.dialog
    assert isinstance(dialog, AgainDialog)
    assert dialog.track is not None
    assert dialog.answer.track == 0
    dialog.track.setCurrentIndex(dialog.track.place_of(2))
    dialog.accept_button.click()
    assert study.jobs.track(study.jobs.newest()[source_id]) == 2
    transcribe.runner._study = None


def test_another_model_is_tried_on_one_minute(
    qtbot: QtBot, transcribe: TranscribeWorkspace, context: AppContext, jfk: Path
) -> None:
    study = study_of(transcribe)
    [source] = study.imports.take_in([jfk])
    job = study.jobs.add(source.id, model="fake")
    transcribe.refresh(None)
    choose(transcribe, source.title)
    names = ("fake", "fake:1", "nobody has this")
    context.models = lambda: tuple(ModelChoice(name, name) for name in names)
    context.actions.trigger("queue.again")
    dialog = transcribe.work.queue.dialog
    assert isinstance(dialog, AgainDialog)
    assert not dialog.trial.button.isEnabled()
    dialog.model.setCurrentIndex(dialog.model.place_of("nobody has this"))
    with qtbot.waitSignal(dialog.trial.trying.failed):
        dialog.trial.button.click()
        assert not dialog.trial.button.isEnabled()
    assert "no speech model “nobody has this”" in dialog.trial.said.text()
    dialog.model.setCurrentIndex(dialog.model.place_of("fake:1"))
    with qtbot.waitSignal(dialog.trial.trying.finished):
        dialog.trial.button.click()
    told = dialog.trial.said.text()
    assert told.startswith("0:00–0:11: the models differ in 0 words.")
    assert "fake:1: 90 % sure" in told
    dialog.trial.button.click()
    assert dialog.trial.trying.busy
    dialog.reject()  # the one that listens is ended
    assert study.jobs.newest()[source.id] == job
    assert list((study.folder / "spool").glob("*")) == []


def test_the_log_is_shown_and_copied(transcribe: TranscribeWorkspace, context: AppContext) -> None:
    source_id = choose(transcribe, "Maya")
    study = study_of(transcribe)
    context.actions.trigger("queue.log")
    dialog = transcribe.work.queue.dialog
    assert isinstance(dialog, LogDialog)
    assert "has not begun" in dialog.text.toPlainText()
    dialog.reject()
    path = study.recognition.log_path(study.jobs.newest()[source_id].id)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("2026-09-12 WARNING failed: no-memory\n", "utf-8")
    context.actions.trigger("queue.log")
    dialog = transcribe.work.queue.dialog
    assert isinstance(dialog, LogDialog)
    dialog.copy_button.click()
    assert "no-memory" in QGuiApplication.clipboard().text()
    dialog.reject()


def test_the_language_is_said_with_how_it_is_known(transcribe: TranscribeWorkspace) -> None:
    from tests.support.studies import drafts

    source_id = choose(transcribe, "Maya")
    study = study_of(transcribe)
    job = study.jobs.newest()[source_id]
    study.recognition.accept(job.id, drafts("The promise is kept."))
    study.arrivals.finish(job.transcript_id, "en")
    study.jobs.change(job.id, state=JobState.DONE)
    transcribe.refresh(None)
    choose(transcribe, "Maya")
    assert transcribe.text.language.text() == "English (recognised) · change"
    assert transcribe.text.translated.isHidden()
    study.jobs.change(job.id, language="en")
    transcribe.refresh(None)
    assert transcribe.text.language.text() == "English · change"


def test_other_languages_and_doubts_are_said_above_the_text(
    transcribe: TranscribeWorkspace,
) -> None:
    from tests.support.studies import drafts

    source_id = choose(transcribe, "Maya")
    study, text = study_of(transcribe), transcribe.text
    job = study.jobs.newest()[source_id]
    study.recognition.accept(job.id, LanguageFound("en", 970))
    study.recognition.accept(job.id, drafts("The promise is kept."))
    study.recognition.accept(job.id, SpokenHere(0, 60_000, "en", 980))
    study.recognition.accept(job.id, SpokenHere(60_000, 90_000, "de", 960))
    study.recognition.accept(job.id, Note("model", "A larger model is advised."))
    transcribe.refresh(None)
    choose(transcribe, "Maya")
    assert text.language.text() == "English, partly German · change"
    assert "German from 1:00 to 1:30" in text.language.toolTip()
    assert text.note.text() == "A larger model is advised."
    assert not text.note.isHidden()
    study.recognition.accept(job.id, LanguageFound("en", 320))
    transcribe.refresh(None)
    assert text.language.text() == "perhaps English · change"
    assert "uncertain" in text.language.toolTip()


def test_a_translation_is_asked_for_and_said(transcribe: TranscribeWorkspace) -> None:
    from tests.support.studies import drafts, recording

    study = study_of(transcribe)
    source = recording(study, title="Herr Weber")
    assert not transcribe.choices.translate.isChecked()
    transcribe.choices.translate.setChecked(True)
    job = transcribe.choices.add_job(study, source.id)
    assert study.jobs.translates(job)
    study.recognition.accept(job.id, drafts("Nobody called me."))
    transcribe.refresh(None)
    choose(transcribe, "Herr Weber")
    assert not transcribe.text.translated.isHidden()
    assert transcribe.text.language.isHidden()  # nobody knows it yet
    study.arrivals.finish(job.transcript_id, "de")
    transcribe.refresh(None)
    assert transcribe.text.language.text() == "German (recognised) · change"
