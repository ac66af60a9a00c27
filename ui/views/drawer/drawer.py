"""One pane at the right of any workspace; it shows one thing at a time and goes with Esc."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid
from typing_extensions import override

from ui.actions import Action, native
from ui.context import AppContext
from ui.i18n import t
from ui.opening import Turn
from ui.views.widgets.looks import hairline, icon_button, label, look
from ui.views.workspace import Workspace

if TYPE_CHECKING:
    from ui.views.bin.panel import BinPanel
    from ui.views.history.panel import HistoryPanel
    from ui.views.memos.panel import MemosPanel
    from ui.views.search.panel import SearchPanel
    from workbench.domain.change import ChangeSet

    Panel = SearchPanel | MemosPanel | HistoryPanel | BinPanel

Made = TypeVar("Made", bound="Panel")
_WIDTH = 380
DRAWER_ACTIONS: tuple[Action[Drawer], ...] = (
    Action("drawer.search", "Search in everything…", "Tools", shortcut="Ctrl+Shift+K",
           icon="search", run=lambda it: it.toggle("search"),
           enabled=lambda it: it.has_study(), checked=lambda it: it.shows("search")),
    Action("drawer.memos", "Memos", "Tools", shortcut="Ctrl+M", icon="notebook-pen",
           run=lambda it: it.toggle("memos"), enabled=lambda it: it.has_study(),
           checked=lambda it: it.shows("memos")),
    Action("drawer.memo", "Memo on what is selected", "Tools", shortcut="Ctrl+Alt+M",
           icon="notebook-pen", run=lambda it: it.write_on_selected(),
           enabled=lambda it: it.has_selected()),
    Action("drawer.history", "History", "Tools", shortcut="Ctrl+Shift+Y", icon="history",
           run=lambda it: it.toggle("history"), enabled=lambda it: it.has_study(),
           checked=lambda it: it.shows("history")),
    Action("drawer.bin", "Bin: what was removed", "Tools", shortcut="Ctrl+Shift+B", icon="trash-2",
           run=lambda it: it.toggle("bin"), enabled=lambda it: it.has_study(),
           checked=lambda it: it.shows("bin")),
)  # fmt: skip


class Drawer(QWidget):
    """Search, memos, history or the bin.

    Args:
        context: everything the window shares.
        in_hand: tells what is selected in the workspace in front, as kind and id.

    Signals:
        made: a panel is there, which was first asked for.
    """

    made = Signal(object)

    def __init__(
        self, context: AppContext, in_hand: Callable[[], Sequence[tuple[str, str]]]
    ) -> None:
        super().__init__()
        self._context = context
        self._in_hand = in_hand
        self._back: QWidget | None = None
        self._reading = ""  # id of the source that is open
        self._panels: dict[str, Panel] = {}
        look(self, "paper")
        self.title = label("", "title")
        close = icon_button(context.icons, "x", t("Close ({keys})", keys=native("Esc")))
        close.clicked.connect(self.close_panel)
        self._pages = QStackedWidget()
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 8, 8)
        head.addWidget(self.title, 1)
        head.addWidget(close)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._pages, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(hairline(upright=True))
        row.addLayout(column, 1)
        self.setFixedWidth(_WIDTH)
        self.hide()
        context.opening.at(
            Turn.FRAME, self, lambda _study: self._on_changed(None), self._on_study_closed
        )
        context.signals.changed.connect(self._on_changed)
        context.signals.refused.connect(lambda: self._on_changed(None))
        context.signals.source_shown.connect(self._on_source_shown)

    @cached_property
    def search(self) -> SearchPanel:
        """Return the panel for search; like the others, it is made when first asked for."""
        from ui.views.search.panel import SearchPanel

        return self._add("search", SearchPanel(self._context))

    @cached_property
    def memos(self) -> MemosPanel:
        """Return the panel with the memos."""
        from ui.views.memos.panel import MemosPanel

        return self._add("memos", MemosPanel(self._context, self._in_hand, lambda: self._reading))

    @cached_property
    def history(self) -> HistoryPanel:
        """Return the panel with the steps of the study."""
        from ui.views.history.panel import HistoryPanel

        return self._add("history", HistoryPanel(self._context))

    @cached_property
    def bin(self) -> BinPanel:
        """Return the panel with what was removed."""
        from ui.views.bin.panel import BinPanel

        return self._add("bin", BinPanel(self._context))

    def show_panel(self, key: str) -> None:
        """Show one of the panels, up to date, with the focus in it."""
        panel = self._panel(key)
        before = self.window().focusWidget()
        if before is not None and not self.isAncestorOf(before):
            self._back = before
        self._pages.setCurrentWidget(panel)
        self.title.setText(t(panel.title))
        panel.refresh(None)
        self.show()
        panel.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._context.actions.refresh()

    def write_memo(self, subject: str, subject_id: str) -> None:
        """Show the memo on an object, with the caret in it."""
        self.show_panel("memos")
        self.memos.write_on(subject, subject_id)

    def write_on_selected(self) -> None:
        """Write a memo on what is selected in the workspace in front."""
        if found := self._in_hand():
            self.write_memo(*found[0])

    def has_selected(self) -> bool:
        """Tell whether something is selected that can have a memo."""
        return self._context.study is not None and bool(self._in_hand())

    def close_panel(self) -> None:
        """Put the pane away."""
        if "memos" in self._panels:
            self.memos.field.flush()
        self.hide()
        if self._back is not None and isValid(self._back) and self._back.isVisible():
            self._back.setFocus()
        self._back = None
        self._context.actions.refresh()

    def toggle(self, key: str) -> None:
        """Show a panel, or put it away when it is in front and has the focus."""
        inside = self.isAncestorOf(self.window().focusWidget() or self.window())
        if self.shows(key) and inside:
            self.close_panel()
        else:
            self.show_panel(key)

    def shows(self, key: str) -> bool:
        """Tell whether a panel is in front."""
        return not self.isHidden() and self._pages.currentWidget() is self._panels.get(key)

    def has_study(self) -> bool:
        """Tell whether a study is open."""
        return self._context.study is not None

    def answer_find(self, workspace: Workspace) -> None:
        """Let Ctrl+F search in everything in a workspace, unless it uses it itself."""
        find = QKeySequence("Ctrl+F")
        keys = self._context.actions.shortcuts
        own = (keys.of(action.id) for action in workspace.actions_offered())
        if find not in map(QKeySequence, own):
            key = QShortcut(find, workspace)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(lambda: self.show_panel("search"))

    def _add(self, key: str, panel: Made) -> Made:
        self._panels[key] = panel
        self._pages.addWidget(panel)
        self.made.emit(panel)
        return panel

    def _panel(self, key: str) -> Panel:
        return _PANELS[key](self)

    def _on_study_closed(self) -> None:
        if "memos" in self._panels:
            self.memos.field.forget()
            self.memos.show_subject("")
        self.hide()

    def _on_changed(self, changes: ChangeSet | None) -> None:
        for panel in self._panels.values():
            if panel is self._pages.currentWidget() and not self.isHidden():
                panel.hearing.hear(changes)

    def _on_source_shown(self, source_id: str) -> None:
        self._reading = source_id

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            super().keyPressEvent(event)


_PANELS: dict[str, Callable[[Drawer], Panel]] = {
    "search": lambda drawer: drawer.search,
    "memos": lambda drawer: drawer.memos,
    "history": lambda drawer: drawer.history,
    "bin": lambda drawer: drawer.bin,
}
