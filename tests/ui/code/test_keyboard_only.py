"""A page of the sample interview is coded without touching the mouse."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.support.sample import make_sample
from tests.support.studies import rows_of
from ui.main_window import MainWindow
from ui.views.code.workspace import CodeWorkspace
from workbench.domain.observation import Expectation, Kind, Observation, Promise
from workbench.study import Study

Key, Held = Qt.Key, Qt.KeyboardModifier
SHIFT, CTRL, ALT = Held.ShiftModifier, Held.ControlModifier, Held.AltModifier


class Keyboard:
    """Types wherever the focus is, as a person does."""

    def __init__(self, qtbot: QtBot, window: QWidget) -> None:
        self._qtbot = qtbot
        self._window = window

    def press(self, *keys: Key, held: Held = Held.NoModifier, times: int = 1) -> None:
        for key in keys * times:
            self._qtbot.keyClick(self._focus(), key, held)

    def write(self, text: str) -> None:
        for letter in text:
            self._qtbot.keyClicks(self._focus(), letter)

    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self._window


@pytest.fixture
def code(window: MainWindow, tmp_path: Path) -> CodeWorkspace:
    """The interview with Maya, as it is before anybody has coded it."""
    folder = make_sample(tmp_path / "Sample.study")
    with Study.open(folder) as study:
        study.observations.remove([passage.id for passage in study.passages.find()])
    assert window.open_path(folder)
    workspace = window.workspaces["code"]
    assert isinstance(workspace, CodeWorkspace)
    return workspace


def observed(code: CodeWorkspace) -> list[Observation]:
    assert code.study is not None
    return [passage.observation for passage in code.study.passages.find()]


def test_a_page_is_coded_by_keys_alone(
    code: CodeWorkspace, window: MainWindow, qtbot: QtBot
) -> None:
    study = code.study
    assert study is not None
    before, steps = rows_of(study), len(study.history())
    keys = Keyboard(qtbot, window)
    assert QApplication.focusWidget() is code.text

    # The second sentence of Maya's first answer, found with the arrows: a code that is new.
    keys.press(Key.Key_Home, held=CTRL)
    down_to(code, keys, "So, the landlord wrote")
    keys.press(Key.Key_Home)
    keys.press(Key.Key_Period, times=2)
    keys.write("moving out / sold over my head")
    keys.press(Key.Key_Return)
    keys.press(Key.Key_1)
    keys.press(Key.Key_F)
    assert selected_words(code).startswith("So, the landlord wrote in March")

    # Four words further on, by word and letter: rated, flagged, noted.
    down_to(code, keys, "I felt stupid")
    keys.press(Key.Key_Home)
    keys.press(Key.Key_Right, held=CTRL | SHIFT, times=3)
    keys.press(Key.Key_Right, Key.Key_Left, held=SHIFT)
    assert code.text.textCursor().selectedText() == "I felt stupid"
    keys.write("E")
    keys.press(Key.Key_Left, times=2)
    keys.press(Key.Key_Down, times=2)
    keys.press(Key.Key_Left)
    keys.press(Key.Key_Escape, times=2)
    for key in (Key.Key_X, Key.Key_X, Key.Key_P, Key.Key_P, Key.Key_P, Key.Key_O):
        keys.press(key)
    keys.press(Key.Key_M)
    keys.write("The *friends* knew the date.")
    keys.press(Key.Key_Escape)
    keys.press(Key.Key_T)
    keys.write("Removal day")
    keys.press(Key.Key_Return)
    felt = by_words(code, "I felt stupid")
    assert (felt.effectiveness, felt.ease, felt.emotion) == (-2, None, -1)
    assert (felt.expectation, felt.promise) == (Expectation.HAD, Promise.BROKEN)
    assert felt.moment_of_truth
    assert felt.touchpoint_id is not None
    memo = study.memos.of("observation", felt.id)
    assert memo is not None
    assert memo.text == "The *friends* knew the date."

    # The whole turn below, with the last code; then back through what was made, and away.
    down_to(code, keys, "Did you try to get help?")
    keys.press(Key.Key_Return, held=SHIFT)
    keys.press(Key.Key_Escape)
    keys.press(Key.Key_Space)
    assert selected_words(code) == "Did you try to get help?"
    assert codes_of(code, "Did you try to get help?") == ["sold over my head"]
    keys.press(Key.Key_Up, held=ALT)
    assert selected_words(code) == "I felt stupid"
    keys.press(Key.Key_Down, held=ALT)
    keys.press(Key.Key_Delete)
    assert len(observed(code)) == 2
    keys.press(Key.Key_A, held=CTRL | SHIFT)
    keys.press(Key.Key_2)
    assert {row.stage_id for row in observed(code)} == {study.journeys.stages()[1].id}
    landlord = next(row for row in observed(code) if row.words.startswith("So, the landlord"))
    assert landlord.kind is Kind.FACT

    # All of it is taken back, one gesture after the other, and is there again.
    done = len(study.history()) - steps
    after = rows_of(study)
    keys.press(Key.Key_Z, held=CTRL, times=done)
    assert rows_of(study) == before
    qtbot.waitUntil(window._context.actions.qaction("edit.redo").isEnabled)
    keys.press(Key.Key_Z, held=CTRL | SHIFT, times=done)
    assert rows_of(study) == after


def down_to(code: CodeWorkspace, keys: Keyboard, begin: str) -> None:
    """Press the arrow down until the caret is in a turn."""
    for _ in range(80):
        block = code.text.textCursor().block()
        if block.text().startswith(begin):
            return
        keys.press(Key.Key_Down)
    raise AssertionError(begin)


def selected_words(code: CodeWorkspace) -> str:
    assert code.work.selection.passage is not None
    return code.work.selection.passage.words


def by_words(code: CodeWorkspace, words: str) -> Observation:
    return next(row for row in observed(code) if row.words == words)


def codes_of(code: CodeWorkspace, words: str) -> list[str]:
    assert code.study is not None
    found = code.study.passages.read([by_words(code, words).id])
    return [one.name for one in found[0].codes]
