"""A study that has no stages, codes or touchpoints yet: every way to one of them makes it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from tests.support.studies import written
from tests.ui.code.conftest import observations, words
from ui.main_window import MainWindow
from ui.views.code.workspace import CodeWorkspace
from ui.views.findings.opportunity_dialog import OpportunityDialog
from ui.views.questions import TextDialog
from workbench.domain.fields import MOMENT_OF_TRUTH
from workbench.study import Study


@pytest.fixture
def code(window: MainWindow, tmp_path: Path) -> CodeWorkspace:
    with Study.create(tmp_path / "bare.study", title="Bare") as study:
        written(study, "Nobody called before Friday.", "Then an email.")
    assert window.open_path(tmp_path / "bare.study")
    code = window.workspaces["code"]
    assert isinstance(code, CodeWorkspace)
    return code


def _study(code: CodeWorkspace) -> Study:
    assert code.study is not None
    return code.study


def _name(code: CodeWorkspace, qtbot: QtBot, name: str) -> None:
    assert code.picker.isVisible()
    qtbot.keyClicks(code.picker.field, name)
    qtbot.keyClick(code.picker.field, Qt.Key.Key_Return)


def test_a_key_of_a_stage_that_is_not_there_says_so_and_makes_it(
    code: CodeWorkspace, qtbot: QtBot
) -> None:
    said: list[str] = []
    code.context.signals.toast_requested.connect(said.append)
    words(code, "Nobody called")
    qtbot.keyClick(code.text, Qt.Key.Key_3)
    assert said == ["There is no stage 3 yet. Name a new one."]
    _name(code, qtbot, "Waiting")
    [stage] = _study(code).journeys.stages()
    [made] = observations(code)
    assert made.stage_id == stage.id
    _study(code).undo()
    assert _study(code).journeys.stages() == []
    assert observations(code) == []


@pytest.mark.parametrize("place", ["stage", "touchpoint", "code"])
def test_the_inspector_makes_what_is_missing(code: CodeWorkspace, qtbot: QtBot, place: str) -> None:
    words(code, "Nobody called")
    code.work.fields.turn(MOMENT_OF_TRUTH)
    chips = [*code.inspector.places.chips(), *code.inspector.codes.chips()]
    next(one for one in chips if one.text() == f"+ {place}").click()
    _name(code, qtbot, "Something new")
    study = _study(code)
    made = {
        "stage": [one.name for one in study.journeys.stages()],
        "touchpoint": [one.name for one in study.journeys.touchpoints()],
        "code": [one.name for one in study.codebook.codes()],
    }
    assert made[place] == ["Something new"]


def test_what_can_only_be_chosen_says_that_there_is_nothing(
    code: CodeWorkspace, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(code.context.signals.toast_requested) as said:
        code.work.looking.show_only("code")
    assert said.args == ["There are no codes yet. Select words and type the name of one."]
    assert not code.picker.isVisible()
    code.toggle_codebook()
    code.codebook.work.codes.new_code()
    code.codebook.set_study(_study(code))
    code.codebook.refresh(None)
    code.codebook.tree.selectAll()
    with qtbot.waitSignal(code.context.signals.toast_requested) as said:
        code.codebook.work.codes.merge()
    assert said.args == ["There is no other code yet."]


@pytest.fixture
def form(study: Study, qtbot: QtBot) -> OpportunityDialog:
    for stage in study.journeys.stages():
        study.journeys.remove_stage(stage.id)
    dialog = OpportunityDialog(study)
    qtbot.addWidget(dialog)
    return dialog


@pytest.mark.parametrize("named", [True, False])
def test_the_form_of_an_opportunity_makes_a_stage_when_it_is_saved(
    form: OpportunityDialog, study: Study, monkeypatch: pytest.MonkeyPatch, *, named: bool
) -> None:
    def answer(dialog: TextDialog) -> int:
        dialog.field.setText("Unpacking")
        return QDialog.DialogCode.Accepted if named else QDialog.DialogCode.Rejected

    monkeypatch.setattr(TextDialog, "exec", answer)
    last = form.stage.count() - 1
    form.stage.setCurrentIndex(last)
    form.stage.activated.emit(last)
    assert form.stage.currentText() == ("Unpacking" if named else "none")
    assert study.journeys.stages() == []
    stage = form.values()["stage_id"]
    assert [one.id for one in study.journeys.stages()] == ([stage] if named else [])
