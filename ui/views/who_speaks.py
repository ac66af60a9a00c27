"""Consent and withdrawal of who says what one has in hand, wherever words are read."""

from __future__ import annotations

from ui.actions import Action
from ui.i18n import t
from ui.views.workspace import Workspace
from workbench.domain.ids import ParticipantId, SourceId, TurnId
from workbench.domain.speaking import Who
from workbench.study import Study


def actions_on_speaker(key: str, title: str, group: int) -> tuple[Action[Workspace], ...]:
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
               enabled=_has_words, group=group),
    )  # fmt: skip


def _has_words(workspace: Workspace) -> bool:
    return workspace.study is not None and "source" in dict(workspace.in_hand())


def _go(workspace: Workspace, action: str) -> None:
    """Show the person in Collect, and do there what is to be done."""
    if workspace.study is None:
        return
    here = dict(workspace.in_hand())
    person = _who(workspace.study, here.get("turn", ""), here.get("source", ""))
    signals = workspace.context.signals
    if person is None:
        signals.toast_requested.emit(t("Nobody of the people speaks here. Say first who it is."))
        return
    signals.open_requested.emit("participant", person)
    workspace.context.actions.trigger(action)


def _who(study: Study, turn_id: str, source_id: str) -> ParticipantId | None:
    """Return who says a turn; of what nobody of the people says, who alone took part."""
    if turn_id and (who := _speaker(study, TurnId(turn_id))) is not None and who.person is not None:
        return who.person.id
    if not source_id:
        return None
    roster = study.materials.roster(study.materials.source(SourceId(source_id)).session_id)
    there = {seat.participant_id for seat in roster}
    here = [person.id for person in study.people.participants(there)] if there else []
    return here[0] if len(here) == 1 else None


def _speaker(study: Study, turn_id: TurnId) -> Who | None:
    turn = study.transcripts.turn(turn_id)
    if turn.speaker_id is None:
        return study.speaking.unvoiced(turn.transcript_id)
    return study.speaking.cast(turn.transcript_id).get(turn.speaker_id)


__all__ = ["actions_on_speaker"]
