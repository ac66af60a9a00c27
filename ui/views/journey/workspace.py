"""The Journey workspace: the customer's own journey, live from the observations."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
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
from ui.i18n import t
from ui.models.journey_map import USUAL_LANES, Lane, build_map
from ui.views.evidence.panel import EvidencePanel
from ui.views.journey.commands import EDIT_IDS, EXPORT_IDS, JOURNEY_ACTIONS, LANE_IDS
from ui.views.journey.export import WIDTH, export_map
from ui.views.journey.map_view import MapView
from ui.views.journey.sheet import MapSheet, Place
from ui.views.journey.tables import CompanyTrackDialog, TableDialog, TouchpointsDialog
from ui.views.saving import ask_place
from ui.views.widgets.looks import EmptyState, ShortLabel, button
from ui.views.workspace import Workspace
from workbench.domain.change import ChangeSet
from workbench.domain.journey import Stage, Track
from workbench.domain.materials import Method
from workbench.domain.passage import Query
from workbench.services.journeys import StageFigures
from workbench.study import Study

_TABLES = (
    "journey", "stage", "touchpoint", "observation", "observation_code", "code", "participant",
    "segment", "session", "source", "speaker", "turn", "attendance", "consent",
)  # fmt: skip


class JourneyWorkspace(Workspace):
    """Map on the left, the observations of the opened cell on the right."""

    key = "journey"
    title = "Journey"
    icon = "route"
    opens = ("stage", "touchpoint")

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._figures: list[StageFigures] = []
        self._lanes: set[Lane] = set(USUAL_LANES)
        self._open: Place | None = None
        self.segment = QComboBox()
        self.method = QComboBox()
        self.map = MapView(context.theme)
        self.panel = EvidencePanel(context)
        self._empty = EmptyState(
            context.icons,
            self.icon,
            t("The journey is the customer’s: name its first stage as they would, for example "
              "“Life changes”. Observations you give this stage will fill the map."),
            heading=t("No journey yet"),
            action=t("Add a stage"),
        )  # fmt: skip
        self._build()
        self._connect()

    # Layout

    def _build(self) -> None:
        self.segment.setAccessibleName(t("Segment"))
        self.method.setAccessibleName(t("Method"))
        self._edit = _menu_button(t("Edit"))
        self._lane_button = _menu_button(t("Lanes"))
        self._export = _menu_button(t("Export"))
        self._report = button(t("Into the report"), "primary")
        tools = QHBoxLayout()
        tools.setContentsMargins(24, 16, 24, 12)
        tools.setSpacing(8)
        tools.addWidget(ShortLabel(t("The customer’s journey"), "title"))
        tools.addSpacing(8)
        tools.addWidget(self.segment)
        tools.addWidget(self.method)
        tools.addStretch(1)
        for part in (self._edit, self._lane_button, self._export, self._report):
            tools.addWidget(part)
        framed = QWidget()
        frame = QVBoxLayout(framed)
        frame.setContentsMargins(24, 0, 24, 8)
        frame.addWidget(self.map)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setObjectName("journeySplitter")
        self._splitter.setChildrenCollapsible(False)
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
        column.addLayout(tools)
        column.addWidget(self._splitter, 1)
        self._pages = QStackedWidget()
        self._pages.addWidget(page)
        self._pages.addWidget(self._empty)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._pages)
        self.setFocusProxy(self.map)

    def _connect(self) -> None:
        self.segment.activated.connect(self._show)
        self.method.activated.connect(self._show)
        self.map.opened.connect(self.open_cell)
        self.map.edited.connect(self._on_edited)
        self.map.edit_requested.connect(self._on_edit_requested)
        self.map.menu_requested.connect(self._on_menu)
        self.map.current_changed.connect(self.context.actions.refresh)
        self.panel.closed.connect(self.close_panel)
        self._empty.button.clicked.connect(self.add_stage)
        self._report.clicked.connect(
            lambda: self.context.signals.open_requested.emit("report", self.key)
        )
        for shown, ids in (
            (self._edit, EDIT_IDS), (self._lane_button, LANE_IDS), (self._export, EXPORT_IDS)
        ):  # fmt: skip
            shown.menu().aboutToShow.connect(lambda b=shown, i=ids: self._fill_menu(b.menu(), i))

    @override
    def actions_offered(self) -> Sequence[Action]:
        return JOURNEY_ACTIONS

    # The study

    @override
    def set_study(self, study: Study | None) -> None:
        super().set_study(study)
        self.close_panel()
        self.map.set_current(None)
        self.segment.clear()
        self.method.clear()
        if study is None:
            self.refresh(None)

    @override
    def refresh(self, changes: ChangeSet | None) -> None:
        if changes is None or changes.touches(*_TABLES):
            self._fill_filters()
            self._show()

    @override
    def focus_object(self, kind: str, object_id: str) -> None:
        for column, found in enumerate(self._figures):
            points = {point.id for point, _ in found.touchpoints}
            lane = Lane.STAGE if kind == "stage" else Lane.TOUCHPOINTS
            if object_id in (found.stage.id, *points):
                place = Place(lane, column)
                self.map.set_current(place)
                self.open_cell(place)
                self.map.setFocus()
                return

    @property
    def query(self) -> Query:
        """Return what the filters ask for."""
        return Query(segment_id=self.segment.currentData(), method=self.method.currentData())

    def _fill_filters(self) -> None:
        segments = self.study.people.segments() if self.study else []
        _fill(self.segment, t("All segments"), [(s.name, s.id) for s in segments])
        _fill(self.method, t("All methods"), [(t(m.plural), m) for m in Method])

    def _show(self) -> None:
        study = self.study
        self._figures = study.journeys.figures(self.query) if study else []
        steps = study.journeys.stages(Track.COMPANY) if study else []
        apart = study.journeys.divergence() if study else None
        self.map.set_map(build_map(self._figures, steps, apart), self._shown_lanes())
        self._pages.setCurrentIndex(0 if self._figures else 1)
        if self._open and self._open.column >= len(self._figures):
            self.close_panel()
        self._show_panel()
        self.context.actions.refresh()

    def _shown_lanes(self) -> list[Lane]:
        return [lane for lane in Lane if lane in self._lanes]

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
        name = sheet.journey.stages[place.column].name
        title = name if place.lane is Lane.STAGE else f"{name} · {place.lane.label}"
        mentions = sheet.journey.cell(place.lane, place.column).passages
        shelf = self.study.observations.shelf([mention.id for mention in mentions])
        self.panel.show_passages(title, mentions, shelf)
        self.map.set_open(place)

    def _on_menu(self, _place: Place, at: QPoint) -> None:
        menu = QMenu(self)
        self._fill_menu(menu, EDIT_IDS)
        menu.exec(at)
        menu.deleteLater()

    def _fill_menu(self, menu: QMenu, ids: Sequence[str]) -> None:
        self.context.actions.refresh()
        menu.clear()
        for action_id in ids:
            if action_id == "journey.touchpoints":
                menu.addSeparator()
            menu.addAction(self.context.actions.qaction(action_id))

    # Commands

    def has_study(self) -> bool:
        """Tell whether a study is open."""
        return self.study is not None

    def has_map(self, _suffix: str = "") -> bool:
        """Tell whether there is something to export."""
        return bool(self._figures)

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
        lanes = (Lane.TOUCHPOINTS, Lane.COMPANY)
        return self.can_edit_stage() and bool(
            place and (place.lane.editable or place.lane in lanes)
        )

    def can_move(self, by: int = 0) -> bool:
        """Tell whether the current stage has a neighbour on that side."""
        place = self.map.current
        return self.can_change() and bool(place and 0 <= place.column + by < len(self._figures))

    def edit_cell(self) -> None:
        """Edit the current cell."""
        self.map.edit_current()

    def add_stage(self) -> None:
        """Add a stage at the end and go there."""
        if self.study is None:
            return
        name = self.context.dialogs.ask_text(
            self,
            t("Add stage"),
            t("What does the customer do here, in their words?"),
            accept=t("Add"),
        )
        if name:
            self.study.journeys.add_stage(name)
            self.refresh(None)
            self.map.set_current(Place(Lane.STAGE, len(self._figures) - 1))
            self.map.setFocus()

    def move_stage(self, by: int) -> None:
        """Move the current stage left or right."""
        place, stage = self.map.current, self._stage()
        if self.study and place and stage and self.can_move(by):
            self.study.journeys.move_stage(stage.id, place.column + by)
            self.refresh(None)
            self.map.set_current(Place(place.lane, place.column + by))

    def remove_stage(self) -> None:
        """Remove the current stage; its observations stay without one."""
        place, stage = self.map.current, self._stage()
        if self.study is None or place is None or stage is None:
            return
        mentions = len(self._figures[place.column].passages)
        if mentions and not self.context.dialogs.confirm(
            self,
            t("Remove the stage “{name}”?", name=stage.name),
            detail=t("Its {n} observations stay in the study, without a stage.", n=mentions),
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

    def shows_lane(self, lane: str) -> bool:
        """Tell whether a lane is shown."""
        return Lane(lane) in self._lanes

    def toggle_lane(self, lane: str) -> None:
        """Show or hide a lane."""
        self._lanes ^= {Lane(lane)}
        if self._open and self._open.lane not in self._lanes:
            self.close_panel()
        self._show()

    def export(self, suffix: str) -> None:
        """Write the map as a picture."""
        sheet = self.map.sheet
        if self.study is None or sheet is None:
            return
        title, name = t("Export the map"), f"{self.study.title} – map"
        out = ask_place(self.context, self, title, name=name, suffix=f".{suffix}")
        if out is None:
            return
        wide = MapSheet(self.context.theme, sheet.journey, self._shown_lanes(), WIDTH)
        title = " · ".join([self.study.title, *self._filtered_by()])
        made = export_map(wide, self.context.theme, title, out)
        self.context.signals.toast_requested.emit(t("Map written to {name}", name=made.name))

    def _filtered_by(self) -> list[str]:
        boxes = (self.segment, self.method)
        return [box.currentText() for box in boxes if box.currentData() is not None]

    def _stage(self) -> Stage | None:
        place = self.map.current
        if place is None or place.column >= len(self._figures):
            return None
        return self._figures[place.column].stage

    def _on_edited(self, place: Place, words: str) -> None:
        stage = self._figures[place.column].stage
        field = "name" if place.lane is Lane.STAGE else place.lane.value
        if self.study and (words or field != "name"):
            self.study.journeys.change_stage(stage.id, **{field: words})
            self.refresh(None)

    def _on_edit_requested(self, place: Place) -> None:
        if place.lane is Lane.TOUCHPOINTS:
            self.edit_touchpoints()
        elif place.lane is Lane.COMPANY:
            self.edit_company()

    def _run(self, dialog: TableDialog) -> None:
        dialog.exec()
        dialog.deleteLater()
        self.refresh(None)


def _menu_button(text: str) -> QPushButton:
    made = button(text)
    menu = QMenu(made)
    menu.setToolTipsVisible(True)
    made.setMenu(menu)
    return made


def _fill(box: QComboBox, everything: str, rows: Sequence[tuple[str, object]]) -> None:
    """Fill a filter, keeping what is chosen as far as it still exists."""
    chosen = box.currentData()
    box.clear()
    box.addItem(everything, None)
    for text, value in rows:
        box.addItem(text, value)
    box.setCurrentIndex(max(box.findData(chosen), 0) if chosen is not None else 0)
