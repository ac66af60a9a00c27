"""What is done with insights: write one, weigh passages for and against it, put it away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker

from ui.i18n import t
from ui.models.findings import InsightRow
from ui.views.desk import Desk
from ui.views.findings.step import step
from workbench.domain.change import Op
from workbench.domain.declaring import Given
from workbench.domain.findings import Insight, Stance
from workbench.domain.ids import InsightId, ObservationId
from workbench.domain.passage import Passage

if TYPE_CHECKING:
    from ui.views.findings.workspace import FindingsWorkspace


class InsightCommands:
    """Carries them out, and shows the insights.

    Args:
        desk: the study, and the page with the insights and the passages that are meant.
    """

    def __init__(self, desk: Desk[FindingsWorkspace]) -> None:
        self._desk = desk
        self._study = desk.study
        self._findings = desk.study.findings
        self._pane = pane = desk.page.insights
        self._found = desk.page.found
        desk.hear(pane.remove_requested, self.remove)
        desk.hear(pane.edited, self.change)
        desk.hear(pane.evidence_added, self.add_evidence)
        desk.hear(pane.evidence_removed, self.take_away)
        desk.hear(pane.current_changed, self.show_evidence)

    def show(self) -> Sequence[InsightRow]:
        """Show the insights as they are now, and return them."""
        rows = [InsightRow(*one) for one in self._findings.supported()]
        with QSignalBlocker(self._pane):  # which tells that another one is current
            self._pane.set_rows(rows)
        self.show_evidence()
        return rows

    def show_evidence(self) -> None:
        """Show what speaks for the current insight, and what against it."""
        sides: dict[Stance, list[Passage]] = {Stance.FOR: [], Stance.AGAINST: []}
        if insight := self._pane.current():
            evidence = self._findings.evidence(insight.id)
            live = self._findings.live_evidence()
            keys = [e.observation_id for e in evidence if e.observation_id in live]
            by_id = {p.id: p for p in self._study.passages.read(keys)}
            for one in evidence:
                if one.observation_id in by_id and one.stance in sides:  # else nobody can read it
                    sides[one.stance].append(by_id[one.observation_id])
        self._pane.show_evidence(sides[Stance.FOR], sides[Stance.AGAINST])
        self._desk.context.actions.refresh()

    def can_add(self) -> bool:
        """Tell whether insights can be written."""
        return self._desk.can_change

    def can_change(self) -> bool:
        """Tell whether there is an insight that can be edited."""
        return self._desk.can_change and self._pane.current() is not None

    def can_weigh(self) -> bool:
        """Tell whether the selected passages can become evidence."""
        return self.can_change() and self._found.list.current() is not None

    def add(self) -> None:
        """Write a new insight, with the selected passages as first evidence for it."""
        # Before the dialog: the focus comes back when the window manager gives it back.
        chosen = self._found.chosen() if self._found.list.hasFocus() else []
        claim = self._desk.context.dialogs.ask_text(
            self._desk.page,
            t("Write an insight"),
            t("What is true, in one sentence?"),
            accept=t("Add"),
        )
        if claim:
            spot = self._study.unsaved.spot(
                ("insight", claim), t("New insight"), lambda words: self._add(chosen, words)
            )
            spot.keep(claim)

    def weigh(self, stance: Stance) -> None:
        """Let the selected passages speak for the current insight, or against it."""
        if insight := self._pane.current():
            self.add_evidence(insight.id, self._found.chosen(), stance)

    def add_evidence(self, insight_id: str, ids: Sequence[str], stance: Stance) -> None:
        """Let observations speak for an insight, or against it; it becomes the current one."""
        self._pane.select(insight_id)
        with step(self._desk, Op.ADD_EVIDENCE):
            for key in ids:
                self._findings.add_evidence(InsightId(insight_id), ObservationId(key), stance)

    def take_away(self, insight_id: str, ids: Sequence[str]) -> None:
        """Take observations away from an insight."""
        with step(self._desk, Op.REMOVE_EVIDENCE):
            for key in ids:
                self._findings.remove_evidence(InsightId(insight_id), ObservationId(key))

    def change(self, insight_id: str, given: Given[Insight]) -> None:
        """Change an insight."""
        with step(self._desk, Op.EDIT_INSIGHT):
            self._findings.change_insight(InsightId(insight_id), given)

    def remove(self) -> None:
        """Put the current insight into the bin; undo brings it back."""
        if insight := self._pane.current():
            with step(self._desk, Op.REMOVE_INSIGHT):
                self._findings.remove_insight(insight.id)
            self._desk.say(t("Insight removed. Undo brings it back."))

    def _add(self, chosen: Sequence[ObservationId], claim: str) -> None:
        with step(self._desk, Op.ADD_INSIGHT):
            made = self._findings.add_insight(claim)
            for observation_id in chosen:
                self._findings.add_evidence(made.id, observation_id)
        self._desk.page.show_page(0)
        self._pane.select(made.id)
