"""Where in a text a person's name stands, as it is found when something leaves the study."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workbench.domain.ids import ParticipantId
from workbench.domain.names import Wanted, reached
from workbench.domain.naming import folded
from workbench.domain.people import Identity, Participant
from workbench.domain.protection import Protection
from workbench.services.desk import Desk
from workbench.services.erased_text import Spans
from workbench.services.keys import identities
from workbench.storage.tables import Tables


def spans_of(desk: Desk, person_id: ParticipantId) -> Spans:
    """Return what finds a person's real name, its parts, contact data and strings decided theirs.

    A name that was typed otherwise before counts too.
    """
    tables = desk.tables
    person = tables.participant.find(person_id)
    known = identities(tables).get(person_id, Identity())
    real = known.names
    names = [(name, "") for name in real]
    decided = list(_decided(tables, person)) if person else []
    decided += reached.wanted(known.contact)
    if not names and not decided:
        return lambda _text: ()
    others = [row.pseudonym for row in tables.participant.select() if row.id != person_id]
    theirs = {folded(name) for name in real}
    kept = [name for name in others if folded(name) not in theirs]
    protect = Protection(names, {"pseudonym": kept}, decided)

    def spans(text: str) -> Sequence[tuple[int, int]]:
        return [(place.start, place.end) for place in protect.found(text) if not place.left]

    return spans


def _decided(tables: Tables, person: Participant) -> Iterator[Wanted]:
    """Yield the strings in whose place the person's pseudonym or code stands."""
    theirs = {folded(name) for name in person.names}
    for row in tables.name_decision.select():
        if folded(row.instead) in theirs and (wanted := row.wanted) and not wanted.leave:
            yield wanted


__all__ = ["spans_of"]
