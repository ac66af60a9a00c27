"""Speech without words in the text: shown, reached, heard, filled and dismissed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from tests.support.studies import drafts, recording
from ui.context import AppContext
from ui.views.player.bands import Flag, bands_of
from ui.views.reading.editing import EditableText
from ui.views.transcribe.gap_marks import GapMarks
from ui.views.transcribe.workspace import TranscribeWorkspace
from workbench.domain.change import Op
from workbench.domain.ids import TranscriptId
from workbench.domain.voices import SPEAKS_OVER, UNCERTAIN
from workbench.speech.protocol import Note
from workbench.study import Study


@pytest.fixture
def desk(qtbot: QtBot, context: AppContext, study: Study) -> Iterator[TranscribeWorkspace]:
    """Two turns with four seconds between them in which nobody was understood."""
    job = study.jobs.add(recording(study).id, model="base")
    study.recognition.accept(job.id, drafts("It took weeks."))
    study.recognition.accept(job.id, Note("unheard", "", 1_300, 5_500))
    study.recognition.accept(job.id, drafts("Really?", first=1, begin_ms=6_000))
    workspace = TranscribeWorkspace(context)
    qtbot.addWidget(workspace)
    context.actions.add(workspace.actions_offered(), owner=workspace, widget=workspace)
    workspace.set_study(study)
    workspace.refresh(None)
    workspace.resize(1_200, 700)
    workspace.show()
    unsubscribe = study.subscribe(workspace.hearing.hear)
    yield workspace
    unsubscribe()
    workspace.set_study(None)


def text_of(desk: TranscribeWorkspace) -> EditableText:
    return desk.text.view.text


def gaps_of(desk: TranscribeWorkspace) -> GapMarks:
    return desk.text.view.gaps


def transcript_of(desk: TranscribeWorkspace) -> TranscriptId:
    return desk.text.turns[0].transcript_id


def flags(desk: TranscribeWorkspace) -> list[Flag]:
    study = desk.study
    assert study is not None
    return bands_of(study, study.materials.sources()[0])[1]


def test_the_next_doubtful_place_is_the_speech_without_words(
    desk: TranscribeWorkspace, qtbot: QtBot
) -> None:
    text, actions = text_of(desk), desk.context.actions
    actions.trigger("transcribe.next_doubt")
    assert text.selection.here() == (0, len("It took weeks."))
    assert gaps_of(desk).here() is not None
    with qtbot.waitSignal(desk.context.signals.play_requested) as asked:
        actions.trigger("transcribe.play_here")
    assert asked.args is not None
    assert asked.args[1:] == [1_300, 5_500]
    text.selection.put(1, 0)
    assert gaps_of(desk).near() is None
    actions.trigger("transcribe.previous_doubt")
    assert text.selection.here() == (0, len("It took weeks."))


def test_a_click_on_the_mark_plays_it(desk: TranscribeWorkspace, qtbot: QtBot) -> None:
    text = text_of(desk)
    [(_, rect)] = list(gaps_of(desk).spots())
    with qtbot.waitSignal(desk.context.signals.play_requested) as asked:
        qtbot.mouseClick(text.viewport(), Qt.MouseButton.LeftButton, pos=rect.center().toPoint())
    assert asked.args is not None
    assert asked.args[1:] == [1_300, 5_500]
    assert gaps_of(desk).here() is not None
    beside = QPoint(int(rect.right()) + 40, int(rect.center().y()))
    assert gaps_of(desk).at(beside.toPointF()) is None


def test_words_written_there_take_the_mark_away(desk: TranscribeWorkspace, qtbot: QtBot) -> None:
    study, text = desk.study, text_of(desk)
    assert study is not None
    marked = text.grab().toImage()
    assert flags(desk) == [Flag(1_300, 5_500, unheard=True)]
    text.selection.put(0, len("It took weeks."))
    qtbot.keyClicks(text, " Or months.")
    assert gaps_of(desk).all() == []
    assert flags(desk) == []
    assert not desk.text.view.checking.can_dismiss()
    study.undo()
    assert len(gaps_of(desk).all()) == 1
    text.clearFocus()
    assert text.grab().toImage().size() == marked.size()
    assert flags(desk) == [Flag(1_300, 5_500, unheard=True)]


def test_what_is_dismissed_is_gone_from_text_and_sound(desk: TranscribeWorkspace) -> None:
    study, text, actions = desk.study, text_of(desk), desk.context.actions
    assert study is not None
    text.selection.put(0, 2)
    actions.refresh()
    assert actions.qaction("transcribe.dismiss_gap").isEnabled()
    assert actions.shortcuts.of("transcribe.dismiss_gap") == "Ctrl+F3"
    actions.trigger("transcribe.dismiss_gap")
    assert gaps_of(desk).all() == []
    assert flags(desk) == []
    assert not desk.text.view.checking.go_on()
    assert study.undo() is Op.DISMISS_GAP
    assert len(gaps_of(desk).all()) == 1


def test_the_mark_is_painted(desk: TranscribeWorkspace) -> None:
    text = text_of(desk)
    marked = text.grab().toImage()
    gaps_of(desk).show_holes([])
    assert text.grab().toImage() != marked


def test_somebody_who_speaks_over_is_no_doubt(desk: TranscribeWorkspace) -> None:
    text = text_of(desk)
    gaps_of(desk).show_holes([])
    over, other = desk.text.turns
    text.change_turns([replace(over, doubt=SPEAKS_OVER)])
    assert not desk.text.view.checking.go_on()
    text.change_turns([replace(other, doubt=f"{UNCERTAIN}; {SPEAKS_OVER}")])
    assert desk.text.view.checking.go_on()
    assert text.selection.here()[0] == 1
