"""What leaves a study leaves without real names: the rule is `domain/protection.py`."""

from __future__ import annotations

from functools import lru_cache

from workbench.domain.names import Wanted
from workbench.domain.protection import Clash, Protection, clashes, shared_names
from workbench.services.keys import real_names
from workbench.storage.tables import Tables


def protection(tables: Tables) -> Protection:
    """Return what takes the real names of a study, also of people in the bin, out of words."""
    people = {person.id: person for person in tables.participant.select()}
    names = tuple(
        (name, people[person_id].pseudonym)
        for person_id, name in real_names(tables).items()
        if person_id in people
    )
    declared = tuple((what, tuple(listed)) for what, listed in declared_names(tables).items())
    decided = (row.wanted for row in tables.name_decision.select(order="folded"))
    return _compiled(names, declared, tuple(one for one in decided if one is not None))


@lru_cache(maxsize=2)
def _compiled(
    names: tuple[tuple[str, str], ...],
    declared: tuple[tuple[str, tuple[str, ...]], ...],
    decided: tuple[Wanted, ...],
) -> Protection:
    """Make the matcher of a study once for as long as nothing about names changes."""
    return Protection(names, dict(declared), decided)


def name_clashes(tables: Tables) -> list[Clash]:
    """Return the declared names that share a word with a real name, or mean two people."""
    people = {person.id: person.code for person in tables.participant.select(deleted_at=None)}
    known = [
        (people[person_id], name)
        for person_id, name in real_names(tables).items()
        if person_id in people
    ]
    found = clashes(known, declared_names(tables)) if known else []
    return found + shared_names(tables.participant.select(deleted_at=None, order="code"))


def declared_names(tables: Tables) -> dict[str, list[str]]:
    """Return the names that the researcher declared: what -> names of that kind."""
    people = tables.participant.select(deleted_at=None)
    return {
        "pseudonym": [person.pseudonym for person in people],
        "person’s code": [person.code for person in people],
        "segment": [segment.name for segment in tables.segment.select()],
        "stage": [stage.name for stage in tables.stage.select()],
        "touchpoint": [point.name for point in tables.touchpoint.select()],
        "code": [code.name for code in tables.code.select(deleted_at=None)],
    }
