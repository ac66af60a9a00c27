"""Where there is a way out of a failure, it is the first button, Enter presses it, and it works."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from tests.ui.conftest import Answers
from tests.workbench.speech.recordings import silence, write_wav
from ui.context import AppContext, ModelChoice, NewStudy
from ui.dialogs import DesktopDialogs
from ui.main_window import MainWindow
from ui.settings_dialog import SettingsDialog
from ui.views.collect.importer import Importer
from ui.views.collect.workspace import CollectWorkspace
from ui.views.error_dialog import ErrorDialog
from ui.views.transcribe.workspace import TranscribeWorkspace
from workbench.domain.jobs import JobState
from workbench.domain.materials import Method
from workbench.errors import EnvironmentProblem, UserError, Way
from workbench.storage import database
from workbench.storage.database import DamagedStudy, NotAStudy
from workbench.study import Study

Press = Callable[[ErrorDialog], None]


class Person(QObject):
    """Answers the dialogs of errors, which are real: puts right what is wrong and presses.

    Attributes:
        press: how the first button is pressed.
        mend: puts right what is wrong, first.
        seen: texts of the buttons of each dialog, the first one first.
    """

    def __init__(self, press: Press, mend: Callable[[], None]) -> None:
        super().__init__()
        self.press, self.mend = press, mend
        self.seen: list[list[str]] = []

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, ErrorDialog) and event.type() is QEvent.Type.Show:
            QTimer.singleShot(0, watched, lambda: self._answer(watched))
        return False

    def _answer(self, dialog: ErrorDialog) -> None:
        self.seen.append([made.text() for made in _in_order(dialog)])
        if len(self.seen) > 1:
            dialog.reject()  # it was not put right
            return
        self.mend()
        self.press(dialog)


def _in_order(dialog: ErrorDialog) -> list[QPushButton]:
    """Return the buttons that are seen, as Tab goes through them from the first focus."""
    found, at = [], dialog.focusWidget()
    while at is not None and at not in found:
        if isinstance(at, QPushButton) and at.isVisible() and at.isEnabled():
            found.append(at)
        at = at.nextInFocusChain()
        while not isinstance(at, QPushButton) or at.window() is not dialog:
            at = at.nextInFocusChain()
    return found


def _by_mouse(dialog: ErrorDialog) -> None:
    QTest.mouseClick(_in_order(dialog)[0], Qt.MouseButton.LeftButton)


def _by_enter(dialog: ErrorDialog) -> None:
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)


class _Real(Answers):
    """Dialogs that answer by themselves, but for those of errors."""

    def show_error(
        self, parent: QWidget | None, error: BaseException, ways: Collection[Way] = ()
    ) -> Way | None:
        self.errors.append(error)
        return DesktopDialogs.show_error(DesktopDialogs(), parent, error, ways)


@pytest.fixture
def answers() -> Answers:
    return _Real()


@pytest.fixture(params=[_by_mouse, _by_enter])
def person(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Person]:
    person = Person(request.param, lambda: None)
    qapp.installEventFilter(person)
    yield person
    qapp.removeEventFilter(person)


@dataclass(frozen=True, slots=True)
class Scene:
    """Something that fails until it is put right.

    Attributes:
        act: what the person does.
        mend: puts right what hinders it.
        first: the first button.
        done: tells whether the person is where they wanted to be.
    """

    act: Callable[[], object]
    mend: Callable[[], object]
    first: str
    done: Callable[[], bool]


def _study(window: MainWindow) -> Study:
    study = window.workspaces["collect"].study
    assert study is not None
    return study


def _importer(window: MainWindow) -> Importer:
    collect = window.workspaces["collect"]
    assert isinstance(collect, CollectWorkspace)
    return collect.importer


def _study_that_moved(window: MainWindow, answers: Answers, place: Path) -> Scene:
    moved = place / "Moved.study"
    Study.create(moved, title="Moved").close()
    return Scene(
        lambda: window.open_path(place / "Gone.study"),
        lambda: setattr(answers, "folder", moved),
        "Choose…",
        lambda: _study(window).title == "Moved",
    )


def _study_that_is_damaged(window: MainWindow, _answers: Answers, place: Path) -> Scene:
    folder = place / "Damaged.study"
    with Study.create(folder, title="Restored") as study:
        study.keeping.copies.backup()
    (folder / database.FILE_NAME).write_bytes(b"noise" * 1000)
    return Scene(
        lambda: window.open_path(folder),
        lambda: None,
        "Restore a backup…",
        lambda: _study(window).title == "Restored",
    )


def _name_that_is_taken(window: MainWindow, answers: Answers, place: Path) -> Scene:
    answers.new_study = NewStudy("New", place / "Moving home.study")
    return Scene(
        lambda: window.run_action("study.new"),
        lambda: setattr(answers, "new_study", NewStudy("New", place / "New.study")),
        "Choose…",
        lambda: _study(window).title == "New",
    )


def _file_that_is_gone(window: MainWindow, answers: Answers, place: Path) -> Scene:
    there = place / "There.txt"
    there.write_text("The date moved.", "utf-8")

    def add() -> None:
        _importer(window).ask([place / "Gone.txt"])
        asked = _importer(window).dialog
        assert asked is not None
        asked.accept()

    return Scene(
        add,
        lambda: setattr(answers, "files", [there]),
        "Choose…",
        lambda: _importer(window).dialog is not None,
    )


def _file_for_a_session_that_is_gone(window: MainWindow, answers: Answers, place: Path) -> Scene:
    session = _study(window).materials.add_session(Method.INTERVIEW, "Maya").id
    there = place / "There.txt"
    there.write_text("The date moved.", "utf-8")
    return Scene(
        lambda: _importer(window).ask_into(session, [place / "Gone.txt"]),
        lambda: setattr(answers, "files", [there]),
        "Choose…",
        lambda: len(_study(window).materials.sources(session)) == 1,
    )


def _folder_that_is_read_only(window: MainWindow, answers: Answers, place: Path) -> Scene:
    folder = place / "Reports"
    if os.geteuid() == 0:  # who may write everywhere but there
        folder.symlink_to("/proc")
    else:
        folder.mkdir(mode=0o555)
    answers.saved = folder / "codes.csv"

    def mend() -> None:
        if folder.is_symlink():
            folder.unlink()
            folder.mkdir()
        folder.chmod(0o755)

    return Scene(
        lambda: window.run_action("study.export_codebook"),
        mend,
        "Try again",
        lambda: "losing face" in (folder / "codes.csv").read_text("utf-8-sig"),
    )


def _folder_that_is_gone(window: MainWindow, answers: Answers, place: Path) -> Scene:
    answers.saved = place / "Gone" / "codes.csv"
    return Scene(
        lambda: window.run_action("study.export_codebook"),
        lambda: setattr(answers, "saved", place / "codes.csv"),
        "Choose…",
        (place / "codes.csv").exists,
    )


def _locked(window: MainWindow, act: Callable[[], object], done: Callable[[], bool]) -> Scene:
    other = sqlite3.connect(_study(window).folder / database.FILE_NAME, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    return Scene(act, other.close, "Try again", done)


def _study_that_is_locked(window: MainWindow, _answers: Answers, _place: Path) -> Scene:
    study = _study(window)
    study.codebook.add("late")
    return _locked(
        window,
        lambda: window.run_action("edit.undo"),
        lambda: [code.name for code in study.codebook.codes()] == ["broken date", "losing face"],
    )


def _person_of_a_study_that_is_locked(window: MainWindow, _a: Answers, _place: Path) -> Scene:
    collect = window.workspaces["collect"]
    assert isinstance(collect, CollectWorkspace)
    window.show_workspace("collect")
    people = collect.people.list
    people.setCurrentIndex(people.model().index(people.model().rowCount() - 1, 0))
    return _locked(
        window,
        lambda: window.run_action("collect.remove_person"),
        lambda: not _study(window).people.participants(),
    )


SCENES = [
    _study_that_moved, _study_that_is_damaged, _name_that_is_taken, _file_that_is_gone,
    _file_for_a_session_that_is_gone,
    _folder_that_is_read_only, _folder_that_is_gone, _study_that_is_locked,
    _person_of_a_study_that_is_locked,
]  # fmt: skip


@pytest.mark.parametrize("scene", SCENES)
def test_the_way_out_comes_first_and_works(
    open_window: MainWindow,
    answers: Answers,
    person: Person,
    tmp_path: Path,
    scene: Callable[[MainWindow, Answers, Path], Scene],
    qtbot: QtBot,
) -> None:
    wanted = scene(open_window, answers, tmp_path)
    person.mend = wanted.mend
    _study(open_window)._desk.db.conn.execute("PRAGMA busy_timeout = 1")  # impatient
    wanted.act()
    qtbot.waitUntil(lambda: len(person.seen) == 1 and not open_window.findChild(ErrorDialog))
    assert person.seen[0][0] == wanted.first
    assert "Copy report" not in person.seen[0]
    qtbot.waitUntil(wanted.done)
    assert len(answers.errors) == 1


@pytest.mark.parametrize(
    ("error", "ways", "buttons"),
    [
        (UserError("a", "A."), tuple(Way), ["OK"]),
        (EnvironmentProblem("a", "A."), (), ["OK"]),
        (EnvironmentProblem("a", "A."), tuple(Way), ["Try again", "Choose…", "Cancel"]),
        (PermissionError(13, "No", "/x"), (Way.AGAIN,), ["Try again", "Cancel"]),
        (FileNotFoundError(2, "No", "/x"), tuple(Way), ["Choose…", "Try again", "Cancel"]),
        (NotAStudy("a", "A.", ways=(Way.RESTORE,)), tuple(Way), ["Restore a backup…", "Cancel"]),
        (
            DamagedStudy("a", "A."),
            (Way.CHOOSE, Way.CHECK, Way.RESTORE),
            ["Restore a backup…", "Check the study…", "Choose…", "Cancel"],
        ),
        (ZeroDivisionError(), tuple(Way), ["OK"]),
    ],
)
def test_buttons_are_the_ways_out_and_never_the_report(
    qtbot: QtBot,
    error: BaseException,
    ways: tuple[Way, ...],
    buttons: list[str],
) -> None:
    dialog = ErrorDialog(error, ways=ways)
    qtbot.addWidget(dialog)
    dialog.details_button.setChecked(True)
    dialog.show()
    found = _in_order(dialog)
    assert found[0].text() == buttons[0]
    assert found[0].isDefault()
    shown = [one.text() for one in found if one not in {dialog.copy_button, dialog.details_button}]
    assert set(shown) == set(buttons)


@pytest.mark.parametrize(("model", "offered"), [("small", True), ("base", False)])
def test_a_missing_speech_model_leads_to_the_models(
    open_window: MainWindow, context: AppContext, tmp_path: Path, model: str, offered: bool
) -> None:
    context.models = lambda: [ModelChoice("base", "base")]
    study = _study(open_window)
    write_wav(tmp_path / "a.wav", silence(1))
    [source] = study.imports.take_in([tmp_path / "a.wav"])
    job = study.jobs.add(source.id, model=model)
    study.jobs.change(job.id, state=JobState.FAILED, reason="There is no speech model.")
    open_window.show_workspace("transcribe")
    transcribe = open_window.workspaces["transcribe"]
    assert isinstance(transcribe, TranscribeWorkspace)
    transcribe.focus_object("source", source.id)
    assert transcribe.text.models.isVisible() is offered
    pages: list[str] = []
    if offered:
        watch = QTimer(transcribe, interval=0)
        watch.timeout.connect(lambda: _close_settings(pages))
        watch.start()
        transcribe.text.models.click()
        assert pages == ["ModelsPage"]


def _close_settings(pages: list[str]) -> None:
    dialog = QApplication.activeModalWidget()
    if isinstance(dialog, SettingsDialog):
        pages.append(type(dialog.stack.currentWidget()).__name__)
        dialog.reject()
