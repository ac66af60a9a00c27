"""The map as the study has it now: a small one at once, a large one read beside the window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from ui.bridge.reading import ReadBeside
from ui.views.saving import extent
from workbench.domain.passage import Query
from workbench.services.journey.lanes import FilledMap, fill
from workbench.services.journey.map import JourneyMap
from workbench.study import Study

NO_MAP = fill(JourneyMap(()))
"""Of no study."""


class LatestMap(QObject):
    """Reads the map for the workspace, and goes where somebody wants to be on it.

    Args:
        show: gets the map, filled.
        parent: the workspace.

    Attributes:
        shown: the map that is shown; empty while there is none.
    """

    def __init__(self, show: Callable[[FilledMap], None], parent: QObject) -> None:
        super().__init__(parent)
        self._show = show
        self.shown = NO_MAP
        self._reading = ReadBeside(self)
        self._there = _nowhere

    @property
    def busy(self) -> bool:
        """Tell whether the map is being read."""
        return self._reading.busy

    def ask(self, study: Study, query: Query) -> None:
        """Show the map of what was said by whom a query asks for, as soon as it is read."""
        self._reading.ask(study, partial(_read, query), self._take, size=extent(study))

    def go(self, there: Callable[[], None]) -> None:
        """Go somewhere, at once or when the map that is being read is shown."""
        self._there = there
        self._arrive()

    def end(self) -> None:
        """Let go of what is being read and was shown; for a study that closes."""
        self._reading.end()
        self._there = _nowhere
        self.shown = NO_MAP

    def _take(self, filled: FilledMap) -> None:
        self.shown = filled
        self._show(filled)
        self._arrive()

    def _arrive(self) -> None:
        if not self.busy:
            there, self._there = self._there, _nowhere
            there()


def _read(query: Query, study: Study) -> FilledMap:
    return fill(study.journeys.map(query))


def _nowhere() -> None:
    """Stay."""
