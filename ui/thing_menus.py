"""What one can do with a thing in a list, from the table of actions: one row for each view.

Those that have more to say (passages, the codebook, the queue, the map) make theirs themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QMenu

from ui.actions import Actions
from ui.i18n import t
from ui.views.code.workspace import CodeWorkspace
from ui.views.collect.workspace import CollectWorkspace
from ui.views.drawer.drawer import Drawer
from ui.views.findings.roadmap import HorizonList
from ui.views.findings.workspace import FindingsWorkspace
from ui.views.reading.text import ReadingText
from ui.views.report.workspace import ReportWorkspace
from ui.views.widgets.context_menu import offer_menu
from ui.views.workspace import Workspace

_LINE = ""  # parts two groups
_SESSION = ("collect.details", "collect.version", "collect.attach", "drawer.memo", _LINE,
            "collect.session", _LINE, "collect.remove")  # fmt: skip
_PERSON = ("collect.person", "collect.consent", "drawer.memo", _LINE, "collect.remove_person")
_MATERIAL = ("code.write", "code.all", "drawer.memo", _LINE, "view.transcribe", "study.import")
_WORDS = ("code.pick", "code.again", "code.in_vivo", "code.touchpoint", "code.rate", "code.moment",
          "code.memo", _LINE, "code.play", "code.play_here", _LINE, "code.widen",
          "code.select_turn", "code.all", _LINE, "code.remove")  # fmt: skip
_STAGES = tuple(f"code.stage{number}" for number in range(1, 9))
_INSIGHT = ("findings.add-insight", _LINE, "findings.remove-insight")
_SECTION = ("report.all", "report.write", "report.open")
_WRITTEN = ("report.open", "report.write")


class ThingMenus:
    """Gives the views of the window their context menus.

    Args:
        actions: the registry; all actions are declared.
    """

    def __init__(self, actions: Actions) -> None:
        self._actions = actions

    def offer(self, workspaces: Mapping[str, Workspace], drawer: Drawer) -> None:
        """Give each list its menu."""
        for workspace in workspaces.values():
            match workspace:
                case CollectWorkspace():
                    self._give(workspace.sessions, _SESSION)
                    self._give(workspace.people.list, _PERSON)
                case CodeWorkspace():
                    self._give(workspace.materials, _MATERIAL)
                    offer_menu(workspace.text, partial(self._fill_words, workspace))
                case FindingsWorkspace():
                    self._give(workspace.insights.list, _INSIGHT)
                    for column in workspace.roadmap.columns.values():
                        offer_menu(column, partial(self._fill_opportunity, column))
                case ReportWorkspace():
                    self._give(workspace.outline, _SECTION)
                    self._give(workspace.written.list, _WRITTEN)
        remove = (t("Remove"), drawer.memos.remove)
        for view, *entries in (
            (drawer.search.list, (t("Open"), partial(_activate, drawer.search.list))),
            (drawer.memos.list, (t("Show what it is about"), drawer.memos.open_object), remove),
            (drawer.history.list, (t("Go back to here"), drawer.history.go_back)),
            (drawer.bin.list, (t("Restore"), drawer.bin.restore)),
        ):
            offer_menu(view, partial(_fill_current, view, entries))

    def _give(self, view: QAbstractScrollArea, ids: Sequence[str]) -> None:
        offer_menu(view, lambda menu, _at: self._fill(menu, ids))

    def _fill(self, menu: QMenu, ids: Sequence[str]) -> None:
        for action_id in ids:
            if action_id == _LINE:
                menu.addSeparator()
            else:
                menu.addAction(self._actions.qaction(action_id))

    def _fill_words(self, code: CodeWorkspace, menu: QMenu, at: QPoint) -> None:
        _go_to(code.text, at)
        self._fill(menu, _WORDS)
        stages = QMenu(t("Stage"), menu)
        self._fill(stages, _STAGES)
        stages.setEnabled(code.can_code())
        menu.insertMenu(self._actions.qaction("code.touchpoint"), stages)
        menu.addSeparator()
        chosen = code.text.textCursor().hasSelection()
        menu.addAction(t("Copy"), code.text.copy).setEnabled(chosen)
        menu.addAction(t("Select all"), code.text.selectAll)

    def _fill_opportunity(self, column: HorizonList, menu: QMenu, _at: QPoint) -> None:
        found = column.current()
        change = self._actions.qaction("findings.add-opportunity")
        if found is not None:
            for title, run in (
                (t("Edit…"), partial(column.opened.emit, found.id)),
                (t("Move to the left"), partial(column.moved.emit, found.id, -1)),
                (t("Move to the right"), partial(column.moved.emit, found.id, 1)),
                (t("Remove"), partial(column.removed.emit, found.id)),
            ):
                menu.addAction(title, run).setEnabled(change.isEnabled())
            menu.addSeparator()
        menu.addAction(change)


def _fill_current(
    view: QAbstractItemView,
    entries: Sequence[tuple[str, Callable[[], object]]],
    menu: QMenu,
    _at: QPoint,
) -> None:
    for title, run in entries:
        menu.addAction(title, run).setEnabled(view.currentIndex().isValid())


def _activate(view: QAbstractItemView) -> None:
    view.activated.emit(view.currentIndex())


def _go_to(text: ReadingText, at: QPoint) -> None:
    """Go where the menu was asked for: to the observation there, else to the word."""
    cursor = text.cursorForPosition(at)
    chosen = text.textCursor()
    if chosen.selectionStart() <= cursor.position() <= chosen.selectionEnd():
        return
    mark = text.mark_at(QPointF(at))
    cursor.clearSelection()
    text.setTextCursor(cursor)
    text.mark_pressed.emit(mark.id if mark else "")
