"""A window for tests: a real study, real settings, and dialogs that answer by themselves."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.support import map_study
from tests.support.patience import PatientBot
from tests.support.studies import Clock
from ui import workspaces
from ui.actions import Actions
from ui.context import AppContext, Leaving, NewStudy, Opened
from ui.getting_ready import GettingReady
from ui.icons import Icons
from ui.main_window import MainWindow
from ui.theme import Theme
from ui.views.collect.workspace import CollectWorkspace
from ui.views.player import bar as player_bar
from workbench.errors import Way
from workbench.services.keeping.backups import Backup, Backups
from workbench.services.locking import locking
from workbench.services.unsaved import Waiting
from workbench.settings import SettingsStore, WindowState
from workbench.study import Study


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the offscreen platform say what it cannot do; every other Qt warning fails a test."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(
                pytest.mark.qt_log_ignore(
                    "This plugin does not support", "PulseAudioService", "No RHI backend"
                )
            )


@pytest.fixture(autouse=True)
def _opened_when_played(monkeypatch: pytest.MonkeyPatch) -> None:
    """No recording is opened ahead, whatever time a test takes: many are taken away in it."""
    monkeypatch.setattr(player_bar, "_LOOKED_AT_MS", 3_600_000)


@pytest.fixture
def ahead() -> None:
    """All is prepared while nobody waits, as for people, for tests that look at that."""


@pytest.fixture(autouse=True)
def _nothing_ahead(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the workspace that comes is made unseen, and unpainted, whatever time a test takes."""

    def make_next(ready: GettingReady) -> None:
        if ready._context.study is None and not ready._workspaces.prepare(ready._next_one()):
            ready._idle.start()

    if "ahead" not in request.fixturenames:
        monkeypatch.setattr(GettingReady, "_rehearse", make_next)
        monkeypatch.setattr(workspaces, "_QUIET_MS", 3_600_000)


@pytest.fixture(autouse=True)
def _no_key_held_down(qapp: QApplication) -> None:
    """Begin with hands off the keyboard.

    Qt remembers the modifiers of the last key. Where a key takes its widget away, as Shift+Enter in
    a dialog may, nobody is left whom a test could tell that Shift was let go of.
    """
    if qapp.keyboardModifiers() != Qt.KeyboardModifier.NoModifier:
        QTest.keyRelease(QWidget(), Qt.Key.Key_A)
        assert qapp.keyboardModifiers() == Qt.KeyboardModifier.NoModifier


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """A `qtbot` that waits as long as it takes."""
    return PatientBot(request)


@dataclass(slots=True)
class Answers:
    """Dialogs at the edge of the machine: give answers beforehand, read questions afterwards."""

    files: list[Path] = field(default_factory=list)
    folder: Path | None = None
    saved: Path | None = None
    text: str | None = None
    yes: bool = True
    refused: set[int] = field(default_factory=set)  # which of the questions
    passphrase: str = ""
    remember: bool | None = None
    backup: int | None = 1
    new_study: NewStudy | None = None
    leaving: list[Leaving] = field(default_factory=list)
    errors: list[BaseException] = field(default_factory=list)
    ways: list[Way] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    details: list[str] = field(default_factory=list)  # of the questions whether to go on
    names: list[str] = field(default_factory=list)
    filters: list[str] = field(default_factory=list)

    def open_files(self, parent: QWidget, title: str, *, filters: str = "") -> list[Path]:
        self.questions.append(title)
        return self.files

    def open_folder(self, parent: QWidget, title: str) -> Path | None:
        self.questions.append(title)
        return self.folder

    def save_file(
        self, parent: QWidget, title: str, *, name: str, filters: str = ""
    ) -> Path | None:
        self.questions.append(title)
        self.names.append(name)
        self.filters.append(filters)
        return self.saved

    def ask_text(
        self, parent: QWidget, title: str, question: str, *, accept: str, text: str = ""
    ) -> str | None:
        self.questions.append(question)
        return self.text

    def confirm(
        self, parent: QWidget, question: str, *, detail: str = "", accept: str, danger: bool = False
    ) -> bool:
        self.details.append(detail)
        self.questions.append(question)
        return self.yes and len(self.questions) - 1 not in self.refused

    def ask_unsaved(self, parent: QWidget, waiting: Sequence[Waiting]) -> Leaving:
        self.questions.append("; ".join(one.spot.title for one in waiting))
        return self.leaving.pop(0) if self.leaving else Leaving.WITHOUT

    def ask_new_study(self, parent: QWidget) -> NewStudy | None:
        return self.new_study

    def ask_passphrase(self, parent: QWidget, folder: Path) -> Opened | None:
        self.questions.append(f"passphrase of {folder.stem}")
        if self.passphrase:
            locking.open_with(folder, self.passphrase)
        return Opened(self.remember) if self.passphrase else None

    def ask_backup(self, parent: QWidget, backups: Backups) -> Backup | None:
        self.questions.append(", ".join(str(one.reason) for one in backups.all()))
        return None if self.backup is None else backups.numbered(self.backup)

    def show_error(
        self, parent: QWidget | None, error: BaseException, ways: Collection[Way] = ()
    ) -> Way | None:
        self.errors.append(error)
        return self.ways.pop(0) if self.ways else None


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> Iterator[Path]:
    """A home of this test alone; what the program changes in its process is put back."""
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path / "home"))
    font, often = qapp.font(), gc.get_threshold()
    yield tmp_path / "home"
    gc.disable()  # as in all tests
    gc.unfreeze()
    gc.set_threshold(*often)
    qapp.setStyleSheet("")
    qapp.setFont(font)


@pytest.fixture
def answers() -> Answers:
    """Dialogs whose answers the test sets."""
    return Answers()


@pytest.fixture
def left_in() -> str:
    """Workspace in which the window was closed last time, and in which it shows a study.

    Where tests look at another one, they begin in it: to make a workspace that nobody looks at
    takes a third of such a test.
    """
    return "collect"


@pytest.fixture
def settings(tmp_path: Path, left_in: str) -> SettingsStore:
    """Settings in a file of this test, which is not there yet unless it has something to tell."""
    store = SettingsStore(tmp_path / "config" / "settings.json")
    if left_in != WindowState().workspace:
        store.change(window=WindowState(workspace=left_in))
    return store


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The light theme, on the one application of the test run."""
    before = qapp.font()
    theme = Theme(qapp, choice="light")
    yield theme
    theme.deleteLater()
    # Windows first: the style sheet would be taken off each of their thousand widgets, and put on
    # them again for the next test.
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.setStyleSheet("")
    qapp.setFont(before)


@pytest.fixture
def context(
    settings: SettingsStore, theme: Theme, answers: Answers, clock: Clock
) -> Iterator[AppContext]:
    """A context without a study; its time stands still, so that nobody pauses in typing."""
    icons = Icons(theme)
    actions = Actions(settings.current.shortcuts, icons.icon)
    made = AppContext(
        settings=settings, theme=theme, icons=icons, actions=actions, dialogs=answers, now=clock
    )
    yield made
    # They go with the window: they ask it what is enabled, and what they call keeps its views.
    made.actions.deleteLater()
    made.signals.deleteLater()


@pytest.fixture(scope="session")
def small_study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small study, made once and copied by every test: one person, two codes, one stage."""
    folder = tmp_path_factory.mktemp("small") / "Moving home.study"
    with Study.create(folder, title="Moving home") as study:
        study.people.add(pseudonym="Maya")
        study.codebook.add("broken date")
        study.codebook.add("losing face")
        study.journeys.add_stage("Waiting")
    return folder


@pytest.fixture
def study_folder(small_study: Path, tmp_path: Path) -> Path:
    """Folder of the small study."""
    return Path(shutil.copytree(small_study, tmp_path / small_study.name))


@pytest.fixture(scope="session")
def map_study_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small study with a journey, made once and copied by every test."""
    return map_study.build(tmp_path_factory.mktemp("map"))


@pytest.fixture
def map_folder(map_study_made: Path, tmp_path: Path) -> Path:
    """Folder of the small study with a journey."""
    return Path(shutil.copytree(map_study_made, tmp_path / map_study_made.name))


@pytest.fixture
def study(study_folder: Path) -> Iterator[Study]:
    """The small study, open without a window."""
    with Study.open(study_folder) as study:
        yield study


@pytest.fixture
def make_window(context: AppContext, qtbot: QtBot) -> Iterator[Callable[[], MainWindow]]:
    """Return a function that shows the window; it is closed after the test."""
    windows: list[MainWindow] = []

    def make() -> MainWindow:
        window = MainWindow(context)
        qtbot.addWidget(window)
        windows.append(window)
        window.resize(1280, 800)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    yield make
    for window in windows:
        if context.study is not None:
            window.close()


@pytest.fixture
def window(make_window: Callable[[], MainWindow]) -> MainWindow:
    """The window on the welcome page."""
    return make_window()


@pytest.fixture
def open_window(window: MainWindow, study_folder: Path, qtbot: QtBot) -> MainWindow:
    """The window with the small study open."""
    assert window.open_path(study_folder)
    qtbot.waitUntil(lambda: window.ready.done)
    return window


@pytest.fixture
def collect(open_window: MainWindow) -> CollectWorkspace:
    """Collect in front, in that window."""
    open_window.show_workspace("collect")
    workspace = open_window.workspaces["collect"]
    assert isinstance(workspace, CollectWorkspace)
    return workspace
