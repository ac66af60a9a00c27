"""Files dropped anywhere are copied: “moved” would have the file manager delete the original."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ui.main_window import MainWindow
from ui.settings_dialog import _KeyField
from ui.views.code.workspace import CodeWorkspace
from ui.views.collect.segments_dialog import SegmentsDialog
from ui.views.widgets.dropping import Line, Lines
from ui.views.widgets.inputs import ComboBox, Stepper

_UI = Path(__file__).parents[2] / "ui"
_Action, _Key = Qt.DropAction, Qt.KeyboardModifier
_EVERY = _Action.CopyAction | _Action.MoveAction | _Action.LinkAction
_KEYS = {
    _Action.CopyAction: _Key.ControlModifier,
    _Action.MoveAction: _Key.ShiftModifier,
    _Action.LinkAction: _Key.ControlModifier | _Key.ShiftModifier,
}
_BARE = re.compile(
    r"\bQ(?:LineEdit|PlainTextEdit)\(|class \w+\([^)]*\bQ(?:LineEdit|PlainTextEdit)\b"
)
_READ_ONLY = {"log_dialog.py", "error_dialog.py", "form_view.py", "half_typed.py"}  # nobody types
_OWN_WAY = {"dropping.py", "turns.py"}  # the text people code and correct takes no drop at all


def _files(*paths: Path, text: bool = False) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    if text:  # what many file managers send along
        data.setText("\n".join(map(str, paths)))
    return data


def _answer(target: QWidget, data: QMimeData, proposed: Qt.DropAction) -> Qt.DropAction | None:
    """Drag over a widget and let go as the desktop does; return the answer, None for “no”."""
    how = (_EVERY, data, Qt.MouseButton.LeftButton, _KEYS[proposed])
    enter = QDragEnterEvent(QPoint(9, 9), *how)
    assert enter.proposedAction() is proposed
    QApplication.sendEvent(target, enter)
    if not enter.isAccepted():
        return None
    QApplication.sendEvent(target, QDragMoveEvent(QPoint(9, 9), *how))
    drop = QDropEvent(QPointF(9, 9), *how)
    QApplication.sendEvent(target, drop)
    return drop.dropAction() if drop.isAccepted() else None


def _fields(qtbot: QtBot) -> Iterator[tuple[QWidget, QWidget]]:
    choice = ComboBox[str]()
    choice.setEditable(True)
    stepper = Stepper()
    lines = Lines()
    for field in (Line(), choice, stepper, lines):
        qtbot.addWidget(field)
        line = field.lineEdit() if isinstance(field, ComboBox | Stepper) else field
        assert line is not None
        yield field, lines.viewport() if line is lines else line


@pytest.mark.parametrize("proposed", list(_KEYS), ids=lambda action: action.name)
def test_files_dropped_anywhere_are_copied(
    open_window: MainWindow, qtbot: QtBot, tmp_path: Path, proposed: Qt.DropAction
) -> None:
    note = tmp_path / "note.txt"
    note.write_text("Kept.", encoding="utf-8")
    targets: list[QWidget] = []
    for key in open_window.workspaces:
        open_window.show_workspace(key)
        targets += [one for one in open_window.findChildren(QWidget) if one.acceptDrops()]
    answers = [
        (target, _answer(target, _files(note, text=text), proposed))
        for target in (open_window, *dict.fromkeys(targets))
        for text in (False, True)
    ]
    assert (open_window, _Action.CopyAction) in answers
    assert (open_window.workspaces["collect"], _Action.CopyAction) in answers
    assert {answer for _, answer in answers} <= {None, _Action.CopyAction}
    for field, target in _fields(qtbot):
        assert _answer(target, _files(note, text=True), proposed) in (None, _Action.CopyAction)
        assert str(note) not in (
            field.toPlainText() if isinstance(field, Lines) else target.text()  # type: ignore[attr-defined]
        )
    assert open_window.close()  # before the files that were let go of come in


def test_the_window_takes_nothing_it_cannot_use(
    open_window: MainWindow, tmp_path: Path, study_folder: Path
) -> None:
    words, page = QMimeData(), QMimeData()
    words.setText("a sentence of another program")
    page.setUrls([QUrl("https://example.org/page")])
    for data in (words, page):
        assert _answer(open_window, data, _Action.MoveAction) is None
    open_window.run_action("study.close")
    assert _answer(open_window, _files(tmp_path), _Action.MoveAction) is None
    assert _answer(open_window, _files(study_folder), _Action.MoveAction) is _Action.CopyAction


def test_text_can_still_be_dragged_into_a_field(qtbot: QtBot) -> None:
    words = QMimeData()
    words.setText("a sentence")
    for _, target in _fields(qtbot):
        if not isinstance(target.parent(), Stepper):
            assert _answer(target, words, _Action.CopyAction) is _Action.CopyAction


def test_files_do_not_fall_into_a_row_that_is_edited(
    open_window: MainWindow, study_folder: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    note = tmp_path / "note.txt"
    note.write_text("Kept.", encoding="utf-8")
    open_window.show_workspace("code")
    code = open_window.workspaces["code"]
    assert isinstance(code, CodeWorkspace)
    assert code.study is not None
    code.left.show_codebook(True)
    tree = code.codebook.tree
    tree.select([code.study.codebook.codes()[0].id])
    tree.edit(tree.currentIndex())
    code.study.people.add_segment("Renters")
    dialog = SegmentsDialog(code.study)
    dialog.table.editItem(dialog.table.item(0, 0))
    keys = _KeyField()
    for place, text in ((tree, "broken date"), (dialog, "Renters"), (keys, "")):
        qtbot.addWidget(place)
        [line] = place.findChildren(QLineEdit)
        if line.acceptDrops():  # else Qt does not ask it
            answer = _answer(line, _files(note, text=True), _Action.MoveAction)
            assert answer in (None, _Action.CopyAction)
        assert line.text() == text


def test_all_of_the_program_types_in_these_fields() -> None:
    bare = {
        path.name for path in _UI.rglob("*.py") if _BARE.search(path.read_text(encoding="utf-8"))
    }
    assert bare == _READ_ONLY | _OWN_WAY
