"""The window remembers a locked study, and asks again where one expects it to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel
from pytestqt.qtbot import QtBot

from tests.support.keyrings import Memory, memory
from tests.support.vault import SAID, cheap_keys
from tests.ui.conftest import Answers
from ui.context import AppContext, Opened
from ui.dialogs import DesktopDialogs
from ui.lock_idle import LockIdle
from ui.main_window import MainWindow
from ui.views.locking.passphrase import NewPassphraseDialog, PassphraseDialog, SheetDialog
from ui.views.locking.working import WorkingDialog
from workbench.services.locking import locking, remembering
from workbench.vault import system_keyring


@pytest.fixture(autouse=True)
def _cheap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path / "home"))
    with cheap_keys():
        yield


@pytest.fixture
def wallet() -> Iterator[type[Memory]]:
    """A keyring that works."""
    with memory() as made:
        yield made


@pytest.fixture
def locked(study_folder: Path) -> Path:
    """The small study, locked."""
    locking.lock(study_folder, SAID, lambda _share: False)
    return study_folder


def test_a_study_is_remembered_until_somebody_locks_it(
    window: MainWindow, context: AppContext, answers: Answers, locked: Path, wallet: type[Memory]
) -> None:
    told: list[str] = []
    context.signals.toast_requested.connect(told.append)
    answers.passphrase, answers.remember = SAID, True
    assert window.open_path(locked)
    assert "without its passphrase" in told[-1]
    asked = len(answers.questions)
    answers.passphrase = ""
    window.run_action("study.close")
    assert window.open_path(locked)
    assert len(answers.questions) == asked
    window.run_action("study.lock_now")
    assert context.study is None
    assert answers.questions[asked:] == [f"passphrase of {locked.stem}"]
    assert not window.open_path(locked)  # cancelled, and tried again: it stays locked
    answers.passphrase, answers.remember = SAID, None
    assert window.open_path(locked)
    window.run_action("study.close")
    answers.passphrase = ""
    assert window.open_path(locked)
    [watch] = window.findChildren(LockIdle)
    context.settings.change(lock_minutes=1)
    watch.idle.idle.emit(61.0)
    assert context.study is None
    assert not remembering.may_open(locked)
    assert not answers.errors


def test_the_menu_remembers_and_forgets(
    window: MainWindow, context: AppContext, answers: Answers, locked: Path, wallet: type[Memory]
) -> None:
    def is_checked() -> bool:
        context.actions.refresh()
        QApplication.processEvents()
        return context.actions.qaction("study.remember").isChecked()

    answers.passphrase = SAID
    assert window.open_path(locked)
    assert not is_checked()
    window.run_action("study.remember")
    assert len(wallet.entries) == 1
    assert is_checked()
    window.run_action("study.remember")
    assert not wallet.entries
    assert not is_checked()
    wallet.locked = True
    window.run_action("study.remember")
    assert [getattr(one, "code", "") for one in answers.errors] == ["keyring-locked"]
    assert not is_checked()
    assert context.study is not None  # it stays open


def test_locking_and_another_passphrase_ask_whether_to_remember(
    open_window: MainWindow, context: AppContext, answers: Answers, wallet: type[Memory],
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot,
) -> None:  # fmt: skip
    assert context.study is not None
    folder = context.study.folder
    was: list[bool] = []

    def typed(dialog: NewPassphraseDialog) -> int:
        dialog.show()
        qtbot.waitUntil(dialog.remember.box.isEnabled)
        was.append(dialog.remember.box.isChecked())
        dialog.remember.box.click()
        for field in (dialog.first, dialog.second):
            field.setText(SAID)
        dialog.accept()
        return int(QDialog.DialogCode.Accepted)

    monkeypatch.setattr(NewPassphraseDialog, "exec", typed)
    monkeypatch.setattr(SheetDialog, "exec", lambda _dialog: 0)
    open_window.run_action("study.lock")
    assert len(wallet.entries) == 1
    assert remembering.is_remembered(folder)
    open_window.run_action("study.passphrase")
    assert was == [False, True]
    assert not wallet.entries
    assert not remembering.is_remembered(folder)
    assert context.study is not None
    assert not answers.errors


def test_a_stale_entry_is_the_question_for_the_passphrase(
    window: MainWindow, answers: Answers, locked: Path, wallet: type[Memory]
) -> None:
    answers.passphrase, answers.remember = SAID, True
    assert window.open_path(locked)
    window.run_action("study.close")
    wallet.entries.clear()
    answers.remember = None
    before = len(answers.questions)
    assert window.open_path(locked)
    assert answers.questions[before:] == [f"passphrase of {locked.stem}"]
    assert not answers.errors


@pytest.fixture
def ask(qtbot: QtBot, locked: Path) -> Callable[[], PassphraseDialog]:
    """Show the question for the passphrase, when it is known whether there is a keyring."""

    def shown() -> PassphraseDialog:
        dialog = PassphraseDialog(locked)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(lambda: "Looking" not in dialog.remember.says.text())
        assert dialog.remember.box.accessibleDescription() == dialog.remember.says.text()
        return dialog

    return shown


def test_the_choice_is_offered_where_there_is_a_keyring(
    ask: Callable[[], PassphraseDialog], locked: Path, wallet: type[Memory], qtbot: QtBot
) -> None:
    dialog = ask()
    assert dialog.remember.box.isEnabled()
    assert dialog.remember.wish is None
    dialog.remember.box.click()
    assert dialog.remember.wish is True
    locking.open_with(locked, SAID)
    remembering.remember(locked, lambda: False)
    dialog = ask()
    assert dialog.remember.box.isChecked()
    assert dialog.remember.wish is None
    dialog.remember.box.click()
    assert dialog.remember.wish is False


def test_without_a_keyring_the_choice_says_why_and_forgets_nothing(
    ask: Callable[[], PassphraseDialog], locked: Path, qtbot: QtBot
) -> None:
    with memory():
        locking.open_with(locked, SAID)
        remembering.remember(locked, lambda: False)
    dialog = ask()
    assert not dialog.remember.box.isEnabled()
    assert "none of the system’s" in dialog.remember.says.text()
    assert dialog.remember.wish is None
    assert dialog.focusWidget() is dialog.field


def test_no_word_is_cut_when_more_is_said(locked: Path, qtbot: QtBot) -> None:
    def known(dialog: NewPassphraseDialog | PassphraseDialog) -> list[QLabel]:
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(lambda: "Looking" not in dialog.remember.says.text())
        return dialog.findChildren(QLabel)

    words = "What it means. " * 30
    labels = known(NewPassphraseDialog("Lock study", words, "Lock study", sheet=False))
    asking = PassphraseDialog(locked)
    labels += known(asking)
    asking.field.setText("wrong")
    asking.accept()
    qtbot.waitUntil(lambda: "does not open" in asking.says.text())
    for label in labels:
        assert not label.isVisible() or label.height() >= label.heightForWidth(label.width())


def test_what_is_chosen_comes_back_from_the_dialog(
    locked: Path, wallet: type[Memory], monkeypatch: pytest.MonkeyPatch, window: MainWindow
) -> None:
    def typed(dialog: PassphraseDialog) -> int:
        dialog.remember.box.setEnabled(True)
        dialog.remember.box.click()
        return int(QDialog.DialogCode.Accepted)

    monkeypatch.setattr(PassphraseDialog, "exec", typed)
    assert DesktopDialogs().ask_passphrase(window, locked) == Opened(remember=True)
    monkeypatch.setattr(PassphraseDialog, "exec", lambda _dialog: 0)
    assert DesktopDialogs().ask_passphrase(window, locked) is None


def test_who_does_not_wait_for_the_keyring_types_the_passphrase(
    window: MainWindow, answers: Answers, locked: Path, wallet: type[Memory], qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    answers.passphrase, answers.remember = SAID, True
    assert window.open_path(locked)
    window.run_action("study.close")
    begun = Event()

    def waits(_question: object, cancelled: Callable[[], bool]) -> dict[str, object]:
        begun.set()
        while not cancelled():
            Event().wait(0.01)
        return {"why": system_keyring.Why.FAILED}

    def shown(dialog: WorkingDialog) -> int:
        dialog.show()
        qtbot.waitUntil(begun.is_set)
        assert dialog.cancel_button.text() == "Type the passphrase"
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: not dialog.isVisible())
        return int(dialog.result())

    monkeypatch.setattr(system_keyring, "_answered", waits)
    monkeypatch.setattr(WorkingDialog, "exec", shown)
    answers.remember = None
    before = len(answers.questions)
    assert window.open_path(locked)
    assert answers.questions[before:] == [f"passphrase of {locked.stem}"]
    assert remembering.is_remembered(locked)
