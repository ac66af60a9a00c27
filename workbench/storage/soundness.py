"""Whether what stands in the file of a study is what was written there.

The newest image of a row in the journal is how the row must look, and the journal has checksums;
so a single letter that somebody or something changed behind the program's back is seen.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from workbench.domain.change import Op
from workbench.storage import history, images, ours
from workbench.storage.images import Image
from workbench.storage.rows import Rows
from workbench.storage.schema import Table, journaled
from workbench.storage.sums import OF_CHANGE, OF_STEP
from workbench.storage.tables import Tables
from workbench.words import Phrase, t

_STATES = ("done", "undone", "sealed", "broken")
_DAMAGED: Phrase = "{table}.{column}, row {row}: the letters are damaged."
_UNKNOWN: Phrase = "{table}.{column}, row {row}: the value is unknown."


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the file that is not as it was written.

    Attributes:
        code: "schema", "text", "value", "row" or "journal".
        text: what is wrong, and where, without the words that stand there.
    """

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Strayed:
    """A row that is not as the journal has it, which is whole.

    Attributes:
        image: how it must look; `None` when it must not be there.
    """

    table: Table
    key: str
    image: Image


def faults(db: Database) -> Iterator[Fault]:
    """Yield what is wrong with the schema, the values and the journal; within `any_letters`."""
    for what in ours.foreign(db):
        yield Fault("schema", t("This program did not make the {what}.", what=what))
    for what in ours.missing(db):
        yield Fault("schema", t("The {what} is missing.", what=what))
    if (charters := db["charter"].count) != 1:
        told = t("The study has {number} charters instead of one.", number=charters)
        yield Fault("value", told)
    for rows in Tables(db).all():
        yield from _values(db, rows)
    for row in strayed(db):
        told = t(
            "A row of {table} is not as it was written ({key}).", table=row.table.name, key=row.key
        )
        yield Fault("row", told)
    yield from _journal(db)


def strayed(db: Database) -> Iterator[Strayed]:
    """Yield the rows that are other than their newest image; where that is damaged, none."""
    tables = journaled(db)
    newest = db.conn.execute(
        "SELECT tbl, pk, after FROM change"
        f" WHERE id IN (SELECT max(id) FROM change GROUP BY tbl, pk) AND sum = {OF_CHANGE}"
    )
    for name, key, after in newest.fetchall():
        try:
            table, image = tables[name], images.image(after)
            row = images.read(db, table, key)
        except (KeyError, ValueError):
            continue  # told of as a damaged journal
        if row is None or image is None:
            wrong = row is not image
        else:  # an older image knows nothing of newer columns
            wrong = any(row[column] != value for column, value in image.items() if column in row)
        if wrong:
            yield Strayed(table, key, image)


def _values(db: Database, rows: Rows[Any]) -> Iterator[Fault]:
    """Yield the cells of a table that hold no letters, or nothing of their kind."""
    columns = rows.columns()
    listed = ", ".join(f'"{name}"' for name in columns)
    for number, row in enumerate(db.conn.execute(f"SELECT {listed} FROM {rows.name}"), start=1):
        for (name, fits), cell in zip(columns.items(), row, strict=True):
            if isinstance(cell, str) and not _is_text(cell):
                yield Fault("text", _of_cell(_DAMAGED, rows.name, name, number))
            elif not fits(cell):
                yield Fault("value", _of_cell(_UNKNOWN, rows.name, name, number))


def _of_cell(what: Phrase, table: str, column: str, row: int) -> str:
    return t(what, table=table, column=column, row=row)


def _journal(db: Database) -> Iterator[Fault]:
    wrong = db.conn.execute(
        f"SELECT id FROM step WHERE sum IS NOT {OF_STEP}"
        " OR op NOT IN (SELECT value FROM json_each(:ops))"
        " OR state NOT IN (SELECT value FROM json_each(:states))"
        f" UNION SELECT step_id FROM change WHERE sum IS NOT {OF_CHANGE}"
        " OR NOT json_valid(pk) OR NOT json_valid(coalesce(before, '{}'))"
        " OR NOT json_valid(coalesce(after, '{}')) ORDER BY 1",
        {"ops": json.dumps([op.value for op in Op]), "states": json.dumps(_STATES)},
    )
    for (step_id,) in wrong.fetchall():
        told = history.steps(db, "id = ?", [step_id])
        yield Fault(
            "journal",
            t(
                "What the history keeps of “{what}” (step {step}) is damaged.",
                what=t(told[0].op.label),
                step=step_id,
            )
            if told
            else t("What the history keeps of step {step} is damaged.", step=step_id),
        )


@contextmanager
def any_letters(db: Database) -> Iterator[None]:
    """Read also letters that are none any more."""
    before = db.conn.text_factory
    db.conn.text_factory = lambda stored: stored.decode(errors="surrogateescape")
    try:
        yield
    finally:
        db.conn.text_factory = before


def _is_text(cell: str) -> bool:
    return cell.isascii() or not any("\udc80" <= letter <= "\udcff" for letter in cell)
