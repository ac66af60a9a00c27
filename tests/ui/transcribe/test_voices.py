"""The panel of voices, as a person uses it: how many, who, listen, the same as, this turn is."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from tests.support.studies import drafts, recognised
from tests.ui.conftest import Answers
from tests.workbench.services.recognition.voice_prints import two_voices
from ui.bridge import long_steps
from ui.bridge.long_steps import LongSteps
from ui.context import AppContext
from ui.main_window import MainWindow
from ui.views.transcribe.workspace import TranscribeWorkspace
from workbench.domain.anchors import TextAnchor
from workbench.domain.change import Op
from workbench.domain.ids import TranscriptId
from workbench.speech.protocol import Speakers
from workbench.study import Study

_TALK = ("How did it all begin?", "With a letter I think.", "Yes indeed it was so.")


@pytest.fixture
def talk(study: Study) -> TranscriptId:
    """A recording whose three sentences are all given to one voice; there are two."""
    transcript = recognised(study)
    study.arrivals.accept(transcript.id, drafts(*_TALK, speakers=("S1", "S1", "S1")))
    two_voices(study, transcript.id)
    return transcript.id


@pytest.fixture
def desk(
    qtbot: QtBot, context: AppContext, study: Study, talk: TranscriptId
) -> Iterator[TranscribeWorkspace]:
    """The workspace without its window, whose player would look for a loudspeaker."""
    workspace = TranscribeWorkspace(context)
    qtbot.addWidget(workspace)
    context.actions.add(workspace.actions_offered(), owner=workspace, widget=workspace)
    context.opening.study = study
    workspace.set_study(study)
    workspace.refresh(None)
    unsubscribe = study.subscribe(workspace.hearing.hear)
    yield workspace
    unsubscribe()
    workspace.set_study(None)


def study_of(desk: TranscribeWorkspace) -> Study:
    assert desk.study is not None
    return desk.study


def labels(desk: TranscribeWorkspace) -> list[str]:
    known = {voice.id: voice.label for voice in desk.text.voices}
    return [known[turn.speaker_id] if turn.speaker_id else "" for turn in desk.text.turns]


def choose_count(desk: TranscribeWorkspace, number: int) -> None:
    at = desk.speakers.count.place_of(number)
    desk.speakers.count.setCurrentIndex(at)
    desk.speakers.count.activated.emit(at)


def test_another_number_tells_the_voices_apart_at_once(
    qtbot: QtBot, desk: TranscribeWorkspace
) -> None:
    assert desk.speakers.count.currentText() == "1"
    choose_count(desk, 2)
    assert not desk.speakers.count.isEnabled()
    qtbot.waitUntil(lambda: len(desk.speakers.cards) == 2)
    assert labels(desk) == ["S1", "S2", "S1"]
    assert (desk.speakers.count.currentText(), desk.speakers.count.isEnabled()) == ("2", True)
    assert study_of(desk).undo() is Op.RECLUSTER_VOICES
    assert labels(desk) == ["S1", "S1", "S1"]
    choose_count(desk, 0)
    qtbot.waitUntil(lambda: len(desk.speakers.cards) == 2)


def test_what_was_decided_by_hand_stays_and_can_be_released(
    qtbot: QtBot, desk: TranscribeWorkspace, talk: TranscriptId
) -> None:
    study, pane, actions = study_of(desk), desk.speakers, desk.context.actions
    assert pane.by_hand.isHidden()
    assert pane.release.isHidden()
    assert not desk.work.voices.can_release()
    actions.trigger("transcribe.new-voice")
    assert pane.by_hand.text().startswith("One turn")
    assert not pane.by_hand.isHidden()
    with qtbot.waitSignal(desk.context.signals.toast_requested) as told:
        choose_count(desk, 1)
    assert told.args is not None
    assert told.args[0] == "There are 2 voices now. What you decided by hand stayed."
    assert labels(desk) == ["S2", "S1"]
    pane.release.click()
    assert pane.by_hand.isHidden()
    choose_count(desk, 1)
    qtbot.waitUntil(lambda: labels(desk) == ["S1"])
    assert [study.undo(), study.undo()] == [Op.RECLUSTER_VOICES, Op.RELEASE_TURNS]
    assert not pane.release.isHidden()


def test_a_number_that_cannot_be_reached_is_said(qtbot: QtBot, desk: TranscribeWorkspace) -> None:
    with qtbot.waitSignal(desk.context.signals.toast_requested) as told:
        choose_count(desk, 5)
    assert told.args is not None
    assert told.args[0] == "Only 2 voices could be told apart, not 5."
    assert desk.speakers.count.currentText() == "2"


def test_fewer_voices_than_expected_are_said_beside_their_number(
    desk: TranscribeWorkspace, talk: TranscriptId
) -> None:
    study, pane = study_of(desk), desk.speakers
    assert pane.fewer.isHidden()
    source_id = study.transcripts.transcript(talk).source_id
    job = study.jobs.add(source_id, model="base", speakers=3)
    said = drafts(*_TALK, speakers=("S1", "S2", "S1"))
    study.recognition.accept(job.id, said)
    study.recognition.accept(job.id, Speakers(3, 2, said))
    desk.refresh(None)
    assert pane.fewer.text() == "3 voices were expected; only 2 could be told apart"
    assert not pane.fewer.isHidden()
    [one, other] = study.transcripts.speakers.of(job.transcript_id)
    study.voices.merge(one.id, [other.id])
    desk.refresh(None)
    assert pane.fewer.isHidden()


def test_another_recording_forgets_the_question(qtbot: QtBot, desk: TranscribeWorkspace) -> None:
    choose_count(desk, 2)
    desk.work.speakers.clear()
    assert not desk.work.speakers.process.busy


def test_without_prints_the_number_is_shown_only(
    desk: TranscribeWorkspace, talk: TranscriptId, answers: Answers
) -> None:
    study = study_of(desk)
    [file] = (study.folder / "voices").iterdir()
    file.unlink()
    choose_count(desk, 3)
    assert len(answers.errors) == 1
    desk.refresh(None)
    assert not desk.speakers.count.isEnabled()
    assert desk.speakers.count.currentText() == "1"


def test_damaged_prints_are_told(qtbot: QtBot, desk: TranscribeWorkspace, answers: Answers) -> None:
    [file] = (study_of(desk).folder / "voices").iterdir()
    file.write_bytes(b"damaged")
    choose_count(desk, 2)
    qtbot.waitUntil(lambda: bool(answers.errors))
    assert "damaged" in str(answers.errors[0])
    assert desk.speakers.count.currentText() == "1"


def test_two_cards_become_one_voice(desk: TranscribeWorkspace, talk: TranscriptId) -> None:
    study = study_of(desk)
    study.voices.new_voice([study.transcripts.turns(talk)[1].id])
    first, second = desk.speakers.cards.values()
    assert first.dot.colour != second.dot.colour
    entries = [entry.text() for entry in second.menu.actions() if not entry.isSeparator()]
    assert entries == ["Voice 1"]
    second.menu.actions()[-1].trigger()
    assert labels(desk) == ["S1", "S1", "S1"]
    assert len(desk.speakers.cards) == 1
    assert desk.speakers.cards[next(iter(desk.speakers.cards))].more.isHidden()


def test_in_a_long_recording_it_is_done_beside_the_window(
    desk: TranscribeWorkspace,
    talk: TranscriptId,
    answers: Answers,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(long_steps, "LARGE", 0)  # as if it were long
    steps = LongSteps(lambda error, _ways: answers.errors.append(error), desk)
    desk.context.long_steps = steps

    def merge() -> None:
        list(desk.speakers.cards.values())[1].menu.actions()[-1].trigger()

    for act, after in (
        (desk.work.voices.assign_new_voice, ["S2", "S1", "S1"]),
        (merge, ["S1"] * 3),
    ):
        before = labels(desk)
        with qtbot.waitSignal(steps.ended):
            act()
            assert steps.doing
            assert labels(desk) == before
        assert set(labels(desk)) == set(after)
    assert not answers.errors
    assert study_of(desk).undo() is Op.MERGE_VOICES
    assert labels(desk) == ["S2", "S1", "S1"]


def test_keys_give_the_turn_with_the_caret_to_a_voice(
    desk: TranscribeWorkspace, talk: TranscriptId
) -> None:
    actions = desk.context.actions
    assert actions.shortcuts.of("transcribe.voice2") == "Alt+2"
    actions.refresh()
    assert not actions.qaction("transcribe.voice2").isEnabled()
    actions.trigger("transcribe.new-voice")
    assert labels(desk) == ["S2", "S1", "S1"]
    assert actions.qaction("transcribe.voice1").isEnabled()
    actions.trigger("transcribe.voice1")
    assert labels(desk) == ["S1", "S1", "S1"]
    assert study_of(desk).undo() is Op.ASSIGN_VOICE
    assert study_of(desk).undo() is Op.SPLIT_VOICE
    assert labels(desk) == ["S1", "S1", "S1"]


def test_selected_words_are_cut_out_for_their_voice(
    desk: TranscribeWorkspace, talk: TranscriptId
) -> None:
    study = study_of(desk)
    turn = study.transcripts.turns(talk)[1]
    assert desk.text.view.text.selection.select(TextAnchor(turn.id, 7, turn.id, 13))
    desk.context.actions.trigger("transcribe.new-voice")
    assert [turn.text for turn in desk.text.turns][1:4] == ["With a", "letter", "I think."]
    assert labels(desk) == ["S1", "S1", "S2", "S1", "S1"]


def test_a_named_voice_gives_its_name_to_the_command(
    desk: TranscribeWorkspace, talk: TranscriptId
) -> None:
    study = study_of(desk)
    [voice] = study.transcripts.speakers.of(talk)
    study.speaking.name(voice.id, "Maya")
    desk.context.actions.refresh()
    assert desk.context.actions.qaction("transcribe.voice1").text() == "This turn is Maya"
    assert desk.context.actions.qaction("transcribe.voice5").text() == "This turn is voice 5"


def test_a_study_for_reading_only_shows_voices(
    make_window: Callable[[], MainWindow], study: Study, talk: TranscriptId
) -> None:
    folder = study.folder
    study.close()
    with Study.open(folder, read_only=True) as reader:
        window = make_window()
        workspace = window.workspaces["transcribe"]
        assert isinstance(workspace, TranscribeWorkspace)
        workspace.set_study(reader)
        workspace.refresh(None)
        assert len(workspace.speakers.cards) == 1
        assert not workspace.speakers.count.isEnabled()
        assert not workspace.work.voices.can_assign()
        workspace.set_study(None)
