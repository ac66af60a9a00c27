"""The commands of the Findings workspace, as the menu and the palette show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.actions import Action

if TYPE_CHECKING:
    from ui.views.findings.workspace import FindingsWorkspace

FINDINGS_ACTIONS: tuple[Action[FindingsWorkspace], ...] = (
    Action("findings.find", "Find passages", "Findings", shortcut="Ctrl+F", icon="search",
           context="findings", run=lambda it: it.find_words(), enabled=lambda it: it.has_study()),
    Action("findings.reset", "Show all passages", "Findings", shortcut="Ctrl+Shift+F", icon="list",
           context="findings", run=lambda it: it.reset(), enabled=lambda it: it.has_study()),
    Action("findings.for", "Passage speaks for the insight", "Findings", shortcut="F", icon="plus",
           context="findings", run=lambda it: it.add_for(),
           enabled=lambda it: it.can_add_evidence(), group=1),
    Action("findings.against", "Passage speaks against the insight", "Findings", shortcut="A",
           icon="minus", context="findings", run=lambda it: it.add_against(),
           enabled=lambda it: it.can_add_evidence(), group=1),
    Action("findings.code", "Give the passages a code…", "Findings", shortcut="C", icon="tag",
           context="findings", run=lambda it: it.give_code(), enabled=lambda it: it.can_code(),
           group=1),
    Action("findings.add-insight", "Write an insight", "Findings", shortcut="Ctrl+Shift+I",
           icon="lightbulb", context="findings", run=lambda it: it.add_insight(),
           enabled=lambda it: it.can_change(), group=2),
    Action("findings.remove-insight", "Remove the insight", "Findings", icon="trash-2",
           context="findings", run=lambda it: it.remove_insight(),
           enabled=lambda it: it.can_change_insight(), group=2),
    Action("findings.add-opportunity", "Add an opportunity…", "Findings", shortcut="Ctrl+Shift+O",
           icon="flag", context="findings", run=lambda it: it.add_opportunity(),
           enabled=lambda it: it.can_change(), group=3),
    Action("findings.evidence", "Show evidence", "Findings", icon="quote", context="findings",
           run=lambda it: it.show_page(0), checked=lambda it: it.is_page(0), group=4),
    Action("findings.roadmap", "Show the roadmap", "Findings", icon="flag", context="findings",
           run=lambda it: it.show_page(1), checked=lambda it: it.is_page(1), group=4),
)  # fmt: skip
