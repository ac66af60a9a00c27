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
from ui.views.evidence.panel import EvidencePanel
from ui.views.journey.commands import EDIT_IDS, EXPORT_IDS, JOURNEY_ACTIONS, LANE_IDS
from ui.views.journey.export import ask_and_export
from ui.views.journey.filters import MapFilters
from ui.views.journey.latest import NO_MAP, LatestMap
from ui.views.journey.map_view import MapView
from ui.views.journey.sheet import Place
from ui.views.journey.tables import CompanyTrackDialog, TouchpointsDialog
from ui.views.who.chip import WhoChip
from ui.views.widgets.command_row import CommandRow
from ui.views.widgets.lent import shown
from ui.views.widgets.looks import EmptyState, button
from ui.views.workspace import Workspace
from workbench.domain.change import ChangeSet
from workbench.domain.journey import Stage
from workbench.domain.passage import Query
from workbench.services.journey.lanes import COMPANY, LANES, STAGE, TOUCHPOINTS, FilledMap, Lane
from workbench.study import Study

_TEACHING = (
    "The journey is the customer’s: name its first stage as they would, for example “Life "
    "changes”. Observations you give this stage will fill the map."
)


class JourneyWorkspace(Workspace):
    """Map on the left, the observations of the opened cell on the right."""

    key = "journey"
    title = "Journey"
    icon = "route"
    opens = ("stage", "touchpoint")
    reads = (
        "journey", "stage", "touchpoint", "observation", "observation_code", "code", "participant",
        "segment", "session", "source", "speaker", "turn", "attendance", "consent_entry",
    )  # fmt: skip

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._journey = NO_MAP.journey
        self._lanes = {lane for lane in LANES if lane.usual}
        self._open: Place | None = None
        self._latest = LatestMap(self._take, self)
        self.filters = MapFilters()
        self.map = MapView(context.theme)
        self.panel = EvidencePanel(context)
        heading, action = t("No journey yet"), t("Add a stage")
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
        self.remember_splitter(self._splitter)
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
        self.filters.changed.connect(self._show)
        self.map.opened.connect(self.open_cell)
        self.map.edit_requested.connect(self._on_edit_requested)
        self.map.menu_requested.connect(self._on_menu)
        self.map.current_changed.connect(self.context.actions.refresh)
        self.panel.closed.connect(self.close_panel)
        self._empty.button.clicked.connect(self.add_stage)
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
        self._latest.end()
        self.map.study = study
        self.close_panel()
        self.map.set_current(None)
        self.filters.offer(None)
        if study is None:
            self.refresh(None)

    @override
    def refresh(self, changes: ChangeSet | None) -> None:
        self.filters.offer(self.study)
        self._show()

    @override
    def focus_object(self, kind: str, object_id: str) -> None:
        self._latest.go(partial(self._find, kind, object_id))

    def _find(self, kind: str, object_id: str) -> None:
        for column, found in enumerate(self._journey.columns):
            points = {point.id for point, _ in found.touchpoints}
            lane = STAGE if kind == "stage" else TOUCHPOINTS
            if object_id in (found.stage and found.stage.id, *points):
                place = Place(lane, column)
                self.map.set_current(place)
                self.open_cell(place)
                self.map.setFocus()
                return

    def _show(self) -> None:
        if self.study is None:
            self._take(NO_MAP)
            return
        self._latest.ask(self.study, self.filters.query)
        if self._latest.busy and not self._journey.stages:
            self._pages.setCurrentIndex(0)  # nobody knows yet that there is nothing

    def _take(self, filled: FilledMap) -> None:
        self._journey = filled.journey
        self.map.set_map(filled, self._shown_lanes())
        self.who.show_count(self.study, self._journey.tally.unknown)
        self._show_page()
        if self._open and self._open.column >= len(self._journey.columns):
            self.close_panel()
        self._show_panel()
        self.context.actions.refresh()

    def _show_page(self) -> None:
        """Show the map, or say why there is none."""
        self._pages.setCurrentIndex(0 if self._journey.stages else 1)
        missed = self._journey.query != Query() and not self._journey.passages
        self._inner.setCurrentIndex(1 if missed else 0)
        if missed:
            asked = " · ".join(self.filters.said(self._journey.query))
            self._nothing.say(t("Nothing was said by {asked}. Take one away.", asked=asked))
        column, teaching = self._journey.unplaced, t(_TEACHING)
        if column is not None:
            waiting = plural(
                len(column.passages),
                "One observation waits for its first stage.",
                "{n} observations wait for their first stage.",
            )
            teaching = f"{teaching} {waiting}"
        self._empty.say(teaching)

    def _shown_lanes(self) -> list[Lane]:
        return [lane for lane in LANES if lane in self._lanes]

    # Cells

    def open_cell(self, place: Place) -> None:
        """Show the observations behind a cell beside the map."""
        self._open = place
        self._show_panel()
        self.panel.show()
        self.map.set_current(place)

    def close_panel(self) -> None:
        """Give the map the whole width."""
        self._open = None
        self.panel.list.set_passages([])
        self.map.set_open(None)
        self.panel.hide()

    def _show_panel(self) -> None:
        place, sheet = self._open, self.map.sheet
        if place is None or sheet is None or self.study is None:
            return
        name = self._journey.columns[place.column].name
        title = name if place.lane is STAGE else f"{name} · {t(place.lane.title)}"
        mentions = sheet.filled.cell(place.lane, place.column).passages
        shelf = self.study.observations.shelf([mention.id for mention in mentions])
        self.panel.show_passages(title, mentions, shelf)
        self.map.set_open(place)

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

    def has_study(self) -> bool:
        """Tell whether a study is open."""
        return self.study is not None

    def has_map(self) -> bool:
        """Tell whether there is something to export."""
        return bool(self._journey.stages)

    @override
    def in_hand(self) -> Sequence[tuple[str, str]]:
        stage = self._stage()
        return (("stage", stage.id),) if stage is not None else ()

    def can_change(self) -> bool:
        """Tell whether the journey can be edited."""
        return self.study is not None and not self.study.read_only

    def can_edit_stage(self) -> bool:
        """Tell whether a stage is current and can be edited."""
        return self.can_change() and self._stage() is not None

    def can_edit_cell(self) -> bool:
        """Tell whether the current cell can be edited."""
        place = self.map.current
        return self.can_edit_stage() and bool(
            place and (place.lane.written or place.lane in (TOUCHPOINTS, COMPANY))
        )

    def can_move(self, by: int = 0) -> bool:
        """Tell whether the current stage has a neighbour on that side."""
        place = self.map.current
        return self.can_edit_stage() and bool(
            place and 0 <= place.column + by < len(self._journey.stages)
        )

    def edit_cell(self) -> None:
        """Edit the current cell."""
        self.map.edit_current()

    def add_stage(self) -> None:
        """Name a stage behind the current one, or at the end, and go there."""
        if self.study is None:
            return
        question = t("What does the customer do here, in their words?")
        name = self.context.dialogs.ask_text(self, t("New stage"), question, accept=t("Add"))
        place = self.map.current if self._stage() else None
        at = place.column + 1 if place else len(self._journey.stages)
        add = partial(self.study.journeys.add_stage, position=at)
        if name and self.study.unsaved.spot(("stage", name), t("New stage"), add).keep(name):
            self.refresh(None)
            self._latest.go(partial(self.map.set_current, Place(STAGE, at)))
            self.map.setFocus()

    def move_stage(self, by: int) -> None:
        """Move the current stage left or right."""
        place, stage = self.map.current, self._stage()
        if self.study and place and stage and self.can_move(by):
            self.study.journeys.move_stage(stage.id, place.column + by)
            self.refresh(None)
            moved = Place(place.lane, place.column + by)
            self._latest.go(partial(self.map.set_current, moved))

    def remove_stage(self) -> None:
        """Remove the current stage; its observations stay without one."""
        place, stage = self.map.current, self._stage()
        if self.study is None or place is None or stage is None:
            return
        mentions = len(self._journey.columns[place.column].passages)
        if mentions and not self.context.dialogs.confirm(
            self,
            t("Remove the stage “{name}”?", name=stage.name),
            detail=plural(
                mentions,
                "Its observation stays in the study, without a stage.",
                "Its {n} observations stay in the study, without a stage.",
            ),
            accept=t("Remove"),
        ):
            return
        self.close_panel()
        self.study.journeys.remove_stage(stage.id)
        self.refresh(None)

    def edit_touchpoints(self) -> None:
        """Add, rename and remove touchpoints."""
        if self.study:
            self._run(TouchpointsDialog(self.study, self))

    def edit_company(self) -> None:
        """Edit the company's steps."""
        if self.study:
            self._run(CompanyTrackDialog(self.study, self))

    def shows_lane(self, lane: Lane) -> bool:
        """Tell whether a lane is shown."""
        return lane in self._lanes

    def toggle_lane(self, lane: Lane) -> None:
        """Show or hide a lane."""
        self._lanes ^= {lane}
        if self._open and self._open.lane not in self._lanes:
            self.close_panel()
        if self.map.sheet is not None:
            self._take(self.map.sheet.filled)

    def export(self, suffix: str) -> None:
        """Write the map as a picture."""
        if self.study is not None and self.map.sheet is not None:
            title = " · ".join([self.study.title, *self.filters.said(self._journey.query)])
            filled, lanes = self.map.sheet.filled, self._shown_lanes()
            ask_and_export(self.context, self, filled, lanes=lanes, title=title, suffix=suffix)

    def _stage(self) -> Stage | None:
        place = self.map.current
        if place is None or place.column >= len(self._journey.columns):
            return None
        return self._journey.columns[place.column].stage

    def _on_edit_requested(self, place: Place) -> None:
        if place.lane is TOUCHPOINTS:
            self.edit_touchpoints()
        elif place.lane is COMPANY:
            self.edit_company()

    def _run(self, dialog: TouchpointsDialog | CompanyTrackDialog) -> None:
        shown(dialog)
        self.refresh(None)


def _menu_button(text: str) -> QPushButton:
    made = button(text)
    menu = QMenu(made)
    menu.setToolTipsVisible(True)
    made.setMenu(menu)
    return made
