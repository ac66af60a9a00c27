"""A list of passages opens, plays, copies and drags them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.support.map_study import SAID
from ui.context import AppContext
from ui.models.passages import PassageModel, counted, dragged, quality, where
from ui.views.evidence.evidence_list import EvidenceList
from workbench.domain.ids import ObservationId
from workbench.domain.passage import Passage
from workbench.study import Study


@pytest.fixture
def passages(context: AppContext, map_folder: Path) -> Iterator[list[Passage]]:
    with Study.open(map_folder) as study:
        context.opening.study = study
        yield study.passages.find()
        context.opening.study = None


@pytest.fixture
def shown(context: AppContext, passages: list[Passage], qtbot: QtBot) -> EvidenceList:
    made = EvidenceList(context)
    qtbot.addWidget(made)
    made.resize(420, 500)
    made.set_passages(passages)
    made.show()
    made.select(passages[0].observation.id)
    return made


def test_enter_and_double_click_open_the_transcript(
    shown: EvidenceList, context: AppContext, qtbot: QtBot
) -> None:
    expected = ["observation", shown.passages[0].observation.id]
    with qtbot.waitSignal(context.signals.open_requested) as asked:
        qtbot.keyClick(shown, Qt.Key.Key_Return)
    assert asked.args == expected
    middle = shown.visualRect(shown.currentIndex()).center()
    with qtbot.waitSignal(context.signals.open_requested) as asked:
        qtbot.mouseDClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert asked.args == expected


def test_space_and_the_button_play(shown: EvidenceList, context: AppContext, qtbot: QtBot) -> None:
    expected = [shown.passages[0].source.id, 10_000, 16_000]
    with qtbot.waitSignal(context.signals.play_requested) as asked:
        qtbot.keyClick(shown, Qt.Key.Key_Space)
    assert asked.args == expected
    area = shown._rows.play_area(shown.visualRect(shown.currentIndex()))
    with qtbot.waitSignal(context.signals.play_requested) as asked:
        qtbot.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=area.center())
    assert asked.args == expected


def test_text_without_time_does_not_play(
    shown: EvidenceList, context: AppContext, qtbot: QtBot
) -> None:
    shown.select(shown.passages[-1].observation.id)
    with qtbot.assertNotEmitted(context.signals.play_requested):
        shown.commands.play()
    assert shown.passages[-1].observation.span is None


def test_copy_carries_the_source(shown: EvidenceList) -> None:
    QTest.keySequence(shown, QKeySequence(QKeySequence.StandardKey.Copy))
    text = QGuiApplication.clipboard().text()
    assert text == f"“{SAID['Maya'][0]}” (Maya · Maya · 0:10)"


def test_drag_carries_the_observations(shown: EvidenceList) -> None:
    model = shown.passage_model
    data = model.mimeData([model.index(1), model.index(2)])
    assert dragged(data) == [p.observation.id for p in shown.passages[1:3]]


def test_current_passage_survives_a_refresh(shown: EvidenceList, passages: list[Passage]) -> None:
    shown.select(passages[2].observation.id)
    shown.set_passages(passages[1:])
    assert shown.current() == passages[2]
    assert not shown.select("unknown")


def test_what_is_selected_and_looked_at_survives_other_passages(
    shown: EvidenceList, passages: list[Passage]
) -> None:
    def made(numbers: Iterable[int]) -> list[Passage]:
        first = passages[0].observation
        ids = (ObservationId(str(number)) for number in numbers)
        return [replace(passages[0], observation=replace(first, id=key)) for key in ids]

    bar = shown.verticalScrollBar()
    shown.set_passages(made(range(300)))
    shown.select("250")
    shown.selectionModel().select(
        shown.passage_model.index(249), QItemSelectionModel.SelectionFlag.Select
    )
    place = shown.visualRect(shown.currentIndex())
    assert bar.value() > 0
    shown.set_passages(made(range(10, 290)))  # others above it, and below
    assert shown.selected_ids() == ["249", "250"]
    assert shown.visualRect(shown.currentIndex()) == place
    bar.setValue(bar.value() // 2)  # the current one is out of sight
    seen, before = shown.indexAt(QPoint(5, 5)), bar.value()
    top = shown.passage_model.ids[seen.row()]
    shown.set_passages(made(range(10, 290)))  # the same ones
    assert (shown.selected_ids(), bar.value()) == (["249", "250"], before)
    shown.set_passages(made(range(290)))
    assert shown.passage_model.ids[shown.indexAt(QPoint(5, 5)).row()] == top
    many = [*range(1000, 1700), *(n for n in range(290) if n not in {249, 250})]
    shown.set_passages(made(many))  # more of them above it than are laid out at once
    assert (shown.selected_ids(), shown.current()) == ([], None)
    assert shown.passage_model.ids[shown.indexAt(QPoint(5, 5)).row()] == top
    shown.set_passages(made(range(5)))
    assert (shown.selected_ids(), shown.current(), bar.value()) == ([], None, 0)


def test_rows_grow_with_their_words_up_to_four_lines(
    shown: EvidenceList, passages: list[Passage]
) -> None:
    long = replace(passages[0].observation, words="many words " * 60)
    shown.set_passages([passages[0], replace(passages[0], observation=long)])
    heights = [shown.sizeHintForIndex(shown.passage_model.index(row)).height() for row in (0, 1)]
    assert heights[0] < heights[1] < 2.2 * heights[0]


def test_many_passages_are_laid_out_as_one_scrolls(passages: list[Passage]) -> None:
    many = [
        replace(passages[0], observation=replace(passages[0].observation, id=ObservationId(str(i))))
        for i in range(1000)
    ]
    model = PassageModel(list)
    model.set_passages(many)
    assert model.rowCount() == 200
    assert model.canFetchMore(QModelIndex())
    assert model.row_of("999") == 999
    assert not model.canFetchMore(QModelIndex())


def test_words_about_a_passage(passages: list[Passage]) -> None:
    assert where(passages[0]) == "Maya · Maya · 0:10"
    assert counted(passages[:1]) == "1 passage · 1 person · 1 method"
    assert (
        quality(passages)
        == "6 passages · 3 people · 1 visit · 2 methods\nInterviews, Mystery visits"
    )
    assert quality([]) == ""


def test_empty_list_says_how_it_fills(shown: EvidenceList, context: AppContext) -> None:
    shown.hint = "Drag passages here."
    blank = shown.grab().toImage()
    shown.set_passages([])
    shown.hint = ""
    empty = shown.grab().toImage()
    shown.hint = "Drag passages here."
    assert shown.grab().toImage() not in (blank, empty)


def test_selected_passages_get_a_code_where_they_are_listed(
    context: AppContext, map_folder: Path, qtbot: QtBot
) -> None:
    shown = EvidenceList(context)
    qtbot.addWidget(shown)
    shown.resize(420, 500)
    shown.show()
    with Study.open(map_folder) as study:
        context.opening.study = study
        shown.set_passages(study.passages.find())
        assert not shown.commands.can_code()
        shown.selectAll()
        shown.commands.give_code()
        picker = shown.commands.coding.picker
        assert picker is not None
        qtbot.keyClicks(picker.field, "heard twice")
        with qtbot.waitSignal(context.signals.toast_requested) as told:
            qtbot.keyClick(picker.field, Qt.Key.Key_Return)
        made = study.codebook.find("heard twice")
        assert made is not None
        assert study.codebook.use.mentions()[made.id] == len(shown.passages)
        assert told.args == [f"{len(shown.passages)} passages coded “heard twice”"]
        study.undo()
        assert study.codebook.find("heard twice") is None
        context.opening.study = None
