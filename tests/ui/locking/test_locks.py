"""The window locks a study, opens it with its passphrase, and locks it when nobody is there."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from tests.support.vault import SAID, cheap_keys, not_installed, readable
from tests.ui.conftest import Answers
from ui.context import AppContext
from ui.lock_idle import LockIdle
from ui.main_window import MainWindow
from ui.views.locking.half_typed import HalfTypedDialog
from ui.views.locking.passphrase import NewPassphraseDialog, PassphraseDialog, SheetDialog
from ui.views.questions import TextDialog
from workbench.errors import Way
from workbench.services.locking import half_typed, locking
from workbench.study import Study


@pytest.fixture(autouse=True)
def _cheap() -> Iterator[None]:
    with cheap_keys():
        yield


@pytest.fixture
def sheets(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Somebody types a passphrase twice, and looks at the recovery sheet."""
    seen: list[str] = []

    def typed(dialog: NewPassphraseDialog) -> int:
        assert not dialog.foot.main.isEnabled()
        dialog.first.setText("short")
        assert "at least 8" in dialog.says.text()
        dialog.first.setText(SAID)
        dialog.second.setText("another")
        assert not dialog.foot.main.isEnabled()
        dialog.second.setText(SAID)
        assert dialog.foot.main.isEnabled()
        return int(QDialog.DialogCode.Accepted)

    def looked(dialog: SheetDialog) -> int:
        seen.append(dialog.key.text())
        dialog.save_button.click()
        return 0

    monkeypatch.setattr(NewPassphraseDialog, "exec", typed)
    monkeypatch.setattr(SheetDialog, "exec", looked)
    return seen


@pytest.fixture
def locked(study_folder: Path) -> Path:
    """The small study, locked."""
    locking.lock(study_folder, SAID, lambda _share: False)
    return study_folder


def kept(window: MainWindow) -> list[str]:
    """Return what is in the fields of dialogs that were closed, such as a passphrase."""
    dialogs = [one for one in window.findChildren(QDialog) if not one.isVisible()]
    lines = (line.text() for dialog in dialogs for line in dialog.findChildren(QLineEdit))
    return [text for text in lines if text]


def opened(context: AppContext) -> Study:
    assert context.study is not None
    return context.study


def test_a_study_is_locked_and_unlocked_again(
    open_window: MainWindow, context: AppContext, answers: Answers, sheets: list[str],
    tmp_path: Path, qtbot: QtBot,
) -> None:  # fmt: skip
    folder = opened(context).folder
    title = opened(context).title

    def remembered() -> str:
        return context.settings.current.recent[0].title

    qtbot.waitUntil(lambda: bool(context.settings.current.recent) and remembered() == title)
    assert list(readable(folder, "losing face"))
    answers.saved = tmp_path / "sheet.docx"
    open_window.run_action("study.lock")
    assert not answers.errors
    assert opened(context).folder == folder
    assert not list(readable(folder, "losing face"))
    assert [sheet.count("-") for sheet in sheets] == [8]
    assert answers.saved.stat().st_size > 5_000
    qtbot.waitUntil(lambda: not kept(open_window))
    qtbot.waitUntil(lambda: remembered() == folder.stem)
    assert open_window.windowTitle() == f"{folder.stem} – Workbench"
    opened(context).codebook.add("Blaubeerkuchen")
    assert not list(readable(folder))
    told: list[str] = []
    context.signals.toast_requested.connect(told.append)
    open_window.run_action("study.unlock")
    assert not locking.is_locked(folder)
    assert told == [f"“{folder.stem}” is not locked any more."]
    assert opened(context).folder == folder
    assert list(readable(folder, "Blaubeerkuchen"))


def test_a_locked_study_asks_and_lets_go_of_its_key(
    window: MainWindow, context: AppContext, answers: Answers, locked: Path
) -> None:
    assert not window.open_path(locked)
    assert context.study is None
    assert not answers.errors
    answers.passphrase = SAID
    assert window.open_path(locked)
    window.run_action("study.close")
    assert locking.is_wanted(locked)
    assert window.open_path(locked / "study.sqlite")
    before = len(answers.questions)
    window.show_workspace("journey")
    window.run_action("study.lock_now")
    assert answers.questions[before:] == [f"passphrase of {locked.stem}"]
    assert window.workspace is window.workspaces["journey"]  # where one was


def test_without_the_libraries_the_window_says_what_to_install(
    window: MainWindow, context: AppContext, answers: Answers, locked: Path
) -> None:
    answers.passphrase = SAID
    with not_installed():
        assert not window.open_path(locked)
    [problem] = answers.errors
    assert "fieldwork-workbench[private]" in str(problem)
    assert not answers.questions  # nobody types a passphrase in vain
    assert window.open_path(locked)


def test_a_wrong_passphrase_is_a_sentence_and_the_field_keeps_the_focus(
    locked: Path, qtbot: QtBot, context: AppContext
) -> None:
    dialog = PassphraseDialog(locked)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.focusWidget() is dialog.field)
    assert dialog.field.echoMode() == QLineEdit.EchoMode.Password
    assert not dialog.foot.main.isEnabled()
    qtbot.keyClicks(dialog.field, "wrong")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert dialog.field.isReadOnly()
    assert dialog.focusWidget() is dialog.field  # not on to the box that shows what is typed
    qtbot.waitUntil(lambda: "does not open" in dialog.says.text())
    assert dialog.focusWidget() is dialog.field
    assert dialog.field.selectedText() or dialog.field.hasSelectedText()
    qtbot.keyClicks(dialog.field, SAID)
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert not locking.is_wanted(locked)


def test_another_passphrase(
    window: MainWindow, context: AppContext, answers: Answers, locked: Path, sheets: list[str],
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot,
) -> None:  # fmt: skip
    answers.passphrase = SAID
    window.open_path(locked)

    def typed(dialog: NewPassphraseDialog) -> int:
        dialog.first.setText("quite another one")
        dialog.second.setText("quite another one")
        dialog.sheet.setChecked(True)
        return int(QDialog.DialogCode.Accepted)

    monkeypatch.setattr(NewPassphraseDialog, "exec", typed)
    window.run_action("study.passphrase")
    assert len(sheets) == 1
    qtbot.waitUntil(lambda: not kept(window))
    window.run_action("study.close")
    with pytest.raises(locking.WrongPassphrase):
        locking.open_with(locked, SAID)
    locking.open_with(locked, "quite another one")


def test_a_damaged_locked_study_goes_back_to_its_backup(
    window: MainWindow, context: AppContext, answers: Answers, locked: Path
) -> None:
    answers.passphrase = SAID
    window.open_path(locked)
    opened(context).keeping.copies.backup()
    window.run_action("study.close")
    (locked / "study.sqlite").write_bytes(b"\x17" * 9_000)
    answers.ways = [Way.RESTORE]
    assert window.open_path(locked)
    codes = [getattr(error, "code", "") for error in answers.errors]
    assert codes == ["study-damaged", "consent-went-back"]
    assert not list(readable(locked, "losing face"))


def test_nobody_there_locks_and_what_is_typed_is_shown_again(
    window: MainWindow, context: AppContext, answers: Answers, locked: Path, qtbot: QtBot
) -> None:
    [watch] = window.findChildren(LockIdle)
    answers.passphrase = SAID
    window.open_path(locked)
    answers.passphrase = ""
    watch.idle.idle.emit(14 * 60.0)
    assert context.study is not None
    context.running_jobs = lambda: ["Recording"]
    watch.idle.idle.emit(16 * 60.0)
    assert context.study is not None
    context.running_jobs = tuple
    context.settings.change(lock_minutes=0)
    watch.idle.idle.emit(999 * 60.0)
    assert context.study is not None
    context.settings.change(lock_minutes=1)
    dialog = TextDialog("Stage", "Name?", "Add", text="", parent=window)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClicks(dialog.field, "Blaubeerkuchen")
    watch.idle.idle.emit(61.0)
    qtbot.waitUntil(lambda: context.study is None)
    assert not dialog.isVisible()
    assert locking.is_wanted(locked)
    assert not list(readable(locked))
    answers.passphrase = SAID
    assert window.open_path(locked)
    qtbot.waitUntil(lambda: bool(window.findChildren(HalfTypedDialog)))
    [shown] = window.findChildren(HalfTypedDialog)
    shown.copy.click()
    assert QApplication.clipboard().text() == "Stage – Name?\nBlaubeerkuchen"
    shown.accept()
    qtbot.waitUntil(lambda: not window.findChildren(HalfTypedDialog))
    assert half_typed.kept(locked) == ()


def test_a_passphrase_is_not_kept_though_its_letters_are_seen(
    window: MainWindow, context: AppContext, answers: Answers, locked: Path, qtbot: QtBot
) -> None:
    [watch] = window.findChildren(LockIdle)
    answers.passphrase = SAID
    window.open_path(locked)
    answers.passphrase = ""
    dialog = NewPassphraseDialog("Change", "Words", "Change", sheet=True, parent=window)
    qtbot.addWidget(dialog)
    dialog.show()
    [seen] = [one for one in dialog.findChildren(QCheckBox) if "typed" in one.text()]
    seen.click()
    qtbot.keyClicks(dialog.first, "plum pancakes at dawn")
    assert dialog.first.displayText() == "plum pancakes at dawn"
    watch.idle.idle.emit(999 * 60.0)
    qtbot.waitUntil(lambda: context.study is None)
    assert not (locked / half_typed.FILE).exists()


def test_a_recovery_sheet_that_is_not_saved_is_closed_twice(window: MainWindow) -> None:
    for saves, closes in ((False, 2), (True, 1)):
        dialog = SheetDialog("AB12-CD34", partial(bool, saves), window)
        dialog.show()
        dialog.save_button.click()
        for number in range(closes):
            assert dialog.isVisible(), number
            dialog.reject()
        assert not dialog.isVisible()
        assert ("not saved" in dialog.says.text()) is not saves
        dialog.deleteLater()


def test_where_nothing_can_be_kept_what_is_typed_keeps_the_study_open(
    window: MainWindow, context: AppContext, answers: Answers, locked: Path, qtbot: QtBot
) -> None:
    [watch] = window.findChildren(LockIdle)
    answers.passphrase = SAID
    window.open_path(locked)
    context.settings.change(lock_minutes=1)
    (locked / half_typed.FILE).mkdir()
    dialog = TextDialog("Stage", "Name?", "Add", text="", parent=window)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClicks(dialog.field, "typed")
    watch.idle.idle.emit(61.0)
    assert context.study is not None
    assert dialog.isVisible()
    assert dialog.answer == "typed"


def test_what_is_not_locked_is_not_watched(open_window: MainWindow, context: AppContext) -> None:
    [watch] = open_window.findChildren(LockIdle)
    assert not watch.idle._clock.isActive()
    watch.idle.idle.emit(10_000.0)
    assert context.study is not None
