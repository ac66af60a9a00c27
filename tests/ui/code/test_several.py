"""Several observations selected at once: how one selects them, and that they are edited as one."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.code.conftest import observations, words
from ui.views.code.workspace import CodeWorkspace
from ui.views.reading import open_text
from workbench.domain import fields
from workbench.domain.ids import ObservationId
from workbench.domain.observation import Observation

PHRASES = ("promise", "email", "No reason", "stupid")
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def ids(code: CodeWorkspace, qtbot: QtBot) -> list[ObservationId]:
    """Four observations in the order of the text; the first two are “broken date”."""
    assert code.study is not None
    date = code.study.codebook.find("broken date")
    assert date is not None
    made = [
        code.study.observations.place(
            words(code, phrase), code_ids=[date.id] if number < 2 else [], emotion=-1
        ).id
        for number, phrase in enumerate(PHRASES)
    ]
    qtbot.waitUntil(lambda: len(code.text.marks) == 4)
    code.text.selection.drop()
    code.text.setFocus()
    return made


def rows(code: CodeWorkspace, ids: list[ObservationId]) -> list[Observation]:
    assert code.study is not None
    return [code.study.observations.get(one) for one in ids]


def chosen(code: CodeWorkspace) -> list[str]:
    return [passage.id for passage in code.work.selection.chosen]


def spot(code: CodeWorkspace, observation_id: str) -> QPoint:
    mark = code.text.marks.get(observation_id)
    assert mark is not None
    return code.text.highlights.place_of(mark).center() + QPoint(8, 0)


def press_label(
    code: CodeWorkspace, qtbot: QtBot, observation_id: str, held: Qt.KeyboardModifier
) -> None:
    top = next(one.top for one in code.view.labels.labels() if one.mark.id == observation_id)
    at = QPointF(30, top + 6).toPoint()
    qtbot.mouseClick(code.view.labels, Qt.MouseButton.LeftButton, held, at)


def test_ctrl_click_joins_and_parts(
    code: CodeWorkspace, ids: list[ObservationId], qtbot: QtBot
) -> None:
    viewport = code.text.viewport()
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=spot(code, ids[0]))
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, CTRL, spot(code, ids[3]))
    assert chosen(code) == [ids[0], ids[3]]
    assert code.text.highlights.chosen == {ids[0], ids[3]}
    assert code.inspector.quote.text() == "2 observations"
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, CTRL, spot(code, ids[0]))
    assert chosen(code) == [ids[3]]
    assert code.inspector.quote.text() == "“stupid”"


def test_labels_take_a_range_with_shift(
    code: CodeWorkspace, ids: list[ObservationId], qtbot: QtBot
) -> None:
    press_label(code, qtbot, ids[2], Qt.KeyboardModifier.NoModifier)
    press_label(code, qtbot, ids[0], SHIFT)
    assert set(chosen(code)) == set(ids[:3])
    assert code.text.highlights.selected == ids[0]
    press_label(code, qtbot, ids[3], CTRL)
    assert set(chosen(code)) == set(ids)


def test_keys_select_all_one_more_and_fewer(
    code: CodeWorkspace, ids: list[ObservationId], qtbot: QtBot
) -> None:
    qtbot.keyClick(code.text, Qt.Key.Key_A, CTRL | SHIFT)
    assert chosen(code) == ids
    qtbot.keyClick(code.text, Qt.Key.Key_Escape)
    assert chosen(code) == [ids[3]]
    qtbot.keyClick(code.text, Qt.Key.Key_Escape)
    assert chosen(code) == []
    code.work.selection.choose([ids[0]])
    qtbot.keyClick(code.text, Qt.Key.Key_Down, ALT | SHIFT)
    qtbot.keyClick(code.text, Qt.Key.Key_Down, ALT | SHIFT)
    assert chosen(code) == ids[:3]
    qtbot.keyClick(code.text, Qt.Key.Key_Up, ALT | SHIFT)
    assert chosen(code) == ids[:2]


def test_only_what_is_shown_is_selected_by_select_all(
    code: CodeWorkspace, ids: list[ObservationId], qtbot: QtBot
) -> None:
    code.work.selection.choose([ids[0]])
    code.context.actions.trigger("code.show_code")
    qtbot.keyClick(code.picker.field, Qt.Key.Key_Return)
    code.context.actions.trigger("code.all")
    assert chosen(code) == ids[:2]


@pytest.mark.parametrize(
    ("key", "field"),
    [(Qt.Key.Key_2, "stage_id"), (Qt.Key.Key_F, "kind"), (Qt.Key.Key_X, "expectation"),
     (Qt.Key.Key_P, "promise"), (Qt.Key.Key_O, "moment_of_truth")],
)  # fmt: skip
def test_each_key_is_one_step_for_all(
    code: CodeWorkspace, ids: list[ObservationId], qtbot: QtBot, key: Qt.Key, field: str
) -> None:
    assert code.study is not None
    before = [getattr(row, field) for row in rows(code, ids)]
    code.work.selection.select_all()
    qtbot.keyClick(code.text, key)
    values = [getattr(row, field) for row in rows(code, ids)]
    assert len(set(values)) == 1
    assert values != before
    assert chosen(code) == ids
    code.study.undo()
    assert [getattr(row, field) for row in rows(code, ids)] == before


def test_what_comes_back_is_selected_only_where_it_is_shown_so(
    code: CodeWorkspace, ids: list[ObservationId], qtbot: QtBot
) -> None:
    assert code.study is not None
    code.work.selection.choose(ids[-1:])
    code.study.undo()
    qtbot.waitUntil(lambda: len(code.text.marks) == 3)
    assert chosen(code) == []
    assert code.text.highlights.chosen == frozenset()
    code.study.redo()
    qtbot.waitUntil(lambda: len(code.text.marks) == 4)
    assert set(chosen(code)) == set(code.text.highlights.chosen)


def test_codes_say_how_many_have_them_and_go_on_all(
    code: CodeWorkspace, ids: list[ObservationId]
) -> None:
    study = code.study
    assert study is not None
    code.work.selection.select_all()
    [date, _add] = code.inspector.codes.chips()
    assert date.text() == "broken date  2 of 4"
    date.click()
    assert all(len(study.observations.codes_of(one)) == 1 for one in ids)
    assert code.inspector.codes.chips()[0].text() == "broken date  ×"
    code.inspector.codes.chips()[0].click()
    assert not any(study.observations.codes_of(one) for one in ids)
    study.undo()
    study.undo()
    assert [len(study.observations.codes_of(one)) for one in ids] == [1, 1, 0, 0]


def test_a_code_is_picked_for_all(
    code: CodeWorkspace, ids: list[ObservationId], qtbot: QtBot
) -> None:
    study = code.study
    assert study is not None
    code.work.selection.choose(ids[:3])
    qtbot.keyClick(code.text, Qt.Key.Key_Return)
    qtbot.keyClicks(code.picker.field, "shame")
    qtbot.keyClick(code.picker.field, Qt.Key.Key_Return)
    assert [len(study.observations.codes_of(one)) for one in ids] == [2, 2, 1, 0]
    study.undo()
    assert study.codebook.find("shame") is None
    assert [len(study.observations.codes_of(one)) for one in ids] == [1, 1, 0, 0]


def test_ratings_show_what_is_common_and_change_together(
    code: CodeWorkspace, ids: list[ObservationId]
) -> None:
    assert code.study is not None
    code.study.observations.change(ids[0], ease=2)
    code.refresh(None)
    code.work.selection.select_all()
    ratings = code.inspector.ratings
    assert ratings.rows[fields.EMOTION].value == -1
    assert ratings.rows[fields.EASE].value is None
    assert ratings.titles[fields.EASE].text() == "Easy ≠"
    ratings.rows[fields.EASE].findChildren(QPushButton)[1].click()
    assert [row.ease for row in rows(code, ids)] == [-1] * 4
    assert ratings.titles[fields.EASE].text() == "Easy"


def test_a_memo_belongs_to_one(code: CodeWorkspace, ids: list[ObservationId], qtbot: QtBot) -> None:
    assert code.study is not None
    code.work.selection.select_all()
    assert not code.inspector.memo_page.isVisible()
    assert not code.work.selection.can_note()
    qtbot.keyClick(code.text, Qt.Key.Key_M)
    assert code.study.memos.all() == []
    code.work.selection.choose(ids[:1])
    assert code.inspector.memo_page.isVisible()


def test_all_are_removed_in_one_step(
    code: CodeWorkspace, ids: list[ObservationId], qtbot: QtBot
) -> None:
    assert code.study is not None
    code.work.selection.choose(ids[1:3])
    qtbot.keyClick(code.text, Qt.Key.Key_Delete)
    assert {row.id for row in observations(code)} == {ids[0], ids[3]}
    assert chosen(code) == []
    code.study.undo()
    assert len(observations(code)) == 4


def test_passages_of_the_codebook_are_edited_here(
    code: CodeWorkspace, ids: list[ObservationId], qtbot: QtBot
) -> None:
    assert code.study is not None
    code.toggle_codebook()
    date = code.study.codebook.find("broken date")
    assert date is not None
    code.codebook.select(date.id)
    code.codebook.work.reading.show_passages()
    passages = code.codebook.passages.list
    passages.setFocus()
    passages.selectAll()
    assert set(chosen(code)) == set(ids[:2])
    code.context.actions.trigger("code.stage1")
    assert [row.stage_id is not None for row in rows(code, ids)] == [True, True, False, False]


def test_what_is_being_typed_stays_with_its_observation(
    code: CodeWorkspace, ids: list[ObservationId], qtbot: QtBot
) -> None:
    code.work.selection.choose([ids[0]])
    qtbot.keyClick(code.text, Qt.Key.Key_X)
    source = code.inspector.expected.lines[fields.EXPECTATION_SOURCE]
    source.setFocus()
    qtbot.keyClicks(source, "advert")
    qtbot.keyClick(source, Qt.Key.Key_Down, ALT)
    assert chosen(code) == [ids[1]]
    assert [row.expectation_source for row in rows(code, ids)] == ["advert", "", "", ""]


def test_what_happens_to_many_is_shown_of_all(
    code: CodeWorkspace, ids: list[ObservationId], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(open_text, "_AT_ONCE", 1)
    assert code.study is not None
    date = code.study.codebook.find("broken date")
    assert date is not None
    code.study.recoding.merge([date.id], code.study.codebook.add("late again").id)

    def said() -> list[str]:
        return [mark.label for mark in code.text.marks.all()]

    qtbot.waitUntil(lambda: said()[:2] == ["late again"] * 2)
    code.study.observations.remove(ids[2:])
    code.study.undo()
    code.study.undo()
    qtbot.waitUntil(lambda: said()[:2] == ["broken date"] * 2 and len(said()) == 4)
