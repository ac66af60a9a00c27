"""Passages are found in plain words and weighed for and against insights."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from tests.support.map_study import SAID
from tests.ui.conftest import Answers
from ui.bridge import long_steps
from ui.main_window import MainWindow
from ui.views.findings.insight_pane import InsightList, StanceList
from ui.views.findings.opportunity_dialog import OpportunityDialog
from ui.views.findings.workspace import FindingsWorkspace
from workbench.domain.change import Op
from workbench.domain.findings import Confidence, Horizon, Stance
from workbench.domain.passage import Query
from workbench.study import Study


def _study(findings: FindingsWorkspace) -> Study:
    assert findings.study is not None
    return findings.study


def _choose(box: object, text: str) -> None:
    place = box.findText(text, Qt.MatchFlag.MatchStartsWith)  # type: ignore[attr-defined]
    assert place > 0, text
    box.setCurrentIndex(place)  # type: ignore[attr-defined]
    box.activated.emit(place)  # type: ignore[attr-defined]


def _words(findings: FindingsWorkspace) -> set[str]:
    return {p.observation.words for p in findings.list.passages}


def _stances(findings: FindingsWorkspace) -> dict[str, Stance]:
    study = _study(findings)
    insight = study.findings.insights()[0]
    evidence = study.findings.evidence(insight.id)
    found = study.passages.read([e.observation_id for e in evidence])
    return {p.codes[0].name: e.stance for p, e in zip(found, evidence, strict=True)}


def test_everything_is_counted(findings: FindingsWorkspace) -> None:
    assert findings.found.counts.text() == "6 passages · 3 people · 1 visit · 2 methods"


def test_conditions_add_up_and_chips_take_them_away(findings: FindingsWorkspace) -> None:
    _choose(findings.filters.stage, "Waiting")
    _choose(findings.filters.code, "a message")
    _choose(findings.filters.person, "Daniel")
    assert _words(findings) == {SAID["Daniel"][0]}
    chips = findings.filters.chips()
    assert [chip.text for chip in chips] == ["a message", "Waiting", "Daniel"]
    findings.filters.ask(chips[2].without)
    assert _words(findings) == {SAID["Daniel"][0], SAID["Maya"][1]}
    findings.filters.ask(Query())
    assert len(findings.list.passages) == 6
    assert findings.filters.chips() == []


def test_typed_words_are_looked_up(findings: FindingsWorkspace, qtbot: QtBot) -> None:
    qtbot.keyClicks(findings.filters.words, "eleventh")
    qtbot.waitUntil(lambda: _words(findings) == {SAID["Maya"][2]})
    assert [chip.text for chip in findings.filters.chips()] == ["“eleventh”"]


def test_only_narrows_by_what_a_passage_is(findings: FindingsWorkspace) -> None:
    _choose(findings.filters.only, "What was expected")
    assert _words(findings) == {SAID["Maya"][1]}
    _choose(findings.filters.only, "Moments of truth")
    assert _words(findings) == {SAID["Maya"][0], SAID["Ruth"][0]}


def test_nothing_found_says_what_to_do(findings: FindingsWorkspace) -> None:
    findings.filters.ask(Query(text="no such words"))
    assert findings.found.counts.text() == "No passages"
    assert "Take one condition away" in findings.found.nothing.sentence.text()
    findings.found.nothing.button.click()
    assert len(findings.list.passages) == 6


def test_a_large_one_is_looked_up_beside_the_window(
    window: MainWindow,
    map_folder: Path,
    answers: Answers,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(long_steps, "LARGE", 0)  # as if it were large
    assert window.open_path(map_folder)
    window.show_workspace("findings")
    findings = window.workspaces["findings"]
    assert isinstance(findings, FindingsWorkspace)
    study, pane = _study(findings), findings.found
    assert pane.counts.text() == "Looking them up …"
    assert pane.list.isVisible()  # and nobody says that there is nothing
    qtbot.waitUntil(lambda: not pane.busy)
    assert pane.counts.text() == "6 passages · 3 people · 1 visit · 2 methods"
    shown: list[set[str]] = []
    pane.changed.connect(lambda: shown.append(_words(findings)))
    findings.filters.ask(Query(text="no such words"))
    findings.filters.ask(Query(text="eleventh"))
    assert pane.counts.text() == "Looking them up …"
    qtbot.waitUntil(lambda: not pane.busy)
    assert shown == [{SAID["Maya"][2]}]  # what was asked for last, and that alone
    anchor = findings.list.passages[0].observation.anchor
    assert anchor is not None
    made = study.observations.place(anchor)
    qtbot.waitUntil(lambda: findings.list.select(made.id))
    assert findings.list.current() is not None  # read on here
    before = _stances(findings)
    study.undo()
    findings.refresh(None)
    window.run_action("findings.for")  # what has gone is still to be seen
    assert (_stances(findings), answers.errors) == (before, [])
    qtbot.waitUntil(lambda: not pane.busy)
    assert findings.list.current() is None
    findings.refresh(None)
    assert window.close()  # also while it is read
    assert not (map_folder / "study.sqlite-wal").exists()


def test_keys_add_evidence_and_undo_takes_it_back(
    findings: FindingsWorkspace, qtbot: QtBot
) -> None:
    _choose(findings.filters.code, "clarity")
    findings.list.select(findings.list.passages[0].observation.id)
    findings.list.setFocus()
    qtbot.keyClick(findings.list, Qt.Key.Key_A)
    assert _stances(findings)["clarity"] is Stance.AGAINST
    qtbot.keyClick(findings.list, Qt.Key.Key_F)
    assert _stances(findings)["clarity"] is Stance.FOR
    _study(findings).undo()
    _study(findings).undo()
    assert "clarity" not in _stances(findings)


def _drop(target: InsightList | StanceList, source: FindingsWorkspace, at: QPoint,
          keys: Qt.KeyboardModifier) -> None:  # fmt: skip
    rows: Sequence[int] = range(len(source.list.passages))
    model = source.list.passage_model
    data = model.mimeData([model.index(row) for row in rows])
    target.dropEvent(
        QDropEvent(QPointF(at), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, keys)
    )


def test_passages_are_dropped_on_an_insight(findings: FindingsWorkspace) -> None:
    _choose(findings.filters.code, "honesty")
    target = findings.insights.list
    middle = target.visualRect(target.model().index(0, 0)).center()
    _drop(target, findings, middle, Qt.KeyboardModifier.ShiftModifier)
    assert _stances(findings)["honesty"] is Stance.AGAINST
    _drop(findings.insights.speaks_for, findings, QPoint(4, 4), Qt.KeyboardModifier.NoModifier)
    assert _stances(findings)["honesty"] is Stance.FOR


def test_evidence_is_taken_away_with_del(findings: FindingsWorkspace, qtbot: QtBot) -> None:
    side = findings.insights.against
    assert [p.codes[0].name for p in side.passages] == ["broken date"]
    side.select(side.passages[0].observation.id)
    qtbot.keyClick(side, Qt.Key.Key_Delete)
    assert set(_stances(findings)) == {"silence"}
    assert side.passages == []


def test_insight_is_written_changed_and_removed(
    findings: FindingsWorkspace, answers: Answers, window: MainWindow
) -> None:
    answers.text = "Dates are promises."
    window.run_action("findings.add-insight")
    pane, study = findings.insights, _study(findings)
    made = pane.current()
    assert made is not None
    assert made.claim == "Dates are promises."
    pane.so_what.setPlainText("Keep them.")
    pane.so_what.keep()
    pane._confidence[Confidence.HIGH].click()
    changed = study.findings.insights()[1]
    assert (changed.so_what, changed.confidence) == ("Keep them.", Confidence.HIGH)
    pane.claim.setPlainText("")
    pane.claim.keep()
    assert pane.claim.toPlainText() == "Dates are promises."
    window.run_action("findings.remove-insight")
    assert len(study.findings.insights()) == 1
    study.undo()
    assert len(study.findings.insights()) == 2


def test_what_a_person_did_is_shown_though_the_machine_did_something_after(
    findings: FindingsWorkspace, qtbot: QtBot
) -> None:
    study, shown = _study(findings), findings.insights.list
    before = shown.model().rowCount()
    study.findings.add_insight("Dates are promises.")
    with study.step(Op.EDIT_JOB):  # as a recording that ends to be recognised
        study.materials.change_session(study.materials.sessions()[0].id, place="Her kitchen")
    assert study.history(1)[0].op.by_machine
    qtbot.waitUntil(lambda: shown.model().rowCount() == before + 1)


def test_opportunity_moves_through_the_horizons(
    findings: FindingsWorkspace, window: MainWindow, qtbot: QtBot
) -> None:
    window.run_action("findings.roadmap")
    column = findings.roadmap.columns[Horizon.MUST_BE]
    assert "Service · Calls per order" in column.model().index(0, 0).data(
        Qt.ItemDataRole.AccessibleTextRole
    )
    findings.roadmap.focus_board()
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(column, Qt.Key.Key_Right, control)
    assert _study(findings).findings.opportunities()[0].horizon is Horizon.SHOULD_BE
    later = findings.roadmap.columns[Horizon.SHOULD_BE]
    assert later.current() is not None
    qtbot.keyClick(later, Qt.Key.Key_Delete)
    assert _study(findings).findings.opportunities() == []
    _study(findings).undo()
    assert len(_study(findings).findings.opportunities()) == 1


def test_opportunity_form_reads_and_gives_all_fields(
    findings: FindingsWorkspace, qtbot: QtBot
) -> None:
    study = _study(findings)
    before = study.findings.opportunities()[0]
    dialog = OpportunityDialog(study, before)
    qtbot.addWidget(dialog)
    assert dialog.values()["stage_id"] == before.stage_id
    dialog.severity.setValue(4)
    dialog.owner.setText("Retail")
    study.findings.change_opportunity(before.id, **dialog.values())
    after = study.findings.opportunities()[0]
    assert (after.owner, after.severity, after.business_value) == ("Retail", 4, None)
    dialog.title.clear()
    assert not dialog.foot.main.isEnabled()


def test_code_is_shown_from_anywhere(findings: FindingsWorkspace) -> None:
    code = _study(findings).codebook.find("silence")
    assert code is not None
    findings.focus_object("code", code.id)
    assert _words(findings) == {SAID["Ruth"][0]}
