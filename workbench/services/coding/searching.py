"""Search over the whole study, and coding of what was found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workbench.domain.anchors import TextAnchor
from workbench.domain.change import Op
from workbench.domain.ids import CodeId, SessionId, TurnId
from workbench.domain.materials import Source
from workbench.domain.searching import Extent, Hit, Search, Thing
from workbench.domain.sentences import sentence_around
from workbench.services.coding.codebook import Codebook
from workbench.services.coding.observations import Observations
from workbench.services.desk import Desk
from workbench.services.people.casting import Cast
from workbench.services.things import all_things
from workbench.storage.finding import Scope, find
from workbench.storage.tables import ObservationCode


class Searching:
    """Finds words in everything that was said, noted and named."""

    def __init__(self, desk: Desk, observations: Observations, codebook: Codebook) -> None:
        self._desk = desk
        self._tables = desk.tables
        self._observations = observations
        self._codebook = codebook

    def find(self, search: Search) -> list[Hit]:
        """Return the places a search asks for, by kind and best first.

        Raises:
            UserError: the regular expression is none, or takes too long.
        """
        within = self._within(search) if search.restricted else None
        keys = Cast(self._desk).keys(search.participant_id) if search.participant_id else None
        scope = Scope(within or (), keys)
        return find(self._desk.db, search, lambda: self._things(within), scope)

    def code_all(
        self,
        hits: Iterable[Hit],
        code: CodeId | str,
        *,
        extent: Extent = Extent.SENTENCE,
        origin: object = None,
    ) -> int:
        """Give a code to the words of many hits, in one step.

        An observation on just these words gets the code; else one is made. Words that have the
        code already are left as they are.

        Args:
            hits: those that are no turns are passed over.
            code: id of the code, or the name of one, or a path, made if need be.
            extent: how much around the words is coded.
            origin: who asks.

        Returns:
            How many observations were made or got the code.
        """
        done = 0
        with self._desk.step(Op.CODE_HITS, origin=origin):
            known = self._tables.code.find(code)
            code_id = known.id if known else self._codebook.add_path(code).id
            for hit in hits:
                if hit.kind == "turn":
                    done += sum(self._code(place, code_id) for place in self._places(hit, extent))
        return done

    def _places(self, hit: Hit, extent: Extent) -> list[TextAnchor]:
        turn = self._tables.turn.find(hit.id)
        if turn is None or not turn.text.strip():
            return []
        whole = len(turn.text)
        spans = [(at, to) for at, to in hit.spans if to <= whole]
        if extent is Extent.TURN:
            spans = [sentence_around(turn.text, 0, whole)]
        elif extent is Extent.SENTENCE:
            spans = [sentence_around(turn.text, at, to) for at, to in spans]
        key = TurnId(hit.id)
        return [TextAnchor(key, at, key, to) for at, to in dict.fromkeys(spans)]

    def _code(self, anchor: TextAnchor, code_id: CodeId) -> bool:
        there = self._tables.observation.select(
            first_turn_id=anchor.first_turn,
            start=anchor.start,
            last_turn_id=anchor.last_turn,
            end=anchor.end,
            deleted_at=None,
            order="created_at, id",
        )
        if not there:
            self._observations.place(anchor, code_ids=[code_id])
            return True
        links = self._tables.observation_code
        if any(links.find(one.id, code_id) for one in there):
            return False
        links.add(ObservationCode(there[0].id, code_id))
        return True

    def _within(self, search: Search) -> set[tuple[str, str]]:
        """Return what belongs to the person, the method and the stage a search keeps to."""
        tables, parts = self._tables, []
        sources = tables.source.select(deleted_at=None)
        if search.participant_id:
            seats = tables.attendance.select(participant_id=search.participant_id)
            own = _with_sources({seat.session_id for seat in seats}, sources)
            parts.append({("participant", str(search.participant_id)), *own})
        if search.method:
            held = {row.id for row in tables.session.select(method=search.method.value)}
            parts.append(_with_sources(held, sources))
        if search.stage_id:
            parts.append({("stage", str(search.stage_id))})
        return set.intersection(*parts)

    def _things(self, within: set[tuple[str, str]] | None) -> Iterator[Thing]:
        for thing in all_things(self._desk):
            if within is None or (thing.kind, thing.id) in within:
                yield thing


def _with_sources(session_ids: set[SessionId], sources: list[Source]) -> set[tuple[str, str]]:
    own = {("source", str(row.id)) for row in sources if row.session_id in session_ids}
    return own | {("session", str(session_id)) for session_id in session_ids}
