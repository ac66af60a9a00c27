"""The commands of Collect, as the menu and the palette show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.actions import Action

if TYPE_CHECKING:
    from ui.views.collect.workspace import CollectWorkspace

_KEY, _TITLE = "collect", "Collect"

COLLECT_ACTIONS: tuple[Action[CollectWorkspace], ...] = (
    Action("collect.session", "New session…", _TITLE, shortcut="Ctrl+Shift+N", icon="plus",
           context=_KEY, run=lambda it: it.new_session(), enabled=lambda it: it.can_change()),
    Action("collect.record", "Record…", _TITLE, shortcut="Ctrl+Shift+R", icon="mic", context=_KEY,
           run=lambda it: it.record(), enabled=lambda it: it.can_change()),
    Action("collect.person", "Add person", _TITLE, shortcut="Ctrl+Shift+P", icon="user-plus",
           context=_KEY, run=lambda it: it.new_person(), enabled=lambda it: it.can_change()),
    Action("collect.charter", "Charter…", _TITLE, icon="flag", context=_KEY,
           run=lambda it: it.show_charter(), enabled=lambda it: it.has_study()),
    Action("collect.people", "Show people", _TITLE, icon="users", context=_KEY,
           run=lambda it: it.show_people(), enabled=lambda it: it.has_study(), group=1),
    Action("collect.consent", "Consent…", _TITLE, shortcut="Ctrl+Shift+G", icon="circle-check",
           context=_KEY, run=lambda it: it.show_consent(), enabled=lambda it: it.has_study(),
           group=1),
    Action("collect.due", "Consent that has ended…", _TITLE, icon="clock", context=_KEY,
           run=lambda it: it.show_due(), enabled=lambda it: it.has_due(), group=1),
    Action("collect.details", "Show session", _TITLE, icon="info", context=_KEY,
           run=lambda it: it.show_details(), enabled=lambda it: it.has_study(), group=1),
    Action("collect.version", "New version of the document…", _TITLE, icon="refresh-cw",
           context=_KEY, run=lambda it: it.ask_version(True), enabled=lambda it: it.has_one(True),
           group=2),
    Action("collect.attach", "Attach a transcript to the recording…", _TITLE, icon="file-text",
           context=_KEY, run=lambda it: it.ask_version(False),
           enabled=lambda it: it.has_one(False), group=2),
    Action("collect.sound", "Export sound…", _TITLE, icon="upload", context=_KEY,
           run=lambda it: it.export_sound(), enabled=lambda it: it.has_recording(), group=2),
    Action("collect.remove", "Remove session", _TITLE, icon="trash-2", context=_KEY,
           run=lambda it: it.remove_session(), enabled=lambda it: it.can_remove(), group=2),
    Action("collect.remove_person", "Remove the person", _TITLE, icon="trash-2", context=_KEY,
           run=lambda it: it.remove_person(), enabled=lambda it: it.can_remove_person(), group=2),
    Action("collect.withdraw", "Withdraw the person…", _TITLE, shortcut="Ctrl+Shift+W",
           icon="user", context=_KEY, run=lambda it: it.withdraw(),
           enabled=lambda it: it.can_remove_person(), group=2),
)  # fmt: skip
