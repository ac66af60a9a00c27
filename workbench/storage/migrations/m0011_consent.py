"""Keep what people agreed to as a ledger: per person and use, entry by entry.

What a study had is carried over so that it may do no more and no less than before:

- recording ticked: recording and transcript are given; not ticked: both are refused. It was one
  box, and it said both.
- quotes ticked: quotes are given. Not ticked: not asked, for that was how everybody began, so that
  it is no word of anybody's. Nobody is quoted either way; the entry says what is not known.
- kept until a day: what is given is given until that day. It was agreed so, though nothing came of
  it before: from the day after on nobody is quoted and nothing transcribed until somebody decides.
  A day that nobody can read ends nothing; the entry repeats it.
- withdrawn: every use is withdrawn, and what was given before stands in the ledger below it.
- voice clips, photos and contact again were never asked for, so there is no entry.

When and how any of it was said was kept nowhere, and the entries say so.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import UTC, datetime

from sqlite_utils import Database

from workbench.domain import typed
from workbench.domain.ids import new_id
from workbench.errors import UserError

_BEFORE = "noted before there was a ledger; how it was said was not kept"
_OPEN = "noted before there was a ledger: not ticked, and nobody knows whether it was asked for"
_ASKED_BEFORE = ("record", "transcribe", "quote")
_USES = (*_ASKED_BEFORE, "voice", "photo", "contact")
_FORMS = (
    "CREATE TABLE consent_form ("
    " id TEXT PRIMARY KEY, file TEXT NOT NULL, original_name TEXT NOT NULL, sha256 TEXT NOT NULL,"
    " size INTEGER NOT NULL, added_at TEXT NOT NULL) STRICT"
)
_ENTRIES = (
    "CREATE TABLE consent_entry ("
    " id TEXT PRIMARY KEY, number INTEGER NOT NULL,"
    " participant_id TEXT NOT NULL REFERENCES participant ON DELETE CASCADE,"
    ' "use" TEXT NOT NULL, state TEXT NOT NULL, date TEXT NOT NULL, until TEXT NOT NULL,'
    " how TEXT NOT NULL, form_id TEXT REFERENCES consent_form ON DELETE SET NULL,"
    " source_id TEXT REFERENCES source ON DELETE SET NULL, at_ms INTEGER,"
    " coder TEXT NOT NULL, entered_at TEXT NOT NULL) STRICT"
)
_LOOKED_UP = {
    "person": "participant_id", "use": '"use"', "form": "form_id", "source": "source_id"
}  # fmt: skip


def migrate(db: Database) -> None:
    """Make the ledger, write into it what there was, and let the old table go."""
    db.conn.execute(_FORMS)
    db.conn.execute(_ENTRIES)
    for name, column in _LOOKED_UP.items():
        db.conn.execute(f"CREATE INDEX consent_entry_{name} ON consent_entry({column})")
    now = datetime.now(UTC).isoformat(timespec="seconds")
    kept = db.conn.execute(
        "SELECT participant_id, recording, quotes, retain_until, withdrawn_at FROM consent"
        " ORDER BY rowid"
    ).fetchall()
    number = 0
    for person, *said in kept:
        for use, state, date, until, how in _entries(*said):
            number += 1
            db.conn.execute(
                "INSERT INTO consent_entry"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, NULL, '', ?)",
                [new_id(), number, person, use, state, date, until, how, now],
            )
    db.conn.execute("DROP TABLE consent")


def _entries(
    recording: int, quotes: int, until: str, withdrawn_at: str | None
) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield use, state, date, until and how of the entries that a row becomes."""
    day = _last_day(until)
    how = f"{_BEFORE}; to be kept until “{until}”" if until and not day else _BEFORE
    for use, ticked in zip(_ASKED_BEFORE, (recording, recording, quotes), strict=True):
        if ticked:
            yield use, "given", "", day, how
        elif use == "quote":
            yield use, "not-asked", "", "", _OPEN
        else:
            yield use, "refused", "", "", _BEFORE
    if withdrawn_at is not None:
        for use in _USES:
            yield use, "withdrawn", withdrawn_at[:10], "", _BEFORE


def _last_day(until: str) -> str:
    """Return a day as ISO; of a month or a year the last one, of what is none ""."""
    try:
        iso = typed.date(until, partial=True)
    except UserError:
        return ""
    if len(iso) == len("2027"):
        iso += "-12"
    if len(iso) == len("2027-12"):
        iso += f"-{calendar.monthrange(int(iso[:4]), int(iso[5:]))[1]}"
    return iso
