"""Checksums of the journal: a letter that a disk changed is told from one that somebody typed.

Rows of the study need none of their own, since the newest image of each is in the journal.
"""

from __future__ import annotations

import zlib
from typing import Any

from sqlite_utils import Database

CHANGE = (
    "checksum({step_id}, {tbl}, CAST({pk} AS BLOB), CAST({before} AS BLOB), CAST({after} AS BLOB))"
)
_STEP = (
    "checksum(id, CAST(op AS BLOB), CAST(merge_key AS BLOB), CAST(coder AS BLOB),"
    " CAST(at AS BLOB), {state})"
)
OF_CHANGE = CHANGE.format(
    step_id="step_id", tbl="CAST(tbl AS BLOB)", pk="pk", before="before", after="after"
)
"""The checksum of a row of `change`, in SQL."""
OF_STEP = _STEP.format(state="CAST(state AS BLOB)")
"""The checksum of a row of `step`, in SQL."""


def checksum(*parts: bytes | str | int | None) -> int:
    """Return a number that another one follows when one letter is another; SQL asks for it too."""
    return zlib.crc32(b"\x1f".join(map(_bytes, parts)))


def teach(db: Database) -> None:
    """Let a connection ask for checksums."""
    db.conn.create_function("checksum", -1, checksum, deterministic=True)


def _bytes(part: bytes | str | int | None) -> bytes:
    if isinstance(part, bytes):
        return part
    return b"\xff" if part is None else str(part).encode("utf-8", "surrogateescape")


def sign_step(db: Database, step_id: int) -> None:
    """Write the checksum of a step that has just been written."""
    db.conn.execute(f"UPDATE step SET sum = {OF_STEP} WHERE id = ?", [step_id])


def set_state(db: Database, state: str, where: str, values: dict[str, Any] | None = None) -> None:
    """Change the state of steps; what is wrong with one of them stays wrong."""
    db.conn.execute(
        f"UPDATE step SET state = :state, sum = CASE sum WHEN {OF_STEP}"
        f" THEN {_STEP.format(state=':state')} ELSE sum END WHERE {where}",
        {"state": state, **(values or {})},
    )


def is_sound(db: Database, step_id: int) -> bool:
    """Tell whether a step and all its changes are as they were written."""
    (wrong,) = db.conn.execute(
        f"SELECT EXISTS (SELECT 1 FROM step WHERE id = :id AND sum IS NOT {OF_STEP})"
        f" OR EXISTS (SELECT 1 FROM change WHERE step_id = :id AND sum IS NOT {OF_CHANGE})",
        {"id": step_id},
    ).fetchone()
    return not wrong
