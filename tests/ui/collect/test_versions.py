"""Other texts for a source in the window: a new version of a document, a transcript attached."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from tests.support.studies import observe, person, recognised, recording
from tests.ui.conftest import Answers
from ui.main_window import MainWindow
from ui.views.collect.workspace import CollectWorkspace
from workbench.domain.consent import State, Use
from workbench.domain.observation import Placement
from workbench.study import Study


def _write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def collect(window: MainWindow, study_folder: Path, tmp_path: Path) -> CollectWorkspace:
    with Study.open(study_folder) as study:
        [source] = study.imports.take_in(
            [_write(tmp_path, "note.md", "It took weeks.\n\nNobody called.\n")]
        )
        transcript = study.transcripts.of_source(source.id)
        assert transcript is not None
        observe(study, transcript.id, "weeks")
        observe(study, transcript.id, "Nobody called")
    assert window.open_path(study_folder)
    window.show_workspace("collect")
    workspace = window.workspaces["collect"]
    assert isinstance(workspace, CollectWorkspace)
    return workspace


def _study(collect: CollectWorkspace) -> Study:
    assert collect.study is not None
    return collect.study


def _button(collect: CollectWorkspace, tip: str) -> QToolButton:
    found = [one for one in collect.session.findChildren(QToolButton) if one.toolTip() == tip]
    assert len(found) == 1, tip
    return found[0]


def test_a_new_version_is_taken_in_and_says_what_waits(
    collect: CollectWorkspace, answers: Answers, tmp_path: Path, qtbot: QtBot
) -> None:
    study = _study(collect)
    answers.files = [_write(tmp_path, "note 2.md", "It took many weeks.\n\nAnd so on.\n")]
    said: list[str] = []
    collect.context.signals.toast_requested.connect(said.append)
    with qtbot.waitSignal(collect.taking_in.imported):
        _button(collect, "Take in a new version…").click()
    assert said[0].split("\n") == [
        "“note 2.md” is now the text of “note”.",
        "One observation is not surely placed on it: review it in Code.",
    ]
    places = {one.words: one.observation.placement for one in study.passages.find()}
    assert places == {"weeks": Placement.PLACED, "Nobody called": Placement.REVIEW}
    assert study.undo_label == "Take in a new version"
    study.undo()
    assert {one.observation.placement for one in study.passages.find()} == {Placement.PLACED}


BAD = {
    "same.md": (b"It took weeks.\n\nNobody called.\n", "holds already, to the byte"),
    "bad.docx": (b"PK\x03\x04nothing", "cannot be read as a Word document"),
    "sound.wav": (b"RIFF", "cannot be a new version"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_version_is_refused_with_a_sentence(
    collect: CollectWorkspace, answers: Answers, tmp_path: Path, qtbot: QtBot, name: str
) -> None:
    data, sentence = BAD[name]
    study = _study(collect)
    before, media = study.show(), sorted(study.materials.media.iterdir())
    (tmp_path / name).write_bytes(data)
    answers.files = [tmp_path / name]
    collect.context.actions.trigger("collect.version")
    qtbot.waitUntil(lambda: bool(answers.errors))
    assert sentence in str(answers.errors[0])
    assert study.show() == before
    assert sorted(study.materials.media.iterdir()) == media
    assert not collect.importer.taking_in.busy


def test_a_transcript_is_attached_to_a_recording(
    collect: CollectWorkspace, answers: Answers, tmp_path: Path, qtbot: QtBot
) -> None:
    study = _study(collect)
    old = recognised(study, "it took weeks", title="Call")
    session = study.materials.source(old.source_id).session_id
    qtbot.waitUntil(lambda: session in {row.id for row in study.materials.sessions()})
    collect.refresh(None)
    collect.focus_object("session", session)
    vtt = "WEBVTT\n\n00:00.000 --> 00:02.000\n<v Maya>It took three weeks.\n"
    answers.files = [_write(tmp_path, "call.vtt", vtt)]
    with qtbot.waitSignal(collect.taking_in.imported):
        collect.context.actions.trigger("collect.attach")
    present = study.transcripts.of_source(old.source_id)
    assert present is not None
    assert [turn.text for turn in study.transcripts.turns(present.id)] == ["It took three weeks."]
    study.undo()
    assert study.transcripts.of_source(old.source_id) == old


def test_no_transcript_is_attached_where_somebody_wants_none(
    collect: CollectWorkspace, answers: Answers, tmp_path: Path, qtbot: QtBot
) -> None:
    study = _study(collect)
    leila = person(study, "Leila")
    call = recording(study, people=[leila], title="Call")
    study.ledger.set([leila], {Use.TRANSCRIBE: State.REFUSED})
    collect.refresh(None)
    collect.focus_object("session", call.session_id)
    answers.files = [_write(tmp_path, "call.txt", "It took three weeks.")]
    collect.context.actions.trigger("collect.attach")
    qtbot.waitUntil(lambda: bool(answers.errors))
    assert "Leila (" in str(answers.errors[0])
    assert "transcript: refused" in str(answers.errors[0])
    assert study.transcripts.of_source(call.id) is None
