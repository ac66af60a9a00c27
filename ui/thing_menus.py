"""What one can do with a thing in a list, from the table of actions: one row for each view.

Those that have more to say (passages, the codebook, the queue, the map) make theirs themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QMenu

from ui.actions import Actions
from ui.i18n import t
from ui.views import faces
from ui.views.widgets.context_menu import offer_menu
from ui.views.workspace import Workspace

if TYPE_CHECKING:
    from ui.views.code.workspace import CodeWorkspace
    from ui.views.collect.workspace import CollectWorkspace
    from ui.views.drawer.drawer import Panel
    from ui.views.findings.roadmap import HorizonList
    from ui.views.findings.workspace import FindingsWorkspace
    from ui.views.reading.turns import TurnText
    from ui.views.report.workspace import ReportWorkspace

_LINE = ""  # parts two groups
_SESSION = ("collect.details", "collect.version", "collect.attach", "drawer.memo", _LINE,
            "collect.sound", _LINE, "collect.session", _LINE, "collect.remove")  # fmt: skip
_PERSON = ("collect.person", "collect.consent", "drawer.memo", _LINE, "collect.remove_person",
           "collect.withdraw")  # fmt: skip
_MATERIAL = ("code.write", "code.all", "drawer.memo", _LINE, "view.transcribe", "study.import")
_WORDS = ("code.pick", "code.again", "code.in_vivo", "code.touchpoint", "code.rate", "code.moment",
          "code.memo", _LINE, "code.play", "code.play_here", "code.clip", _LINE, "code.widen",
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

    def offer(self, made: Workspace | Panel) -> None:
        """Give each list of a workspace or of a panel its menu."""
        if isinstance(made, Workspace):
            self._offer_in_workspace(made)
        else:
            self._offer_in_panel(made)

    def _offer_in_workspace(self, made: Workspace) -> None:
        # By what they are called: to ask for their kinds would load all of them for one.
        if made.key == faces.COLLECT.key:
            collect = cast("CollectWorkspace", made)
            self._give(collect.sessions, _SESSION)
            self._give(collect.people.list, _PERSON)
        elif made.key == faces.CODE.key:
            code = cast("CodeWorkspace", made)
            self._give(code.materials, _MATERIAL)
            offer_menu(code.text, partial(self._fill_words, code))
        elif made.key == faces.FINDINGS.key:
            findings = cast("FindingsWorkspace", made)
            self._give(findings.insights.list, _INSIGHT)
            for column in findings.roadmap.columns.values():
                offer_menu(column, partial(self._fill_opportunity, column))
        elif made.key == faces.REPORT.key:
            report = cast("ReportWorkspace", made)
            self._give(report.outline, _SECTION)
            self._give(report.written.list, _WRITTEN)

    def _offer_in_panel(self, made: Panel) -> None:
        from ui.views.bin.panel import BinPanel
        from ui.views.history.panel import HistoryPanel
        from ui.views.memos.panel import MemosPanel
        from ui.views.search.panel import SearchPanel

        match made:
            case SearchPanel():
                self._plain(made.list, (t("Open"), partial(_activate, made.list)))
            case MemosPanel():
                show = (t("Show what it is about"), made.open_object)
                self._plain(made.list, show, (t("Remove"), made.remove))
            case HistoryPanel():
                self._plain(made.list, (t("Go back to here"), made.go_back))
            case BinPanel():
                self._plain(made.list, (t("Restore"), made.restore))

    def _plain(self, view: QAbstractItemView, *entries: tuple[str, Callable[[], object]]) -> None:
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
        stages.setEnabled(code.work is not None and code.work.selection.can_code())
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


def _go_to(text: TurnText, at: QPoint) -> None:
    """Go where the menu was asked for: to the observation there, else to the word."""
    cursor = text.cursorForPosition(at)
    chosen = text.textCursor()
    if chosen.selectionStart() <= cursor.position() <= chosen.selectionEnd():
        return
    mark = text.highlights.at(QPointF(at))
    cursor.clearSelection()
    text.setTextCursor(cursor)
    text.highlights.pressed.emit(mark.id if mark else "")
