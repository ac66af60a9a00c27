"""The Journey workspace: the customer's own journey, live from the observations."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ui.actions import Action
from ui.context import AppContext
from ui.i18n import plural, t
from ui.views import faces, splitting
from ui.views.desk import Desk
from ui.views.evidence.panel import EvidencePanel
from ui.views.journey.commands import (
    EDIT_IDS,
    EXPORT_IDS,
    JOURNEY_ACTIONS,
    LANE_IDS,
    STAGES,
)
from ui.views.journey.export import ask_and_export
from ui.views.journey.filters import MapFilters
from ui.views.journey.latest import NO_MAP, LatestMap
from ui.views.journey.map_view import MapView
from ui.views.journey.open_cell import OpenCell
from ui.views.journey.sheet import Place
from ui.views.journey.stage_commands import StageCommands
from ui.views.who.chip import WhoChip
from ui.views.widgets.command_row import CommandRow
from ui.views.widgets.looks import EmptyState, button
from ui.views.workspace import Workspace
from workbench.domain import speaking
from workbench.domain.change import ChangeSet
from workbench.domain.passage import Query
from workbench.services.journey.lanes import LANES, STAGE, TOUCHPOINTS, FilledMap, Lane
from workbench.services.journey.map import JourneyMap
from workbench.study import Study

_TEACHING = (
    "The journey is the customer’s: name its first stage as they would, for example “Life "
    "changes”. Observations you give this stage will fill the map."
)


class JourneyWorkspace(Workspace):
    """Map on the left, the observations of the opened cell on the right."""

    key, title, icon = faces.JOURNEY
    opens = ("stage", "touchpoint")
    reads = (
        *speaking.TABLES, "journey", "stage", "touchpoint", "observation", "observation_code",
        "code", "segment", "turn",
    )  # fmt: skip
    shows_own_steps = True
    # Declared here, since the parts ask for them.
    map: MapView
    latest: LatestMap
    panel: EvidencePanel
    desk: Desk[JourneyWorkspace] | None = None
    cell: OpenCell | None = None
    stages: StageCommands | None = None

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._lanes = {lane for lane in LANES if lane.usual}
        self.latest = LatestMap(self._take, self)
        self.filters = MapFilters()
        self.map = MapView(context.theme)
        self.panel = EvidencePanel(context)
        heading, action = t("No journey yet"), t("Add a stage…")
        self._empty = EmptyState(context.icons, self.icon, "", heading=heading, action=action)
        self._nothing = EmptyState(context.icons, "search", "", action=t("Show everything"))
        self._build()
        self._connect()

    # Layout

    def _build(self) -> None:
        titles = (t("Edit"), t("Lanes"), t("Export"))
        self._edit, self._lane_button, self._export = map(_menu_button, titles)
        self._report = button(t("Into the report"), "primary")
        self._head = CommandRow(
            t("The customer’s journey"),
            (self._edit, self._lane_button, self._export, self._report),
            (self._edit, self._export, self._lane_button, self._report),
            beside=self.filters,
        )
        self._head.setContentsMargins(24, 16, 24, 12)
        framed = QWidget()
        frame = QVBoxLayout(framed)
        frame.setContentsMargins(24, 0, 24, 8)
        self._inner = QStackedWidget()
        self._inner.addWidget(self.map)
        frame.addWidget(self._inner)
        self.who = WhoChip(self.context, self, frame)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setObjectName("journeySplitter")
        self._splitter.addWidget(framed)
        self._splitter.addWidget(self.panel)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setSizes([1000, 320])
        splitting.remember(self.context, self._splitter)
        self.panel.hide()
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self._splitter, 1)
        self._pages = QStackedWidget()
        self._pages.addWidget(page)
        self._pages.addWidget(self._empty)
        self._inner.addWidget(self._nothing)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._pages)
        self.setFocusProxy(self.map)

    def _connect(self) -> None:
        self.filters.changed.connect(self.show_map)
        self.map.menu_requested.connect(self._on_menu)
        self.map.current_changed.connect(self.context.actions.refresh)
        self._empty.button.clicked.connect(partial(STAGES.run(StageCommands.add), self))
        self._nothing.button.clicked.connect(self.reset)
        self._report.clicked.connect(
            lambda: self.context.signals.open_requested.emit("report", self.key)
        )
        for made, ids in (
            (self._edit, EDIT_IDS), (self._lane_button, LANE_IDS), (self._export, EXPORT_IDS)
        ):  # fmt: skip
            made.menu().aboutToShow.connect(lambda b=made, i=ids: self._fill_menu(b.menu(), i))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._head.fit(self.width())

    @override
    @classmethod
    def actions_offered(cls) -> Sequence[Action[JourneyWorkspace]]:
        return JOURNEY_ACTIONS

    # The study

    @override
    def set_study(self, study: Study | None) -> None:
        super().set_study(study)
        self.latest.end()
        self.map.study = study
        if self.desk is not None and self.cell is not None:
            self.desk.clear()
            self.cell.close()
        self.desk = self.cell = self.stages = None
        self.map.set_current(None)
        self.filters.offer(None)
        if study is None:
            self.refresh(None)
            return
        self.desk = Desk(self.context, study, self)
        self.cell = OpenCell(self.desk)
        self.stages = StageCommands(self.desk, self.cell)

    @override
    def refresh(self, changes: ChangeSet | None) -> None:
        if changes is None or changes.touches("segment"):
            self.filters.offer(self.study)
        self.show_map()

    @override
    def in_hand(self) -> Sequence[tuple[str, str]]:
        stage = self.stages.stage if self.stages is not None else None
        return (("stage", stage.id),) if stage is not None else ()

    @override
    def focus_object(self, kind: str, object_id: str) -> None:
        self.latest.go(partial(self._find, kind, object_id))

    def _find(self, kind: str, object_id: str) -> None:
        for column, found in enumerate(self.latest.shown.journey.columns):
            points = {point.id for point, _ in found.touchpoints}
            if self.cell is not None and object_id in (found.stage and found.stage.id, *points):
                self.cell.open(Place(STAGE if kind == "stage" else TOUCHPOINTS, column))
                self.map.setFocus()
                return

    def show_map(self) -> None:
        """Read the map, and show it as soon as it is read."""
        if self.study is None:
            self._take(NO_MAP)
            return
        self.latest.ask(self.study, self.filters.query)
        if self.latest.busy and not self.latest.shown.journey.stages:
            self._pages.setCurrentIndex(0)  # nobody knows yet that there is nothing

    def _take(self, filled: FilledMap) -> None:
        self.map.set_map(filled, [lane for lane in LANES if lane in self._lanes])
        self.who.show_count(self.study, filled.journey.tally.unknown)
        self._show_page(filled.journey)
        if self.cell is not None:
            self.cell.follow(filled)
        self.context.actions.refresh()

    def _show_page(self, journey: JourneyMap) -> None:
        """Show the map, or say why there is none."""
        self._pages.setCurrentIndex(0 if journey.stages else 1)
        missed = journey.query != Query() and not journey.passages
        self._inner.setCurrentIndex(1 if missed else 0)
        if missed:
            asked = " · ".join(self.filters.said(journey.query))
            self._nothing.say(t("Nothing was said by {asked}. Take one away.", asked=asked))
        column, teaching = journey.unplaced, t(_TEACHING)
        if column is not None:
            waiting = plural(
                len(column.passages),
                "One observation waits for its first stage.",
                "{n} observations wait for their first stage.",
            )
            teaching = f"{teaching} {waiting}"
        self._empty.say(teaching)

    def _on_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._fill_menu(menu, EDIT_IDS)
        menu.popup(at)

    def _fill_menu(self, menu: QMenu, ids: Sequence[str]) -> None:
        self.context.actions.refresh()
        menu.clear()
        for action_id in ids:
            if action_id == "journey.touchpoints":
                menu.addSeparator()
            menu.addAction(self.context.actions.qaction(action_id))

    # Commands

    def reset(self) -> None:
        """Show what everybody said, however it was heard."""
        self.filters.reset()
        self.map.setFocus()

    def shows_lane(self, lane: Lane) -> bool:
        """Tell whether a lane is shown."""
        return lane in self._lanes

    def toggle_lane(self, lane: Lane) -> None:
        """Show or hide a lane."""
        self._lanes ^= {lane}
        if self.cell and self.cell.place and self.cell.place.lane not in self._lanes:
            self.cell.close()
        if self.map.sheet is not None:
            self._take(self.latest.shown)

    def export(self, suffix: str) -> None:
        """Write the map as a picture."""
        if self.study is not None and self.map.sheet is not None:
            filled, lanes = self.latest.shown, self.map.sheet.lanes
            title = " · ".join([self.study.title, *self.filters.said(filled.journey.query)])
            ask_and_export(self.context, self, filled, lanes=lanes, title=title, suffix=suffix)


def _menu_button(text: str) -> QPushButton:
    made = button(text)
    menu = QMenu(made)
    menu.setToolTipsVisible(True)
    made.setMenu(menu)
    return made
