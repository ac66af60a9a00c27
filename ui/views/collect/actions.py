"""The commands of Collect, as the menu and the palette show them."""

from __future__ import annotations

from ui.actions import Action

_KEY, _TITLE, _CAN = "collect", "Collect", "can_change"

COLLECT_ACTIONS = (
    Action("collect.session", "New session…", _TITLE, "new_session", "Ctrl+Shift+N",
           "plus", _KEY, _CAN),
    Action("collect.record", "Record…", _TITLE, "record", "Ctrl+Shift+R", "mic",
           _KEY, _CAN),
    Action("collect.person", "Add person", _TITLE, "new_person", "Ctrl+Shift+P",
           "user-plus", _KEY, _CAN),
    Action("collect.charter", "Charter…", _TITLE, "show_charter", "", "flag", _KEY,
           "has_study"),
    Action("collect.people", "Show people", _TITLE, "show_people", "", "users",
           _KEY, "has_study", group=1),
    Action("collect.consent", "Consent…", _TITLE, "show_consent", "Ctrl+Shift+G",
           "circle-check", _KEY, "has_study", group=1),
    Action("collect.due", "Consent that has ended…", _TITLE, "show_due", "", "clock",
           _KEY, "has_due", group=1),
    Action("collect.details", "Show session", _TITLE, "show_details", "", "info",
           _KEY, "has_study", group=1),
    Action("collect.version", "New version of the document…", _TITLE, "ask_version", "",
           "refresh-cw", _KEY, "has_one", args=(True,), group=2),
    Action("collect.attach", "Attach a transcript to the recording…", _TITLE,
           "ask_version", "", "file-text", _KEY, "has_one", args=(False,), group=2),
    Action("collect.sound", "Export sound…", _TITLE, "export_sound", "", "upload", _KEY,
           "has_recording", group=2),
    Action("collect.remove", "Remove session", _TITLE, "remove_session", "", "trash-2",
           _KEY, "can_remove", group=2),
    Action("collect.remove_person", "Remove the person", _TITLE, "remove_person", "",
           "trash-2", _KEY, "can_remove_person", group=2),
    Action("collect.withdraw", "Withdraw the person…", _TITLE, "withdraw",
           "Ctrl+Shift+W", "user", _KEY, "can_remove_person", group=2),
)  # fmt: skip
