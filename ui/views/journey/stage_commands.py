"""What is done with the stages of the map, and with the tables that belong to them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ui.i18n import plural, t
from ui.views.desk import Desk
from ui.views.journey.open_cell import OpenCell
from ui.views.journey.sheet import Place
from ui.views.journey.tables import CompanyTrackDialog, TouchpointsDialog
from ui.views.widgets.lent import shown
from workbench.domain.change import Op
from workbench.domain.journey import Stage
from workbench.services.journey.lanes import COMPANY, STAGE, TOUCHPOINTS

if TYPE_CHECKING:
    from ui.views.journey.workspace import JourneyWorkspace


class StageCommands:
    """Carries them out.

    Args:
        desk: the study, and the page with the map.
        cell: the one whose observations are shown.
    """

    def __init__(self, desk: Desk[JourneyWorkspace], cell: OpenCell) -> None:
        self._desk = desk
        self._study = desk.study
        self._journeys = desk.study.journeys
        self._map = desk.page.map
        self._latest = desk.page.latest
        self._cell = cell
        desk.hear(self._map.edit_requested, self.edit_beside)

    @property
    def stage(self) -> Stage | None:
        """Return the stage of the current cell."""
        place, columns = self._map.current, self._latest.shown.journey.columns
        return columns[place.column].stage if place and place.column < len(columns) else None

    def can_add(self) -> bool:
        """Tell whether the journey can be edited."""
        return self._desk.can_change

    def can_edit(self) -> bool:
        """Tell whether a stage is current and can be edited."""
        return self.can_add() and self.stage is not None

    def can_edit_cell(self) -> bool:
        """Tell whether the current cell can be edited."""
        place = self._map.current
        return self.can_edit() and bool(
            place and (place.lane.written or place.lane in (TOUCHPOINTS, COMPANY))
        )

    def can_move(self, by: int) -> bool:
        """Tell whether the current stage has a neighbour on that side."""
        place, stages = self._map.current, self._latest.shown.journey.stages
        return self.can_edit() and bool(place and 0 <= place.column + by < len(stages))

    def add(self) -> None:
        """Name a stage behind the current one, or at the end, and go there."""
        question = t("What does the customer do here, in their words?")
        ask = self._desk.context.dialogs.ask_text
        name = ask(self._desk.page, t("New stage"), question, accept=t("Add"))
        place = self._map.current if self.stage else None
        at = place.column + 1 if place else len(self._latest.shown.journey.stages)
        if name and self._study.unsaved.spot(
            ("stage", name), t("New stage"), partial(self._add, at)
        ).keep(name):
            self._latest.go(partial(self._map.set_current, Place(STAGE, at)))
            self._map.setFocus()

    def move(self, by: int) -> None:
        """Move the current stage left (-1) or right (1)."""
        place, stage = self._map.current, self.stage
        if place and stage and self.can_move(by):
            with self._study.step(Op.EDIT_JOURNEY, origin=self._desk.page):
                self._journeys.move_stage(stage.id, place.column + by)
            self._desk.page.show_map()
            moved = Place(place.lane, place.column + by)
            self._latest.go(partial(self._map.set_current, moved))

    def remove(self) -> None:
        """Remove the current stage; its observations stay without one."""
        place, stage = self._map.current, self.stage
        if place is None or stage is None:
            return
        mentions = len(self._latest.shown.journey.columns[place.column].passages)
        if mentions and not self._desk.context.dialogs.confirm(
            self._desk.page,
            t("Remove the stage “{name}”?", name=stage.name),
            detail=plural(
                mentions,
                "Its observation stays in the study, without a stage.",
                "Its {n} observations stay in the study, without a stage.",
            ),
            accept=t("Remove"),
        ):
            return
        self._cell.close()
        with self._study.step(Op.EDIT_JOURNEY, origin=self._desk.page):
            self._journeys.remove_stage(stage.id)
        self._desk.page.show_map()

    def edit_touchpoints(self) -> None:
        """Add, rename and remove touchpoints."""
        shown(TouchpointsDialog(self._study, self._desk.page))

    def edit_company(self) -> None:
        """Edit the company's steps."""
        shown(CompanyTrackDialog(self._study, self._desk.page))

    def edit_beside(self, place: Place) -> None:
        """Edit what a cell shows in the table where it is kept."""
        if place.lane is TOUCHPOINTS:
            self.edit_touchpoints()
        elif place.lane is COMPANY:
            self.edit_company()

    def _add(self, at: int, name: str) -> None:
        with self._study.step(Op.EDIT_JOURNEY, origin=self._desk.page):
            self._journeys.add_stage(name, position=at)
        self._desk.page.show_map()
