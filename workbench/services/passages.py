"""Read observations together with everything around them, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, overload

from typing_extensions import override

from workbench.domain.codebook import Code
from workbench.domain.ids import (
    ObservationId,
    ParticipantId,
    SessionId,
    SourceId,
    SpeakerId,
    TurnId,
)
from workbench.domain.observation import Basis, Expectation, Observation, Promise
from workbench.domain.passage import Marking, Mention, Passage, Query, Tally, tally_of
from workbench.domain.people import Participant
from workbench.domain.transcript import Speaker
from workbench.services.desk import Desk
from workbench.storage import queries

_BATCH = 200  # passages read at once: about what one scrolls through in a few seconds
_BASES = {basis.value: basis for basis in Basis}
_EXPECTATIONS = {None: None} | {half.value: half for half in Expectation}
_PROMISES = {None: None} | {promise.value: promise for promise in Promise}
_Identity = tuple[Participant | None, str, bool]
"""Person, name, and whether the voice may be quoted."""


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
            begin = place % len(self) // _BATCH * _BATCH
            batch = self._read(self.ids[begin : begin + _BATCH])
            self._known.update((passage.id, passage) for passage in batch)
        return self._known[key]


@dataclass(frozen=True, slots=True)
class Found:
    """What a query found, and how much stands behind it."""

    passages: Shelf
    tally: Tally


class PassageReader:
    """Joins observations with codes, stages, sources, sessions and people."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._tables = desk.tables

    def read(self, observation_ids: Sequence[ObservationId]) -> list[Passage]:
        """Return the passages of these observations, in the order asked for."""
        rows = self._tables.observation.select(id=list(observation_ids))
        by_id = {row.id: row for row in rows}
        return self._join([by_id[key] for key in observation_ids if key in by_id])

    def look_up(self, query: Query) -> Found:
        """Return the passages a query asks for, counted now and read when one looks at them."""
        rows = queries.heard(self._desk.db, query)
        sessions = {session.id: session for session in self._tables.session.select()}
        known = self._speakers()
        voices = _Voices(self, [])
        behind = [
            (
                voices.known(known.get(voice_id), session_id)[0],
                sessions[session_id],
            )
            for session_id, voice_id in {row[1:] for row in rows}
        ]
        return Found(self.shelf([row[0] for row in rows]), tally_of(len(rows), behind))

    def shelf(self, observation_ids: Sequence[ObservationId]) -> Shelf:
        """Return passages that are read when one looks at them."""
        return Shelf(observation_ids, self.read)

    def mentions(self, query: Query, *, coded: bool) -> list[Mention]:
        """Return what is counted and quoted of the observations a query asks for, in order."""
        tables = self._tables
        rows = list(queries.mentioned(self._desk.db, query, coded=coded))
        stages = {stage.id: stage for stage in tables.stage.select()}
        touchpoints = {point.id: point for point in tables.touchpoint.select()}
        sessions = {session.id: session for session in tables.session.select()}
        first = self._speakers()
        codes = _CodeLists(tables.code.select(deleted_at=None))
        voices = _Voices(self, [row[0] for row in rows if row[-1]])
        make = Mention._make
        found: list[Any] = rows  # one after the other becomes a mention, so that none is held twice
        for at, row in enumerate(rows):
            stage_id, touchpoint_id, session_id, voice_id, goes_on = row[12:]
            if goes_on:
                identity = voices.of(row[0], session_id)
            else:
                identity = voices.known(first.get(voice_id), session_id)
            found[at] = make(
                (
                    *row[:7],
                    _BASES[row[7]],
                    _EXPECTATIONS[row[8]],
                    _PROMISES[row[9]],
                    bool(row[10]),
                    codes[row[11]],
                    stages.get(stage_id),
                    touchpoints.get(touchpoint_id),
                    sessions[session_id],
                    *identity,
                )
            )
        return found

    def markings(
        self,
        source_id: SourceId,
        turn_ids: Sequence[TurnId] | None = None,
        ids: Sequence[ObservationId] | None = None,
    ) -> list[Marking]:
        """Return what is painted over a text; only what touches some turns, or only some of it."""
        stages = {stage.id: stage for stage in self._tables.stage.select()}
        rows = queries.marked(self._desk.db, source_id, turn_ids, ids)
        given = {key for ids in {row[8] for row in rows} for key in (ids or "").split(",")}
        codes = _CodeLists(self._tables.code.select(id=given, deleted_at=None))
        make = Marking._make
        return [make((*row[:7], stages.get(row[7]), codes[row[8]])) for row in rows]

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
        sources = {
            source.id: source
            for source in tables.source.select(id={row.source_id for row in observations})
        }
        sessions = {session.id: session for session in tables.session.select()}
        memos = {
            memo.subject_id: memo.text
            for memo in tables.memo.select(subject="observation", subject_id=ids)
        }
        voices = _Voices(self, ids)
        passages = []
        for row in observations:
            session = sessions[sources[row.source_id].session_id]
            person, speaker, quotable = voices.of(row.id, session.id)
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
                    quotable=quotable,
                    memo=memos.get(row.id, ""),
                )
            )
        return passages

    def speakers(self, ids: Sequence[ObservationId]) -> dict[ObservationId, list[Speaker | None]]:
        """Return the voices under each observation, turn by turn."""
        voices = queries.voices(self._desk.db, ids)
        wanted = {key for keys in voices.values() for key in keys if key}
        known = {row.id: row for row in self._tables.speaker.select(id=wanted)}
        return {
            observation_id: [known.get(key) if key else None for key in keys]
            for observation_id, keys in voices.items()
        }

    def _speakers(self) -> dict[SpeakerId | None, Speaker]:
        return {voice.id: voice for voice in self._tables.speaker.select()}

    def people(self) -> dict[ParticipantId, Participant]:
        """Return all participants, those in the bin too, by id."""
        return {person.id: person for person in self._tables.participant.select()}

    def rosters(self) -> dict[SessionId, list[ParticipantId]]:
        """Return who took part in each session."""
        rosters: defaultdict[SessionId, list[ParticipantId]] = defaultdict(list)
        for row in self._tables.attendance.select():
            rosters[row.session_id].append(row.participant_id)
        return rosters

    def willing(self) -> set[ParticipantId]:
        """Return who has consented to quotes, not withdrawn, and is still in the study."""
        present = {person.id for person in self._tables.participant.select(deleted_at=None)}
        consents = self._tables.consent.select(quotes=True, withdrawn_at=None)
        return {row.participant_id for row in consents} & present


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


class _Voices:
    """Who said what: the rules that also protect those who do not want to be quoted."""

    def __init__(self, reader: PassageReader, ids: Sequence[ObservationId]) -> None:
        self._speakers = reader.speakers(ids)
        self._people = reader.people()
        self._rosters = reader.rosters()
        self._willing = reader.willing()
        self._identified: dict[tuple[SpeakerId | None, SessionId], _Identity] = {}

    def of(self, observation_id: ObservationId, session_id: SessionId) -> _Identity:
        """Return the first speaker as person and name, and whether all words may be quoted."""
        voices = self._speakers.get(observation_id) or [None]
        known = [self.known(voice, session_id) for voice in voices]
        person, name, _ = known[0]
        return person, name, all(quotable for _, _, quotable in known)

    def known(self, voice: Speaker | None, session_id: SessionId) -> _Identity:
        """Return who one voice is, and whether it may be quoted."""
        key = (voice.id if voice else None, session_id)
        if key not in self._identified:
            self._identified[key] = self._identify(voice, self._rosters.get(session_id, []))
        return self._identified[key]

    def _identify(self, voice: Speaker | None, roster: list[ParticipantId]) -> _Identity:
        """Return person, name and whether this voice may be quoted.

        An unnamed voice in a session with one person is that person's; with several it is
        nobody's, and then it may not be quoted, since it could be the one who said no. A name
        that somebody typed is a person's when it is the pseudonym or code of one.
        """
        named = voice is not None and (voice.name != "" or voice.participant_id is not None)
        person_id = voice.participant_id or self._namesake(voice) if voice else None
        if not named and len(roster) == 1:
            person_id = roster[0]
        if person_id is not None:
            person = self._people[person_id]
            return person, person.pseudonym, person_id in self._willing
        name = (voice.name or voice.label) if voice else ""
        return None, name, named or not roster

    def _namesake(self, voice: Speaker) -> ParticipantId | None:
        name = voice.name.casefold()
        return next(
            (
                person.id
                for person in self._people.values()
                if name and name in (person.pseudonym.casefold(), person.code.casefold())
            ),
            None,
        )
