"""The commands of Collect, as the menu and the palette show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.actions import Action
from ui.views.collect.importer import Importer
from ui.views.collect.people_commands import PeopleCommands
from ui.views.collect.session_commands import SessionCommands
from ui.views.while_open import WhileOpen

if TYPE_CHECKING:
    from ui.views.collect.workspace import CollectWorkspace

_KEY, _TITLE = "collect", "Collect"
COMMANDS: WhileOpen[CollectWorkspace, SessionCommands] = WhileOpen(lambda it: it.commands)
_IMPORTER: WhileOpen[CollectWorkspace, Importer] = WhileOpen(lambda it: it.importer)
_PEOPLE: WhileOpen[CollectWorkspace, PeopleCommands] = WhileOpen(lambda it: it.people_commands)
_CHANGES = COMMANDS.can(SessionCommands.can_change)

COLLECT_ACTIONS: tuple[Action[CollectWorkspace], ...] = (
    Action("collect.session", "New session…", _TITLE, shortcut="Ctrl+Shift+N", icon="plus",
           context=_KEY, run=_IMPORTER.run(lambda it: it.ask_session()), enabled=_CHANGES),
    Action("collect.record", "Record…", _TITLE, shortcut="Ctrl+Shift+R", icon="mic", context=_KEY,
           run=lambda it: it.recording.open(), enabled=_CHANGES),
    Action("collect.person", "Add person", _TITLE, shortcut="Ctrl+Shift+P", icon="user-plus",
           context=_KEY, run=lambda it: it.new_person(), enabled=_CHANGES),
    Action("collect.charter", "Charter…", _TITLE, icon="flag", context=_KEY,
           run=COMMANDS.run(SessionCommands.show_charter),
           enabled=lambda it: it.study is not None),
    Action("collect.people", "Show people", _TITLE, icon="users", context=_KEY,
           run=lambda it: it.show_people(), enabled=lambda it: it.study is not None, group=1),
    Action("collect.consent", "Consent…", _TITLE, shortcut="Ctrl+Shift+G", icon="circle-check",
           context=_KEY, run=_PEOPLE.run(lambda its: its.open_consent()),
           enabled=lambda it: it.study is not None, group=1),
    Action("collect.due", "Consent that has ended…", _TITLE, icon="clock", context=_KEY,
           run=_PEOPLE.run(lambda its: its.open_due()),
           enabled=COMMANDS.can(SessionCommands.has_due), group=1),
    Action("collect.details", "Show session", _TITLE, icon="info", context=_KEY,
           run=lambda it: it.show_tab("session"), enabled=lambda it: it.study is not None, group=1),
    Action("collect.version", "New version of the document…", _TITLE, icon="refresh-cw",
           context=_KEY, run=COMMANDS.run(lambda its: its.ask_version(text=True)),
           enabled=COMMANDS.can(lambda its: its.has_one(text=True)),
           group=2),
    Action("collect.attach", "Attach a transcript to the recording…", _TITLE, icon="file-text",
           context=_KEY, run=COMMANDS.run(lambda its: its.ask_version(text=False)),
           enabled=COMMANDS.can(lambda its: its.has_one(text=False)), group=2),
    Action("collect.sound", "Export sound…", _TITLE, icon="upload", context=_KEY,
           run=COMMANDS.run(SessionCommands.export_sound),
           enabled=COMMANDS.can(SessionCommands.has_recording), group=2),
    Action("collect.remove", "Remove session", _TITLE, icon="trash-2", context=_KEY,
           run=COMMANDS.run(SessionCommands.remove),
           enabled=COMMANDS.can(SessionCommands.can_remove), group=2),
    Action("collect.remove_person", "Remove the person", _TITLE, icon="trash-2", context=_KEY,
           run=_PEOPLE.run(lambda its: its.remove()),
           enabled=_PEOPLE.can(lambda its: its.can_remove()), group=2),
    Action("collect.withdraw", "Withdraw the person…", _TITLE, shortcut="Ctrl+Shift+W",
           icon="user", context=_KEY, run=_PEOPLE.run(lambda its: its.withdraw()),
           enabled=_PEOPLE.can(lambda its: its.can_remove()), group=2),
)  # fmt: skip
