"""The commands of the Findings workspace, as the menu and the palette show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.actions import Action
from ui.views.findings.insight_commands import InsightCommands
from ui.views.findings.opportunity_commands import OpportunityCommands
from ui.views.while_open import WhileOpen
from workbench.domain.findings import Stance
from workbench.domain.passage import Query

if TYPE_CHECKING:
    from ui.views.findings.workspace import FindingsWorkspace

INSIGHTS: WhileOpen[FindingsWorkspace, InsightCommands]
INSIGHTS = WhileOpen(lambda it: it.insight_commands)
OPPORTUNITIES: WhileOpen[FindingsWorkspace, OpportunityCommands]
OPPORTUNITIES = WhileOpen(lambda it: it.opportunity_commands)

FINDINGS_ACTIONS: tuple[Action[FindingsWorkspace], ...] = (
    Action("findings.find", "Find passages", "Findings", shortcut="Ctrl+F", icon="search",
           context="findings", run=lambda it: it.find_words(),
           enabled=lambda it: it.study is not None),
    Action("findings.reset", "Show all passages", "Findings", shortcut="Ctrl+Shift+F", icon="list",
           context="findings", run=lambda it: it.filters.ask(Query()),
           enabled=lambda it: it.study is not None),
    Action("findings.for", "Passage speaks for the insight", "Findings", shortcut="F", icon="plus",
           context="findings", run=INSIGHTS.run(lambda its: its.weigh(Stance.FOR)),
           enabled=INSIGHTS.can(InsightCommands.can_weigh), group=1),
    Action("findings.against", "Passage speaks against the insight", "Findings", shortcut="A",
           icon="minus", context="findings",
           run=INSIGHTS.run(lambda its: its.weigh(Stance.AGAINST)),
           enabled=INSIGHTS.can(InsightCommands.can_weigh), group=1),
    Action("findings.code", "Give the passages a code…", "Findings", shortcut="C", icon="tag",
           context="findings", run=lambda it: it.list.commands.give_code(),
           enabled=lambda it: it.list.commands.can_code(), group=1),
    Action("findings.add-insight", "Write an insight…", "Findings", shortcut="Ctrl+Shift+I",
           icon="lightbulb", context="findings", run=INSIGHTS.run(InsightCommands.add),
           enabled=INSIGHTS.can(InsightCommands.can_add), group=2),
    Action("findings.remove-insight", "Remove the insight", "Findings", icon="trash-2",
           context="findings", run=INSIGHTS.run(InsightCommands.remove),
           enabled=INSIGHTS.can(InsightCommands.can_change), group=2),
    Action("findings.add-opportunity", "Add an opportunity…", "Findings", shortcut="Ctrl+Shift+O",
           icon="flag", context="findings", run=OPPORTUNITIES.run(OpportunityCommands.add),
           enabled=OPPORTUNITIES.can(OpportunityCommands.can_add), group=3),
    Action("findings.evidence", "Show evidence", "Findings", icon="quote", context="findings",
           run=lambda it: it.show_page(0), checked=lambda it: it.is_page(0), group=4),
    Action("findings.roadmap", "Show the roadmap", "Findings", icon="flag", context="findings",
           run=lambda it: it.show_page(1), checked=lambda it: it.is_page(1), group=4),
)  # fmt: skip
