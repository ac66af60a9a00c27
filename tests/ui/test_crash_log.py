"""A program that a fault ended says so at its next start, without a word of the study."""

from __future__ import annotations

import faulthandler
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

import workbench
from tests.support.keyboard import Key, press
from tests.support.programs import program
from tests.support.words import found_in, told
from tests.workbench.test_traces import PLANTED, planted
from ui import app
from ui.main_window import MainWindow
from ui.views.log_dialog import LogDialog
from workbench import crash_log, paths

ENDS = """
import faulthandler, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from ui import app

def end():
    if sys.argv[2] == "fault":
        faulthandler._sigsegv()
    for widget in QApplication.topLevelWidgets():
        widget.close()

of_the_program = QApplication([])
QTimer.singleShot(0, end)
sys.exit(app.run([sys.argv[1]]))
"""
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a fault ends otherwise there")


@pytest.fixture
def ended(home: Path, tmp_path: Path) -> Path:
    """The home of a program that a fault has ended while a study was open."""
    folder = tmp_path / "One.study"
    planted(folder)
    assert end(folder, "fault") == -signal.SIGSEGV
    return home


def end(folder: Path, how: str) -> int:
    with program(ENDS, folder, how) as child:
        child.communicate(timeout=120)
    assert child.returncode is not None
    return child.returncode


def started(look: Callable[[MainWindow], None]) -> None:
    """Start the program, look at its window, and close it."""
    failed: list[BaseException] = []

    def look_and_close() -> None:
        windows = [one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow)]
        try:
            [window] = [one for one in windows if one.isVisible()]
            look(window)
        except BaseException as error:  # noqa: BLE001  else the window stays and nobody hears of it
            failed.append(error)
        for one in windows:
            one.close()

    QTimer.singleShot(0, look_and_close)
    assert app.run([]) == 0
    if failed:
        raise failed[0]


def test_the_next_start_tells_it_and_lets_it_be_read_and_deleted_by_keys(
    ended: Path, qtbot: QtBot
) -> None:
    def look(window: MainWindow) -> None:
        banner = window.banners.crash
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        assert "ended suddenly" in banner.words.text()
        go_to(banner.show_log)
        press(Key.Key_Space)
        [dialog] = window.findChildren(LogDialog)
        qtbot.waitUntil(dialog.isActiveWindow)
        text = dialog.findChild(QPlainTextEdit)
        assert text is not None
        assert text.toPlainText().startswith(f"Workbench {workbench.__version__}\n")
        assert "Segmentation fault" in text.toPlainText()
        assert "ui/app.py" in text.toPlainText()
        assert str(Path(app.__file__).parents[1]) not in text.toPlainText()
        dialog.copy_button.click()
        assert QGuiApplication.clipboard().text() == text.toPlainText()
        press(Key.Key_Escape)
        assert not dialog.isVisible()
        window.activateWindow()  # without a window manager nobody gives it back
        qtbot.waitUntil(window.isActiveWindow)
        go_to(banner.delete)
        press(Key.Key_Space)
        assert not banner.isVisible()

    started(look)
    assert crash_log.found() is None
    started(_is_silent)


def test_what_is_written_holds_nothing_of_the_study_and_is_for_its_owner(ended: Path) -> None:
    log = paths.log_dir() / "crash.log"
    assert told(log.read_bytes(), ["Segmentation fault", "app.py"]) != []
    assert found_in(paths.log_dir(), PLANTED) == []
    assert log.stat().st_mode & 0o777 == 0o600


def test_closing_the_line_leaves_it_for_the_next_start(ended: Path) -> None:
    def close(window: MainWindow) -> None:
        [cross] = window.banners.crash.findChildren(QToolButton)
        cross.click()
        assert not window.banners.crash.isVisible()

    started(close)
    started(_tells)


def test_a_program_that_was_closed_leaves_nothing_to_tell(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "One.study"
    planted(folder)
    assert end(folder, "closed") == 0
    assert (paths.log_dir() / "crash.log").stat().st_size == 0
    assert crash_log.found() is None


def test_who_listens_to_faults_already_is_left_alone(home: Path) -> None:
    assert faulthandler.is_enabled()  # pytest does
    with crash_log.watching():
        assert not paths.log_dir().exists()
    assert faulthandler.is_enabled()


def test_nothing_to_delete_is_no_failure(home: Path) -> None:
    crash_log.empty()
    assert crash_log.found() is None


def go_to(control: QPushButton) -> None:
    """Go to a control with Tab."""
    for _ in range(60):
        if control.hasFocus():
            return
        press(Key.Key_Tab)
    raise AssertionError(f"Tab never came to “{control.text()}”")


def _is_silent(window: MainWindow) -> None:
    assert not window.banners.crash.isVisible()


def _tells(window: MainWindow) -> None:
    assert window.banners.crash.isVisible()
