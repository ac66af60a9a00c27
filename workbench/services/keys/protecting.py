"""What leaves a study leaves without real names: the rule is `domain/protection.py`."""

from __future__ import annotations

from functools import lru_cache

from workbench.domain.names import Wanted, may_find, reached
from workbench.domain.naming import folded
from workbench.domain.protection import OF_PEOPLE, Clash, Protection, clashes, shared_names
from workbench.services.keys.keys import identities, real_names
from workbench.services.unchanged import while_unchanged
from workbench.storage.tables import Tables

_Names = tuple[tuple[str, str], ...]
_Declared = tuple[tuple[str, tuple[str, ...]], ...]


@while_unchanged
def protection(tables: Tables) -> Protection:
    """Return what takes real names and contact data out of words, also of people in the bin.

    What was typed as a real name before counts too.
    """
    return _compiled(*_known(tables))


@while_unchanged
def watching(tables: Tables) -> Protection:
    """Return what finds all that in a finished file.

    There a real name counts also in the name of a stage, touchpoint, segment or code, which words
    keep as it was declared. Only how people are called stays what it is: it is in place of the
    real name.
    """
    names, declared, decided = _known(tables)
    usual = _compiled(names, declared, decided)  # by which nearly everything was searched already
    things = [name for what, listed in declared if what not in OF_PEOPLE for name in listed]
    if not may_find(names, decided, things):
        return usual
    people = tuple((what, listed) for what, listed in declared if what in OF_PEOPLE)
    strict = _compiled(names, people, decided)
    return strict if any(map(strict.found, things)) else usual


@while_unchanged
def _known(tables: Tables) -> tuple[_Names, _Declared, tuple[Wanted, ...]]:
    """Return real names with pseudonyms, declared names, and what else is looked for."""
    people = {person.id: person for person in tables.participant.select()}
    known = {key: one for key, one in identities(tables).items() if key in people}
    now = {folded(one.real_name) for one in known.values()}
    names = tuple(
        (name, people[key].pseudonym)
        for key, one in known.items()
        for name in one.names
        if name and (name == one.real_name or folded(name) not in now)  # else it is another’s
    )
    declared = tuple((what, tuple(listed)) for what, listed in declared_names(tables).items())
    decided = (row.wanted for row in tables.name_decision.select(order="folded"))
    contacts = (one for key in known for one in reached.wanted(known[key].contact))
    return names, declared, (*(one for one in decided if one is not None), *contacts)


@lru_cache(maxsize=4)
def _compiled(names: _Names, declared: _Declared, decided: tuple[Wanted, ...]) -> Protection:
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
