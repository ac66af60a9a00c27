"""What is done with opportunities: write one, move it through the horizons, put it away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from ui.i18n import t
from ui.models.findings import InsightRow, OpportunityRow
from ui.views.desk import Desk
from ui.views.findings.opportunity_dialog import OpportunityDialog
from ui.views.findings.step import step
from ui.views.widgets.lent import lent, shown
from workbench.domain.change import Op
from workbench.domain.findings import Horizon, Opportunity
from workbench.domain.ids import OpportunityId

if TYPE_CHECKING:
    from ui.views.findings.workspace import FindingsWorkspace


class OpportunityCommands:
    """Carries them out, and shows the opportunities.

    Args:
        desk: the study, and the page with the roadmap.
    """

    def __init__(self, desk: Desk[FindingsWorkspace]) -> None:
        self._desk = desk
        self._study = desk.study
        self._findings = desk.study.findings
        self._roadmap = roadmap = desk.page.roadmap
        desk.hear(roadmap.add_requested, self.add)
        desk.hear(roadmap.opened, self.edit)
        desk.hear(roadmap.removed, self.remove)
        desk.hear(roadmap.moved, self.move)

    def show(self, insights: Sequence[InsightRow]) -> None:
        """Show the opportunities as they are now.

        Args:
            insights: that speak for them.
        """
        behind = {row.insight.id: row.support.speaks_for for row in insights}
        stages = {stage.id: stage for stage in self._study.journeys.stages()}
        self._roadmap.set_rows(
            [
                OpportunityRow(
                    one,
                    stages.get(one.stage_id) if one.stage_id else None,
                    behind.get(one.insight_id, 0) if one.insight_id else 0,
                )
                for one in self._findings.opportunities()
            ]
        )

    def can_add(self) -> bool:
        """Tell whether opportunities can be written."""
        return self._desk.can_change

    def add(self, horizon: Horizon = Horizon.MUST_BE) -> None:
        """Ask for an opportunity and add it."""
        save = self._shown(self._findings.add_opportunity)
        form = OpportunityDialog(self._study, horizon=horizon, save=save, parent=self._desk.page)
        with lent(form) as dialog:
            if dialog.exec() and dialog.saved is not None:
                self._desk.page.show_page(1)
                self._roadmap.select(dialog.saved.id)

    def edit(self, opportunity_id: str) -> None:
        """Edit an opportunity in its form."""
        if self._desk.can_change:
            found = next(one for one in self._findings.opportunities() if one.id == opportunity_id)
            save = self._shown(partial(self._findings.change_opportunity, found.id))
            shown(OpportunityDialog(self._study, found, save=save, parent=self._desk.page))

    def move(self, opportunity_id: str, horizon: Horizon) -> None:
        """Put an opportunity into another horizon."""
        if self._desk.can_change:
            with step(self._desk, Op.EDIT_OPPORTUNITY):
                self._findings.change_opportunity(OpportunityId(opportunity_id), horizon=horizon)
            self._roadmap.select(opportunity_id)

    def remove(self, opportunity_id: str) -> None:
        """Put an opportunity into the bin; undo brings it back."""
        if self._desk.can_change:
            with step(self._desk, Op.REMOVE_OPPORTUNITY):
                self._findings.remove_opportunity(OpportunityId(opportunity_id))
            self._desk.say(t("Opportunity removed. Undo brings it back."))

    def _shown(self, save: Callable[..., Opportunity]) -> Callable[..., Opportunity]:
        """Return what saves from a form, within its step, and shows it."""

        def do(*args: Any, **values: Any) -> Opportunity:
            with step(self._desk, Op.EDIT_OPPORTUNITY):
                return save(*args, **values)

        return do
