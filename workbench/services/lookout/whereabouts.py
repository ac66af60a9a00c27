"""Where in a study something stands that was found in a file: the thing to open and mend."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.domain.looking_out import Origin
from workbench.domain.naming import folded
from workbench.domain.typed import shorten
from workbench.services.desk import Desk
from workbench.services.things import all_things
from workbench.storage.spoken import spoken

_LEAST = 4  # letters; a shorter text stands in many others


class Whereabouts:
    """Looks up where words come from; the study is read once, when it is first asked."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._read: list[tuple[str, Origin]] | None = None
        self._known: dict[tuple[str, str], Origin | None] = {}

    def of(self, words: str, around: str) -> Origin | None:
        """Return where words come from; `None` if they are nowhere in the study.

        Args:
            words: what was found.
            around: the text in which they were found, by which one of several places is told.
        """
        asked = folded(words), folded(around)
        if asked not in self._known:
            self._known[asked] = self._look(*asked)
        return self._known[asked]

    def _look(self, words: str, around: str) -> Origin | None:
        if self._read is None:
            self._read = list(self._texts())
        places = [(text, origin) for text, origin in self._read if words in text]
        same = (
            origin
            for text, origin in places
            if len(text) >= _LEAST and (text in around or around in text)
        )
        return next(same, places[0][1] if places else None)

    def _texts(self) -> Iterator[tuple[str, Origin]]:
        """Yield each text with its thing; what was typed comes before what was said."""
        tables = self._desk.tables
        for thing in all_things(self._desk):
            origin = Origin(thing.kind, thing.id, shorten(thing.title))
            lines = thing.text.split("\n")  # and the whole: what was typed may go on in the next
            yield from ((folded(text), origin) for text in dict.fromkeys((*lines, thing.text)))
        for segment in tables.segment.select():
            origin = Origin("segment", segment.id, shorten(segment.name))
            yield from ((folded(text), origin) for text in (segment.name, segment.persona))
        for memo in tables.memo.select():
            yield folded(memo.text), Origin("memo", memo.id, shorten(memo.text))
        for turn_id, text, *_ in spoken(self._desk.db):
            yield folded(text), Origin("turn", turn_id, shorten(text))
