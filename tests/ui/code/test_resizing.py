"""Making the selected observation longer or shorter with the mouse and with keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.code.conftest import observations, words
from ui.views.code.workspace import CodeWorkspace
from workbench.domain.stretching import Edge

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


def placed(code: CodeWorkspace, qtbot: QtBot, phrase: str = "an email came") -> None:
    words(code, phrase)
    qtbot.keyClicks(code.text, "new")
    qtbot.keyClick(code.picker.field, Qt.Key.Key_Return)


def said(code: CodeWorkspace) -> str:
    [observation] = observations(code)
    return observation.words


def middle(code: CodeWorkspace, phrase: str) -> QPoint:
    """Where a phrase ends on the screen."""
    for row, turn in enumerate(code.text.turns):
        at = turn.text.find(phrase)
        if at >= 0:
            border = code.text.page.border(
                row, code.text.rows.units(row, at + len(phrase)), after=False
            )
            return border.center().toPoint()
    raise AssertionError(phrase)


def drag(code: CodeWorkspace, edge: Edge, to: QPoint, *, keys: Qt.KeyboardModifier) -> None:
    viewport = code.text.viewport()
    start = code.panes.handles.place(edge).center().toPoint()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
    move(code, to, keys)


def move(
    code: CodeWorkspace,
    to: QPoint,
    keys: Qt.KeyboardModifier,
    buttons: Qt.MouseButton = Qt.MouseButton.LeftButton,
) -> None:
    """Move the mouse; Qt's own helper cannot hold a button meanwhile."""
    viewport = code.text.viewport()
    event = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(to), QPointF(viewport.mapToGlobal(to)),
        Qt.MouseButton.NoButton, buttons, keys,
    )  # fmt: skip
    QApplication.sendEvent(viewport, event)


def test_dragging_a_handle_takes_in_whole_words_and_is_one_step(
    code: CodeWorkspace, qtbot: QtBot
) -> None:
    placed(code, qtbot)
    assert code.study is not None
    steps = len(code.study.history())
    drag(code, Edge.END, middle(code, "came that said yo"), keys=NONE)
    assert said(code) == "an email came"  # nothing is stored before the mouse lets go
    release = middle(code, "came that said yo")
    QTest.mouseRelease(code.text.viewport(), Qt.MouseButton.LeftButton, pos=release)
    assert said(code) == "an email came that said your"
    begin = middle(code, "Then") - QPoint(30, 0)
    drag(code, Edge.START, begin, keys=NONE)
    QTest.mouseRelease(code.text.viewport(), Qt.MouseButton.LeftButton)
    assert said(code) == "Then an email came that said your"
    assert len(code.study.history()) == steps + 2
    code.study.undo()
    assert said(code) == "an email came that said your"


def test_alt_drags_letter_by_letter(code: CodeWorkspace, qtbot: QtBot) -> None:
    placed(code, qtbot)
    drag(code, Edge.END, middle(code, "came tha"), keys=ALT)
    QTest.mouseRelease(code.text.viewport(), Qt.MouseButton.LeftButton)
    assert said(code) == "an email came tha"


def test_escape_lets_go_without_a_change(code: CodeWorkspace, qtbot: QtBot) -> None:
    placed(code, qtbot)
    mark = code.panes.handles.mark
    drag(code, Edge.END, middle(code, "came that said"), keys=NONE)
    assert code.panes.handles.mark != mark
    qtbot.keyClick(code.text, Qt.Key.Key_Escape)
    assert code.panes.handles.mark == mark
    QTest.mouseRelease(code.text.viewport(), Qt.MouseButton.LeftButton)
    assert said(code) == "an email came"


def test_a_handle_may_be_dragged_into_another_turn(code: CodeWorkspace, qtbot: QtBot) -> None:
    placed(code, qtbot, "No reason")
    drag(code, Edge.END, middle(code, "I felt"), keys=NONE)
    QTest.mouseRelease(code.text.viewport(), Qt.MouseButton.LeftButton)
    assert said(code).startswith("No reason.")
    assert said(code).endswith("I felt")


def test_keys_move_both_borders_by_word_and_letter(code: CodeWorkspace, qtbot: QtBot) -> None:
    placed(code, qtbot)
    expected = [
        (Qt.Key.Key_Right, ALT, "an email came that"),
        (Qt.Key.Key_Left, ALT, "an email came"),
        (Qt.Key.Key_Left, ALT | SHIFT, "Then an email came"),
        (Qt.Key.Key_Right, ALT | SHIFT, "an email came"),
        (Qt.Key.Key_Right, CTRL | ALT, "an email came "),
        (Qt.Key.Key_Left, CTRL | ALT, "an email came"),
        (Qt.Key.Key_Left, CTRL | ALT | SHIFT, " an email came"),
        (Qt.Key.Key_Right, CTRL | ALT | SHIFT, "an email came"),
    ]
    for key, keys, phrase in expected:
        qtbot.keyClick(code.text, key, keys)
        assert said(code) == phrase


def test_there_are_no_handles_without_or_with_many_observations(
    code: CodeWorkspace, qtbot: QtBot
) -> None:
    assert code.panes.handles.mark is None
    placed(code, qtbot)
    words(code, "No reason")
    code.context.actions.trigger("code.again")
    assert code.panes.handles.mark is not None
    code.work.selection.select_all()
    assert code.panes.handles.mark is None
    assert not code.context.actions.qaction("code.end_on_word").isEnabled()


def test_the_cursor_tells_of_a_handle(code: CodeWorkspace, qtbot: QtBot) -> None:
    placed(code, qtbot)
    handle = code.panes.handles.place(Edge.END).center().toPoint()
    move(code, handle, NONE, Qt.MouseButton.NoButton)
    assert code.text.viewport().cursor().shape() == Qt.CursorShape.SizeHorCursor
    move(code, handle + QPoint(60, 0), NONE, Qt.MouseButton.NoButton)
    assert code.text.viewport().cursor().shape() != Qt.CursorShape.SizeHorCursor
