"""The one window: frame, workspaces, and the way between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt, QTimer
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QPaintEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget
from typing_extensions import override

from ui import window_state
from ui.context import AppContext
from ui.getting_ready import GettingReady
from ui.i18n import t
from ui.menus import Menus
from ui.opening import Turn
from ui.studies import Studies
from ui.thing_menus import ThingMenus
from ui.views.banners import Banners
from ui.views.command_palette import CommandPalette, PaletteItem
from ui.views.drawer.drawer import DRAWER_ACTIONS, Drawer
from ui.views.hearing import Hearing
from ui.views.player.bar import PlayerBar
from ui.views.player.commands import PLAYER_ACTIONS
from ui.views.welcome import Welcome
from ui.views.widgets import spoken, tabbing
from ui.views.widgets.dropping import files_in, study_in, take_copy
from ui.views.widgets.field_keys import FieldKeys
from ui.views.widgets.frame import BottomBar, Rail, TopBar
from ui.views.widgets.pages import Pages
from ui.views.workspace import Workspace
from ui.window_actions import WINDOW_ACTIONS
from ui.window_commands import WindowCommands
from ui.window_state import last_workspace
from ui.workspaces import HOMES, WORKSPACES, Workspaces
from workbench.domain.ids import MemoId

if TYPE_CHECKING:
    from workbench.domain.change import ChangeSet, TableName
    from workbench.study import Study

_DIALOGS = {"charter": "collect.charter", "names": "study.names"}

_IN_TITLE: tuple[TableName, ...] = (
    "charter", "key", "participant", "name_decision", "segment", "stage", "touchpoint", "code",
)  # fmt: skip
"""What the title of the window comes from: that of the study, without the names of people."""


class MainWindow(QMainWindow):
    """The window of the program.

    Args:
        context: what all views share.
    """

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        spoken.install()
        self._context = context
        self._studies = Studies(context, self)
        self._stale: set[str] = set()
        self._left: dict[Path, str] = {}  # workspaces, by study: one that locks itself comes back
        self._folder: Path | None = None  # of the study that is shown
        self._title = Hearing(
            lambda _changes: _show_title(context.study, self, self.top_bar), reads=_IN_TITLE
        )
        self._commands = WindowCommands(context, self._studies, self, self)
        self._field_keys = FieldKeys(self)
        with context.theme.dressing(self):
            self._build()
        self._declare()
        self.menus = Menus(
            context,
            self,
            self.top_bar,
            workspaces=[w.title for w in WORKSPACES],
            open_study=self._studies.open,
        )
        self._connect()
        window_state.restore(context, self)
        self._show_welcome()

    # Layout

    def _build(self) -> None:
        icons = self._context.icons
        self.setWindowTitle(t("Workbench"))
        self.setAcceptDrops(True)
        self.setMinimumSize(880, 470)  # 1366 × 768 at a scale of 1.5, less frame and task bar
        self.top_bar = TopBar(icons)
        self.rail = Rail(icons, [(w.key, w.title, w.icon) for w in WORKSPACES])
        self.bottom_bar = BottomBar()
        self.player = PlayerBar(self._context)
        self.bottom_bar.set_player(self.player)
        self.welcome, self._stack = Welcome(self._context), Pages()
        self.banners = Banners(self._context)
        self._stack.addWidget(self.welcome)

        def take(made: Workspace) -> None:
            self.drawer.answer_find(made)
            self._thing_menus.offer(made)

        self.workspaces = Workspaces(self._context, self._stack, take)
        self.drawer = Drawer(
            self._context, lambda: self.workspace.in_hand() if self.workspace is not None else ()
        )
        self._toast = self._studies.line.toast
        self.ready = GettingReady(
            self._context,
            self._stack,
            (self.rail, self.top_bar),
            self.workspaces,
            lambda: last_workspace(self._context),
        )
        shown = QHBoxLayout()
        shown.setSpacing(0)
        shown.addWidget(self._stack, 1)
        shown.addWidget(self.drawer)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.banners)
        right.addLayout(shown, 1)
        for low in (self._studies.unsaved, self._studies.line, self.bottom_bar):
            right.addWidget(low)
        below = QHBoxLayout()
        below.setSpacing(0)
        below.addWidget(self.rail)
        below.addLayout(right, 1)
        page = QWidget()
        whole = QVBoxLayout(page)
        self._frame = (whole, below, right, shown)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.top_bar)
        whole.addLayout(below, 1)
        self.setCentralWidget(page)
        self.palette_box = CommandPalette(self._context, page)

    def _declare(self) -> None:
        actions = self._context.actions
        self._thing_menus = ThingMenus(actions)
        actions.add(WINDOW_ACTIONS, owner=self._commands, widget=self)
        actions.add(PLAYER_ACTIONS, owner=self.player, widget=self)
        actions.add(DRAWER_ACTIONS, owner=self.drawer, widget=self)
        self.drawer.made.connect(self._thing_menus.offer)
        self.palette_box.add_source(partial(_found, self._context, self.run_action))
        self.top_bar.set_history(actions.qaction("edit.undo"), actions.qaction("edit.redo"))

    def _connect(self) -> None:
        signals = self._context.signals
        self._context.opening.at(Turn.SHOW, self, self._show_study, self._show_welcome)
        self._context.opening.at(Turn.NAME, self, lambda _study: self._title.hear(None))
        signals.changed.connect(self._on_changed)
        signals.refused.connect(lambda: self._on_changed(None))
        signals.open_requested.connect(self.open_object)
        signals.status_changed.connect(self.bottom_bar.set_status)
        signals.toast_requested.connect(self._toast.say)
        signals.told_where.connect(self._toast.say_where)
        self._toast.wanted.connect(self.open_object)
        self.banners.action_wanted.connect(self.run_action)
        self.welcome.open_requested.connect(self._studies.open)
        self.welcome.restore_requested.connect(self._studies.restore)
        self.rail.chosen.connect(self.show_workspace)
        self.top_bar.search_requested.connect(self.palette_box.open_box)
        self.bottom_bar.status_pressed.connect(lambda: self.show_workspace("transcribe"))
        show_keys = partial(_show_keys, self._context, self.top_bar, self.rail)
        self._context.actions.shortcuts.remapped.connect(show_keys)
        show_keys()

    def open_path(self, path: Path) -> bool:
        """Open a study folder."""
        return self._studies.open(path)

    def go_to_pane(self, step: int) -> None:
        """Move the keys to the next or the previous part of the window."""
        page = self.workspace or self.welcome
        frame = (self.drawer, self.bottom_bar, self.top_bar, self.rail)
        tabbing.go_to_pane([*tabbing.panes(page), *frame], on=step > 0)

    # Workspaces

    @property
    def workspace(self) -> Workspace | None:
        """Return the workspace in front, or None while the welcome page is."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, Workspace) else None

    def show_workspace(self, key: str) -> None:
        """Bring a workspace to the front and up to date."""
        if self._context.study is None:
            return
        workspace = self.workspaces[key]
        self.workspaces.tell(workspace)
        comes = self._stack.currentWidget() is not workspace
        self._stack.bring(workspace)
        self.rail.select(key)
        if key in self._stale or workspace.hearing.behind:
            self._stale.discard(key)
            workspace.hearing.hear(None)
        if comes:  # only now is there what one works on
            tabbing.enter(workspace)
        self.menus.show_for(self.workspace)
        self._context.actions.refresh()

    def open_object(self, kind: str, object_id: str) -> None:
        """Show an object in the workspace in front if that can, else in its home.

        A memo is shown beside what it is about.
        """
        study = self._context.study
        if kind == "memo" and study is not None:
            memo = study.memos.memo(MemoId(object_id))
            if memo.subject != "observation":  # those have theirs in Code
                self.drawer.write_memo(memo.subject, memo.subject_id)
                return
        if kind in _DIALOGS:
            self.run_action(_DIALOGS[kind])
            return
        shown = self.workspace
        if shown is None or kind not in shown.opens:
            self.show_workspace(HOMES[kind])
        if self.workspace is not None:
            self.workspace.focus_object(kind, object_id)

    def run_action(self, action_id: str) -> None:
        """Run any action; one of a workspace brings that to the front first."""
        action = next(a for a in self._context.actions.all() if a.id == action_id)
        if action.context in self.workspaces:
            self.show_workspace(action.context)
        self._context.actions.trigger(action_id)

    # Reactions

    def _show_study(self, study: Study) -> None:
        self.rail.show()
        _show_in_bar(study, self.top_bar)
        self._folder = study.folder
        self._stale = set(self.workspaces)
        for layout in self._frame:  # the rail, so that a workspace is laid out once
            layout.activate()
        self.show_workspace(self._left.get(study.folder, last_workspace(self._context)))

    def _show_welcome(self) -> None:
        self.rail.hide()
        self._title.hear(None)
        if self._folder is not None and self.workspace is not None:
            self._left[self._folder] = self.workspace.key
        self._folder = None
        for workspace in self.workspaces.made():
            workspace.set_study(None)
        self._stale.clear()
        self.welcome.refresh()
        if self._stack.bring(self.welcome):
            tabbing.enter(self.welcome)
        self.menus.show_for(None)
        self._context.actions.refresh()

    def _on_changed(self, changes: ChangeSet | None) -> None:
        shown = self.workspace
        self._stale = {key for key in self.workspaces if shown is None or key != shown.key}
        if shown is not None:
            shown.hearing.hear(changes)
        self._title.hear(changes)
        self._context.actions.refresh()

    # Qt

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Nobody else wanted it: back to what one works on.
        if event.key() == Qt.Key.Key_Escape and self.workspace is not None:
            tabbing.enter(self.workspace)
        else:
            super().keyPressEvent(event)

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        return tabbing.go(self, on=next)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.ready.on_painted()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        window_state.keep(self._context, self, self.workspace.key if self.workspace else "")
        closes = self._studies.close()
        event.setAccepted(closes)
        if closes:
            self.player.engine.end()
            self.workspaces.rest()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _wanted(event.mimeData(), changing=self._commands.can_change()):
            take_copy(event)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        study = study_in(event.mimeData())
        paths = _wanted(event.mimeData(), changing=self._commands.can_change())
        if paths:
            take_copy(event)
            # Later, so that a question does not hold up the program that is being dragged from.
            QTimer.singleShot(0, self, lambda: self._take(study, paths))

    def _take(self, study: Path | None, paths: list[Path]) -> None:
        if study is not None:
            self._studies.open(study)
        else:
            self.show_workspace("collect")
            self._context.signals.import_requested.emit(paths)


def _wanted(data: QMimeData, *, changing: bool) -> list[Path]:
    """Return what of a drag can be used: a study to open, or files for the one that is."""
    study = study_in(data)
    return [study] if study else files_in(data) if changing else []


def _show_keys(context: AppContext, top_bar: TopBar, rail: Rail) -> None:
    """Say beside what is pressed which keys do the same."""
    shown = context.actions.shortcuts.shown
    top_bar.set_search_key(shown("tools.palette"))
    top_bar.set_menu_key(shown("help.menu"))
    for kind in WORKSPACES:
        rail.set_tip(kind.key, f"{t(kind.title)}  {shown(f'view.{kind.key}')}")


def _show_title(study: Study | None, window: QMainWindow, top_bar: TopBar) -> None:
    """Say which study is open; the frame of the window says it without names of people."""
    _show_in_bar(study, top_bar)
    window.setWindowTitle(
        t("{title} – Workbench", title=study.exports.title) if study else t("Workbench")
    )


def _show_in_bar(study: Study | None, top_bar: TopBar) -> None:
    top_bar.set_study(study.title if study else None, read_only=bool(study and study.read_only))


def _found(context: AppContext, run: Callable[[str], None], text: str) -> Iterator[PaletteItem]:
    from ui.views.palette_sources import action_items, study_items

    yield from action_items(context, text, run)
    yield from study_items(context, text)
