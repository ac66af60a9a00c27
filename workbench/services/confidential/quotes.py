"""Real names at the borders of quotes, which are known by the words around them alone.

Somebody selects “tina said so” of “Christina said so”, or “Berg said so” of “Anna Berg said so”. By
itself the quote holds no name, so it is looked at together with what stands around it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from workbench.domain.ids import ObservationId, SourceId
from workbench.domain.observation import Observation
from workbench.domain.protection import Protection
from workbench.services.desk import Desk
from workbench.storage.spoken import quoted

_AROUND = 40  # letters: a name, its title, and a word between them

Shown = dict[ObservationId, str]


class Quotes:
    """The quotes of a study that others read otherwise than their words alone would be read.

    Args:
        desk: of the study.
        protect: takes the names out.
    """

    def __init__(self, desk: Desk, protect: Protection) -> None:
        self._desk = desk
        self._protect = protect
        self._known: dict[SourceId | None, Shown] = {}

    def words(self, observation: Observation) -> str:
        """Return the words of an observation without real names."""
        source_id = observation.source_id
        if source_id not in self._known:  # who reads one reads others of the same text
            self._known[source_id] = dict(self._read(source_id=source_id))
        shown = self._known[source_id].get(observation.id)
        return self._protect.words(observation.words) if shown is None else shown

    def some(self, ids: Iterable[str]) -> Shown:
        """Return those of some quotes that are read otherwise."""
        return dict(self._read(ids=ids))

    def all(self) -> Shown:
        """Return all quotes that are read otherwise."""
        if None not in self._known:
            self._known[None] = dict(self._read())
        return self._known[None]

    def _read(self, **some: Any) -> Iterator[tuple[ObservationId, str]]:
        if self._protect.is_idle:
            return
        for key, before, words, behind in quoted(self._desk.db, _AROUND, **some):
            whole, begin = f"{before}{words}{behind}", len(before)
            if self._protect.replaced(whole):  # of most nothing
                shown = self._protect.within(whole, begin, begin + len(words))
                if shown != self._protect.words(words):
                    yield ObservationId(key), shown
