"""“Who is this?” is asked where figures depend on it, and answered in the card or in one list."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tests.support.studies import document, drafts, observe, person, recognised, written
from tests.ui.conftest import Answers
from ui.bridge.clashes import ClashWatch
from ui.context import AppContext
from ui.views.codebook.panel import CodebookPanel
from ui.views.desk import Desk
from ui.views.findings.workspace import FindingsWorkspace
from ui.views.journey.workspace import JourneyWorkspace
from ui.views.transcribe.queue import Recording
from ui.views.transcribe.speaker_commands import SpeakerCommands
from ui.views.transcribe.speakers_pane import SpeakersPane
from ui.views.transcribe.text_pane import TextPane
from ui.views.who.dialog import WhoDialog
from workbench.domain.consent import State, Use
from workbench.domain.ids import SourceId, TranscriptId
from workbench.domain.materials import Method
from workbench.study import Study


@pytest.fixture
def talk(study: Study) -> TranscriptId:
    """Two voices without names; both are coded in a stage of the journey."""
    text = recognised(study)
    study.arrivals.accept(text.id, drafts("And then?", "Then it came.", speakers=("S1", "S2")))
    [stage], code = study.journeys.stages(), study.codebook.add("coming")
    for words in ("And then?", "Then it came."):
        observe(study, text.id, words, stage_id=stage.id, code_ids=[code.id])
    return text.id


def source_of(study: Study, text: TranscriptId) -> SourceId:
    return study.transcripts.transcript(text).source_id


@pytest.fixture
def pane(qtbot: QtBot, context: AppContext, study: Study, talk: TranscriptId) -> SpeakersPane:
    """The cards of its voices, which follow the study."""
    pane = SpeakersPane(context)
    qtbot.addWidget(pane)
    commands = SpeakerCommands(Desk(context, study, pane), pane)

    def show(_changes: object = None) -> None:
        commands.show(source_of(study, talk), study.transcripts.speakers.of(talk))

    show()
    study.subscribe(show)
    return pane


def type_name(box: object, name: str) -> None:
    line = box.lineEdit()  # type: ignore[attr-defined]
    line.setFocus()
    line.setText(name)
    line.editingFinished.emit()


def test_a_card_asks_and_a_typed_name_can_become_a_person(
    pane: SpeakersPane, study: Study, answers: Answers
) -> None:
    first, second = pane.cards.values()
    assert first.state.asked.text() == "Who is this? · one observation"
    assert first.state.offer.isHidden()
    type_name(first.name, "Interviewer")
    assert first.state.isHidden()
    type_name(second.name, "Zoe")
    assert second.state.asked.text() == "Who is “Zoe”? · one observation"
    second.state.offer.click()
    assert "Zoe" in [one.pseudonym for one in study.people.participants()]
    assert second.state.asked.text() == "quotes: not asked"
    assert second.state.offer.isHidden()
    assert [row.speaker for row in study.passages.find()] == ["Interviewer", "Zoe"]
    study.speaking.name(next(iter(pane.cards)), "Ines")
    study.people.add(pseudonym="Ines")
    assert first.state.asked.text() == "quotes: not asked", "who is added later is found"
    assert not answers.errors


def test_a_card_says_who_is_not_quoted(pane: SpeakersPane, study: Study) -> None:
    kim = person(study, "Kim", quotes=False)
    first, second = pane.cards.values()
    study.speaking.assign(next(iter(pane.cards)), kim)
    assert first.state.asked.text() == "quotes: refused"
    assert not first.state.isHidden()
    assert "quotes" not in second.state.asked.text()
    study.ledger.set([kim], {Use.QUOTE: State.GIVEN})
    assert first.state.isHidden()


def test_the_line_above_a_recording_says_who_is_not_quoted(
    qtbot: QtBot, context: AppContext, study: Study
) -> None:
    people = [person(study, "Kim", quotes=False), person(study, "Lou")]
    text = recognised(study, "It came.", people=people)
    pane = TextPane(context, context)
    qtbot.addWidget(pane)
    source = study.materials.source(source_of(study, text.id))
    pane.show_recording(study, Recording(source, None, ""), None)
    assert pane.meta.text().startswith("Kim (quotes: refused), Lou · ")


def test_figures_say_how_many_are_asked_for(
    qtbot: QtBot, context: AppContext, study: Study, talk: TranscriptId
) -> None:
    views = (JourneyWorkspace(context), FindingsWorkspace(context), CodebookPanel(context))
    for view in views:
        qtbot.addWidget(view)
        view.set_study(study)
        view.refresh(None)
        assert view.who.button.text() == "Who is this? 2 observations"
        assert not view.who.button.isHidden()
    for voice in study.transcripts.speakers.of(talk):
        study.speaking.name(voice.id, "Interviewer")
    for view in views:
        view.refresh(None)
        assert view.who.button.isHidden()
        view.set_study(None)


def test_everybody_is_named_in_one_list(
    qtbot: QtBot, context: AppContext, study: Study, talk: TranscriptId, answers: Answers
) -> None:
    nina = person(study, "Nina")
    note = written(study, "It rained.", method=Method.INTERVIEW)
    observe(study, note, "rained")
    group = document(study, "We all laughed.", people=[nina, person(study, "Ruth")])
    text = study.transcripts.of_source(group.id)
    assert text is not None
    observe(study, text.id, "laughed")
    dialog = WhoDialog(context, study, None)  # type: ignore[arg-type]
    qtbot.addWidget(dialog)
    voices = [voice.id for voice in study.transcripts.speakers.of(talk)]
    assert dialog.rows[study.transcripts.speakers.of(talk)[0].id].box.currentText() == ""
    assert set(dialog.rows) == {*voices, source_of(study, note), group.id}
    asks, tells = (dialog.rows[key] for key in voices)
    type_name(asks.box, "Interviewer")
    tells.answered.emit("Nina", nina)
    assert tells.state.isHidden()
    dialog.rows[source_of(study, note)].answered.emit("Zoe", "")
    told = dialog.rows[group.id]
    assert told.box.isHidden()
    with qtbot.waitSignal(context.signals.open_requested) as opened:
        told.session.click()
    assert opened.args == ["session", group.session_id]
    assert [one.source_id for one in study.speaking.unknown()] == [group.id]
    names = [row.person.pseudonym if row.person else None for row in study.passages.find()]
    assert names == [None, "Nina", "Zoe", None]
    assert not answers.errors


def test_a_clash_of_names_is_said_once_when_it_is_typed(
    qtbot: QtBot, context: AppContext, study: Study
) -> None:
    watch = ClashWatch(context.signals, context.opening)
    study.people.set_real_name(study.people.participants()[0].id, "Jo Young")
    context.opening.begin(study)
    qtbot.waitUntil(lambda: not context.opening.goes_on)
    leave = study.subscribe(context.signals.changed.emit)
    with qtbot.waitSignal(context.signals.toast_requested) as told:
        study.people.add_segment("Young adults")
    assert told.args is not None
    assert "Young adults" in told.args[0]
    with qtbot.assertNotEmitted(context.signals.toast_requested):
        study.people.add_segment("Others")
    leave()
    watch.deleteLater()
