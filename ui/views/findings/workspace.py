"""The Findings workspace: look passages up, and let them speak for or against a claim."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ui.actions import Action
from ui.context import AppContext
from ui.i18n import t
from ui.models.findings import InsightRow, OpportunityRow
from ui.views.findings.actions import FINDINGS_ACTIONS
from ui.views.findings.filters import FilterColumn
from ui.views.findings.found import FoundPane
from ui.views.findings.insight_pane import InsightPane
from ui.views.findings.opportunity_dialog import OpportunityDialog
from ui.views.findings.roadmap import Roadmap
from ui.views.widgets.controls import join
from ui.views.widgets.lent import lent, shown
from ui.views.widgets.looks import button, label
from ui.views.widgets.roving import Roving
from ui.views.workspace import Workspace
from workbench.domain.change import ChangeSet, Op, TableName
from workbench.domain.declaring import Given
from workbench.domain.findings import Horizon, Insight, Stance
from workbench.domain.ids import InsightId, ObservationId, OpportunityId
from workbench.domain.passage import Passage, Query
from workbench.study import Study

_PASSAGES: tuple[TableName, ...] = (
    "observation", "observation_code", "code", "memo", "stage", "touchpoint", "journey", "turn",
    "transcript", "speaker", "source", "session", "visit", "attendance", "participant", "segment",
    "consent_entry", "coder", "key", "name_decision",
)  # fmt: skip
_FINDINGS: tuple[TableName, ...] = ("insight", "evidence", "opportunity")


class FindingsWorkspace(Workspace):
    """Filters, passages and insights; the roadmap on a second page."""

    key = "findings"
    title = "Findings"
    icon = "lightbulb"
    opens = ("insight", "opportunity", "code")
    reads = (*_PASSAGES, *_FINDINGS)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.filters = FilterColumn()
        self.found = FoundPane(context, self.filters)
        self.list, self.who = self.found.list, self.found.who
        self.insights = InsightPane(context)
        self.roadmap = Roadmap(context)
        self._pages = QStackedWidget()
        self._tabs = (button(t("Evidence"), "seg"), button(t("Roadmap"), "seg"))
        self._build()
        self._connect()

    # Layout

    def _build(self) -> None:
        tools = QHBoxLayout()
        tools.setContentsMargins(24, 16, 24, 12)
        tools.setSpacing(0)
        tools.addWidget(label(t("Findings"), "title"))
        tools.addSpacing(20)
        group = QButtonGroup(self)
        join(self._tabs)
        for place, tab in enumerate(self._tabs):
            tab.setCheckable(True)
            group.addButton(tab, place)
            tools.addWidget(tab)
        self._tabs[0].setChecked(True)
        Roving(self, self._tabs)
        group.idClicked.connect(self.show_page)
        tools.addSpacing(8)
        tools.addStretch(1)
        self._add = button(t("Write an insight"), "primary")
        tools.addWidget(self._add)
        scroll = QScrollArea()
        scroll.setWidget(self.filters)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setMinimumWidth(200)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setObjectName("findingsSplitter")
        for part in (scroll, self.found, self.insights):
            splitter.addWidget(part)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([230, 640, 400])
        self.waiting = label("", "meta", wrap=True)
        self.waiting.setContentsMargins(24, 0, 16, 8)
        self.waiting.hide()
        self.remember_splitter(splitter, yielding=2, told=self._tell_room)
        self._pages.addWidget(splitter)
        self._pages.addWidget(self.roadmap)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(tools)
        column.addWidget(self.waiting)
        column.addWidget(self._pages, 1)
        self.setFocusProxy(self.list)

    def _tell_room(self) -> None:
        """Say that the passages are not in sight, and what they are restricted to."""
        asked = " · ".join(chip.text for chip in self.filters.chips())
        parts = [t("The passages have no room here: close the panel at the right to see them.")]
        if asked:
            parts.append(t("They are restricted to {what}.", what=asked))
        self.waiting.setText(" ".join(parts))
        self.waiting.setVisible(self.found.isHidden() and self._pages.currentIndex() == 0)

    def _connect(self) -> None:
        self.found.changed.connect(self.context.actions.refresh)
        self.found.changed.connect(self._tell_room)
        self._add.clicked.connect(self._on_add)
        self.list.more = self._fill_menu
        self.list.selectionModel().selectionChanged.connect(
            lambda *_: self.context.actions.refresh(self)
        )
        self.insights.remove_requested.connect(self.remove_insight)
        self.insights.edited.connect(self._on_insight_edited)
        self.insights.evidence_added.connect(self._on_evidence_added)
        self.insights.evidence_removed.connect(self._on_evidence_removed)
        self.insights.current_changed.connect(self._show_evidence)
        self.roadmap.add_requested.connect(self.add_opportunity)
        self.roadmap.opened.connect(self.edit_opportunity)
        self.roadmap.removed.connect(self._on_opportunity_removed)
        self.roadmap.moved.connect(self._on_opportunity_moved)

    @override
    @classmethod
    def actions_offered(cls) -> Sequence[Action[FindingsWorkspace]]:
        return FINDINGS_ACTIONS

    # The study

    @override
    def set_study(self, study: Study | None) -> None:
        super().set_study(study)
        self._add.setEnabled(self.can_change())
        self.filters.set_study(study)
        self.found.set_study(study)
        if study is None:
            self.refresh(None)

    @override
    def refresh(self, changes: ChangeSet | None) -> None:
        if changes is not None and changes.by_machine:
            return
        if changes is None or changes.touches(*_PASSAGES):
            self.filters.fill()
            self.found.look_up()
        self._show_findings()

    @override
    def focus_object(self, kind: str, object_id: str) -> None:
        if kind == "insight":
            self.show_page(0)
            self.insights.select(object_id)
        elif kind == "opportunity":
            self.show_page(1)
            self.roadmap.select(object_id)
        elif kind == "code":
            self.show_page(0)
            self.filters.ask(Query(code_ids=(object_id,)))  # type: ignore[arg-type]

    def _show_findings(self) -> None:
        study = self.study
        rows = [InsightRow(*one) for one in (study.findings.supported() if study else ())]
        behind = {row.insight.id: row.support.speaks_for for row in rows}
        with QSignalBlocker(self.insights):  # which tells that another one is current
            self.insights.set_rows(rows)
        self._show_evidence()
        stages = {s.id: s for s in study.journeys.stages()} if study else {}
        self.roadmap.set_rows(
            [
                OpportunityRow(
                    o,
                    stages.get(o.stage_id) if o.stage_id else None,
                    behind.get(o.insight_id, 0) if o.insight_id else 0,
                )
                for o in (study.findings.opportunities() if study else [])
            ]
        )

    def _show_evidence(self) -> None:
        insight = self.insights.current()
        sides: dict[Stance, list[Passage]] = {Stance.FOR: [], Stance.AGAINST: []}
        if self.study and insight:
            evidence = self.study.findings.evidence(insight.id)
            live = self.study.findings.live_evidence()
            keys = [e.observation_id for e in evidence if e.observation_id in live]
            by_id = {p.id: p for p in self.study.observations.passages(keys)}
            for one in evidence:
                if one.observation_id in by_id and one.stance in sides:  # else nobody can read it
                    sides[one.stance].append(by_id[one.observation_id])
        self.insights.show_evidence(sides[Stance.FOR], sides[Stance.AGAINST])
        self.context.actions.refresh()

    # Pages

    def show_page(self, place: int) -> None:
        """Show the evidence (0) or the roadmap (1)."""
        self._tabs[place].setChecked(True)
        self._pages.setCurrentIndex(place)
        self._add.setText(t("Add an opportunity") if place else t("Write an insight"))
        self._tell_room()
        if place:
            self.roadmap.focus_board()
        else:
            self.list.setFocus()
        self.context.actions.refresh()

    def is_page(self, place: int) -> bool:
        """Tell whether a page is shown."""
        return self._pages.currentIndex() == place

    def _on_add(self) -> None:
        if self.is_page(1):
            self.add_opportunity()
        else:
            self.add_insight()

    # Commands

    def has_study(self) -> bool:
        """Tell whether a study is open."""
        return self.study is not None

    def can_change(self) -> bool:
        """Tell whether findings can be edited."""
        return self.study is not None and not self.study.read_only

    def can_change_insight(self) -> bool:
        """Tell whether there is an insight that can be edited."""
        return self.can_change() and self.insights.current() is not None

    def can_add_evidence(self) -> bool:
        """Tell whether the selected passages can become evidence."""
        return self.can_change_insight() and self.list.current() is not None

    def can_code(self) -> bool:
        """Tell whether selected passages can get a code."""
        return self.list.can_code()

    def give_code(self) -> None:
        """Give the selected passages a code."""
        self.list.give_code()

    def find_words(self) -> None:
        """Put the cursor into the field for words."""
        self.show_page(0)
        self.filters.words.setFocus()
        self.filters.words.selectAll()

    def reset(self) -> None:
        """Show all passages."""
        self.filters.ask(Query())

    def add_for(self) -> None:
        """Let the selected passages speak for the current insight."""
        self._add_selected(Stance.FOR)

    def add_against(self) -> None:
        """Let the selected passages speak against the current insight."""
        self._add_selected(Stance.AGAINST)

    def _add_selected(self, stance: Stance) -> None:
        if insight := self.insights.current():
            self._on_evidence_added(insight.id, self.found.chosen(), stance)

    def _fill_menu(self, menu: QMenu) -> None:
        for action_id in ("findings.for", "findings.against"):
            menu.addAction(self.context.actions.qaction(action_id))

    def add_insight(self) -> None:
        """Write a new insight, with the selected passages as first evidence for it."""
        if self.study is None:
            return
        # Before the dialog: the focus comes back when the window manager gives it back.
        chosen = self.found.chosen() if self.list.hasFocus() else []
        claim = self.context.dialogs.ask_text(
            self,
            t("Write an insight"),
            t("What is true, in one sentence?"),
            accept=t("Add"),
        )
        if not claim:
            return
        add = partial(self._add_insight, self.study, chosen)
        self.study.unsaved.spot(("insight", claim), t("New insight"), add).keep(claim)

    def _add_insight(self, study: Study, chosen: Sequence[str], claim: str) -> None:
        with study.step(Op.EDIT_INSIGHT, origin=self):
            made = study.findings.add_insight(claim)
            for observation_id in chosen:
                study.findings.add_evidence(made.id, ObservationId(observation_id))
        self._show_findings()
        self.show_page(0)
        self.insights.select(made.id)

    def remove_insight(self) -> None:
        """Put the current insight into the bin; undo brings it back."""
        insight = self.insights.current()
        if self.study and insight:
            self.study.findings.remove_insight(insight.id)
            self._show_findings()
            self.context.signals.toast_requested.emit(t("Insight removed. Undo brings it back."))

    def add_opportunity(self, horizon: Horizon = Horizon.MUST_BE) -> None:
        """Ask for an opportunity and add it."""
        if self.study is None:
            return
        add = self.study.findings.add_opportunity
        with lent(OpportunityDialog(self.study, horizon=horizon, save=add, parent=self)) as dialog:
            if dialog.exec() and dialog.saved is not None:
                self._show_findings()
                self.show_page(1)
                self.roadmap.select(dialog.saved.id)

    def edit_opportunity(self, opportunity_id: str) -> None:
        """Edit an opportunity in its form."""
        if self.study is None or not self.can_change():
            return
        found = next(o for o in self.study.findings.opportunities() if o.id == opportunity_id)
        save = partial(self.study.findings.change_opportunity, found.id)
        if shown(OpportunityDialog(self.study, found, save=save, parent=self)):
            self._show_findings()

    # Reactions

    def _on_insight_edited(self, insight_id: str, given: Given[Insight]) -> None:
        if self.study:
            self.study.findings.change_insight(InsightId(insight_id), given)
            self._show_findings()

    def _on_evidence_added(self, insight_id: str, ids: Sequence[str], stance: Stance) -> None:
        if self.study is None:
            return
        with self.study.step(Op.EDIT_INSIGHT, origin=self):
            for key in ids:
                self.study.findings.add_evidence(InsightId(insight_id), ObservationId(key), stance)
        self.insights.select(insight_id)
        self._show_findings()

    def _on_evidence_removed(self, insight_id: str, ids: list[str]) -> None:
        if self.study is None:
            return
        with self.study.step(Op.EDIT_INSIGHT, origin=self):
            for key in ids:
                self.study.findings.remove_evidence(InsightId(insight_id), ObservationId(key))
        self._show_findings()

    def _on_opportunity_moved(self, opportunity_id: str, horizon: Horizon) -> None:
        if self.study and self.can_change():
            self.study.findings.change_opportunity(OpportunityId(opportunity_id), horizon=horizon)
            self._show_findings()
            self.roadmap.select(opportunity_id)

    def _on_opportunity_removed(self, opportunity_id: str) -> None:
        if self.study and self.can_change():
            self.study.findings.remove_opportunity(OpportunityId(opportunity_id))
            self._show_findings()
            self.context.signals.toast_requested.emit(
                t("Opportunity removed. Undo brings it back.")
            )
