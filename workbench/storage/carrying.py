"""What people said, carried into a copy that is put back: nobody unsays it by going back.

Consent and withdrawals are no work on the study, but facts about people. Were they to go back with
it, a person who has refused since would be quoted again, and nobody would know of a withdrawal.

A copy that an earlier version wrote is brought up to date before, as its opening would do; so is
what is read of the present study where that is old. Who was erased since may still be in a copy
that came back from elsewhere: to everything, such a person has said no.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from sqlite_utils import Database

from workbench import rights
from workbench.domain.consent import ConsentForm, Entry, State, Use
from workbench.domain.ids import EntryId, ParticipantId, new_id
from workbench.domain.withdrawal import Deed, Withdrawal
from workbench.errors import EnvironmentProblem, UserError
from workbench.storage import changing, driver, key_leaving, migrations, ours
from workbench.storage.damage import UNREADABLE
from workbench.storage.database import writing
from workbench.storage.head import read_version
from workbench.storage.rollback import ALONE
from workbench.storage.tables import Tables
from workbench.words import t

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Said:
    people: frozenset[ParticipantId]
    entries: tuple[Entry, ...]
    forms: tuple[ConsentForm, ...]
    withdrawals: tuple[Withdrawal, ...]


@dataclass(frozen=True, slots=True)
class Carried:
    """What came of it.

    Attributes:
        known: false where one of the two is missing, or not as it must be: nothing was carried, and
            somebody is in the copy who may have said something since.
        erased: codes of people who were erased, and are in the copy.
    """

    known: bool = False
    erased: tuple[str, ...] = ()

    @property
    def problem(self) -> UserError | None:
        """Return what people should know of it; `None` = all is as it should be."""
        if not self.known:
            return UserError(
                "consent-went-back",
                "What people have said since then to being quoted and all else cannot be read, so"
                " it went back with the study.",
                "Look through “Consent…” and enter it again.",
            )
        if not self.erased:
            return None
        return UserError(
            "withdrawal-came-back",
            "{people}: erased at the person’s wish, and in the study again, for this backup"
            " came from elsewhere. Nobody of them is quoted.",
            "Withdraw them once more, and delete the copy from which the backup came.",
            people=", ".join(self.erased),
        )


def carry(present: Path | None, draft: Path, folder: Path) -> Carried:
    """Let a draft know what people have said as far as the present study does.

    Args:
        present: the study as it is, or a copy of that, in the study's folder; `None` = it is gone,
            or cannot be read.
        draft: a copy that nobody uses yet, there too.
        folder: of the study.

    Raises:
        EnvironmentProblem: the key that real names of the draft shall join cannot be read.
        OSError: the folder cannot be written.
    """
    try:
        if present is None:
            return Carried(not _has_people(draft))
        said = _said(present)
        with closing(changing.opened(draft)) as connection:
            db = _draft(connection)
            if read_version(draft) < migrations.newest():
                key_leaving.save(db, folder)
                migrations.update(db)
            with writing(db):
                return Carried(True, _write(Tables(db), said))
    except EnvironmentProblem:
        raise
    except UNREADABLE as problem:
        _log.warning("what people said was not carried over: %s", type(problem).__name__)
        return Carried()


def _has_people(draft: Path) -> bool:
    with closing(driver.connect(draft, ALONE)) as connection:
        (found,) = connection.execute("SELECT EXISTS (SELECT 1 FROM participant)").fetchone()
        return bool(found)


def _said(present: Path) -> _Said:
    """Read what people have said in a study of any version."""
    if read_version(present) >= migrations.newest():
        with closing(driver.connect(present, ALONE)) as connection:
            return _read(Tables(Database(connection, execute_plugins=False)))
    partial = present.with_suffix(".partial")
    try:
        rights.claim(partial)
        shutil.copyfile(present, partial)
        with closing(changing.opened(partial)) as connection:
            db = _draft(connection)
            ours.require(db, present)
            migrations.update(db)
            return _read(Tables(db))
    finally:
        partial.unlink(missing_ok=True)


def _draft(connection: driver.Connection) -> Database:
    connection.execute("PRAGMA trusted_schema = ON")  # our own triggers
    connection.execute("PRAGMA journal_mode = MEMORY")  # a draft that fails is no loss
    return Database(connection, execute_plugins=False)


def _read(tables: Tables) -> _Said:
    return _Said(
        frozenset(person.id for person in tables.participant.select()),
        tuple(tables.consent_entry.select(order="number")),
        tuple(tables.consent_form.select()),
        tuple(tables.withdrawal.select(order="at, rowid")),
    )


def _write(tables: Tables, said: _Said) -> tuple[str, ...]:
    """Write what is not known yet; return the codes of people who were erased."""
    _add_forms(tables, said)
    there = tables.participant.select()
    people = {person.id for person in there} & said.people
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
    erased = {one.code: one for one in said.withdrawals if one.deed is Deed.EVERYTHING}
    back = [one for one in there if one.id not in people and one.code in erased]
    for person in back:
        for entry in _no_to_everything(person.id, erased[person.code]):
            _add(tables, entry, next(numbers))
    done = {one.id for one in tables.withdrawal.select()}
    for one in said.withdrawals:
        if one.id not in done:
            tables.withdrawal.add(one)
    return tuple(person.code for person in back)


def _no_to_everything(person_id: ParticipantId, done: Withdrawal) -> Iterator[Entry]:
    """Yield what somebody has said who was erased, and comes back with a copy from elsewhere."""
    for use in Use:
        last = Entry(EntryId(new_id()), 0, person_id, use, State.WITHDRAWN, done.at[:10])
        yield replace(last, how=t("everything was erased"), coder=done.coder, entered_at=done.at)


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


__all__ = ["Carried", "carry"]
