"""People whom an imported file names apart from its words, as a table of answers does."""

from __future__ import annotations

from collections.abc import Iterable

from workbench.domain.ids import ParticipantId
from workbench.domain.naming import folded
from workbench.exchange.document import PersonDraft
from workbench.services.desk import Desk
from workbench.services.people.people import People


def add_missing(desk: Desk, drafts: Iterable[PersonDraft]) -> list[ParticipantId]:
    """Return the participants a file names; those the study does not know are added.

    They are known by their code, or, where the file gives none, by their pseudonym.
    """
    people = People(desk)
    by_code = {folded(person.code): person.id for person in people.participants()}
    by_name = {folded(person.pseudonym): person.id for person in people.participants()}
    found = []
    for draft in drafts:
        known, key = (by_code, draft.code) if draft.code else (by_name, draft.pseudonym)
        person_id = known.get(folded(key))
        if person_id is None:
            person_id = people.add(
                code=draft.code,
                pseudonym=draft.pseudonym,
                segment_id=people.segment_called(draft.segment).id
                if draft.segment.strip()
                else None,
            ).id
            known[folded(key)] = person_id
        found.append(person_id)
    return found
