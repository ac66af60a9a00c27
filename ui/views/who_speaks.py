"""Consent and withdrawal of who says what one has in hand, wherever words are read."""

from __future__ import annotations

from ui.actions import Action
from ui.i18n import Phrase, t
from ui.views.workspace import Workspace
from workbench.domain.ids import SourceId, TurnId


def actions_on_speaker(key: str, title: Phrase, group: int) -> tuple[Action[Workspace], ...]:
    """Return the actions on who speaks, with the keys they have in Collect.

    Args:
        key: of a workspace in which words are read.
        title: of its menu.
        group: where in the menu.
    """
    return (
        Action(f"{key}.consent", "Consent of who speaks…", title, shortcut="Ctrl+Shift+G",
               icon="circle-check", context=key, run=lambda it: _go(it, "collect.consent"),
               enabled=_has_words, group=group),
        Action(f"{key}.withdraw", "Withdraw who speaks…", title, shortcut="Ctrl+Shift+W",
               icon="user", context=key, run=lambda it: _go(it, "collect.withdraw"),
               enabled=_may_withdraw, group=group),
    )  # fmt: skip


def _has_words(workspace: Workspace) -> bool:
    return workspace.study is not None and "source" in dict(workspace.in_hand())


def _may_withdraw(workspace: Workspace) -> bool:
    study = workspace.study
    return study is not None and not study.read_only and _has_words(workspace)


def _go(workspace: Workspace, action: str) -> None:
    """Show the person in Collect, and do there what is to be done."""
    here = dict(workspace.in_hand())
    if workspace.study is None or "source" not in here:
        return
    turn = TurnId(here["turn"]) if here.get("turn") else None
    person = workspace.study.speaking.behind(SourceId(here["source"]), turn)
    signals = workspace.context.signals
    if person is None:
        signals.toast_requested.emit(t("Nobody of the people speaks here. Say first who it is."))
        return
    signals.open_requested.emit("participant", person)
    workspace.context.actions.trigger(action)


__all__ = ["actions_on_speaker"]
