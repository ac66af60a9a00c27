"""Findings: insights with evidence for and against, opportunities that follow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from workbench.domain.change import Op
from workbench.domain.declaring import Given, named
from workbench.domain.findings import (
    Confidence,
    Evidence,
    Insight,
    Opportunity,
    Stance,
    Support,
    support,
)
from workbench.domain.ids import InsightId, ObservationId, OpportunityId, new_id
from workbench.errors import UserError
from workbench.services.desk import Desk
from workbench.storage import queries
from workbench.words import said

_POINTS = ("severity", "business_value")
_LOWEST, _HIGHEST = 1, 5


def _require_points(values: Mapping[str, Any]) -> None:
    """Refuse points that are not from 1 to 5.

    Raises:
        UserError: they are not.
    """
    for name in _POINTS:
        value = values.get(name)
        if value is not None and not (isinstance(value, int) and _LOWEST <= value <= _HIGHEST):
            raise UserError(
                "points-range",
                "The {name} cannot be {value}.",
                "Give a whole number from 1 to 5, or leave it empty.",
                name=said(name.replace("_", " ")),
                value=value,
            )


class Findings:
    """Insights and opportunities of one study."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._tables = desk.tables

    def insights(self) -> list[Insight]:
        """Return all insights that are not in the bin, in their order."""
        return self._tables.insight.select(deleted_at=None, order="position")

    def add_insight(
        self, claim: str, *, so_what: str = "", confidence: Confidence = Confidence.MEDIUM
    ) -> Insight:
        """Add an insight.

        Raises:
            UserError: the claim is empty.
        """
        if not claim.strip():
            raise UserError("claim-missing", "The insight has no claim.", "Type the claim.")
        position = self._tables.insight.count()
        insight = Insight(InsightId(new_id()), claim.strip(), so_what, confidence, position)
        with self._desk.step(Op.ADD_INSIGHT):
            return self._tables.insight.add(insight)

    def change_insight(
        self, insight_id: InsightId, *given: Given[Insight], **values: Any
    ) -> Insight:
        """Change fields of an insight.

        Raises:
            UserError: the claim is empty.
        """
        values |= named(*given)
        if not values.get("claim", "-").strip():
            raise UserError("claim-missing", "The insight has no claim.", "Type the claim.")
        with self._desk.step(Op.EDIT_INSIGHT):
            return self._tables.insight.change(insight_id, **values)

    def remove_insight(self, insight_id: InsightId) -> None:
        """Put an insight into the bin."""
        with self._desk.step(Op.REMOVE_INSIGHT):
            self._tables.insight.change(insight_id, deleted_at=self._desk.stamp())

    def evidence(self, insight_id: InsightId) -> list[Evidence]:
        """Return the evidence of an insight, for and against, in order."""
        return self._tables.evidence.select(insight_id=insight_id, order="position, observation_id")

    def live_evidence(self) -> set[ObservationId]:
        """Return the observations that are evidence of any insight and still in the study."""
        return queries.live_evidence(self._desk.db)

    def supported(self) -> list[tuple[Insight, Support]]:
        """Return all insights in their order, each with how much evidence it has."""
        live, behind = self.live_evidence(), defaultdict[InsightId, list[Evidence]](list)
        for one in self._tables.evidence.select(order="position, observation_id"):
            behind[one.insight_id].append(one)
        return [(one, support(behind[one.id], live.__contains__)) for one in self.insights()]

    def add_evidence(
        self, insight_id: InsightId, observation_id: ObservationId, stance: Stance = Stance.FOR
    ) -> Evidence:
        """Let an observation speak for or against an insight."""
        present = self.evidence(insight_id)
        position = max((row.position for row in present), default=-1) + 1
        with self._desk.step(Op.ADD_EVIDENCE):
            return self._tables.evidence.put(Evidence(insight_id, observation_id, stance, position))

    def remove_evidence(self, insight_id: InsightId, observation_id: ObservationId) -> None:
        """Take an observation away from an insight."""
        with self._desk.step(Op.REMOVE_EVIDENCE):
            self._tables.evidence.remove(insight_id, observation_id)

    def opportunities(self) -> list[Opportunity]:
        """Return all opportunities that are not in the bin, in their order."""
        return self._tables.opportunity.select(deleted_at=None, order="position, id")

    def add_opportunity(self, title: str, **values: Any) -> Opportunity:
        """Add an opportunity; `values` are further fields of `Opportunity`.

        Raises:
            UserError: the title is empty.
        """
        if not title.strip():
            raise UserError("title-missing", "The opportunity has no title.", "Type a title.")
        _require_points(values)
        values.setdefault("position", self._tables.opportunity.count())
        with self._desk.step(Op.ADD_OPPORTUNITY):
            return self._tables.opportunity.add(
                Opportunity(OpportunityId(new_id()), title.strip(), **values)
            )

    def change_opportunity(self, opportunity_id: OpportunityId, **values: Any) -> Opportunity:
        """Change fields of an opportunity.

        Raises:
            UserError: the title is empty, or points are not from 1 to 5.
        """
        if not values.get("title", "-").strip():
            raise UserError("title-missing", "The opportunity has no title.", "Type a title.")
        _require_points(values)
        with self._desk.step(Op.EDIT_OPPORTUNITY):
            return self._tables.opportunity.change(opportunity_id, **values)

    def remove_opportunity(self, opportunity_id: OpportunityId) -> None:
        """Put an opportunity into the bin."""
        with self._desk.step(Op.REMOVE_OPPORTUNITY):
            self._tables.opportunity.change(opportunity_id, deleted_at=self._desk.stamp())
