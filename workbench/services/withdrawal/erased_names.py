"""Where in a text a person's name stands, as it is found when something leaves the study."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from workbench.domain.ids import ParticipantId
from workbench.domain.names import Wanted, key, reached, words_of
from workbench.domain.naming import folded
from workbench.domain.people import Identity, Participant
from workbench.domain.protection import Protection
from workbench.services.desk import Desk
from workbench.services.keys.keys import identities
from workbench.services.withdrawal.erased_text import Spans, without
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


def named_contacts(desk: Desk, person_id: ParticipantId) -> dict[ParticipantId, Identity]:
    """Return the others whose contact in the key names a person, each without that name.

    Who has a name in common with the person keeps it: it stands in an address of their own.
    """
    spans, found = spans_of(desk, person_id), {}
    for other, known in identities(desk.tables).items():
        if other == person_id:
            continue
        own = {word for name in known.names for word in words_of(name)}
        contact = without(known.contact, _not_of(own, spans))
        if contact != known.contact:
            found[other] = replace(known, contact=contact)
    return found


def _not_of(own: Iterable[str], spans: Spans) -> Spans:
    def others(text: str) -> Sequence[tuple[int, int]]:
        return [
            (start, end)
            for start, end in spans(text)
            if not any(word in key(text[start:end]) for word in own)
        ]

    return others


__all__ = ["named_contacts", "spans_of"]
