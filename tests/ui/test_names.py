"""The register of names in the window: looked through, decided, undone, by mouse and by keys."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.support.studies import document, person
from ui.context import AppContext
from ui.views.names.dialog import NamesDialog
from workbench.domain.change import Op
from workbench.domain.names import Sort
from workbench.domain.names.decisions import Decision
from workbench.study import Study

SAID = "I rang Telekom from Potsdam. Then Pauline Weber of Telekom said that Maxi is late."


@pytest.fixture
def dialog(context: AppContext, study: Study, theme: object, qtbot: QtBot) -> Iterator[NamesDialog]:
    person(study, "Maxi", real_name="Christina Meyer")
    document(study, SAID)
    page = QWidget()
    qtbot.addWidget(page)
    page.show()
    made = NamesDialog(context, study, page)
    made.open()
    qtbot.waitUntil(lambda: bool(made.list.current_id))
    yield made
    if made.isVisible():
        made.done(0)
    made.deleteLater()


def _listed(dialog: NamesDialog) -> list[str]:
    model = dialog.list.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def _choose(dialog: NamesDialog, written: str) -> None:
    entry = next(one for one in dialog._entries if one.written == written)
    dialog.list.select(f"{entry.person}:{entry.folded}")


def test_what_is_to_be_decided_comes_first(dialog: NamesDialog) -> None:
    assert _listed(dialog) == [
        *("To decide", "Pauline Weber", "Telekom", "Potsdam"),
        *("Real names", "Christina Meyer"),
    ]
    assert dialog.pane.title.text() == "Pauline Weber"
    assert dialog.pane.why.text() == "Not decided: common given name; in one place."
    assert not dialog.undo.isEnabled()
    _choose(dialog, "Christina Meyer")
    assert dialog.pane.why.text().startswith("Real name of P02: “[Maxi]” stands in its place")
    assert not dialog.pane.buttons[Decision.REPLACE].isEnabled()


def test_names_are_decided_by_mouse_and_undone(
    dialog: NamesDialog, study: Study, qtbot: QtBot
) -> None:
    _choose(dialog, "Telekom")
    dialog.pane.kind.set_value(Sort.FIRM)
    dialog.pane.instead.setText("the provider")
    qtbot.mouseClick(dialog.pane.buttons[Decision.REPLACE], Qt.MouseButton.LeftButton)
    [row] = study.names.decisions()
    assert (row.written, row.sort, row.decision, row.instead) == (
        *("Telekom", Sort.FIRM, Decision.REPLACE, "the provider"),
    )
    assert _listed(dialog)[3:5] == ["Decided", "Telekom"]
    assert dialog.pane.title.text() == "Potsdam"  # the next one
    qtbot.mouseClick(dialog.undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Decided" not in _listed(dialog))
    assert study.names.decisions() == []
    assert not dialog.undo.isEnabled()


def test_enter_goes_on_from_a_field_and_never_closes(
    dialog: NamesDialog, study: Study, qtbot: QtBot
) -> None:
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClicks(dialog.filter, "tele")
    qtbot.keyClick(dialog.filter, Qt.Key.Key_Return)
    assert dialog.isVisible()
    qtbot.waitUntil(dialog.list.hasFocus)
    assert dialog.pane.title.text() == "Telekom"
    dialog.pane.instead.setFocus()
    qtbot.keyClicks(dialog.pane.instead, "the provider")
    qtbot.keyClick(dialog.pane.instead, Qt.Key.Key_Enter)
    assert dialog.isVisible()
    [decided] = study.names.decisions()
    assert (decided.decision, decided.instead) == (Decision.REPLACE, "the provider")


def test_names_are_decided_by_keys(dialog: NamesDialog, study: Study, qtbot: QtBot) -> None:
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(dialog.filter, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(dialog.filter, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(dialog.filter, Qt.Key.Key_L, both)
    assert {row.written: row.decision for row in study.names.decisions()} == {
        "Pauline Weber": Decision.REPLACE,
        "Telekom": Decision.LEAVE,
        "Potsdam": Decision.NEVER,
    }
    assert study.history(1)[0].op is Op.DECIDE_NAME
    _choose(dialog, "Telekom")
    qtbot.keyClick(dialog.filter, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: _listed(dialog)[:2] == ["To decide", "Telekom"])
    qtbot.keyClick(dialog.list, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: _listed(dialog)[0] == "Decided")


def test_the_list_is_filtered_by_words_and_kind(dialog: NamesDialog) -> None:
    dialog.filter.setText("tele")
    assert _listed(dialog)[:2] == ["To decide", "Telekom"]
    dialog.filter.setText("…")
    assert _listed(dialog) == []
    assert dialog.list.hint == "No name fits the filter."
    dialog.filter.clear()
    dialog.kind.setCurrentIndex(dialog.kind.place_of("person"))
    assert _listed(dialog) == ["To decide", "Pauline Weber", "Real names", "Christina Meyer"]


def test_what_nobody_proposed_is_typed_and_decided(
    dialog: NamesDialog, study: Study, qtbot: QtBot
) -> None:
    dialog.filter.setText("tele")
    assert _listed(dialog) == ["To decide", "Telekom", "Not in the list", "tele"]
    dialog.filter.setText(" LATE")
    assert _listed(dialog) == ["Not in the list", "LATE"]
    assert dialog.pane.title.text() == "LATE"
    qtbot.waitUntil(lambda: dialog.pane.why.text() == "Not decided: typed here; in one place.")
    dialog.pane.instead.setText("somebody")
    dialog.pane.decide(Decision.REPLACE)
    [row] = study.names.decisions()
    assert (row.written, row.instead) == ("LATE", "somebody")
    assert dialog.filter.text() == ""
    assert _listed(dialog)[4:6] == ["Decided", "LATE"]
    assert dialog.pane.why.text() == "“[somebody]” stands in its place; in one place."
    dialog.filter.setText("late")  # it is in the list now, however it is written
    assert _listed(dialog) == ["Decided", "LATE"]
    dialog.undo.click()
    qtbot.waitUntil(lambda: _listed(dialog) == ["Not in the list", "late"])


def test_a_place_is_shown_where_it_is(
    dialog: NamesDialog, context: AppContext, study: Study, qtbot: QtBot
) -> None:
    opened: list[tuple[str, str]] = []
    context.signals.open_requested.connect(lambda *where: opened.append(where))
    _choose(dialog, "Telekom")
    assert dialog.pane.places.model().rowCount() == 3  # below the name of the text
    qtbot.mouseClick(dialog.pane.show_place, Qt.MouseButton.LeftButton)
    [(kind, turn_id)] = opened
    assert kind == "turn"
    assert study.transcripts.turn(turn_id).text == SAID
    assert not dialog.isVisible()
