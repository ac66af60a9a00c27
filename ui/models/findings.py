"""Insights and opportunities as lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QMimeData, QModelIndex, Qt
from typing_extensions import override

from ui.i18n import t
from ui.models.rows import Index, KeyedRows
from workbench.domain.findings import Insight, Opportunity, Support
from workbench.domain.journey import Stage

OPPORTUNITY_MIME = "application/x-workbench-opportunity"


@dataclass(frozen=True, slots=True)
class InsightRow:
    """An insight with how much evidence speaks for it and against it."""

    insight: Insight
    support: Support

    @property
    def id(self) -> str:
        """Return the id of the insight."""
        return self.insight.id

    @property
    def title(self) -> str:
        """Return the claim."""
        return self.insight.claim

    @property
    def meta(self) -> str:
        """Return confidence and evidence in words; what has no evidence says so."""
        sure = t(self.insight.confidence.told)
        found = self.support
        if found == Support():
            return f"{sure} · {t('no evidence yet')}"
        counts = t("{n} for · {m} against", n=found.speaks_for, m=found.against)
        removed = t("{n} removed", n=found.removed) if found.removed else ""
        return " · ".join(filter(None, (sure, counts, removed)))


@dataclass(frozen=True, slots=True)
class OpportunityRow:
    """An opportunity with its stage and how many passages speak for its insight."""

    opportunity: Opportunity
    stage: Stage | None = None
    evidence: int = 0

    @property
    def id(self) -> str:
        """Return the id of the opportunity."""
        return self.opportunity.id

    @property
    def title(self) -> str:
        """Return what is to be done."""
        return self.opportunity.title

    @property
    def meta(self) -> str:
        """Return owner and measure."""
        return " · ".join(filter(None, (self.opportunity.owner, self.opportunity.kpi)))


R = TypeVar("R", InsightRow, OpportunityRow)


class RowModel(KeyedRows[R]):
    """Rows with id, title and meta; `UserRole` holds the row."""

    def __init__(self) -> None:
        super().__init__(lambda row: row.id)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row_at(index)
        if row is None:
            return None
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.title}, {row.meta}"
        return None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index) | Qt.ItemFlag.ItemIsDropEnabled
        return (
            flags | Qt.ItemFlag.ItemIsDragEnabled
            if index.isValid()
            else Qt.ItemFlag(Qt.ItemFlag.ItemIsDropEnabled)
        )

    @override
    def mimeTypes(self) -> list[str]:
        return [OPPORTUNITY_MIME]

    @override
    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        data.setData(OPPORTUNITY_MIME, self.rows[indexes[0].row()].id.encode())
        return data
