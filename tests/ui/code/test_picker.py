"""The picker of codes: what it offers first, paths through the tree, and new codes below others."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.code.conftest import words
from ui.views.code.workspace import CodeWorkspace
from ui.views.picking.matching import Option, match, resolved
from ui.views.picking.options import code_options
from workbench.study import Study


@pytest.fixture
def tree(code: CodeWorkspace) -> CodeWorkspace:
    """“waiting” above “broken date” and “queue”; “losing face” beside it."""
    study = study_of(code)
    waiting = study.codebook.add("waiting")
    date = study.codebook.find("broken date")
    assert date is not None
    study.codebook.move([date.id], parent_id=waiting.id)
    study.codebook.add("queue", parent_id=waiting.id)
    return code


def study_of(code: CodeWorkspace) -> Study:
    assert code.study is not None
    return code.study


def shown(code: CodeWorkspace) -> list[str]:
    model = code.picker.list.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def type_in(code: CodeWorkspace, qtbot: QtBot, text: str) -> None:
    words(code, "No reason")
    qtbot.keyClick(code.text, Qt.Key.Key_Return)
    qtbot.keyClicks(code.picker.field, text)


def names(code: CodeWorkspace) -> list[str]:
    return [one.name for passage in code.work.selection.chosen for one in passage.codes]


def test_a_path_finds_the_code_below(tree: CodeWorkspace, qtbot: QtBot) -> None:
    type_in(tree, qtbot, "wait/bro")
    assert shown(tree)[0] == "broken date"
    qtbot.keyClick(tree.picker.field, Qt.Key.Key_Return)
    assert names(tree) == ["broken date"]


def test_a_slash_shows_what_lies_below(tree: CodeWorkspace, qtbot: QtBot) -> None:
    type_in(tree, qtbot, "waiting /")
    assert set(shown(tree)) == {"broken date", "queue"}


def test_a_path_makes_a_code_below_in_one_step(tree: CodeWorkspace, qtbot: QtBot) -> None:
    study = study_of(tree)
    type_in(tree, qtbot, "wait / no news")
    assert shown(tree) == ["New code “waiting / no news”"]
    qtbot.keyClick(tree.picker.field, Qt.Key.Key_Return)
    made, waiting = study.codebook.find("no news"), study.codebook.find("waiting")
    assert made is not None
    assert waiting is not None
    assert made.parent_id == waiting.id
    assert study.codebook.find("wait") is None
    assert names(tree) == ["no news"]
    study.undo()
    assert study.codebook.find("no news") is None
    assert study.passages.find() == []


def test_a_name_is_found_under_another_parent_than_the_typed_one(
    tree: CodeWorkspace, qtbot: QtBot
) -> None:
    type_in(tree, qtbot, "losing / broken date")
    assert shown(tree) == ["broken date"]


def test_used_last_then_likely_then_all(tree: CodeWorkspace, qtbot: QtBot) -> None:
    study = study_of(tree)
    study.codebook.add("reason")
    face = study.codebook.find("losing face")
    assert face is not None
    tree.work.desk.coding.recent[:] = [face.id]
    words(tree, "No reason")
    qtbot.keyClick(tree.text, Qt.Key.Key_Return)
    assert shown(tree)[:4] == ["Used last", "losing face", "Likely here", "reason"]
    assert shown(tree)[4] == "All codes"
    assert tree.picker.list.current_id == face.id
    qtbot.keyClick(tree.picker.field, Qt.Key.Key_Down)
    assert tree.picker.list.currentIndex().data() == "reason"
    qtbot.keyClick(tree.picker.field, Qt.Key.Key_Up)
    assert tree.picker.list.current_id == face.id
    qtbot.keyClicks(tree.picker.field, "rea")
    assert shown(tree) == ["reason", "New code “rea”"]


def test_what_goes_with_a_code_is_likely(tree: CodeWorkspace) -> None:
    study = study_of(tree)
    date, queue, face = (
        found.id
        for name in ("broken date", "queue", "losing face")
        if (found := study.codebook.find(name))
    )
    study.observations.place(words(tree, "promise"), code_ids=[date, queue])
    study.observations.place(words(tree, "stupid"), code_ids=[face])
    options = code_options(study, given=[date])
    assert [one.name for one in options if one.group == "Likely here"] == ["queue"]
    assert next(one for one in options if one.id == queue).note == "waiting · 1"


PATHS = [
    Option("1", "waiting", path=("waiting",)),
    Option("2", "broken date", path=("waiting", "promises", "broken date")),
    Option("3", "date kept", path=("promises kept", "date kept")),
]


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("wai/dat", ["2"]),
        ("promises/date", ["3", "2"]),
        ("waiting/promises/bro", ["2"]),
        ("promises/waiting/bro", []),
        ("nothing/date", []),
    ],
)
def test_paths_may_leave_names_out_but_not_turn_round(typed: str, ids: list[str]) -> None:
    assert [one.id for one in match(PATHS, typed).options] == ids


def test_parents_are_written_in_full() -> None:
    assert resolved(PATHS, "wai/new") == "waiting / new"
    assert resolved(PATHS, " quite / new ") == "quite / new"
    assert resolved(PATHS, "new") == "new"
