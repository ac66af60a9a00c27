"""Read observations together with everything around them, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, overload

from typing_extensions import override

from workbench.domain.codebook import Code
from workbench.domain.ids import ObservationId, SourceId, TurnId
from workbench.domain.observation import Observation
from workbench.domain.passage import Further, Marking, Mention, Passage, Query, Tally, tally_of
from workbench.domain.people import Participant
from workbench.domain.quoting import Silence
from workbench.domain.speaking import Part
from workbench.services.desk import Desk
from workbench.services.people.casting import Cast
from workbench.storage import queries
from workbench.storage.rows import converted

_BATCH = 200  # passages read at once: about what one scrolls through in a few seconds
_MANY = 1000  # passages read at once where all are wanted, one after the other
_ALL = Query()
_Identity = tuple[Participant | None, str, Silence | None, Part]
"""Person, name, why the words may not be quoted, and what the voice is to the study."""


class Shelf(Sequence[Passage]):
    """Passages in their order, read by the batch when one looks at them, and kept.

    Attributes:
        ids: the observations.
    """

    def __init__(
        self,
        ids: Sequence[ObservationId],
        read: Callable[[Sequence[ObservationId]], list[Passage]],
    ) -> None:
        self.ids = ids
        self._read = read
        self._known: dict[ObservationId, Passage] = {}

    @override
    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, place: int) -> Passage: ...
    @overload
    def __getitem__(self, place: slice) -> list[Passage]: ...
    @override
    def __getitem__(self, place: int | slice) -> Passage | list[Passage]:
        """Return a passage, or some.

        Raises:
            KeyError: it is not in the study any more.
        """
        if isinstance(place, slice):
            return [self[at] for at in range(*place.indices(len(self)))]
        key = self.ids[place]
        if key not in self._known:
            self._fetch(place % len(self) // _BATCH * _BATCH)
        return self._known[key]

    def read_ahead(self, count: int) -> None:
        """Read the first ones now; what has just gone is left out."""
        for begin in range(0, min(count, len(self)), _BATCH):
            self._fetch(begin)

    def carried_on(self, read: Callable[[Sequence[ObservationId]], list[Passage]]) -> Shelf:
        """Return the same passages, of which those not read yet are read by somebody else."""
        made = Shelf(self.ids, read)
        made._known.update(self._known)
        return made

    def _fetch(self, begin: int) -> None:
        batch = self._read(self.ids[begin : begin + _BATCH])
        self._known.update((passage.id, passage) for passage in batch)


@dataclass(frozen=True, slots=True)
class Found:
    """What a query found, and how much stands behind it."""

    passages: Shelf
    tally: Tally


class Passages:
    """The observations of one study, joined with codes, stages, sources, sessions and people."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._tables = desk.tables

    def read(self, observation_ids: Sequence[ObservationId]) -> list[Passage]:
        """Return observations with all around them, in the order asked for."""
        rows = self._tables.observation.select(id=list(observation_ids))
        by_id = {row.id: row for row in rows}
        return self._join([by_id[key] for key in observation_ids if key in by_id])

    def look_up(self, query: Query = _ALL) -> Found:
        """Return the passages a query asks for, counted now and read when one looks at them."""
        cast = Cast(self._desk)
        rows = queries.heard(self._desk.db, query, _keys(cast, query))
        sessions = {session.id: session for session in self._tables.session.select()}
        voices = {row[1:] for row in rows}
        behind = [(cast[key].who.person, sessions[session_id]) for session_id, key in voices]
        unknown = sum(cast[key].who.part.is_open for _, _, key in rows)
        shelf = self.shelf([key for key, _, _ in rows])
        return Found(shelf, tally_of(len(rows), behind, unknown))

    def find(self, query: Query = _ALL) -> list[Passage]:
        """Return the passages a query asks for, in order."""
        return self.read(self._matching(query))

    def each(self, query: Query = _ALL) -> Iterator[Passage]:
        """Yield what `find` returns; only a few are held at a time."""
        ids = self._matching(query)
        for begin in range(0, len(ids), _MANY):
            yield from self.read(ids[begin : begin + _MANY])

    def _matching(self, query: Query) -> list[ObservationId]:
        asks = query.participant_id or query.segment_id
        keys = _keys(Cast(self._desk), query) if asks else None
        return queries.matching(self._desk.db, query, keys)

    def shelf(self, observation_ids: Sequence[ObservationId]) -> Shelf:
        """Return passages that are read when one looks at them."""
        return Shelf(observation_ids, self.read)

    def carry_on(self, shelf: Shelf) -> Shelf:
        """Return a shelf that was begun beside the window, to be read on here."""
        return shelf.carried_on(self.read)

    def mentions(self, query: Query = _ALL, *, coded: bool = True) -> list[Mention]:
        """Return what is counted and quoted of the observations a query asks for, in order.

        A fraction of what `find` costs; made for figures over the whole study.

        Args:
            query: which observations.
            coded: read the codes of all, not only of expectations and moments of truth.
        """
        tables = self._tables
        cast = Cast(self._desk)
        keys = _keys(cast, query)
        rows = list(queries.mentioned(self._desk.db, query, keys, coded=coded))
        stages = {stage.id: stage for stage in tables.stage.select()}
        touchpoints = {point.id: point for point in tables.touchpoint.select()}
        sessions = {session.id: session for session in tables.session.select()}
        codes = _CodeLists(tables.code.select(deleted_at=None))
        identities: dict[str, _Identity] = {}
        make, readers = Mention._make, converted(Observation, queries.MENTIONED)
        found: list[Any] = rows  # one after the other becomes a mention, so that none is held twice
        long: list[tuple[int, str]] = []  # few: place and first voice of those over several turns
        for at, row in enumerate(rows):
            *own, code_ids, stage_id, touchpoint_id, session_id, key, goes_on = row
            for place, read in readers:
                own[place] = read(own[place])
            if goes_on:
                long.append((at, key))
            identity = identities.get(key)
            if identity is None:
                identity = identities[key] = _identity(cast, key)
            found[at] = make(
                (
                    *own,
                    codes[code_ids],
                    stages.get(stage_id),
                    touchpoints.get(touchpoint_id),
                    sessions[session_id],
                    *identity,
                )
            )
        voices = queries.voices(self._desk.db, [found[at].id for at, _ in long])
        for at, key in long:
            person, speaker, silence, part = _identity(cast, key, voices.get(found[at].id, ()))
            found[at] = found[at]._replace(
                person=person, speaker=speaker, silence=silence, part=part
            )
        return found

    def markings(
        self,
        source_id: SourceId,
        turn_ids: Sequence[TurnId] | None = None,
        ids: Sequence[ObservationId] | None = None,
    ) -> list[Marking]:
        """Return what is painted over a text: its observations that are on their words.

        Args:
            source_id: the text.
            turn_ids: only observations that begin or end in one of these turns.
            ids: only these observations.
        """
        stages = {stage.id: stage for stage in self._tables.stage.select()}
        rows = queries.marked(self._desk.db, source_id, turn_ids, ids)
        split = [(own, stage_id, code_ids) for *own, stage_id, code_ids in rows]
        lists = {code_ids for _, _, code_ids in split}
        given = {key for code_ids in lists for key in (code_ids or "").split(",")}
        codes = _CodeLists(self._tables.code.select(id=given, deleted_at=None))
        make = Marking._make
        return [
            make((*own, stages.get(stage_id), codes[code_ids])) for own, stage_id, code_ids in split
        ]

    def further(self) -> dict[ObservationId, Further]:
        """Return what reports list of live observations, as far as there is anything of it."""
        return dict(queries.further(self._desk.db))

    def _join(self, observations: list[Observation]) -> list[Passage]:
        if not observations:
            return []
        tables = self._tables
        ids = [observation.id for observation in observations]
        codes = {code.id: code for code in tables.code.select(deleted_at=None)}
        coded = defaultdict(list)
        for link in tables.observation_code.select(observation_id=ids):
            if link.code_id in codes:
                coded[link.observation_id].append(codes[link.code_id])
        stages = {stage.id: stage for stage in tables.stage.select()}
        touchpoints = {point.id: point for point in tables.touchpoint.select()}
        source_ids = {row.source_id for row in observations}
        sources = {source.id: source for source in tables.source.select(id=source_ids)}
        sessions = {session.id: session for session in tables.session.select()}
        memos = {
            memo.subject_id: memo.text
            for memo in tables.memo.select(subject="observation", subject_id=ids)
        }
        cast = Cast(self._desk, source_ids)
        voices = queries.voices(self._desk.db, ids)
        passages = []
        for row in observations:
            session = sessions[sources[row.source_id].session_id]
            keys = voices.get(row.id) or [row.source_id]
            person, speaker, silence, part = _identity(cast, keys[0], keys)
            passages.append(
                Passage(
                    observation=row,
                    codes=_in_order(coded[row.id]),
                    stage=stages.get(row.stage_id) if row.stage_id else None,
                    touchpoint=touchpoints.get(row.touchpoint_id) if row.touchpoint_id else None,
                    source=sources[row.source_id],
                    session=session,
                    person=person,
                    speaker=speaker,
                    silence=silence,
                    part=part,
                    memo=memos.get(row.id, ""),
                )
            )
        return passages


class _CodeLists:
    """Codes in the order of the codebook, by their ids with commas between them."""

    def __init__(self, codes: list[Code]) -> None:
        self._codes = {str(code.id): code for code in codes}
        self._lists: dict[str | None, tuple[Code, ...]] = {None: ()}

    def __getitem__(self, ids: str | None) -> tuple[Code, ...]:
        if ids not in self._lists:
            known = (self._codes.get(key) for key in (ids or "").split(","))
            self._lists[ids] = _in_order(code for code in known if code)
        return self._lists[ids]


def _in_order(codes: Iterable[Code]) -> tuple[Code, ...]:
    return tuple(sorted(codes, key=lambda code: (code.position, code.name)))


def _keys(cast: Cast, query: Query) -> list[str] | None:
    return cast.keys(query.participant_id, query.segment_id)


def _identity(cast: Cast, first: str, keys: Iterable[str] = ()) -> _Identity:
    """Return who the first voice is, and why the words may not be quoted, if so."""
    who = cast[first].who
    return who.person, who.name, cast.silence((first, *keys)), who.part
