"""The cell of the map whose observations are read beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.i18n import t
from ui.views.desk import Desk
from ui.views.journey.sheet import Place
from workbench.services.journey.lanes import STAGE, FilledMap

if TYPE_CHECKING:
    from ui.views.journey.workspace import JourneyWorkspace


class OpenCell:
    """Shows what stands behind one cell, until it is closed or goes.

    Args:
        desk: the study, and the page with the map and the observations.
    """

    def __init__(self, desk: Desk[JourneyWorkspace]) -> None:
        self._study = desk.study
        self._map = desk.page.map
        self._panel = desk.page.panel
        self.place: Place | None = None
        desk.hear(self._map.opened, self.open)
        desk.hear(self._panel.closed, self.close)

    def open(self, place: Place) -> None:
        """Show the observations behind a cell beside the map."""
        self.place = place
        if self._map.sheet is not None:
            self.follow(self._map.sheet.filled)
        self._panel.show()
        self._map.set_current(place)

    def close(self) -> None:
        """Give the map the whole width."""
        self.place = None
        self._panel.list.set_passages([])
        self._map.set_open(None)
        self._panel.hide()

    def follow(self, filled: FilledMap) -> None:
        """Show what stands behind the cell now, or nothing where its column has gone."""
        place = self.place
        if place is None:
            return
        if place.column >= len(filled.journey.columns):
            self.close()
            return
        name = filled.journey.columns[place.column].name
        title = name if place.lane is STAGE else f"{name} · {t(place.lane.title)}"
        mentions = filled.cell(place.lane, place.column).passages
        shelf = self._study.passages.shelf([mention.id for mention in mentions])
        self._panel.show_passages(title, mentions, shelf)
        self._map.set_open(place)
