"""What people said, carried into a copy that is put back: nobody unsays it by going back.

Consent and withdrawals are no work on the study, but facts about people. Were they to go back with
it, a person who has refused since would be quoted again, and nobody would know of a withdrawal.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from sqlite_utils import Database

from workbench.domain.consent import ConsentForm, Entry, State, Use
from workbench.domain.ids import EntryId, ParticipantId, new_id
from workbench.domain.withdrawal import Withdrawal
from workbench.storage import changing, driver, migrations
from workbench.storage.damage import UNREADABLE
from workbench.storage.database import writing
from workbench.storage.head import read_version
from workbench.storage.rollback import ALONE
from workbench.storage.tables import Tables

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Said:
    people: frozenset[ParticipantId]
    entries: tuple[Entry, ...]
    forms: tuple[ConsentForm, ...]
    withdrawals: tuple[Withdrawal, ...]


def carry(present: Path, draft: Path) -> bool:
    """Let a draft know what people have said as far as the present study does.

    Args:
        present: the study as it is, or a copy of that.
        draft: a copy that nobody uses yet.

    Returns:
        false where that cannot be done: one of them is of an older version, or not as it must be.
    """
    try:
        if {read_version(present), read_version(draft)} != {migrations.newest()}:
            return False
        with closing(driver.connect(present, ALONE)) as connection:
            said = _read(Tables(Database(connection, execute_plugins=False)))
        with closing(changing.opened(draft)) as connection:
            connection.execute("PRAGMA trusted_schema = ON")  # our own triggers
            connection.execute("PRAGMA journal_mode = MEMORY")  # a draft that fails is no loss
            db = Database(connection, execute_plugins=False)
            with writing(db):
                _write(Tables(db), said)
    except UNREADABLE as problem:
        _log.warning("what people said was not carried over: %s", type(problem).__name__)
        return False
    return True


def _read(tables: Tables) -> _Said:
    return _Said(
        frozenset(person.id for person in tables.participant.select()),
        tuple(tables.consent_entry.select(order="number")),
        tuple(tables.consent_form.select()),
        tuple(tables.withdrawal.select(order="at, rowid")),
    )


def _write(tables: Tables, said: _Said) -> None:
    _add_forms(tables, said)
    people = {person.id for person in tables.participant.select()} & said.people
    numbers = count(1 + max((one.number for one in tables.consent_entry.select()), default=0))
    known = {entry.id for entry in tables.consent_entry.select()}
    new = (one for one in said.entries if one.participant_id in people and one.id not in known)
    for entry in new:
        _add(tables, entry, next(numbers))
    newest = _newest(said.entries)
    for key, last in _newest(tables.consent_entry.select(order="number")).items():
        if key[0] in people and last.said != newest.get(key, _nothing(*key)).said:
            instead = newest.get(key, _nothing(*key))  # what stands there was taken back since
            _add(tables, replace(instead, id=EntryId(new_id())), next(numbers))
    done = {one.id for one in tables.withdrawal.select()}
    for one in said.withdrawals:
        if one.id not in done:
            tables.withdrawal.add(one)


def _add_forms(tables: Tables, said: _Said) -> None:
    wanted = {entry.form_id for entry in said.entries}
    known = {form.id for form in tables.consent_form.select()}
    for form in said.forms:
        if form.id in wanted and form.id not in known:
            tables.consent_form.add(form)


def _add(tables: Tables, entry: Entry, number: int) -> None:
    """Add an entry as the newest one; the recording in which it is said may not be there."""
    source = entry.source_id and tables.source.find(entry.source_id)
    place = (entry.source_id, entry.at_ms) if source else (None, None)
    tables.consent_entry.add(replace(entry, number=number, source_id=place[0], at_ms=place[1]))


def _newest(entries: Iterable[Entry]) -> dict[tuple[ParticipantId, Use], Entry]:
    return {(entry.participant_id, entry.use): entry for entry in entries}


def _nothing(person_id: ParticipantId, use: Use) -> Entry:
    return Entry(EntryId(new_id()), 0, person_id, use, State.NOT_ASKED)


__all__ = ["carry"]
