"""The cell of the map whose observations are read beside it."""

from __future__ import annotations

from ui.i18n import t
from ui.views.evidence.panel import EvidencePanel
from ui.views.journey.map_view import MapView
from ui.views.journey.sheet import Place
from workbench.services.journey_lanes import STAGE, FilledMap
from workbench.study import Study


class OpenCell:
    """Shows what stands behind one cell, until it is closed or goes.

    Args:
        study: has the observations.
        map_view: marks the cell.
        panel: shows them.
    """

    def __init__(self, study: Study, map_view: MapView, panel: EvidencePanel) -> None:
        self._study = study
        self._map = map_view
        self._panel = panel
        self.place: Place | None = None

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
        shelf = self._study.observations.shelf([mention.id for mention in mentions])
        self._panel.show_passages(title, mentions, shelf)
        self._map.set_open(place)
