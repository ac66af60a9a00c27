"""The codebook beside the text: every gesture on codes, and that undo takes each of them back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QMenu
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.support.studies import observe, person, written
from tests.ui.conftest import Answers
from ui.main_window import MainWindow
from ui.views.code.workspace import CodeWorkspace
from ui.views.codebook.inspector import COLOURS
from ui.views.codebook.model import CodeTreeModel
from ui.views.codebook.panel import CodebookPanel
from ui.views.codebook.work import CodebookWork
from ui.views.refused_dialog import RefusedDialog
from workbench.domain.codebook import DEFINITION, EXAMPLE, Code, Counts
from workbench.domain.ids import CodeId
from workbench.study import Study


@pytest.fixture
def left_in() -> str:
    """Workspace in which the window was closed last time."""
    return "code"


@pytest.fixture
def book(window: MainWindow, study_folder: Path) -> CodebookPanel:
    """The codebook of a study with “broken date” below “losing face”, each used once."""
    with Study.open(study_folder) as study:
        date, face = (study.codebook.find(name) for name in ("broken date", "losing face"))
        assert date
        assert face
        study.codebook.move([date.id], parent_id=face.id)
        study.codebook.add("waiting")
        agreed = person(study, "Nina")
        transcript = written(study, "It moved. I felt stupid.", people=[agreed])
        observe(study, transcript, "It moved", code_ids=[date.id])
        observe(study, transcript, "felt stupid", code_ids=[date.id, face.id])
    assert window.open_path(study_folder)
    code = window.workspaces["code"]
    assert isinstance(code, CodeWorkspace)
    code.toggle_codebook()
    return code.codebook


def _work(book: CodebookPanel) -> CodebookWork:
    assert book.work is not None
    return book.work


def _study(book: CodebookPanel) -> Study:
    return _work(book).desk.study


def _id(book: CodebookPanel, name: str) -> CodeId:
    found = _study(book).codebook.find(name)
    assert found is not None, name
    return found.id


def _tree(book: CodebookPanel, parent: QModelIndex | None = None) -> list[object]:
    at = parent or QModelIndex()
    model = book.model
    indexes = [model.index(row, 0, at) for row in range(model.rowCount(at))]
    return [(one.data(), below) if (below := _tree(book, one)) else one.data() for one in indexes]


def _pick(book: CodebookPanel, qtbot: QtBot, typed: str) -> None:
    assert book.picker.isVisible()
    qtbot.keyClicks(book.picker.field, typed)
    qtbot.keyClick(book.picker.field, Qt.Key.Key_Return)


@pytest.mark.parametrize("wanted", ["", "a", "nothing at all"])
def test_the_tree_is_a_proper_model(qtmodeltester: ModelTester, wanted: str) -> None:
    ids = [CodeId(str(number)) for number in range(6)]
    parents = [None, ids[0], ids[0], ids[2], None, CodeId("gone")]
    codes = [Code(key, f"{key}a", parent) for key, parent in zip(ids, parents, strict=True)]
    model = CodeTreeModel()
    model.show_codes(codes, {ids[0]: Counts(2, 1, 1)}, wanted)
    qtmodeltester.check(model)
    model.show_codes(codes[:3], {}, wanted)
    qtmodeltester.check(model)


def test_codes_are_shown_with_counts_and_meaning(book: CodebookPanel) -> None:
    assert _tree(book) == [("losing face", ["broken date"]), "waiting"]
    book.select(_id(book, "broken date"))
    assert book.inspector.counts.text() == "2 mentions · 1 person · 1 source"
    assert book.inspector.name.text() == "broken date"


def test_the_key_turns_the_page(book: CodebookPanel, window: MainWindow, qtbot: QtBot) -> None:
    code = window.workspaces["code"]
    assert isinstance(code, CodeWorkspace)
    assert code.left.with_codebook
    qtbot.keyClick(book.tree, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert not code.left.with_codebook


def test_typing_finds_a_code_and_what_lies_above(book: CodebookPanel, qtbot: QtBot) -> None:
    qtbot.keyClicks(book.search, "dat")
    assert _tree(book) == [("losing face", ["broken date"])]
    book.search.clear()
    assert len(_tree(book)) == 2


def test_f2_renames_in_place(book: CodebookPanel, qtbot: QtBot, answers: Answers) -> None:
    book.select(_id(book, "waiting"))
    book.tree.setFocus()
    _work(book).codes.rename()
    editor = book.tree.findChild(QLineEdit)
    assert editor is not None
    editor.selectAll()
    qtbot.keyClicks(editor, "waiting alone")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "waiting alone" in _tree(book))
    _study(book).undo()
    qtbot.waitUntil(lambda: "waiting" in _tree(book))


def test_dragging_moves_below_and_between(book: CodebookPanel, qtbot: QtBot) -> None:
    model = book.model
    data = model.mimeData([model.find(_id(book, "waiting"))])
    move = Qt.DropAction.MoveAction
    assert not model.dropMimeData(data, move, 0, 0, model.find(_id(book, "losing face")))
    assert _tree(book) == [("losing face", ["waiting", "broken date"])]
    data = model.mimeData([model.find(_id(book, "broken date"))])
    model.dropMimeData(data, move, 0, 0, QModelIndex())
    assert _tree(book) == ["broken date", ("losing face", ["waiting"])]
    _study(book).undo()
    _study(book).undo()
    qtbot.waitUntil(lambda: _tree(book) == [("losing face", ["broken date"]), "waiting"])


def test_codes_are_merged_and_moved_by_typing(book: CodebookPanel, qtbot: QtBot) -> None:
    _study(book).memos.write("code", _id(book, "broken date"), "Nine days.")
    book.tree.select([_id(book, "broken date")])
    _work(book).codes.merge()
    _pick(book, qtbot, "losing")
    assert _tree(book) == ["losing face", "waiting"]
    memo = _study(book).memos.of("code", _id(book, "losing face"))
    assert memo is not None
    assert memo.text == "Nine days."
    book.tree.select([_id(book, "losing face")])
    _work(book).codes.move_codes()
    _pick(book, qtbot, "waiting")
    assert _tree(book) == [("waiting", ["losing face"])]
    book.tree.select([_id(book, "losing face")])
    _work(book).codes.move_codes()
    _pick(book, qtbot, "top level")
    assert _tree(book) == ["waiting", "losing face"]


def test_passages_get_a_new_code_or_another(book: CodebookPanel, qtbot: QtBot) -> None:
    study = _study(book)
    book.select(_id(book, "broken date"))
    _work(book).reading.show_passages()
    assert not book.passages.recode.isEnabled()
    first = book.passages.list.passages[0].observation.id
    book.passages.list.select(first)
    book.passages.split.click()
    _pick(book, qtbot, "moved date")
    assert study.observations.codes_of(first) == [_id(book, "moved date")]
    assert len(book.passages.list.passages) == 1
    second = book.passages.list.passages[0].observation.id
    book.passages.list.select(second)
    book.passages.recode.click()
    _pick(book, qtbot, "waiting")
    assert _id(book, "waiting") in study.observations.codes_of(second)
    for _ in range(2):
        study.undo()
    assert study.observations.codes_of(first) == [_id(book, "broken date")]


def test_del_removes_all_that_are_selected(book: CodebookPanel, qtbot: QtBot) -> None:
    book.tree.select([_id(book, "losing face"), _id(book, "waiting")])
    qtbot.keyClick(book.tree, Qt.Key.Key_Delete)
    assert _tree(book) == ["broken date"]
    _study(book).undo()
    qtbot.waitUntil(lambda: len(_tree(book)) == 2)


@pytest.mark.parametrize("chosen", [0, 1, 2, 3], ids=["none", "one", "two", "all"])
def test_every_gesture_works_with_however_many_codes(
    book: CodebookPanel, qtbot: QtBot, chosen: int, window: MainWindow
) -> None:
    study, names = _study(book), ("waiting", "broken date", "losing face")
    before = study.codebook.codes()
    for gesture in (
        lambda work: work.codes.remove(),
        lambda work: work.codes.merge(),
        lambda work: work.codes.move_codes(),
        lambda work: work.reading.show_passages(),
        lambda work: work.codes.rename(),
        lambda work: work.codes.new_code(),
        lambda _work: book.inspector.swatches[3].click(),
    ):
        book.tree.select([_id(book, name) for name in names[:chosen]])
        gesture(_work(book))
        if book.picker.isVisible():
            qtbot.keyClick(book.picker.field, Qt.Key.Key_Return)
        QApplication.processEvents()
        assert not book.tree.selected() or study.codebook.exists(book.tree.selected()[0])
        book.set_study(study)  # closes what waits for a name, and shows the codes
        if study.codebook.codes() != before:
            study.undo()  # each of them is one step
        book.refresh(None)
        assert study.codebook.codes() == before, gesture
    window.run_action("codebook.remove")


def test_what_was_removed_is_said(book: CodebookPanel, qtbot: QtBot) -> None:
    book.select(_id(book, "waiting"))
    with qtbot.waitSignal(_work(book).desk.context.signals.toast_requested) as one:
        qtbot.keyClick(book.tree, Qt.Key.Key_Delete)
    assert one.args == ["Removed “waiting”"]
    book.tree.select([_id(book, "losing face"), _id(book, "broken date")])
    with qtbot.waitSignal(_work(book).desk.context.signals.toast_requested) as both:
        qtbot.keyClick(book.tree, Qt.Key.Key_Delete)
    assert both.args == ["Removed 2 codes"]


def test_meaning_memo_and_colour_are_kept(book: CodebookPanel, qtbot: QtBot) -> None:
    code_id = _id(book, "waiting")
    book.select(code_id)
    definition, memo_field = book.inspector.fields[DEFINITION], book.inspector.memo
    for field, text in ((definition, "Days without news."), (memo_field, "Compare.")):
        qtbot.keyClicks(field, text)
        field.flush()
    book.inspector.swatches[5].click()
    code = _study(book).codebook.code(code_id)
    assert (code.definition, code.colour) == ("Days without news.", 5)
    memo = _study(book).memos.of("code", code_id)
    assert memo is not None
    assert memo.text == "Compare."


def test_a_new_code_lies_beside_and_its_name_is_typed(book: CodebookPanel) -> None:
    book.select(_id(book, "broken date"))
    book.add.click()
    assert _tree(book) == [("losing face", ["broken date", "New code"]), "waiting"]
    assert book.tree.findChild(QLineEdit) is not None


def test_codebooks_come_and_go_as_tables(
    book: CodebookPanel, answers: Answers, tmp_path: Path
) -> None:
    answers.saved = tmp_path / "book.csv"
    _work(book).files.export_codes()
    assert "broken date,losing face" in answers.saved.read_text("utf-8-sig")
    _work(book).files.begin_with("field-work")
    assert _tree(book)[-1][0] == "For the researcher"  # type: ignore[index]
    answers.files = [answers.saved]
    before = _tree(book)
    _work(book).files.import_codes()
    assert _tree(book) == before


def test_one_bad_table_keeps_no_other_out(
    book: CodebookPanel, answers: Answers, tmp_path: Path
) -> None:
    for name, rows in (("one", "name\nfirst\n"), ("bad", "word\nx\n"), ("two", "name\nlast\n")):
        (tmp_path / f"{name}.csv").write_text(rows, "utf-8")
    answers.files = [tmp_path / f"{name}.csv" for name in ("one", "bad", "two")]
    before = _tree(book)
    _work(book).files.import_codes()
    assert _tree(book) == [*before, "first", "last"]
    [told] = book.findChildren(RefusedDialog)
    assert "bad.csv\n“bad.csv” has no column “name”" in told.words
    told.accept()
    assert not answers.errors
    answers.files = [tmp_path / "bad.csv"]  # alone it is an ordinary error
    _work(book).files.import_codes()
    [error] = answers.errors
    assert "bad.csv" in str(error)


def test_the_menu_offers_what_can_be_done(book: CodebookPanel) -> None:
    menu = QMenu()
    book.tree.select([_id(book, "losing face"), _id(book, "waiting")])
    _work(book).codes.fill_menu(menu)
    enabled = {action.text() for action in menu.actions() if action.isEnabled()}
    assert enabled == {"Merge into…", "Move below…", "Remove\tDel", "Colour"}


def test_several_codes_are_dragged_at_once_in_the_order_of_the_tree(
    book: CodebookPanel, qtbot: QtBot
) -> None:
    study = _study(book)
    study.codebook.add("zeal")
    qtbot.waitUntil(lambda: "zeal" in _tree(book))
    steps = len(study.history())
    # Selected from the bottom up. A tree that moves only its own rows asks where a drag is from,
    # which the events of a test do not tell.
    book.tree.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
    book.tree.select([_id(book, "zeal"), _id(book, "waiting")])
    data = book.model.mimeData(book.tree.selectedIndexes())
    place = QPointF(book.tree.visualRect(book.model.find(_id(book, "losing face"))).center())
    ask = (Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0))
    viewport = book.tree.viewport()
    QApplication.sendEvent(viewport, QDragEnterEvent(place.toPoint(), *ask))
    QApplication.sendEvent(viewport, QDragMoveEvent(place.toPoint(), *ask))
    QApplication.sendEvent(viewport, QDropEvent(place, *ask))
    assert _tree(book) == [("losing face", ["broken date", "waiting", "zeal"])]
    assert len(study.history()) == steps + 1
    study.undo()
    qtbot.waitUntil(lambda: _tree(book) == [("losing face", ["broken date"]), "waiting", "zeal"])


def test_several_codes_get_a_colour_in_one_step(book: CodebookPanel, qtbot: QtBot) -> None:
    study = _study(book)
    chosen = [_id(book, "losing face"), _id(book, "waiting")]
    book.tree.select([str(one) for one in chosen])
    menu = QMenu()
    _work(book).codes.fill_menu(menu)
    colours = next(action.menu() for action in menu.actions() if action.text() == "Colour")
    assert isinstance(colours, QMenu)
    assert [action.text() for action in colours.actions()] == list(COLOURS)
    before = [study.codebook.code(one).colour for one in chosen]
    colours.actions()[6].trigger()
    assert [study.codebook.code(one).colour for one in chosen] == [6, 6]
    assert book.selected() == chosen
    study.undo()
    assert [study.codebook.code(one).colour for one in chosen] == before


def test_making_and_naming_a_code_is_one_step(book: CodebookPanel, qtbot: QtBot) -> None:
    study = _study(book)
    steps = len(study.history())
    book.add.click()
    editor = book.tree.findChild(QLineEdit)
    assert editor is not None
    editor.selectAll()
    qtbot.keyClicks(editor, "calling twice")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: study.codebook.find("calling twice") is not None)
    assert len(study.history()) == steps + 1
    study.undo()
    assert study.codebook.find("calling twice") is None
    assert study.codebook.find("New code") is None


def test_a_passage_is_chosen_as_the_example(book: CodebookPanel, qtbot: QtBot) -> None:
    study, code_id = _study(book), _id(book, "broken date")
    book.select(code_id)
    assert book.inspector.example_place.text().endswith("proposed")
    _work(book).reading.show_passages()
    proposed = book.inspector.example.text()
    second = next(
        one.observation for one in book.passages.list.passages if one.words not in proposed
    )
    book.passages.list.select(second.id)
    book.passages.example.click()
    assert study.codebook.code(code_id).example_id == second.id
    book.select(code_id)
    assert second.words in book.inspector.example.text()
    assert book.inspector.example_place.text().endswith("chosen")
    qtbot.keyClicks(book.inspector.fields[EXAMPLE], "A typed one.")
    book.inspector.fields[EXAMPLE].flush()
    assert study.codebook.code(code_id).example == "A typed one."
    study.undo()
    study.undo()
    assert study.codebook.code(code_id).example_id is None


def test_a_hit_on_a_code_opens_it_in_the_codebook(book: CodebookPanel, window: MainWindow) -> None:
    code = window.workspaces["code"]
    assert isinstance(code, CodeWorkspace)
    code.left.show_codebook(False)
    window.open_object("code", _id(book, "waiting"))
    assert code.left.with_codebook
    assert book.selected() == [_id(book, "waiting")]
