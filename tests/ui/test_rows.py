"""Any list of rows becomes any other one, and whoever is at a row that stays stays there."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QItemSelectionModel, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QListView
from pytestqt.modeltest import ModelTester
from typing_extensions import override

from ui.models.differences import differences, told_apart
from ui.models.rows import Index, KeyedRows
from ui.views.widgets.steady import show_steadily

KEYS = st.lists(st.integers(0, 12), unique=True)
ROWS = st.lists(st.tuples(st.integers(0, 9), st.sampled_from("ab")))  # keys may come twice
Row = tuple[int, str]


class Words(KeyedRows[Row]):
    """Rows of a key and a word."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(lambda row: row[0], parent)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row_at(index)
        return row and f"{row[0]} {row[1]}" if role == Qt.ItemDataRole.DisplayRole else None


@pytest.fixture
def view(qapp: QApplication) -> Iterator[QListView]:
    """A list with room for about ten rows."""
    shown = QListView()
    shown.setModel(Words(shown))
    shown.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    shown.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    shown.resize(200, 10 * max(1, shown.fontMetrics().height()))
    shown.show()
    yield shown
    shown.close()
    shown.deleteLater()


def words_of(view: QListView) -> Words:
    model = view.model()
    assert isinstance(model, Words)
    return model


def show(view: QListView, keys: list[int]) -> bool:
    return show_steadily(view, partial(words_of(view).show_rows, [(key, "a") for key in keys]))


def at(view: QListView, key: int) -> int:
    """Where a row is seen, in pixels below the upper edge."""
    return view.visualRect(words_of(view).find(key)).top()


@given(KEYS, KEYS)
def test_the_differences_lead_from_any_list_to_any_other(
    before: list[int], after: list[int]
) -> None:
    found, keys = differences(before, after), list(before)
    for run in found.removed:
        del keys[run.start : run.stop]
    assert keys == [key for key in before if key in after]  # nothing more is taken out
    if found.order:
        keys = [keys[old] for old in found.order]
    for run in found.inserted:
        keys[run.start : run.start] = after[run.start : run.stop]
    assert keys == after
    assert bool(found) is (before != after)
    touched = sum(map(len, (*found.removed, *found.inserted)))
    assert touched == len(set(before) ^ set(after))


@given(ROWS, ROWS)
def test_a_model_shows_any_rows_after_any_others(
    qapp: QApplication, before: list[Row], after: list[Row]
) -> None:
    model = Words()
    model.show_rows(before)
    keys = list(told_apart(key for key, _word in before))
    marks = dict(
        zip(keys, map(QPersistentModelIndex, map(model.index, range(len(keys)))), strict=True)
    )
    repainted: set[int] = set()
    model.dataChanged.connect(
        lambda first, last: repainted.update(range(first.row(), last.row() + 1))
    )
    model.modelReset.connect(lambda: pytest.fail("built anew"))
    new = list(told_apart(key for key, _word in after))
    assert model.show_rows(after) is (keys != new)
    assert [model.index(row).data() for row in range(model.rowCount())] == [
        f"{key} {word}" for key, word in after
    ]
    assert {key: mark.row() for key, mark in marks.items()} == {
        key: new.index(key) if key in new else -1 for key in keys
    }
    was, now = dict(zip(keys, before, strict=True)), dict(zip(new, after, strict=True))
    assert repainted == {row for row, key in enumerate(new) if key in was and was[key] != now[key]}


def test_the_model_is_a_proper_one(qtmodeltester: ModelTester) -> None:
    model = Words()
    qtmodeltester.check(model)
    for keys in ([], [1, 2, 3], [3, 2, 1], [2, 4, 1], [5], [5, 5, 6], []):
        model.show_rows([(key, "a") for key in keys])


def test_what_is_current_selected_and_in_sight_stays(view: QListView) -> None:
    show(view, list(range(100)))
    model, selection = words_of(view), view.selectionModel()
    view.setCurrentIndex(model.find(50))
    selection.select(model.find(52), QItemSelectionModel.SelectionFlag.Select)
    view.scrollTo(model.find(50), view.ScrollHint.PositionAtCenter)
    seen = at(view, 50)
    assert 0 < seen < view.viewport().height()
    heard: list[object] = []
    selection.currentChanged.connect(lambda *_: heard.append("current"))
    assert show(view, [200, 201, *range(10, 49), 300, *range(49, 100)])
    assert at(view, 50) == seen
    assert {index.data() for index in view.selectedIndexes()} == {"50 a", "52 a"}
    assert view.currentIndex().data() == "50 a"
    assert show(view, list(range(99, 0, -1)))
    assert at(view, 50) == seen
    assert {index.data() for index in view.selectedIndexes()} == {"50 a", "52 a"}
    assert not heard


def test_without_a_current_row_the_first_one_in_sight_stays(view: QListView) -> None:
    show(view, list(range(100)))
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 2)
    first = view.indexAt(view.viewport().rect().topLeft())
    key, seen = int(first.data().split()[0]), view.visualRect(first).top()
    assert show(view, [key_ for key_ in range(100) if key_ % 7 or key_ == key])
    assert at(view, key) == seen
    assert show(view, list(range(500, 600)))  # nothing of it is there any longer
    assert view.verticalScrollBar().value() == 0


def test_where_the_current_row_goes_none_is_current(view: QListView) -> None:
    show(view, [1, 2, 3])
    view.setCurrentIndex(words_of(view).find(2))
    assert show(view, [1, 3])
    assert not view.currentIndex().isValid()
    assert not view.selectedIndexes()
    assert not show(view, [1, 3])
