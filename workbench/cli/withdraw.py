"""`workbench withdraw`: where a person is in a study, and what goes at their wish."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from workbench.cli import output
from workbench.cli.doors import leaving, reading, writing
from workbench.cli.parsing import choice
from workbench.domain.naming import pick
from workbench.domain.people import Participant
from workbench.domain.withdrawal import Deed, Place, Unreadable, Withdrawal
from workbench.errors import UserError, WorkbenchError
from workbench.services.withdrawal import certificate
from workbench.study import Study
from workbench.words import t


def add_to(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "--person", required=True, metavar="CODE", help="code, pseudonym or id; also from the bin"
    )
    choice(parser, "--erase", Deed, "what goes; without it, every place is listed")
    choice(
        parser, "--unreadable", Unreadable,
        "what becomes of a recording of several people in which nobody can silence this one",
    )  # fmt: skip
    parser.add_argument("--yes", action="store_true", help="do not ask; nothing brings it back")
    parser.add_argument(
        "--certificate", type=Path, metavar="FILE",
        help="write what was done to a .docx or .txt; without --erase, of what was done before",
    )  # fmt: skip


def withdraw(asked: Namespace) -> None:
    """List where a person is, or do what they wish."""
    if asked.certificate is not None:
        certificate.require(asked.certificate, replace=asked.force)
    if asked.erase is None:
        _show(asked)
        return
    with writing(asked) as study:
        person = _person(study, asked.person)
        _confirm(asked, study, person)
        done = study.withdrawal.erase(person.id, asked.erase, asked.unreadable)
    _tell(asked, done, t("{code}: {deed}.", code=done.code, deed=t(done.deed.label).lower()))


def _show(asked: Namespace) -> None:
    """List the places; of somebody who is gone, what was done."""
    with reading(asked) as study:
        done = study.withdrawal.done(asked.person)
        is_gone = bool(done) and not _known(study, asked.person)
        if not is_gone:
            person = _person(study, asked.person)
            if asked.certificate is not None and not done:
                raise UserError(
                    "withdrawal-none",
                    "Nothing of {person_code} was withdrawn yet.",
                    "“--erase” says what is to go.",
                    person_code=person.code,
                )
            places = study.withdrawal.places(person.id)
    if is_gone:
        deed = t(done[0].deed.label).lower()
        said = t("{code}: {deed}, {day}.", code=done[0].code, deed=deed, day=done[0].at[:10])
        _tell(asked, done[0], said)
        return
    if asked.certificate is not None:
        _write(asked, done[0])
    rows = [asdict(place) for place in places]
    output.listed(asked, rows, map(_line, places), "The study holds nothing of this person.")


def _line(place: Place) -> str:
    return f"{t(place.kind.label)}: {place.count}  {place.where}".rstrip()


def _confirm(asked: Namespace, study: Study, person: Participant) -> None:
    """Make sure that this is meant.

    Raises:
        UserError: nobody said so.
    """
    if asked.yes:
        return
    if not sys.stdin.isatty():
        raise UserError(
            "withdraw-unsure",
            "Nothing was done: {told}",
            "Say “--yes” if this is meant; nothing brings it back.",
            told=t(asked.erase.told),
        )
    for place in study.withdrawal.places(person.id):
        output.progress(
            "{place}: {becomes}", place=_line(place), becomes=t(place.becomes(asked.erase))
        )
    output.progress(asked.erase.told)
    if asked.erase.erases:
        output.progress("Undo does not bring it back, nor does a backup.")
    output.progress("Type {code} to go on:", code=person.code)
    if sys.stdin.readline().strip() != person.code:
        raise UserError("withdraw-unsure", "Nothing was done.", "The code was not typed.")


def _person(study: Study, typed: str) -> Participant:
    """Return a person by id, code or pseudonym, be they in the bin."""
    rows = {row.id: row for row in study.withdrawal.people()}
    names: dict[Any, Sequence[str]] = {key: row.names for key, row in rows.items()}
    return rows[pick(typed, names, "person")]


def _known(study: Study, typed: str) -> bool:
    return any(typed in (row.id, *row.names) for row in study.withdrawal.people())


def _tell(asked: Namespace, done: Withdrawal, said: str) -> None:
    """Write the certificate if one is wanted, and say what was done.

    Raises:
        UserError: it waits for a decision; what was done is said all the same.
    """
    written = None
    if asked.certificate is not None:
        try:
            written = _write(asked, done)
        except WorkbenchError:
            output.progress(
                "{said} That is so; only its certificate is not written. The same command without"
                " “--erase” writes it at any time.",
                said=said,
            )
            raise
    told = {key: value for key, value in asdict(done).items() if key != "told"}
    data = told | certificate.told_of(done) | {"certificate": written}
    if written:
        output.answer(asked, data, "{said} Wrote {written}", said=said, written=written)
    else:
        output.answer(asked, data, said)


def _write(asked: Namespace, done: Withdrawal) -> Path:
    with leaving(asked) as study:
        return study.withdrawal.certify(done, asked.certificate, replace=asked.force)
