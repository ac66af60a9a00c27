"""The Findings workspace: look passages up, and let them speak for or against a claim."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
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
from ui.views import faces, splitting
from ui.views.desk import Desk
from ui.views.evidence.evidence_list import EvidenceList
from ui.views.findings.actions import FINDINGS_ACTIONS
from ui.views.findings.filters import FilterColumn
from ui.views.findings.found import FoundPane
from ui.views.findings.insight_commands import InsightCommands
from ui.views.findings.insight_pane import InsightPane
from ui.views.findings.opportunity_commands import OpportunityCommands
from ui.views.findings.roadmap import Roadmap
from ui.views.widgets.controls import join
from ui.views.widgets.looks import button, label
from ui.views.widgets.roving import Roving
from ui.views.workspace import Workspace
from workbench.domain import speaking
from workbench.domain.change import ChangeSet, TableName
from workbench.domain.passage import Query
from workbench.study import Study

_PASSAGES: tuple[TableName, ...] = (
    *speaking.TABLES, "observation", "observation_code", "code", "memo", "stage", "touchpoint",
    "journey", "turn", "segment", "name_decision",
)  # fmt: skip
_FINDINGS: tuple[TableName, ...] = ("insight", "evidence", "opportunity")


class FindingsWorkspace(Workspace):
    """Filters, passages and insights; the roadmap on a second page."""

    key, title, icon = faces.FINDINGS
    opens = ("insight", "opportunity", "code")
    reads = (*_PASSAGES, *_FINDINGS)
    shows_own_steps = True
    follows_machine = False
    # Declared here, since the parts ask for them.
    filters: FilterColumn
    list: EvidenceList
    insights: InsightPane
    found: FoundPane
    roadmap: Roadmap
    desk: Desk[FindingsWorkspace] | None = None
    insight_commands: InsightCommands | None = None
    opportunity_commands: OpportunityCommands | None = None

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
        self._add = button(t("Write an insight…"), "primary")
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
        splitting.remember(self.context, splitter, yielding=2, told=self._tell_room)
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

    @override
    @classmethod
    def actions_offered(cls) -> Sequence[Action[FindingsWorkspace]]:
        return FINDINGS_ACTIONS

    # The study

    @override
    def set_study(self, study: Study | None) -> None:
        super().set_study(study)
        if self.desk is not None:
            self.desk.clear()
        self.desk = self.insight_commands = self.opportunity_commands = None
        self.filters.set_study(study)
        self.found.set_study(study)
        if study is not None:
            self.desk = Desk(self.context, study, self)
            self.insight_commands = InsightCommands(self.desk)
            self.opportunity_commands = OpportunityCommands(self.desk)
        else:
            self.refresh(None)
        self._add.setEnabled(self.desk is not None and self.desk.can_change)

    @override
    def refresh(self, changes: ChangeSet | None) -> None:
        if changes is None or changes.touches(*_PASSAGES):
            self.filters.fill()
            self.found.look_up()
        self.show_findings()

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

    def show_findings(self) -> None:
        """Show insights and opportunities as they are now."""
        if self.insight_commands is None or self.opportunity_commands is None:
            self.insights.set_rows(())
            self.insights.show_evidence((), ())
            self.roadmap.set_rows(())
        else:
            self.opportunity_commands.show(self.insight_commands.show())

    # Pages

    def show_page(self, place: int) -> None:
        """Show the evidence (0) or the roadmap (1)."""
        self._tabs[place].setChecked(True)
        self._pages.setCurrentIndex(place)
        self._add.setText(t("Add an opportunity…") if place else t("Write an insight…"))
        self._tell_room()
        if place:
            self.roadmap.focus_board()
        else:
            self.list.setFocus()
        self.context.actions.refresh()

    def is_page(self, place: int) -> bool:
        """Tell whether a page is shown."""
        return self._pages.currentIndex() == place

    def find_words(self) -> None:
        """Put the cursor into the field for words."""
        self.show_page(0)
        self.filters.words.setFocus()
        self.filters.words.selectAll()

    def _on_add(self) -> None:
        self.context.actions.trigger(
            "findings.add-opportunity" if self.is_page(1) else "findings.add-insight"
        )

    def _fill_menu(self, menu: QMenu) -> None:
        for action_id in ("findings.for", "findings.against"):
            menu.addAction(self.context.actions.qaction(action_id))
