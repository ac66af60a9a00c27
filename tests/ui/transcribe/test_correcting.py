"""One sample interview corrected in the real window, from the first word to undoing it all."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from tests.support.sample import make_sample
from tests.support.studies import text_under
from tests.ui.conftest import Answers
from ui.main_window import MainWindow
from ui.views.reading.editing import EditableText
from ui.views.transcribe.workspace import TranscribeWorkspace
from workbench.domain.change import Op
from workbench.domain.ids import ObservationId
from workbench.domain.jobs import JobState
from workbench.domain.observation import Observation, Placement
from workbench.domain.passage import Query
from workbench.domain.transcript import Turn, TurnDraft
from workbench.study import Study


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample study, made once."""
    return make_sample(tmp_path_factory.mktemp("sample") / "Sample.study")


@pytest.fixture
def sample_copy(sample: Path, tmp_path: Path) -> Path:
    """A copy to change."""
    return Path(shutil.copytree(sample, tmp_path / "Sample.study"))


@pytest.fixture
def desk(
    make_window: Callable[[], MainWindow], sample_copy: Path, qtbot: QtBot
) -> TranscribeWorkspace:
    """Transcribe with the interview with Maya open."""
    window = make_window()
    assert window.open_path(sample_copy)
    workspace = window.workspaces["transcribe"]
    assert isinstance(workspace, TranscribeWorkspace)
    maya = next(s for s in study_of(workspace).materials.sources() if "maya" in s.original_name)
    workspace.queue.select(maya.id)
    text_of(workspace).setFocus()
    qtbot.waitUntil(lambda: bool(workspace.text.turns))
    return workspace


def study_of(workspace: TranscribeWorkspace) -> Study:
    assert workspace.study is not None
    return workspace.study


def text_of(workspace: TranscribeWorkspace) -> EditableText:
    return workspace.text.view.text


def stored(workspace: TranscribeWorkspace) -> list[Turn]:
    return study_of(workspace).transcripts.turns(workspace.text.turns[0].transcript_id)


def shown(workspace: TranscribeWorkspace) -> list[str]:
    return text_of(workspace).toPlainText().split("\n")


def agree(workspace: TranscribeWorkspace) -> bool:
    """Tell whether screen, editor and study say the same."""
    kept = stored(workspace)
    if len(kept) != len(workspace.text.turns):
        return False
    # Their places in the study may be counted in larger steps after a split.
    here = [replace(t, ordinal=k.ordinal) for t, k in zip(workspace.text.turns, kept, strict=True)]
    return [turn.text for turn in kept] == shown(workspace) and here == kept


def observations(workspace: TranscribeWorkspace) -> list[Observation]:
    row = workspace.queue.current
    assert row is not None
    found = study_of(workspace).passages.find(Query(source_id=row.source.id))
    return [passage.observation for passage in found]


def find(workspace: TranscribeWorkspace, words: str) -> tuple[int, int]:
    return next(
        (row, turn.text.index(words))
        for row, turn in enumerate(workspace.text.turns)
        if words in turn.text
    )


def test_an_interview_is_corrected_and_all_of_it_undone(
    desk: TranscribeWorkspace, qtbot: QtBot
) -> None:
    study, text = study_of(desk), text_of(desk)
    before, coded = stored(desk), observations(desk)
    assert len(coded) > 5
    steps = len(study.history())

    # Seek: Ctrl and a click on a word plays from it; a double click selects it.
    row, at = find(desk, "landlord")
    text.selection.put(row, at + 2)
    spot = text.cursorRect().center()
    with qtbot.waitSignal(desk.context.signals.play_requested) as asked:
        ctrl = Qt.KeyboardModifier.ControlModifier
        qtbot.mouseClick(text.viewport(), Qt.MouseButton.LeftButton, ctrl, pos=spot)
    qtbot.mouseDClick(text.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    word = next(w for w in before[row].words if w.start <= at < w.end)
    assert asked.args[1] == word.start_ms

    # Edit a word: its neighbours keep their times, it keeps its own.
    qtbot.keyClicks(text, "landlady")
    now = desk.text.turns[row]
    assert now.text == before[row].text.replace("landlord", "landlady")
    assert [(w.start_ms, w.end_ms) for w in now.words] == [
        (w.start_ms, w.end_ms) for w in before[row].words
    ]

    # Split and merge by keys.
    text.selection.put(row, now.text.index("I had six weeks"))
    qtbot.keyClick(text, Qt.Key.Key_Return)
    assert len(desk.text.turns) == len(before) + 1
    assert desk.text.turns[row + 1].text.startswith("I had six weeks")
    assert text.selection.here() == (row + 1, 0)
    row2, _ = find(desk, "How did that feel?")
    text.selection.put(row2, 0)
    qtbot.keyClick(text, Qt.Key.Key_Backspace)
    assert "How did that feel?" in desk.text.turns[row2 - 1].text
    assert agree(desk)

    # Rename a speaker.
    voice = next(v for v in desk.text.voices if v.label == "Interviewer" or v.name == "Interviewer")
    study.speaking.name(voice.id, "Ines")
    qtbot.waitUntil(lambda: desk.text.view.lines()[0][0] == "Ines")

    # Find and replace.
    desk.text.view.hits.replace()
    bar = desk.text.view.finder
    bar.words.setText("date")
    bar.instead.setText("\U0001f4c5 day")
    bar.search()
    count = len(bar.places)
    assert count > 1
    qtbot.keyClick(bar.instead, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: sum("\U0001f4c5" in line for line in shown(desk)) > 0)
    assert sum(turn.text.count("\U0001f4c5 day") for turn in stored(desk)) == count
    assert agree(desk)

    for observation in observations(desk):
        assert observation.placement is Placement.PLACED
        assert text_under(study, observation) == observation.words
    assert study.check() == []

    for _ in range(len(study.history()) - steps):
        study.undo()
    qtbot.waitUntil(lambda: agree(desk))
    assert stored(desk) == before
    assert shown(desk) == [turn.text for turn in before]
    assert observations(desk) == coded


def test_typing_in_a_turn_is_one_step_and_undo_leaves_the_caret(
    desk: TranscribeWorkspace, qtbot: QtBot
) -> None:
    study, text = study_of(desk), text_of(desk)
    before = stored(desk)
    text.selection.put(1, 3)
    steps = len(study.history())
    qtbot.keyClicks(text, "abc def")
    assert len(study.history()) == steps + 1
    assert agree(desk)
    text.selection.put(3, 4)
    desk.context.actions.trigger("edit.undo")
    qtbot.waitUntil(lambda: shown(desk)[1] == before[1].text)
    assert text.selection.here() == (3, 4)
    desk.context.actions.trigger("edit.redo")
    qtbot.waitUntil(lambda: "abc def" in shown(desk)[1])
    assert agree(desk)
    assert text.selection.here() == (3, 4)


def test_undo_of_the_key_is_that_of_the_study(desk: TranscribeWorkspace, qtbot: QtBot) -> None:
    text, before = text_of(desk), stored(desk)
    text.selection.put(2, 0)
    qtbot.keyClicks(text, "Oh ")
    qtbot.keyClick(text, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: stored(desk) == before)
    qtbot.waitUntil(lambda: agree(desk))


def test_a_selection_over_turns_is_typed_over_as_one_step(
    desk: TranscribeWorkspace, qtbot: QtBot
) -> None:
    study, text = study_of(desk), text_of(desk)
    before, coded = stored(desk), observations(desk)
    cursor = text.textCursor()
    document = text.document()
    cursor.setPosition(document.findBlockByNumber(1).position() + 4)
    cursor.setPosition(
        document.findBlockByNumber(4).position() + 3, QTextCursor.MoveMode.KeepAnchor
    )
    text.setTextCursor(cursor)
    qtbot.keyClicks(text, "x")
    assert len(desk.text.turns) == len(before) - 3
    assert desk.text.turns[1].text == before[1].text[:4] + "x" + before[4].text[3:]
    assert text.selection.here() == (1, 5)
    assert agree(desk)
    assert {o.id for o in observations(desk)} == {o.id for o in coded}
    study.undo()
    qtbot.waitUntil(lambda: agree(desk))
    assert stored(desk) == before
    assert observations(desk) == coded


def test_several_lines_are_pasted_as_one_paragraph(desk: TranscribeWorkspace) -> None:
    text = text_of(desk)
    before = stored(desk)
    lines = QMimeData()
    lines.setText("one\r\n  two\n\nthree \U0001f600\n")
    text.selection.put(0, 0)
    text.insertFromMimeData(lines)
    assert desk.text.turns[0].text == "one two three \U0001f600" + before[0].text
    assert len(shown(desk)) == len(before)
    assert agree(desk)


def test_what_was_recognised_is_compared_and_restored(
    desk: TranscribeWorkspace, qtbot: QtBot
) -> None:
    text, before = text_of(desk), stored(desk)
    coded = observations(desk)
    text.selection.put(1, 0)
    qtbot.keyClicks(text, "Yes. ")
    desk.text.view.recognised.toggle()
    heard = desk.text.view.heard
    assert heard.isVisible()
    assert "Yes" in heard.words.text()
    assert heard.restore.isVisible()
    heard.restore.click()
    qtbot.waitUntil(lambda: shown(desk)[1] == before[1].text)
    assert stored(desk) == before
    assert observations(desk) == coded
    qtbot.waitUntil(lambda: not heard.restore.isVisible())


def test_doubtful_words_are_visited_in_turn(desk: TranscribeWorkspace) -> None:
    study, text = study_of(desk), text_of(desk)
    assert not desk.text.view.checking.go_on()
    turn = stored(desk)[2]
    words = tuple(replace(w, probability=100) if n < 2 else w for n, w in enumerate(turn.words))
    with study.step(Op.EDIT_TURN):
        study.transcripts._tables.turn.change(turn.id, words=words)
    desk.refresh(None)
    visited = []
    for _ in range(3):
        assert desk.text.view.checking.go_on()
        visited.append(text.textCursor().selectedText())
    first, second = (turn.text[w.start : w.end] for w in words[:2])
    assert visited == [first, second, first]
    assert desk.text.view.checking.go_on(back=True)
    assert text.textCursor().selectedText() == second


def test_keys_of_the_player_work_while_typing(desk: TranscribeWorkspace, qtbot: QtBot) -> None:
    text = text_of(desk)
    window = desk.window()
    assert isinstance(window, MainWindow)
    player = window.player
    assert player.has_sound()
    player.engine.seek(10_000)
    text.selection.put(1, 0)
    before = stored(desk)
    qtbot.keyClick(text, Qt.Key.Key_F7)
    assert player.engine.position == 7_000
    qtbot.keyClick(text, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert player.engine.position == 10_000
    qtbot.keyClick(text, Qt.Key.Key_F5)
    assert player.speed.text() == "0.75×"
    qtbot.keyClick(text, Qt.Key.Key_Tab)
    assert player.engine.playing
    qtbot.waitUntil(lambda: player.engine.position > 10_300)
    qtbot.waitUntil(lambda: text.sound.lit is not None)
    qtbot.keyClick(text, Qt.Key.Key_Tab)
    assert not player.engine.playing
    paused = player.engine.position
    qtbot.keyClick(text, Qt.Key.Key_Tab)
    assert player.engine.position <= paused - 900
    qtbot.keyClick(text, Qt.Key.Key_Tab)
    assert text.hasFocus()
    assert text.selection.here() == (1, 0)
    assert stored(desk) == before


def test_a_turn_is_repeated_until_told_otherwise(desk: TranscribeWorkspace, qtbot: QtBot) -> None:
    window = desk.window()
    assert isinstance(window, MainWindow)
    player, turn = window.player, stored(desk)[2]
    assert turn.start_ms is not None
    assert turn.end_ms is not None
    player.commands.set_rate(2.0)
    player.engine.seek(turn.end_ms - 300)
    window.run_action("play.loop")
    assert player.commands.is_looping()
    told: list[int] = []
    player.engine.moved.connect(told.append)
    player.engine.repeat(turn.end_ms - 400, turn.end_ms)
    qtbot.waitUntil(lambda: any(b < a - 200 for a, b in pairwise(told)))
    window.run_action("play.loop")
    assert not player.commands.is_looping()
    player.engine.stop()


def test_a_study_to_look_at_cannot_be_typed_in(
    make_window: Callable[[], MainWindow], sample_copy: Path, qtbot: QtBot, answers: Answers
) -> None:
    with Study.open(sample_copy):
        window = make_window()
        assert window.open_path(sample_copy)
        desk = window.workspaces["transcribe"]
        assert isinstance(desk, TranscribeWorkspace)
        assert study_of(desk).read_only
        before = shown(desk)
        text = text_of(desk)
        text.setFocus()
        qtbot.keyClicks(text, "abc")
        qtbot.keyClick(text, Qt.Key.Key_Return)
        qtbot.keyClick(text, Qt.Key.Key_Backspace)
        assert shown(desk) == before
        assert not desk.text.view.can_correct()
        assert answers.errors == []
        window.close()


def test_another_language_is_asked_for_and_queued(
    desk: TranscribeWorkspace, answers: Answers
) -> None:
    desk.runner.set_study(None)
    assert desk.text.language.text().startswith("English")
    desk.text.language_wanted.emit("fr")
    assert "French" in answers.questions[-1]
    row = desk.queue.current
    assert row is not None
    job = study_of(desk).jobs.of_source(row.source.id)
    assert job is not None
    assert job.language == "fr"
    assert shown(desk) == [turn.text for turn in stored(desk)]


def test_what_a_new_text_leaves_without_a_place_is_told_and_led_to(
    desk: TranscribeWorkspace, qtbot: QtBot
) -> None:
    desk.runner.set_study(None)
    study, row = study_of(desk), desk.queue.current
    assert row is not None
    count = len(observations(desk))
    study.memos.write("turn", desk.text.turns[0].id, "Ask again.")
    job = study.jobs.add(row.source.id, model="fake")
    turns = [TurnDraft(0, "Nothing of what was said before.", 0, 4_000)]
    study.arrivals.accept(job.transcript_id, turns)
    study.arrivals.finish(job.transcript_id, "en")
    study.jobs.change(job.id, state=JobState.DONE)
    qtbot.waitUntil(lambda: shown(desk) == ["Nothing of what was said before."])
    with qtbot.waitSignal(desk.context.signals.toast_requested) as told:
        desk.work.writing.tell_what_to_review(job.id)
    assert told.args[0].startswith(f"{count} observations are not surely placed")
    assert "One memo is on a turn that the new text does not have" in told.args[0]
    assert desk.text.review.isVisible()
    assert str(count) in desk.text.review.text()
    with qtbot.waitSignal(desk.context.signals.open_requested) as asked:
        desk.text.review.click()
    assert asked.args[0] == "observation"
    assert study.observations.get(ObservationId(asked.args[1])).placement is Placement.REVIEW


def test_the_context_menu_holds_what_one_can_do_here(
    desk: TranscribeWorkspace, qtbot: QtBot
) -> None:
    text = text_of(desk)
    with qtbot.waitSignal(desk.text.view.menu.opened) as opened:
        text.customContextMenuRequested.emit(text.cursorRect().center())
    assert opened.args is not None
    menu = opened.args[0]
    titles = [entry.text() for entry in menu.actions()]
    assert {"Cut", "Copy", "Paste", "Split the turn here"} <= set(titles)
    assert any(title.startswith("This turn is") for title in titles)
    menu.close()
