"""Settings hold at once, errors are told calmly, a new study says where it will live."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

import resources
from tests.ui.conftest import Answers
from ui.context import AppContext, ModelChoice
from ui.errors import ExceptionDesk, report
from ui.main_window import MainWindow
from ui.settings_dialog import (
    AppearancePage,
    CoderPage,
    KeyboardPage,
    SettingsDialog,
    TranscriptionPage,
)
from ui.views.about import PARTS, AboutDialog, version_of
from ui.views.error_dialog import ErrorDialog
from ui.views.new_study import NewStudyDialog, folder_name
from workbench.errors import Bug, UserError
from workbench.settings import SettingsStore

PROBLEM = UserError("not-a-study", "The folder “Bank” is not a study.", "Choose another one.")


def test_theme_is_chosen_and_kept(context: AppContext, qtbot: QtBot) -> None:
    page = AppearancePage(context)
    qtbot.addWidget(page)
    page.theme.setCurrentIndex(page.theme.place_of("dark"))
    assert context.theme.dark
    page.size_box.setValue(19)
    assert context.theme.reading_size == 19
    kept = SettingsStore(context.settings.path).current
    assert (kept.theme, kept.reading_size) == ("dark", 19)


def test_models_of_this_computer_are_offered(context: AppContext, qtbot: QtBot) -> None:
    context.models = lambda: [ModelChoice("base", "base · 145 MB")]
    page = TranscriptionPage(context)
    qtbot.addWidget(page)
    assert page.model.itemText(1) == "base · 145 MB"
    page.model.setCurrentIndex(1)
    page.language.setCurrentIndex(page.language.place_of("de"))
    kept = SettingsStore(context.settings.path).current
    assert (kept.model, kept.language) == ("base", "de")


def test_coder_is_kept(context: AppContext, qtbot: QtBot) -> None:
    page = CoderPage(context)
    qtbot.addWidget(page)
    page.name.setText("  MK ")
    page.name.editingFinished.emit()
    assert context.settings.current.coder == "MK"


@pytest.fixture
def keyboard(window: MainWindow, context: AppContext, qtbot: QtBot) -> KeyboardPage:
    page = KeyboardPage(context)
    qtbot.addWidget(page)
    page.select("tools.settings")
    return page


def test_key_is_changed_and_put_back(keyboard: KeyboardPage, context: AppContext) -> None:
    keyboard.keys.setKeySequence(QKeySequence("Ctrl+Alt+Shift+S"))
    keyboard.apply_button.click()
    assert context.actions.shortcuts.of("tools.settings") == "Ctrl+Alt+Shift+S"
    kept = SettingsStore(context.settings.path).current
    assert kept.shortcuts == {"tools.settings": "Ctrl+Alt+Shift+S"}
    keyboard.reset_button.click()
    assert context.actions.shortcuts.of("tools.settings") == "Ctrl+,"
    assert SettingsStore(context.settings.path).current.shortcuts == {}


def test_taken_key_is_refused_in_words(keyboard: KeyboardPage, context: AppContext) -> None:
    keyboard.keys.setKeySequence(QKeySequence("Ctrl+N"))
    keyboard.apply_button.click()
    assert "“New study…”" in keyboard.says.text()
    assert context.actions.shortcuts.of("tools.settings") == "Ctrl+,"


def test_actions_are_filtered(keyboard: KeyboardPage) -> None:
    keyboard.filter.setText("larger")
    shown = [
        item.text(0)
        for at in range(keyboard.tree.topLevelItemCount())
        for row in range(keyboard.tree.topLevelItem(at).childCount())
        if not (item := keyboard.tree.topLevelItem(at).child(row)).isHidden()
    ]
    assert shown == ["Larger text"]


def test_search_field_shows_the_key_in_force(window: MainWindow, context: AppContext) -> None:
    context.actions.shortcuts.set("tools.palette", "Ctrl+P")
    assert window.top_bar.search.keys.text() == "Ctrl+P"


def test_every_field_of_the_settings_has_a_name(
    window: MainWindow, context: AppContext, qtbot: QtBot
) -> None:
    dialog = SettingsDialog(context, page="keyboard")
    qtbot.addWidget(dialog)
    assert isinstance(dialog.stack.currentWidget(), KeyboardPage)
    fields: list[QWidget] = [*dialog.findChildren(QComboBox), *dialog.findChildren(QLineEdit)]
    assert all(
        field.accessibleName() for field in fields if not field.objectName().startswith("qt_")
    )


def test_error_says_what_happened_and_what_to_do(qtbot: QtBot) -> None:
    dialog = ErrorDialog(PROBLEM)
    qtbot.addWidget(dialog)
    dialog.show()
    words = [label.text() for label in dialog.findChildren(QWidget) if hasattr(label, "text")]
    assert PROBLEM.happened in words
    assert PROBLEM.todo in words
    details = dialog.findChild(QPlainTextEdit)
    assert not details.isVisible()
    _button(dialog, "Details").click()
    assert details.isVisible()


def test_mistake_of_ours_can_be_copied(qtbot: QtBot) -> None:
    dialog = ErrorDialog(_raised(ZeroDivisionError("boom")))
    qtbot.addWidget(dialog)
    _button(dialog, "Copy report").click()
    copied = QGuiApplication.clipboard().text()
    assert "ZeroDivisionError" in copied
    assert "boom" not in copied  # it could be somebody’s words
    assert copied.startswith("Workbench ")


def test_report_carries_the_code() -> None:
    assert "Code broken-rule" in report(Bug("broken-rule", "A rule did not hold."))


@pytest.fixture
def shown() -> Iterator[list[BaseException]]:
    shown: list[BaseException] = []
    desk = ExceptionDesk(shown.append)
    desk.install()
    yield shown
    desk.remove()


def test_stray_exception_reaches_the_desk(
    shown: list[BaseException], qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    error = _raised(ValueError("stray"))
    with caplog.at_level(logging.ERROR):
        sys.excepthook(ValueError, error, error.__traceback__)
    qtbot.waitUntil(lambda: shown == [error])
    assert "unexpected" in caplog.text


def test_expected_trouble_is_shown_but_not_logged(
    shown: list[BaseException], qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    sys.excepthook(UserError, PROBLEM, None)
    qtbot.waitUntil(lambda: shown == [PROBLEM])
    assert caplog.text == ""


def test_file_trouble_names_the_file(qtbot: QtBot) -> None:
    dialog = ErrorDialog(PermissionError(13, "Permission denied", "/x/study.sqlite"))
    qtbot.addWidget(dialog)
    words = " ".join(w.text() for w in dialog.findChildren(QWidget) if hasattr(w, "text"))
    assert "/x/study.sqlite" in words


def test_new_study_says_its_folder(tmp_path: Path, qtbot: QtBot, answers: Answers) -> None:
    dialog = NewStudyDialog(tmp_path, answers)
    qtbot.addWidget(dialog)
    create = _button(dialog, "Create study")
    assert not create.isEnabled()
    qtbot.keyClicks(dialog.title, "Bank: visits")
    assert create.isEnabled()
    assert dialog.answer().folder == tmp_path / "Bank visits.study"
    (tmp_path / "Bank visits.study").mkdir()
    qtbot.keyClick(dialog.title, Qt.Key.Key_Space)
    assert not create.isEnabled()
    answers.folder = tmp_path / "Bank visits.study"
    _button(dialog, "Choose…").click()
    assert create.isEnabled()


@pytest.mark.parametrize(
    ("title", "folder"),
    [("Moving home", "Moving home.study"), ("a/b\\c", "a b c.study"), ("...", "Study.study"),
     ("x" * 200, "x" * 80 + ".study"), ("Ü ☎", "Ü ☎.study")],
)  # fmt: skip
def test_folder_name_is_valid_everywhere(title: str, folder: str) -> None:
    assert folder_name(title) == folder


def test_about_names_every_part(qtbot: QtBot) -> None:
    dialog = AboutDialog()
    qtbot.addWidget(dialog)
    named = {dialog.table.item(row, 0).text() for row in range(dialog.table.rowCount())}
    assert named == {part.name for part in PARTS}
    assert all(part.licence for part in PARTS)
    assert version_of(PARTS[0])


def test_about_names_every_dependency() -> None:
    import tomllib

    text = resources.path().parent.joinpath("pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)["project"]
    speech = project["optional-dependencies"]["speech"]
    named = {part.package.lower() for part in PARTS}
    needed = {
        line.split(">=")[0].lower()
        for line in [*project["dependencies"], *speech]
        # The model is named as "Whisper models", the second half of Qt as Qt.
        if "whisper-base" not in line and "Addons" not in line
    }
    assert needed <= named


def _raised(error: BaseException) -> BaseException:
    try:
        raise error
    except type(error) as raised:
        return raised


def _button(dialog: QWidget, text: str) -> QPushButton:
    return next(b for b in dialog.findChildren(QPushButton) if b.text() == text)
