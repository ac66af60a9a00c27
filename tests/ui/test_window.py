"""The window opens, closes, undoes and remembers, with real studies."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Answers
from ui.bridge.changes import StudyBridge, join
from ui.context import AppContext, NewStudy
from ui.main_window import MainWindow
from ui.views.code.workspace import CodeWorkspace
from ui.views.collect.workspace import CollectWorkspace
from ui.views.workspace import KINDS, moment, split_moment
from ui.workspaces import HOMES, WORKSPACES
from workbench.domain.change import ChangeSet, Op, RowChange
from workbench.errors import UserError
from workbench.settings import SettingsStore, WindowState
from workbench.study import Study


def test_window_begins_on_the_welcome_page(window: MainWindow) -> None:
    assert window.welcome.isVisible()
    assert window.workspace is None
    assert not window.rail.isVisible()
    assert not window.bottom_bar.isVisible()


def test_study_opens_in_its_workspaces(open_window: MainWindow, context: AppContext) -> None:
    assert context.study is not None
    assert open_window.workspace is open_window.workspaces["collect"]
    assert open_window.top_bar.study_button.text() == "Moving home"
    assert open_window.windowTitle() == "Moving home – Workbench"
    assert context.settings.current.recent[0].title == "Moving home"


def test_the_keys_are_in_the_materials_when_a_study_opens(open_window: MainWindow) -> None:
    collect = open_window.workspaces["collect"]
    assert isinstance(collect, CollectWorkspace)
    assert open_window.focusWidget() is collect.sessions


def test_workspaces_that_are_hidden_hear_of_a_study_once_it_is_painted(
    window: MainWindow, context: AppContext, study_folder: Path, qtbot: QtBot
) -> None:
    made = set(window.workspaces.values())
    assert window.open_path(study_folder)
    study, others = context.study, made - {window.workspace}
    assert study is not None
    assert window.workspace is not None
    assert window.workspace.study is study
    assert {one.study for one in others} == {None}
    assert context.settings.current.recent == ()
    window.show_workspace("report")
    assert window.workspaces["report"].study is study
    ready = _calls(study, "get_ready")
    qtbot.waitUntil(lambda: window.ready.done)
    assert {one.study for one in others} == {study}
    assert ready == [1]
    assert [entry.title for entry in context.settings.current.recent] == ["Moving home"]


def test_a_study_may_be_closed_before_it_is_painted(
    window: MainWindow, context: AppContext, study_folder: Path, qtbot: QtBot
) -> None:
    assert window.open_path(study_folder)
    window.run_action("study.close")
    qtbot.waitUntil(lambda: window.ready.done)
    assert {one.study for one in window.workspaces.values()} == {None}
    assert window.open_path(study_folder)
    qtbot.waitUntil(lambda: {w.study for w in window.workspaces.values()} == {context.study})


def _calls(thing: object, name: str) -> list[int]:
    """Count the calls of a method, which is carried out."""
    calls, method = [], getattr(thing, name)

    def counted() -> None:
        calls.append(1)
        method()

    setattr(thing, name, counted)
    return calls


@pytest.mark.usefixtures("ahead")
def test_the_next_workspace_is_rehearsed_behind_the_welcome_page(
    context: AppContext, qtbot: QtBot, study_folder: Path
) -> None:
    context.remember(window=WindowState(workspace="code"))
    window = MainWindow(context)
    qtbot.addWidget(window)
    code = window.workspaces["code"]
    assert isinstance(code, CodeWorkspace)
    rehearsed = _calls(code, "rehearse")
    painted = _Paintings(code.text.viewport())
    window.show()
    qtbot.waitUntil(lambda: rehearsed == [1])
    assert painted.count == 1
    assert window.welcome.isVisible()
    assert not window.rail.isVisible()
    assert code.text.toPlainText() == ""
    assert not code.text.marks.all()
    assert window.open_path(study_folder)
    qtbot.waitUntil(lambda: window.ready.done)
    assert rehearsed == [1]
    window.close()


@pytest.mark.usefixtures("ahead")
def test_nothing_is_rehearsed_when_a_study_is_there_at_once(
    context: AppContext, qtbot: QtBot, study_folder: Path
) -> None:
    window = MainWindow(context)
    qtbot.addWidget(window)
    rehearsed = [_calls(one, "rehearse") for one in window.workspaces.values()]
    window.show()
    assert window.open_path(study_folder)
    qtbot.waitUntil(lambda: window.ready.painted and window.ready.done)
    assert rehearsed == [[]] * len(WORKSPACES)
    window.close()


class _Paintings(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


class _Strays(QObject):
    """Notes what is shown as a window, beside the one that has been made."""

    def __init__(self, app: QApplication, window: QWidget) -> None:
        super().__init__(window)
        self.seen: list[QWidget] = []
        self._window = window
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        shown = event.type() == QEvent.Type.Show and isinstance(watched, QWidget)
        if shown and watched.isWindow() and watched is not self._window:
            self.seen.append(watched)
        return False


def test_a_workspace_is_made_when_it_is_first_needed(
    open_window: MainWindow, qapp: QApplication
) -> None:
    assert {one.key for one in open_window.workspaces.made()} == {"collect"}
    strays = _Strays(qapp, open_window)
    open_window.show_workspace("journey")
    assert {one.key for one in open_window.workspaces.made()} == {"collect", "journey"}
    assert open_window.workspaces["journey"].study is open_window._context.study
    for key in open_window.workspaces:
        open_window.workspaces[key]
    for key in ("search", "memos", "history", "bin"):
        open_window.drawer.show_panel(key)
    qapp.removeEventFilter(strays)
    assert not strays.seen


@pytest.mark.usefixtures("ahead")
def test_what_is_missing_is_made_while_nobody_waits(open_window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: len(open_window.workspaces.made()) == len(WORKSPACES))
    assert {one.study for one in open_window.workspaces.made()} == {open_window._context.study}


def test_a_workspace_that_was_not_there_yet_does_what_it_is_asked(
    open_window: MainWindow, context: AppContext
) -> None:
    open_window.show_workspace("collect")
    missing = [key for key in open_window.workspaces if key not in _made(open_window)]
    assert "code" in missing
    context.actions.trigger("code.show_none")  # not enabled: there is no text
    assert "code" in _made(open_window)
    open_window.run_action("report.all")
    assert open_window.workspace is open_window.workspaces["report"]


def _made(window: MainWindow) -> set[str]:
    return {one.key for one in window.workspaces.made()}


def test_every_workspace_can_be_rehearsed(window: MainWindow) -> None:
    for workspace in window.workspaces.values():
        workspace.rehearse()
        assert not workspace.isVisible()
        assert workspace.study is None


def test_the_keys_go_straight_to_the_workspace_that_comes(
    open_window: MainWindow, qapp: QApplication
) -> None:
    before = open_window.workspace
    assert before is not None
    assert before.isAncestorOf(qapp.focusWidget())
    went: list[QWidget | None] = []

    def keep(_from: QWidget | None, to: QWidget | None) -> None:
        went.append(to)

    qapp.focusChanged.connect(keep)
    open_window.show_workspace("journey")
    open_window.show_workspace("collect")
    qapp.focusChanged.disconnect(keep)
    there = [widget for widget in went if widget is not None]
    pages = (open_window.workspaces["journey"], before)
    assert len(there) == len(pages)
    assert all(page in (it, *_above(it)) for page, it in zip(pages, there, strict=True))


def _above(widget: QWidget) -> Iterator[QWidget]:
    while (parent := widget.parentWidget()) is not None:
        yield parent
        widget = parent


def test_every_workspace_comes_to_the_front(open_window: MainWindow) -> None:
    for key, workspace in open_window.workspaces.items():
        open_window.show_workspace(key)
        assert open_window.workspace is workspace
        assert workspace.study is not None


def test_workspaces_have_keys(open_window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(open_window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: open_window.workspace is open_window.workspaces["journey"])
    assert open_window.workspaces["journey"].isVisible()


def test_new_study_is_created_where_asked(
    window: MainWindow, answers: Answers, context: AppContext, tmp_path: Path
) -> None:
    answers.new_study = NewStudy("Bank visits", tmp_path / "Bank visits.study")
    context.actions.trigger("study.new")
    assert context.study is not None
    assert context.study.title == "Bank visits"
    assert (tmp_path / "Bank visits.study" / "study.sqlite").exists()


def test_open_asks_for_a_folder(
    window: MainWindow, answers: Answers, context: AppContext, study_folder: Path
) -> None:
    answers.folder = study_folder
    context.actions.trigger("study.open")
    assert context.study is not None
    assert context.study.folder == study_folder


def test_folder_that_is_no_study_is_told(
    window: MainWindow, answers: Answers, context: AppContext, tmp_path: Path
) -> None:
    assert not window.open_path(tmp_path)
    assert isinstance(answers.errors[0], UserError)
    assert context.study is None
    assert window.welcome.isVisible()


def test_locked_study_is_offered_read_only(
    window: MainWindow, answers: Answers, context: AppContext, study: Study
) -> None:
    assert window.open_path(study.folder)
    assert "open in another program" in answers.questions[0]
    assert context.study is not None
    assert context.study.read_only
    assert "read-only" in window.top_bar.study_button.text()
    assert not context.actions.qaction("study.import").isEnabled()


def test_locked_study_may_be_left_alone(
    window: MainWindow, answers: Answers, context: AppContext, study: Study
) -> None:
    answers.yes = False
    assert not window.open_path(study.folder)
    assert context.study is None


def test_undo_and_redo_follow_the_study(
    open_window: MainWindow, context: AppContext, qtbot: QtBot
) -> None:
    assert context.study is not None
    with qtbot.waitSignal(context.signals.changed):
        context.study.codebook.add("new code")
    assert context.actions.qaction("edit.undo").text() == "Undo: Edit codebook — new code"
    assert not context.actions.qaction("edit.redo").isEnabled()
    with qtbot.waitSignal(context.signals.changed):
        context.actions.qaction("edit.undo").trigger()
    assert context.study.codebook.find("new code") is None
    with qtbot.waitSignal(context.signals.changed):
        context.actions.qaction("edit.redo").trigger()
    assert context.study.codebook.find("new code") is not None


def test_title_follows_the_charter(
    open_window: MainWindow, context: AppContext, qtbot: QtBot
) -> None:
    assert context.study is not None
    with qtbot.waitSignal(context.signals.changed):
        context.study.edit_charter(title="Moving & settling")
    assert open_window.windowTitle() == "Moving & settling – Workbench"


def test_a_real_name_is_neither_in_the_title_of_the_window_nor_in_the_recent_list(
    window: MainWindow, context: AppContext, study_folder: Path, qtbot: QtBot
) -> None:
    with Study.open(study_folder) as study:
        person = study.people.add(pseudonym="Mayfly", real_name="Anselma Quuxington")
        study.edit_charter(title="Talks with Anselma")
    assert window.open_path(study_folder)
    qtbot.waitUntil(lambda: bool(context.settings.current.recent))
    assert window.windowTitle() == "Talks with [Mayfly] – Workbench"
    assert [one.title for one in context.settings.current.recent] == ["Talks with [Mayfly]"]
    assert context.study is not None
    with qtbot.waitSignal(context.signals.changed):
        context.study.people.set_real_name(person.id, "Bo Talks")
    assert window.windowTitle() == "[Mayfly] with [Mayfly] – Workbench"


def test_only_the_workspace_in_front_is_refreshed(
    open_window: MainWindow,
    context: AppContext,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[tuple[str, ChangeSet | None]] = []
    for key, workspace in open_window.workspaces.items():
        for owner, name in ((workspace, "refresh"), (workspace.hearing, "_refresh")):
            monkeypatch.setattr(owner, name, lambda changes, key=key: told.append((key, changes)))
    open_window.show_workspace("code")
    told.clear()
    assert context.study is not None
    with qtbot.waitSignal(context.signals.changed):
        context.study.codebook.add("first")
        context.study.codebook.add("second")
    assert len(told) == 1
    key, changes = told[0]
    assert key == "code"
    assert changes is not None
    assert changes.touches("code")
    open_window.show_workspace("journey")
    assert told[1:] == [("journey", None)]


def test_object_opens_in_its_home(open_window: MainWindow, context: AppContext) -> None:
    context.signals.open_requested.emit("stage", "some id")
    assert open_window.workspace is open_window.workspaces["journey"]


def test_every_kind_has_a_home() -> None:
    keys = {kind.key for kind in WORKSPACES}
    assert set(HOMES) == set(KINDS)
    assert set(HOMES.values()) <= keys


def test_moment_is_written_and_read() -> None:
    assert split_moment(moment("a@b", 55_000)) == ("a@b", 55_000)


def test_closing_asks_while_jobs_run(
    open_window: MainWindow, context: AppContext, answers: Answers
) -> None:
    stopped: list[bool] = []
    context.running_jobs = lambda: ["Transcribing Daniel"]
    context.stop_jobs = lambda: stopped.append(True)
    answers.yes = False
    assert not open_window.close()
    assert context.study is not None
    answers.yes = True
    assert open_window.close()
    assert stopped == [True]
    assert context.study is None


def test_window_remembers_where_it_was(
    make_window: Callable[[], MainWindow],
    context: AppContext,
    study_folder: Path,
    settings: SettingsStore,
) -> None:
    window = make_window()
    window.open_path(study_folder)
    window.show_workspace("findings")
    context.splitters["main"] = (100, 200)
    window.close()
    kept = SettingsStore(settings.path).current.window
    assert kept.workspace == "findings"
    assert kept.splitters == {"main": (100, 200)}
    assert len(kept.geometry) > 40


def test_recent_study_opens_from_the_welcome_page(
    make_window: Callable[[], MainWindow], context: AppContext, study_folder: Path, qtbot: QtBot
) -> None:
    context.settings.remember(study_folder, title="Moving home", opened="2026-09-12T10:00:00")
    context.settings.remember(Path("/nowhere/x.study"), title="Gone", opened="2026-09-11")
    window = make_window()
    buttons = {b.accessibleName(): b for b in window.welcome.findChildren(QAbstractButton)}
    gone = buttons["Open Gone, /nowhere/x.study"]
    assert not gone.isEnabled()
    buttons["Take Gone off the list"].click()
    assert [entry.title for entry in context.settings.current.recent] == ["Moving home"]
    qtbot.mouseClick(buttons[f"Open Moving home, {study_folder}"], Qt.MouseButton.LeftButton)
    assert context.study is not None


def test_dropped_study_opens(
    window: MainWindow, context: AppContext, study_folder: Path, qtbot: QtBot
) -> None:
    _drop(window, [study_folder])
    qtbot.waitUntil(lambda: context.study is not None)
    assert window.workspace is not None


def test_dropped_files_go_to_collect(
    open_window: MainWindow, context: AppContext, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("words", encoding="utf-8")
    open_window.show_workspace("report")
    with qtbot.waitSignal(context.signals.import_requested) as asked:
        _drop(open_window, [file])
    assert asked.args == [[file]]
    assert open_window.workspace is open_window.workspaces["collect"]


def test_bottom_bar_shows_while_there_is_something_to_say(
    open_window: MainWindow, context: AppContext
) -> None:
    context.signals.status_changed.emit("Transcribing Daniel · 63 %")
    assert open_window.bottom_bar.isVisible()
    context.signals.status_changed.emit("")
    assert not open_window.bottom_bar.isVisible()
    open_window.player.show()
    assert open_window.bottom_bar.isVisible()


def test_theme_and_text_size_are_remembered(window: MainWindow, context: AppContext) -> None:
    context.actions.trigger("theme.dark")
    context.actions.trigger("view.larger")
    assert context.theme.dark
    context.actions.refresh()
    assert context.actions.qaction("theme.dark").isChecked()
    again = SettingsStore(context.settings.path).current
    assert (again.theme, again.reading_size) == ("dark", 16)
    context.actions.trigger("view.normal")
    assert context.theme.reading_size == 15


def test_every_control_has_a_name(open_window: MainWindow, context: AppContext) -> None:
    for key in open_window.workspaces:
        open_window.show_workspace(key)
    controls = [
        *open_window.findChildren(QAbstractButton),
        *open_window.findChildren(QLineEdit),
        *open_window.findChildren(QComboBox),
    ]
    nameless = [
        f"{type(c).__name__} in {type(c.parent()).__name__}"
        for c in controls
        if not c.isHidden()
        and not (c.accessibleName() or (isinstance(c, QAbstractButton) and c.text()))
        and not c.objectName().startswith("qt_")
        and not isinstance(c.parent(), QComboBox)  # the field of an editable box is the box
    ]
    assert not nameless


def test_bridge_joins_changes_of_one_moment(study: Study, qtbot: QtBot) -> None:
    bridge = StudyBridge(study)
    with qtbot.waitSignal(bridge.changed) as told:
        study.codebook.add("one")
        study.people.add(pseudonym="Ruth")
    changes = told.args[0]
    assert changes.touches("code")
    assert changes.touches("participant")
    bridge.stop()
    study.codebook.add("two")
    with qtbot.assertNotEmitted(bridge.changed):
        bridge.flush()


def test_joined_changes_keep_an_origin_they_share() -> None:
    row = RowChange("code", ("1",), "inserted")
    origin, other = object(), object()
    one = ChangeSet((Op.EDIT_CODEBOOK,), origin, (row,))
    assert join([one, one]).origin is origin
    assert join([one, one]).rows == (row,)
    joined = join([one, ChangeSet((Op.EDIT_JOB,), other, ())])
    assert joined.origin is None
    assert joined.ops == (Op.EDIT_CODEBOOK, Op.EDIT_JOB)
    assert not joined.by_machine


def _drop(window: MainWindow, paths: list[Path]) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    drop = QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, buttons, keys)
    window.dropEvent(drop)
    assert drop.isAccepted()
