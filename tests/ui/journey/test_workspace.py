"""The map in the window: walk, open, edit, undo, filter, export."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from tests.support.map_study import SEEN
from tests.ui.conftest import Answers
from ui.bridge import long_steps
from ui.context import AppContext
from ui.main_window import MainWindow
from ui.views.journey.cell_editor import CellEditor
from ui.views.journey.sheet import LABELS, Place
from ui.views.journey.tables import CompanyTrackDialog, TouchpointsDialog
from ui.views.journey.workspace import JourneyWorkspace
from ui.views.widgets.context_menu import ask_menu
from workbench.domain.journey import Track
from workbench.domain.materials import Method
from workbench.services.journey import lanes


def _names(journey: JourneyWorkspace) -> list[str]:
    assert journey.study is not None
    return [stage.name for stage in journey.study.journeys.stages()]


def _editor(journey: JourneyWorkspace) -> CellEditor:
    found = journey.map.viewport().findChild(CellEditor)
    assert isinstance(found, CellEditor)
    return found


def test_arrows_walk_and_enter_opens(journey: JourneyWorkspace, qtbot: QtBot) -> None:
    journey.map.set_current(Place(lanes.STAGE, 0))
    for key in (Qt.Key.Key_Right, *[Qt.Key.Key_Down] * 3):
        qtbot.keyClick(journey.map, key)
    assert journey.map.current == Place(lanes.TOUCHPOINTS, 1)
    assert "E-mail 2" in journey.map.accessibleDescription()
    qtbot.keyClick(journey.map, Qt.Key.Key_Return)
    assert journey.panel.isVisible()
    assert journey.panel.title.text() == "Waiting · Touchpoints"
    assert len(journey.panel.list.passages) == 2


def test_arrows_stop_at_the_edges(journey: JourneyWorkspace, qtbot: QtBot) -> None:
    journey.map.set_current(Place(lanes.STAGE, 0))
    qtbot.keyClick(journey.map, Qt.Key.Key_Left)
    qtbot.keyClick(journey.map, Qt.Key.Key_Up)
    assert journey.map.current == Place(lanes.STAGE, 0)
    qtbot.keyClick(journey.map, Qt.Key.Key_End)
    assert journey.map.current == Place(lanes.STAGE, 2)


def test_click_opens_the_cell_under_the_mouse(journey: JourneyWorkspace, qtbot: QtBot) -> None:
    sheet = journey.map.sheet
    assert sheet is not None
    at = sheet.rect(Place(lanes.EXPERIENCE, 1)).center().toPoint()
    qtbot.mouseClick(journey.map.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert journey.panel.title.text() == "Waiting · Experience"
    assert len(journey.panel.list.passages) == 3  # not the shopper, who is not in the mean


def test_cells_tile_the_sheet(journey: JourneyWorkspace) -> None:
    sheet = journey.map.sheet
    assert sheet is not None
    for lane in sheet.lanes:
        for column in range(3):
            place = Place(lane, column)
            assert sheet.at(sheet.rect(place).center()) == place
    assert sheet.at(QPointF(LABELS / 2, 10)) is None
    assert sheet.at(QPointF(sheet.width + 5, 10)) is None


def test_need_is_edited_in_place_and_undone(journey: JourneyWorkspace, qtbot: QtBot) -> None:
    journey.map.set_current(Place(lanes.NEED, 2))
    journey.map.edit_current()
    editor = _editor(journey)
    QTest.keyClicks(editor, "Forget it is there")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    study = journey.study
    assert study is not None
    assert study.journeys.stages()[2].need == "Forget it is there"
    study.undo()
    assert study.journeys.stages()[2].need == ""


def test_escape_leaves_the_words_alone(journey: JourneyWorkspace, qtbot: QtBot) -> None:
    journey.map.set_current(Place(lanes.STAGE, 0))
    journey.map.edit_current()
    QTest.keyClicks(_editor(journey), "Something else")
    qtbot.keyClick(_editor(journey), Qt.Key.Key_Escape)
    assert _names(journey)[0] == "Choosing"


def test_stages_are_added_moved_and_removed(
    journey: JourneyWorkspace, answers: Answers, window: MainWindow
) -> None:
    answers.text = "Moving out"
    window.run_action("journey.add-stage")
    assert journey.map.current == Place(lanes.STAGE, 3)
    window.run_action("journey.move-left")
    assert _names(journey) == ["Choosing", "Waiting", "Moving out", "Living"]
    window.run_action("journey.remove-stage")
    assert _names(journey) == ["Choosing", "Waiting", "Living"]


def test_a_new_stage_comes_behind_the_current_one_from_any_cell(
    journey: JourneyWorkspace, answers: Answers, qtbot: QtBot
) -> None:
    answers.text = "Doubting"
    journey.map.set_current(Place(lanes.WORDS, 0))
    journey.map.setFocus()
    qtbot.keyClick(journey.map, Qt.Key.Key_Insert)
    assert _names(journey) == ["Choosing", "Doubting", "Waiting", "Living"]
    assert journey.map.current == Place(lanes.STAGE, 1)
    assert journey.study is not None
    journey.study.undo()  # making and placing are one step
    assert _names(journey) == ["Choosing", "Waiting", "Living"]
    journey.map.set_current(None)
    ask_menu(journey.map)  # also where there is no cell
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert "New stage…" in [action.text() for action in menu.actions() if action.isEnabled()]
    assert menu.activeAction() is next(one for one in menu.actions() if one.isEnabled())
    menu.close()


def test_what_stands_behind_a_cell_gets_a_stage_there(
    journey: JourneyWorkspace, qtbot: QtBot
) -> None:
    study = journey.study
    assert study is not None
    journey.cell.open(Place(lanes.STAGE, 1))
    shown = journey.panel.list
    shown.selectAll()
    ids = shown.selected_ids()
    shown.commands.give_stage()
    picker = shown.commands.coding.picker
    assert picker is not None
    qtbot.keyClicks(picker.field, "Doubting")
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    made = next(stage for stage in study.journeys.stages() if stage.name == "Doubting")
    assert {study.observations.get(one).stage_id for one in ids} == {made.id}
    study.undo()
    assert "Doubting" not in _names(journey)


def test_stage_with_voices_asks_before_it_goes(journey: JourneyWorkspace, answers: Answers) -> None:
    journey.map.set_current(Place(lanes.NEED, 1))
    answers.yes = False
    journey.stages.remove()
    assert "Waiting" in _names(journey)
    assert answers.questions == ["Remove the stage “Waiting”?"]
    answers.yes = True
    journey.stages.remove()
    assert _names(journey) == ["Choosing", "Living"]
    assert journey.study is not None
    assert len(journey.study.passages.find()) == 6


def test_segment_filter_restricts_the_map(journey: JourneyWorkspace) -> None:
    journey.filters.segment.setCurrentText("Movers")
    journey.filters.segment.activated.emit(journey.filters.segment.currentIndex())
    sheet = journey.map.sheet
    assert sheet is not None
    assert sheet.filled.cell(lanes.EXPERIENCE, 1).spoken.startswith("n 2 ")
    assert len(sheet.filled.cell(lanes.STAGE, 1).passages) == 3


def test_lanes_are_hidden_and_shown(journey: JourneyWorkspace, window: MainWindow) -> None:
    window.run_action("journey.lane-context")
    assert journey.map.sheet is not None
    assert lanes.CONTEXT in journey.map.sheet.lanes
    window.run_action("journey.lane-context")
    assert lanes.CONTEXT not in journey.map.sheet.lanes


def test_map_is_written_as_png_and_svg(
    journey: JourneyWorkspace, answers: Answers, tmp_path: Path
) -> None:
    answers.saved = tmp_path / "map.png"
    journey.export("png")
    picture = QImage(str(answers.saved))
    assert picture.width() == 2 * (1600 + 80)
    answers.saved = tmp_path / "map.svg"
    journey.export("svg")
    words = "".join(ET.parse(answers.saved).getroot().itertext())  # noqa: S314
    assert "Waiting" in words
    assert "Castellane" not in words
    assert {file.name for file in tmp_path.glob("map*")} == {"map.png", "map.svg"}


def test_no_mean_of_too_few_is_painted_or_said(
    journey: JourneyWorkspace, answers: Answers, tmp_path: Path
) -> None:
    """Three people rated “Waiting”; one “Choosing”, whose words stand where her mean would."""
    answers.saved = tmp_path / "map.svg"
    journey.export("svg")
    drawn = ET.parse(answers.saved).getroot()  # noqa: S314
    points = [e for e in drawn.iter() if e.tag.endswith(("circle", "ellipse"))]
    assert len(points) == 1
    words = " ".join(drawn.itertext())
    assert "−1.0" in words
    assert "+1.0" not in words
    assert "comparison" in words
    journey.map.set_current(Place(lanes.EXPERIENCE, 0))
    assert "+1.0" not in journey.map.accessibleDescription()
    assert "calm and clear" in journey.map.accessibleDescription()


def test_what_has_no_stage_stands_in_a_last_column(
    journey: JourneyWorkspace, window: MainWindow, qtbot: QtBot
) -> None:
    study = journey.study
    assert study is not None
    lost = study.passages.find()[0]
    study.observations.change(lost.id, stage_id=None)
    journey.refresh(None)
    journey.map.set_current(Place(lanes.STAGE, 0))
    qtbot.keyClick(journey.map, Qt.Key.Key_End)
    assert journey.map.accessibleDescription().startswith("No stage yet, Stage: No stage yet 1")
    qtbot.keyClick(journey.map, Qt.Key.Key_Return)
    assert [p.id for p in journey.panel.list.passages] == [lost.id]
    assert not journey.stages.can_edit()
    for command in ("journey.edit", "journey.remove-stage", "journey.move-left"):
        window.run_action(command)
    assert _names(journey) == ["Choosing", "Waiting", "Living"]


def test_touchpoints_are_managed_in_a_table(journey: JourneyWorkspace, qtbot: QtBot) -> None:
    study = journey.study
    assert study is not None
    dialog = TouchpointsDialog(study)
    qtbot.addWidget(dialog)
    dialog.add_button.click()
    item = dialog.table.item(1, 0)
    assert item is not None
    item.setText("Hotline")
    channel = dialog.table.item(1, 1)
    assert channel is not None
    channel.setText("phone")
    found = study.journeys.touchpoints()
    assert [(p.name, p.channel) for p in found] == [("E-mail", ""), ("Hotline", "phone")]
    dialog.table.setCurrentCell(1, 0)
    dialog.remove_button.click()
    assert [p.name for p in study.journeys.touchpoints()] == ["E-mail"]


def test_a_name_in_use_is_refused_below_the_table(journey: JourneyWorkspace, qtbot: QtBot) -> None:
    study = journey.study
    assert study is not None
    dialog = TouchpointsDialog(study)
    qtbot.addWidget(dialog)
    for _ in range(2):
        dialog.add_button.click()
    item = dialog.table.item(2, 0)
    assert item is not None
    item.setText("e-mail")
    assert "“E-mail”" in dialog.trouble.text()
    assert not dialog.trouble.isHidden()
    shown = [dialog.table.item(row, 0).text() for row in range(3)]  # type: ignore[union-attr]
    assert shown == ["E-mail", "New touchpoint", "New touchpoint 2"]
    assert shown == [point.name for point in study.journeys.touchpoints()]
    item = dialog.table.item(2, 0)
    assert item is not None
    item.setText("Letter")
    assert dialog.trouble.isHidden()


def test_company_step_is_matched_to_a_stage(journey: JourneyWorkspace, qtbot: QtBot) -> None:
    study = journey.study
    assert study is not None
    dialog = CompanyTrackDialog(study)
    qtbot.addWidget(dialog)
    dialog.add_button.click()
    choice = dialog.table.cellWidget(2, 1)
    choice.setCurrentText("Living")  # type: ignore[attr-defined]
    choice.activated.emit(3)  # type: ignore[attr-defined]
    step = study.journeys.stages(Track.COMPANY)[2]
    assert step.counterpart_id == study.journeys.stages()[2].id
    dialog.table.setCurrentCell(2, 0)
    dialog.steps[0].click()
    order = [row.name for row in study.journeys.stages(Track.COMPANY)]
    assert order == ["Activate", "New step", "Order"]


def test_stage_is_shown_from_anywhere(journey: JourneyWorkspace, window: MainWindow) -> None:
    assert journey.study is not None
    stage = journey.study.journeys.stages()[1]
    window.show_workspace("report")
    window.open_object("stage", stage.id)
    assert window.workspace is journey
    assert journey.panel.title.text() == "Waiting"


def test_study_without_stages_teaches(window: MainWindow, study_folder: Path) -> None:
    assert window.open_path(study_folder)
    window.show_workspace("journey")
    journey = window.workspaces["journey"]
    assert isinstance(journey, JourneyWorkspace)
    journey.map.set_current(Place(lanes.STAGE, 0))
    journey.stages.remove()
    assert not journey.map.isVisible()
    assert not journey.latest.shown.journey.stages


def test_narrow_map_scrolls_and_keeps_its_margin(journey: JourneyWorkspace) -> None:
    journey.map.resize(300, 300)
    assert journey.map.horizontalScrollBar().maximum() > 0
    journey.map.set_current(Place(lanes.NEED, 2))
    assert journey.map.horizontalScrollBar().value() > 0


def test_wide_window_enlarges_the_map_and_still_hits_its_cells(
    journey: JourneyWorkspace, window: MainWindow, qtbot: QtBot
) -> None:
    window.resize(2560, 1400)
    qtbot.waitUntil(lambda: journey.map.width() > 2200)
    place = Place(lanes.WORDS, 1)
    at = journey.map._on_screen(place).center().toPoint()
    assert journey.map._zoom > 1
    qtbot.mouseClick(journey.map.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert journey.map.current == place


def test_a_large_one_is_read_beside_the_window(
    window: MainWindow,
    context: AppContext,
    map_folder: Path,
    answers: Answers,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(long_steps, "LARGE", 0)  # as if it were large
    assert window.open_path(map_folder)
    journey = window.workspaces["journey"]
    assert isinstance(journey, JourneyWorkspace)
    study = context.study
    assert study is not None
    window.open_object("stage", study.journeys.stages()[1].id)
    assert journey.map.isVisible()  # and nobody says that there is no journey
    assert not journey.latest.shown.journey.stages
    qtbot.waitUntil(journey.panel.isVisible)  # where somebody wanted to be
    assert journey.map.current == Place(lanes.STAGE, 1)
    journey.stages.move(1)
    qtbot.waitUntil(lambda: journey.map.current == Place(lanes.STAGE, 2))
    assert journey.panel.title.text() == _names(journey)[1]  # it stays on its column
    answers.text = "Afterwards"
    journey.stages.add()
    qtbot.waitUntil(lambda: journey.map.current == Place(lanes.STAGE, 3))
    assert journey.panel.isVisible()
    journey.refresh(None)
    assert window.close()  # also while it is read
    assert not (map_folder / "study.sqlite-wal").exists()


def test_the_map_follows_who_made_a_visit(journey: JourneyWorkspace, qtbot: QtBot) -> None:
    study = journey.study
    assert study is not None
    session = next(s for s in study.materials.sessions() if s.method is Method.MYSTERY_VISIT)

    def may_be_quoted(seen: bool) -> None:
        shown = (p for c in journey.latest.shown.journey.columns for p in c.passages)
        assert {p.quotable for p in shown if p.words == SEEN} == {seen}

    qtbot.waitUntil(lambda: may_be_quoted(seen=True))
    visit = study.visits.begin(session.id)
    study.visits.set_visit(replace(visit, shopper="Ruth"))  # who does not want to be quoted
    qtbot.waitUntil(lambda: may_be_quoted(seen=False))
    study.undo()
    qtbot.waitUntil(lambda: may_be_quoted(seen=True))
