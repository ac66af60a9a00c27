"""The keys of the Findings workspace, as data; `FindingsWorkspace` has the methods they name."""

from __future__ import annotations

from ui.actions import Action

FINDINGS_ACTIONS = (
    Action("findings.find", "Find passages", "Findings", "find_words", "Ctrl+F", "search",
           context="findings", enabled="has_study"),
    Action("findings.reset", "Show all passages", "Findings", "reset", "Ctrl+Shift+F", "list",
           context="findings", enabled="has_study"),
    Action("findings.for", "Passage speaks for the insight", "Findings", "add_for", "F", "plus",
           context="findings", enabled="can_add_evidence", group=1),
    Action("findings.against", "Passage speaks against the insight", "Findings", "add_against",
           "A", "minus", context="findings", enabled="can_add_evidence", group=1),
    Action("findings.code", "Give the passages a code…", "Findings", "give_code", "C", "tag",
           context="findings", enabled="can_code", group=1),
    Action("findings.add-insight", "Write an insight", "Findings", "add_insight", "Ctrl+Shift+I",
           "lightbulb", context="findings", enabled="can_change", group=2),
    Action("findings.remove-insight", "Remove the insight", "Findings", "remove_insight", "",
           "trash-2", context="findings", enabled="can_change_insight", group=2),
    Action("findings.add-opportunity", "Add an opportunity…", "Findings", "add_opportunity",
           "Ctrl+Shift+O", "flag", context="findings", enabled="can_change", group=3),
    Action("findings.evidence", "Show evidence", "Findings", "show_page", "", "quote",
           context="findings", checked="is_page", args=(0,), group=4),
    Action("findings.roadmap", "Show the roadmap", "Findings", "show_page", "", "flag",
           context="findings", checked="is_page", args=(1,), group=4),
)  # fmt: skip
