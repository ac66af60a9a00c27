"""A file in which something was found waits in a dialog: show it, mend it, or let it out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.support.studies import person, recognised
from tests.ui.conftest import Answers
from ui.context import AppContext
from ui.main_window import MainWindow
from ui.views.look_dialog import LookDialog
from workbench.domain.looking_out import Found, What
from workbench.domain.names.decisions import Decision
from workbench.study import Study

TYPED = "hid the router behind the old piano"
PHONE = "0664/1234567"


@pytest.fixture
def out(window: MainWindow, answers: Answers, study_folder: Path, tmp_path: Path) -> Iterator[Path]:
    """The window with a study whose codebook holds what should not leave, and a place for it."""
    with Study.open(study_folder) as study:
        leo = person(study, "Leo", quotes=False)
        recognised(study, f"I {TYPED}.", people=[leo], title="Second")
        study.codebook.add("Hiding", definition=TYPED)
        study.codebook.add("Calling", definition=f"Hotline {PHONE}")
    assert window.open_path(study_folder)
    answers.saved = tmp_path / "codes.csv"
    yield answers.saved
    for left in window.findChildren(LookDialog):
        left.reject()


def _export(window: MainWindow, context: AppContext) -> LookDialog:
    context.actions.trigger("study.export_codebook")
    return _dialog(window)


def _dialog(window: MainWindow) -> LookDialog:
    [dialog] = [one for one in window.findChildren(LookDialog) if one.isVisible()]
    return dialog


def _rows(dialog: LookDialog) -> list[list[str]]:
    rows = [dialog.list.topLevelItem(at) for at in range(dialog.list.topLevelItemCount())]
    return [[row.text(column) for column in range(4)] for row in rows if row is not None]


def test_a_file_waits_and_says_why(window: MainWindow, context: AppContext, out: Path) -> None:
    dialog = _export(window, context)
    assert not out.exists()
    assert _rows(dialog) == [
        ["Not to be quoted", f"«{TYPED}»", "row 4, column “definition”", "Hiding"],
        ["Contact data", f"Hotline «{PHONE}»", "row 5, column “definition”", "Calling"],
    ]
    assert dialog.verdict.text() == (
        "Found: one piece of contact data, one passage that may not be quoted"
    )
    assert dialog.verdict.text() in dialog.accessibleDescription()
    assert not dialog.isModal()  # one mends in the window meanwhile
    assert dialog.show_button.isDefault()


def test_enter_and_a_double_click_show_the_place(
    window: MainWindow, context: AppContext, out: Path, qtbot: QtBot
) -> None:
    shown: list[tuple[str, str]] = []
    dialog = _export(window, context)
    context.signals.open_requested.connect(lambda *one: shown.append(one))
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    first = dialog.list.topLevelItem(0)
    assert first is not None
    dialog.list.itemDoubleClicked.emit(first, 0)
    assert context.study is not None
    calling = context.study.codebook.find("Calling")
    assert calling is not None
    assert shown == [("code", calling.id)] * 2
    assert dialog.isVisible()
    assert not dialog.list.isVisible()  # it steps aside, so that what is shown can be seen
    assert dialog.height() < window.height() // 3
    assert dialog.look_again.isVisible()
    dialog.show_button.click()
    assert dialog.list.isVisible()
    assert dialog.show_button.text() == "Show"
    assert not out.exists()


def test_export_all_the_same_is_kept(window: MainWindow, context: AppContext, out: Path) -> None:
    dialog = _export(window, context)
    dialog.anyway.click()
    assert TYPED in out.read_text("utf-8-sig")
    assert context.study is not None
    [kept] = context.study.letting_out.all()
    assert (kept.file, kept.contacts, kept.words) == ("codes.csv", 1, 1)
    assert not dialog.isVisible()


def test_what_was_mended_leaves_after_another_look(
    window: MainWindow, context: AppContext, out: Path
) -> None:
    dialog, study = _export(window, context), context.study
    assert study is not None
    for name in ("Hiding", "Calling"):
        code = study.codebook.find(name)
        assert code is not None
        study.codebook.change(code.id, definition="")
        dialog.look_again.click()
        if name == "Hiding":
            assert not out.exists()
            dialog = _dialog(window)
            assert [row[0] for row in _rows(dialog)] == ["Contact data"]
    assert out.exists()
    assert study.letting_out.all() == []


def test_what_always_leaves_is_listed_no_more(
    window: MainWindow, context: AppContext, out: Path
) -> None:
    dialog = _export(window, context)
    dialog.list.setCurrentItem(dialog.list.topLevelItem(1))
    dialog.leave_alone.click()
    assert [row[0] for row in _rows(dialog)] == ["Not to be quoted"]
    assert dialog.focusWidget() is dialog.list  # and not “Export all the same”
    dialog.leave_alone.click()
    assert out.exists()
    assert not dialog.isVisible()


def test_contact_data_can_be_replaced_for_good(
    window: MainWindow, context: AppContext, answers: Answers, out: Path
) -> None:
    dialog = _export(window, context)
    assert not dialog.replace_button.isEnabled()  # nobody can replace a passage
    dialog.list.setCurrentItem(dialog.list.topLevelItem(1))
    answers.text = "the hotline"
    dialog.replace_button.setFocus()
    dialog.replace_button.click()
    assert dialog.focusWidget() is dialog.list
    assert answers.questions[-1] == f"What stands in the place of “{PHONE}”, in brackets?"
    assert [row[0] for row in _rows(dialog)] == ["Not to be quoted"]
    dialog.anyway.click()
    assert "Hotline [the hotline]" in out.read_text("utf-8-sig")


def test_what_was_found_goes_with_the_study(
    window: MainWindow, context: AppContext, out: Path
) -> None:
    dialog = _export(window, context)
    context.actions.trigger("study.close")
    assert context.study is None
    assert not dialog.isVisible()  # the words of a closed, perhaps locked study
    assert not out.exists()


def test_cancelling_writes_nothing(
    window: MainWindow, context: AppContext, out: Path, qtbot: QtBot
) -> None:
    dialog = _export(window, context)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert not out.exists()


def test_a_study_open_for_reading_only_lets_nothing_out(
    window: MainWindow, context: AppContext, out: Path
) -> None:
    assert context.study is not None
    folder = context.study.folder
    with Study.open(folder, read_only=True) as study:
        found = _export(window, context)._found
        context.opening.study, before = study, context.study
        dialog = LookDialog(context, "a.csv", found, again=print, let_out=print, parent=window)
        assert not dialog.anyway.isEnabled()
        assert not dialog.leave_alone.isEnabled()
        assert dialog.show_button.isEnabled()
        context.opening.study = before


@pytest.fixture
def named(window: MainWindow, answers: Answers, study_folder: Path, tmp_path: Path) -> Path:
    """The window with a study in whose codebook two names stand that nobody decided."""
    with Study.open(study_folder) as study:
        study.codebook.add("Calling", definition="As Pauline told the people of Telekom")
    assert window.open_path(study_folder)
    answers.saved = tmp_path / "codes.csv"
    return answers.saved


def test_undecided_names_are_one_calm_line_with_a_way_to_them(
    window: MainWindow, context: AppContext, named: Path
) -> None:
    shown: list[tuple[str, str]] = []
    dialog = _export(window, context)
    assert _rows(dialog) == [["Not decided", "Pauline, Telekom", "whole file", "Names…"]]
    assert dialog.verdict.text() == "Found: 2 proposed names that are undecided"
    assert "Decide in “Names…”" in dialog.advice.text()
    assert dialog.show_button.text() == "Names…"
    context.signals.open_requested.disconnect(window.open_object)
    context.signals.open_requested.connect(lambda *one: shown.append(one))
    dialog.show_button.click()
    assert shown == [("names", "")]
    assert dialog.focusWidget() is dialog.look_again  # what comes next, once they are decided
    assert context.study is not None
    for name in ("Pauline", "Telekom"):
        context.study.names.decide(name, Decision.REPLACE)
    dialog.look_again.click()
    assert "[left out] told the people of [left out]" in named.read_text("utf-8-sig")


def test_who_exports_all_the_same_is_not_asked_again(
    window: MainWindow, context: AppContext, answers: Answers, named: Path, tmp_path: Path
) -> None:
    _export(window, context).anyway.click()
    answers.saved = tmp_path / "again.csv"
    context.actions.trigger("study.export_codebook")
    assert answers.saved.exists()
    assert "Telekom" in named.read_text("utf-8-sig")


def test_the_way_to_names_opens_them(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []
    monkeypatch.setattr(window, "run_action", ran.append)
    window.open_object("names", "")
    assert ran == ["study.names"]


def test_what_goes_on_in_the_next_line_is_one_row_high(
    context: AppContext, window: MainWindow, qtbot: QtBot
) -> None:
    found = [
        Found(What.WORDS, "words", "Hid the\nrouter behind\nthe piano", "He said: ", "", place)
        for place in ("line 3", "line 9")
    ]
    dialog = LookDialog(
        context, "memos.txt", found, again=lambda: None, let_out=lambda: None, parent=window
    )
    qtbot.addWidget(dialog)
    dialog.show()
    assert _rows(dialog)[0][1] == "He said: «Hid the router behind the piano»"
    assert "the piano" in dialog.whole.text()
    height = dialog.list.visualItemRect(dialog.list.topLevelItem(0)).height()
    assert height < 2 * dialog.list.fontMetrics().lineSpacing() + 16
