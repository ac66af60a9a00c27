"""Every action is declared once, reachable from everywhere, and no two share a key."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

import resources
from ui.actions import WINDOW, Action, Actions, Promised
from ui.context import AppContext
from ui.main_window import MainWindow
from ui.views.palette_sources import action_items, fit
from ui.window_actions import WINDOW_ACTIONS


def test_ids_are_unique(open_window: MainWindow, context: AppContext) -> None:
    ids = [action.id for action in context.actions.all()]
    assert len(ids) == len(set(ids)) >= len(WINDOW_ACTIONS)


def test_no_two_actions_share_a_key(open_window: MainWindow, context: AppContext) -> None:
    clashes = {
        action.id: other.id
        for action in context.actions.all()
        if (other := context.actions.shortcuts.clash(action.id, action.shortcut))
    }
    assert not clashes


def test_every_key_can_be_typed(open_window: MainWindow, context: AppContext) -> None:
    wrong = [
        action.id
        for action in context.actions.all()
        if action.shortcut and QKeySequence(action.shortcut).toString() == ""
    ]
    assert not wrong


def test_every_action_is_in_a_menu(open_window: MainWindow, context: AppContext) -> None:
    for key in open_window.workspaces:
        open_window.show_workspace(key)
    shown = {
        action.objectName() for menu in open_window.menus.menus.values() for action in _leaves(menu)
    }
    assert {action.id for action in context.actions.all()} <= shown


def test_every_action_is_in_the_palette(open_window: MainWindow, context: AppContext) -> None:
    ran: list[str] = []
    for item in action_items(context, "", ran.append):
        item.run()
    wanted = {
        action.id
        for action in context.actions.all()
        if action.context != WINDOW or context.actions.qaction(action.id).isEnabled()
    }
    assert set(ran) == wanted


def test_every_icon_is_there(open_window: MainWindow, context: AppContext) -> None:
    missing = [
        action.icon
        for action in context.actions.all()
        if action.icon and not resources.path("icons", f"{action.icon}.svg").exists()
    ]
    assert not missing


def test_every_workspace_action_belongs_to_its_workspace(open_window: MainWindow) -> None:
    for key, workspace in open_window.workspaces.items():
        assert all(action.context == key for action in workspace.actions_offered())


class _Owner(QWidget):
    """Something with two commands."""

    def __init__(self) -> None:
        super().__init__()
        self.ran: list[str] = []
        self.ready = False

    def first(self, word: str) -> None:
        self.ran.append(word)

    def second(self) -> None:
        self.ran.append("second")

    def can_second(self) -> bool:
        return self.ready


@pytest.fixture
def owner(context: AppContext, qtbot: QtBot) -> Iterator[_Owner]:
    owner = _Owner()
    qtbot.addWidget(owner)
    context.actions.add(
        [
            Action("one", "One", "File", shortcut="Ctrl+1", run=lambda it: it.first("hello")),
            Action(
                "two",
                "Two",
                "File/More",
                shortcut="Ctrl+2",
                run=_Owner.second,
                enabled=_Owner.can_second,
            ),
            Action("far", "Far", "File", shortcut="Ctrl+3", context="code", run=_Owner.second),
            Action("near", "Near", "File", shortcut="Ctrl+3", context="report", run=_Owner.second),
        ],
        owner=owner,
        widget=owner,
    )
    return owner


def test_action_runs_with_its_arguments(owner: _Owner, context: AppContext) -> None:
    context.actions.trigger("one")
    assert owner.ran == ["hello"]


def test_disabled_action_does_not_run(owner: _Owner, context: AppContext) -> None:
    context.actions.trigger("two")
    assert owner.ran == []
    owner.ready = True
    context.actions.trigger("two")
    assert owner.ran == ["second"]


def test_what_no_key_can_reach_is_asked_only_when_somebody_wants_it(
    context: AppContext, qtbot: QtBot
) -> None:
    owner, here = _Owner(), _Owner()
    for one in (owner, here):
        qtbot.addWidget(one)
    action = Action(
        "hidden", "H", "File", context="code", run=_Owner.second, enabled=_Owner.can_second
    )
    context.actions.add([action], owner=owner, widget=owner)
    here.show()
    action = Action(
        "shown", "S", "File", context="report", run=_Owner.second, enabled=_Owner.can_second
    )
    context.actions.add([action], owner=here, widget=here)
    hidden, shown = context.actions.qaction("hidden"), context.actions.qaction("shown")
    owner.ready = here.ready = True
    context.actions.refresh()
    assert not shown.isEnabled()
    qtbot.waitUntil(shown.isEnabled)
    assert not hidden.isEnabled()
    assert context.actions.qaction("hidden").isEnabled()


def test_key_can_be_changed_and_put_back(owner: _Owner, context: AppContext, qtbot: QtBot) -> None:
    with qtbot.waitSignal(context.actions.shortcuts.remapped):
        context.actions.shortcuts.set("one", "Ctrl+J")
    assert context.actions.qaction("one").shortcut() == QKeySequence("Ctrl+J")
    assert context.actions.shortcuts.changed == {"one": "Ctrl+J"}
    context.actions.shortcuts.set("one", "Ctrl+1")
    assert context.actions.shortcuts.changed == {}


def test_key_may_be_shared_only_between_workspaces(owner: _Owner, context: AppContext) -> None:
    assert context.actions.shortcuts.clash("far", "Ctrl+3") is None
    other = context.actions.shortcuts.clash("far", "Ctrl+1")
    assert other is not None
    assert other.id == "one"


def test_remembered_keys_are_used(context: AppContext, owner: _Owner) -> None:
    actions = Actions({"x": "Ctrl+9"}, context.icons.icon)
    actions.add(
        [Action("x", "X", "File", shortcut="Ctrl+8", run=_Owner.second)], owner=owner, widget=owner
    )
    assert actions.qaction("x").shortcut() == QKeySequence("Ctrl+9")


def test_id_is_taken_once(owner: _Owner, context: AppContext) -> None:
    with pytest.raises(ValueError, match="declared twice"):
        context.actions.add(
            [Action("one", "Again", "File", run=_Owner.second)], owner=owner, widget=owner
        )


def test_what_is_expected_is_declared_when_somebody_asks(
    owner: _Owner, context: AppContext
) -> None:
    later = Action("later", "Later", "File", run=_Owner.second)
    asked: list[str] = []

    def expected() -> Iterator[Promised]:
        asked.append("declared")
        yield later, lambda: asked.append("made")

    context.actions.expect(expected)
    context.actions.qaction("one")
    assert asked == []
    assert context.actions.all()[-1] is later
    assert context.actions.all().count(later) == 1
    assert asked == ["declared"]
    context.actions.add([later], owner=owner, widget=owner)
    context.actions.expect(lambda: [(Action("later", "?", "File", run=_Owner.second), bool)])
    with pytest.raises(ValueError, match="declared twice"):
        context.actions.all()


def test_fit_prefers_the_start_of_a_word() -> None:
    assert fit("code", "Code") > fit("code", "Close study")
    assert fit("da", "broken date") > fit("da", "Findings")
    assert fit("exprot", "Export…") >= 62
    assert fit("the", "broken date") == 0


def _leaves(menu: QMenu) -> Iterator[QAction]:
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            yield from _leaves(inner)
        else:
            yield action
