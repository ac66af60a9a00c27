"""People whom an imported file names apart from its words, as a table of answers does."""

from __future__ import annotations

from collections.abc import Iterable

from workbench.domain.ids import ParticipantId, SegmentId
from workbench.exchange.document import PersonDraft
from workbench.services.desk import Desk
from workbench.services.people import People


def add_missing(desk: Desk, drafts: Iterable[PersonDraft]) -> list[ParticipantId]:
    """Return the participants a file names; those the study does not know are added.

    They are known by their code, or, where the file gives none, by their pseudonym.
    """
    people = People(desk)
    by_code = {person.code.casefold(): person.id for person in people.participants()}
    by_name = {person.pseudonym.casefold(): person.id for person in people.participants()}
    segments = {segment.name.casefold(): segment.id for segment in people.segments()}
    found = []
    for draft in drafts:
        known, key = (by_code, draft.code) if draft.code else (by_name, draft.pseudonym)
        person_id = known.get(key.casefold())
        if person_id is None:
            person_id = people.add(
                code=draft.code,
                pseudonym=draft.pseudonym,
                segment_id=_segment(people, segments, draft.segment),
            ).id
            known[key.casefold()] = person_id
        found.append(person_id)
    return found


def _segment(people: People, segments: dict[str, SegmentId], name: str) -> SegmentId | None:
    if not name:
        return None
    if name.casefold() not in segments:
        segments[name.casefold()] = people.add_segment(name).id
    return segments[name.casefold()]
