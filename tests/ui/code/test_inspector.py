"""The inspector shows and changes every field of an observation, rare ones when needed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QSplitter, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.code.conftest import observations, words
from ui.views.code.workspace import CodeWorkspace
from workbench.domain import fields
from workbench.domain.observation import Basis, Expectation, Observation


@pytest.fixture
def one(code: CodeWorkspace, qtbot: QtBot) -> CodeWorkspace:
    """“No reason”, selected."""
    words(code, "No reason")
    qtbot.keyClick(code.text, Qt.Key.Key_1)
    code.text.selection.drop()
    return code


def only(code: CodeWorkspace) -> Observation:
    return observations(code)[0]


def press(within: QWidget, text: str) -> None:
    [found] = [made for made in within.findChildren(QPushButton) if made.text() == text]
    found.click()


def test_the_words_stand_between_what_is_around_them(one: CodeWorkspace) -> None:
    head = one.inspector.head
    assert head.quote.text() == "“No reason”"
    assert head.before.text() == "Then an email came that said your activation is now the eleventh."
    assert head.after.text() == "I felt stupid, to be honest."
    assert head.before.isVisible()
    assert not head.coder.isVisible()


def test_basis_is_asked_for_as_soon_as_there_is_a_rating(one: CodeWorkspace) -> None:
    inspector = one.inspector
    assert not inspector.basis.isVisible()
    press(inspector.ratings.rows[fields.EMOTION], "0")
    assert inspector.basis.isVisible()
    assert inspector.basis.basis.value is Basis.SAID
    press(inspector.basis, "Inferred")
    assert (only(one).emotion, only(one).basis) == (0, Basis.INFERRED)


def test_an_expectation_has_a_source_and_another_brand(one: CodeWorkspace, qtbot: QtBot) -> None:
    assert one.study is not None
    expected = one.inspector.expected
    source, comparator = (
        expected.lines[field] for field in (fields.EXPECTATION_SOURCE, fields.COMPARATOR)
    )
    assert not expected.isVisible()
    qtbot.keyClick(one.text, Qt.Key.Key_X)
    assert expected.isVisible()
    source.setFocus()
    qtbot.keyClicks(source, "advert")
    qtbot.keyClick(source, Qt.Key.Key_Return)
    assert one.window().focusWidget() is one.text
    comparator.setFocus()
    qtbot.keyClicks(comparator, "Eastway")
    one.text.setFocus()
    assert only(one).expectation is Expectation.EXPECTED
    assert (only(one).expectation_source, only(one).comparator) == ("advert", "Eastway")
    one.study.undo()
    assert (only(one).expectation_source, only(one).comparator) == ("advert", "")
    qtbot.waitUntil(lambda: comparator.text() == "")


def test_escape_forgets_what_was_typed(one: CodeWorkspace, qtbot: QtBot) -> None:
    qtbot.keyClick(one.text, Qt.Key.Key_X)
    source = one.inspector.expected.lines[fields.EXPECTATION_SOURCE]
    source.setFocus()
    qtbot.keyClicks(source, "friend")
    qtbot.keyClick(source, Qt.Key.Key_Escape)
    assert only(one).expectation_source == ""
    assert one.window().focusWidget() is one.text


def test_rare_fields_are_folded_until_they_hold_something(one: CodeWorkspace) -> None:
    assert one.study is not None
    more = one.inspector.more
    assert not more.unfolded
    more.fold.click()
    assert more.unfolded
    press(more, "Company")
    more.parts[fields.BRAND_ABSENT].click()
    assert (only(one).initiator, only(one).brand_absent) == ("company", True)
    more.fold.click()
    one.refresh(None)
    assert more.unfolded
    press(more, "Company")
    more.parts[fields.BRAND_ABSENT].click()
    assert (only(one).initiator, only(one).brand_absent) == ("", False)
    assert not more.unfolded


def test_a_memo_is_shown_as_it_is_meant(one: CodeWorkspace, qtbot: QtBot) -> None:
    page, memo = one.inspector.memo_page, one.inspector.memo
    assert page.currentWidget() is memo
    qtbot.keyClick(one.text, Qt.Key.Key_M)
    assert memo.hasFocus()
    qtbot.keyClicks(memo, "**Nine** days <b>late</b>")
    qtbot.keyClick(memo, Qt.Key.Key_Escape)
    assert page.currentWidget() is page.shown
    assert page.shown.toPlainText() == "Nine days <b>late</b>"
    qtbot.keyClick(page.shown, Qt.Key.Key_Return)
    assert memo.hasFocus()
    assert memo.toPlainText() == "**Nine** days <b>late</b>"


def test_a_picture_in_a_memo_is_not_fetched(one: CodeWorkspace) -> None:
    shown = one.inspector.memo_page.shown
    shown.show_text("![](file:///etc/hostname) words")
    assert shown.grab().width() > 0
    assert shown.loadResource(2, shown.document().baseUrl()) is None


def test_the_keys_of_the_fields_are_no_gestures(one: CodeWorkspace, qtbot: QtBot) -> None:
    assert one.study is not None
    code = one.study.codebook.add("late")
    one.work.desk.coding.recent[:] = [code.id]
    more = one.inspector.more
    more.fold.setFocus()
    qtbot.keyClick(more.fold, Qt.Key.Key_Space)
    assert more.unfolded
    assert one.study.observations.codes_of(only(one).id) == []


def test_the_stage_is_taken_off_with_the_menu(one: CodeWorkspace) -> None:
    places = one.inspector.places
    assert places.chips()[0].text() == "Waiting"
    places.changed.emit(fields.STAGE.to(None))
    assert only(one).stage_id is None
    assert places.chips()[0].text() == "+ stage"


def test_narrowest_inspector_shows_all_of_a_line(code: CodeWorkspace) -> None:
    words(code, "No reason")
    code.work.codes.give_in_vivo()
    splitter = code.findChild(QSplitter)
    assert isinstance(splitter, QSplitter)
    splitter.setSizes([230, 2000, 1])
    for part in (code.inspector.ratings, code.inspector.basis, code.inspector.kind):
        assert part.width() >= part.minimumSizeHint().width()
        page = part.parentWidget()
        assert page is not None
        room = page.parentWidget()
        assert room is not None
        assert page.width() <= room.width()


def test_inspector_is_not_wide_before_anything_is_selected(code: CodeWorkspace) -> None:
    assert code.inspector.width() < 320
