"""“Consent…”: entered for one person or several, by keys alone, with what shows it; what is due."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.support.studies import Clock, recording
from tests.ui.conftest import Answers
from ui.main_window import MainWindow
from ui.views.consent.dialog import ConsentDialog
from ui.views.consent.form_view import FormView
from ui.views.withdraw.dialog import WithdrawDialog
from workbench.domain.consent import State, Use
from workbench.domain.ids import ParticipantId
from workbench.study import Study

Key = Qt.Key


@pytest.fixture
def folder(tmp_path: Path, clock: Clock) -> Path:
    """Maya, Ruth and Owen, of whom Maya said something in a recording."""
    made = tmp_path / "Group.study"
    with Study.create(made, now=clock) as study:
        maya, *_ = [study.people.add(pseudonym=name).id for name in ("Maya", "Ruth", "Owen")]
        recording(study, people=[maya], title="Call", duration_ms=60_000)
    return made


@pytest.fixture
def dialog(window: MainWindow, folder: Path, qtbot: QtBot) -> ConsentDialog:
    assert window.open_path(folder)
    window.show_workspace("collect")
    return _opened(window, qtbot)


def _opened(window: MainWindow, qtbot: QtBot, action: str = "collect.consent") -> ConsentDialog:
    window.run_action(action)
    [dialog] = [one for one in window.findChildren(ConsentDialog) if one.isVisible()]
    qtbot.waitUntil(lambda: dialog.focusWidget() is not None)
    return dialog


def _choose(dialog: ConsentDialog, row: int) -> None:
    dialog.people.setCurrentRow(row, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def _study(window: MainWindow) -> Study:
    study = window._context.study
    assert study is not None
    return study


def _ids(study: Study) -> dict[str, ParticipantId]:
    return {one.pseudonym: one.id for one in study.people.participants()}


def test_an_answer_is_entered_by_keys_alone_and_undone(
    dialog: ConsentDialog, window: MainWindow
) -> None:
    study, maya = _study(window), _ids(_study(window))["Maya"]
    assert dialog.name.text() == "Maya"
    assert dialog.uses.chosen == [Use.QUOTE]
    dialog.answer.how.setFocus()
    QTest.keyClicks(dialog.answer.how, "at the door")
    dialog.uses.setFocus()
    QTest.keyClick(dialog.uses, Key.Key_G)
    said = study.ledger.standing(maya, Use.QUOTE)
    assert said.entry is not None
    assert (said.state, said.entry.how) == (State.GIVEN, "at the door")
    assert said.entry.date
    row = dialog.uses.currentRow()
    cells = [dialog.uses.item(row, column) for column in (1, 3)]
    assert [cell.text() if cell else "" for cell in cells] == ["given", "at the door"]
    assert dialog.entries.rowCount() == 1
    QTest.keyClick(dialog.uses, Key.Key_Down)
    QTest.keyClick(dialog.uses, Key.Key_R)
    assert study.ledger.standing(maya, Use.VOICE).state is State.REFUSED
    assert dialog.entries.rowCount() == 2
    study.undo()
    QApplication.processEvents()
    assert dialog.entries.rowCount() == 1
    QTest.keyClick(dialog, Key.Key_Escape)
    assert not dialog.isVisible()


def test_undo_takes_back_what_was_entered_there_and_asks_before_a_no(
    dialog: ConsentDialog, window: MainWindow, answers: Answers
) -> None:
    study, maya = _study(window), _ids(_study(window))["Maya"]
    assert not dialog.undo.isEnabled()
    QTest.keyClick(dialog.uses, Key.Key_G)
    QTest.keyClick(dialog.uses, Key.Key_R)
    answers.yes = False
    QTest.keyClick(dialog.uses, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert answers.questions == ["This takes back what people have said."]
    assert study.ledger.standing(maya, Use.QUOTE).state is State.REFUSED
    answers.yes = True
    dialog.undo.click()
    assert study.ledger.standing(maya, Use.QUOTE).state is State.GIVEN
    dialog.undo.click()  # a yes is taken back unasked
    assert len(answers.questions) == 2
    assert not study.ledger.entries(maya)
    assert not dialog.undo.isEnabled()  # what was done elsewhere is undone in the window


def test_enter_enters_the_answer_that_the_keys_are_on(
    dialog: ConsentDialog, window: MainWindow
) -> None:
    study, maya = _study(window), _ids(_study(window))["Maya"]
    dialog.answer.until.setText("31 Dec 2099")
    given = dialog.answer.state.findChildren(QPushButton)[2]
    given.setFocus()
    QTest.keyClick(given, Key.Key_Right)
    refused = dialog.focusWidget()
    assert isinstance(refused, QPushButton)
    assert refused.text() == "Refused"
    assert not dialog.answer.until.isEnabled()  # a no has no last day
    QTest.keyClick(refused, Key.Key_Return)
    assert study.ledger.standing(maya, Use.QUOTE).state is State.REFUSED
    QTest.keyClick(refused, Key.Key_Left)
    assert dialog.answer.until.isEnabled()


def test_enter_enters_what_is_chosen_for_all_who_are_selected(
    dialog: ConsentDialog, window: MainWindow
) -> None:
    study = _study(window)
    dialog.people.selectAll()
    assert dialog.name.text() == "3 people"
    dialog.answer.state.set_value(State.REFUSED)
    dialog.answer.how.setFocus()
    steps = len(study.history())
    QTest.keyClick(dialog.answer.how, Key.Key_Return)
    assert len(study.history()) == steps + 1
    for who in _ids(study).values():
        assert study.ledger.standing(who, Use.QUOTE).state is State.REFUSED
    study.ledger.set([_ids(study)["Ruth"]], {Use.QUOTE: State.GIVEN})
    QApplication.processEvents()
    cell = dialog.uses.item(list(Use).index(Use.QUOTE), 1)
    assert cell is not None
    assert cell.text() == "different answers"


def test_a_date_to_mend_keeps_the_answer_out(dialog: ConsentDialog, window: MainWindow) -> None:
    study, maya = _study(window), _ids(_study(window))["Maya"]
    dialog.answer.until.setText("soon")
    dialog.enter.click()
    assert study.ledger.entries(maya) == []
    assert "soon" in dialog.answer.until.trouble.text()
    dialog.answer.until.setText("31 Dec 2099")
    dialog.enter.click()
    [entry] = study.ledger.entries(maya)
    assert entry.until == "2099-12-31"
    dialog.answer.date.setText("1 Jan 2100")
    dialog.answer.until.setText("31 Dec 2099")
    dialog.enter.click()
    assert "before it was said" in dialog.trouble.text()
    assert len(study.ledger.entries(maya)) == 1


def test_a_form_and_a_second_of_a_recording_show_it(
    dialog: ConsentDialog,
    window: MainWindow,
    answers: Answers,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    study, maya = _study(window), _ids(_study(window))["Maya"]
    form = tmp_path / "signed.pdf"
    form.write_bytes(b"%PDF signed")
    answers.files = [form]
    dialog.answer.attach.click()
    assert dialog.answer.form_name.text() == "signed.pdf"
    dialog.enter.click()
    qtbot.waitUntil(lambda: dialog.entries.rowCount() == 1)
    assert dialog.answer.form is None
    [entry] = study.ledger.entries(maya)
    assert entry.form_id is not None
    shown: list[str] = []
    monkeypatch.setattr(
        QDesktopServices,
        "openUrl",
        lambda url: shown.append(Path(url.toLocalFile()).suffix) or True,
    )
    dialog.entries.setCurrentCell(0, 0)
    dialog.show_button.click()
    QTest.keyClick(dialog.entries, Key.Key_Return)  # it shows, and enters nothing once more
    assert shown == [".pdf", ".pdf"]
    assert dialog.entries.rowCount() == 1
    [source] = study.materials.sources()
    dialog.answer.recording.set_value(source.id)
    dialog.answer.second.setText("0:12")
    dialog.answer.state.set_value(State.WITHDRAWN)
    dialog.enter.click()
    played: list[tuple[str, int, int]] = []
    window._context.signals.play_requested.connect(lambda *what: played.append(what))
    dialog.entries.setCurrentCell(0, 0)
    QTest.keyClick(dialog.entries, Key.Key_Space)
    assert played == [(source.id, 12_000, 0)]
    cell = dialog.entries.item(0, 2)
    assert cell is not None
    assert "said in Call, 0:12" in cell.text()


def test_what_has_ended_is_said_as_the_study_opens_and_a_person_decides(
    window: MainWindow, folder: Path, qtbot: QtBot, clock: Clock
) -> None:
    with Study.open(folder, now=clock) as study:
        for name, who in _ids(study).items():
            until = "2026-09-12" if name != "Owen" else ""
            study.ledger.set([who], {Use.QUOTE: State.GIVEN}, until=until)
    clock.tick(86_400)
    assert window.open_path(folder)
    study, ids = _study(window), _ids(_study(window))
    banner = window.banners.due
    assert banner.isVisible()
    assert "Maya, Ruth" in banner.words.text()
    steps = len(study.history())
    banner.more.click()
    [dialog] = [one for one in window.findChildren(ConsentDialog) if one.isVisible()]
    assert dialog.chosen == [ids["Maya"], ids["Ruth"]]
    assert dialog.due.isVisible()
    assert len(study.history()) == steps
    dialog.extend.click()
    assert "until when" in dialog.trouble.text()
    assert not dialog.erase.isEnabled()  # of one person at a time
    _choose(dialog, 0)
    assert dialog.erase.isEnabled()
    dialog.answer.until.setText("31 Dec 2099")
    dialog.extend.click()
    assert study.people.may_quote(ids["Maya"])
    _choose(dialog, 1)
    dialog.end.click()
    assert study.ledger.due() == []
    assert not study.people.may_quote(ids["Ruth"])
    qtbot.waitUntil(lambda: not banner.isVisible())


def test_a_form_that_no_program_opens_is_shown_in_the_window(
    dialog: ConsentDialog,
    window: MainWindow,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    study, maya = _study(window), _ids(_study(window))["Maya"]
    form = tmp_path / "signed.txt"
    form.write_text("I do not want to be quoted.", encoding="utf-8")
    study.ledger.set([maya], {Use.QUOTE: State.REFUSED}, form=form)
    qtbot.waitUntil(lambda: dialog.entries.rowCount() == 1)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    dialog.entries.setCurrentCell(0, 0)
    dialog.show_button.click()
    qtbot.waitUntil(lambda: bool(dialog.findChildren(FormView)))
    [view] = dialog.findChildren(FormView)
    assert view.isVisible()
    view.reject()


def _due(window: MainWindow, folder: Path, qtbot: QtBot, clock: Clock) -> ConsentDialog:
    """Open the list of consent that has ended: that of Ruth, yesterday."""
    with Study.open(folder, now=clock) as study:
        study.ledger.set([_ids(study)["Ruth"]], {Use.QUOTE: State.GIVEN}, until="2026-09-12")
    clock.tick(86_400)
    assert window.open_path(folder)
    return _opened(window, qtbot, "collect.due")


def test_enter_presses_the_button_that_the_keys_are_on(
    window: MainWindow, folder: Path, qtbot: QtBot, clock: Clock
) -> None:
    dialog = _due(window, folder, qtbot, clock)
    study, ruth = _study(window), _ids(_study(window))["Ruth"]
    dialog.end.setFocus()
    QTest.keyClick(dialog.end, Key.Key_Return)
    assert study.ledger.due() == []
    assert not study.people.may_quote(ruth)  # “Enter the answer” would have given it anew


def test_what_has_ended_can_be_erased_as_a_withdrawal(
    window: MainWindow, folder: Path, qtbot: QtBot, clock: Clock
) -> None:
    dialog = _due(window, folder, qtbot, clock)
    dialog.erase.click()
    qtbot.waitUntil(lambda: bool(window.findChildren(WithdrawDialog)))
    [asked] = window.findChildren(WithdrawDialog)
    assert "Ruth" in asked.windowTitle() + " ".join(
        one.text() for one in asked.findChildren(QLabel)
    )
    asked.reject()
