"""A study of before there was a key: real names stand in its file, its history and its backups."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from itertools import pairwise
from pathlib import Path

from sqlite_utils import Database

from tests.support.earlier import as_of
from tests.support.words import told
from workbench.domain.ids import ParticipantId
from workbench.storage import migrations, sums
from workbench.study import Study

NAME, EARLIER = "Zyra Quellenbach", "Zyra Ältenstein"
"""What a person is called, and what was typed before."""
BEFORE = migrations.NAMELESS - 1


def named_study(folder: Path, *, copies: int = 2) -> ParticipantId:
    """Make the study, closed, with as many backups; return who is named in it."""
    with Study.create(folder, title="Named") as study:
        person = study.people.add(pseudonym="Maya").id
        study.codebook.add("Delay")
    as_before(folder, person)
    for number in range(copies):
        copy = folder / "backups" / f"before-import-2026010{number + 1}-101010.sqlite"
        copy.write_bytes((folder / "study.sqlite").read_bytes())
    return person


def as_before(folder: Path, person: ParticipantId) -> None:
    """Let a study be as an earlier version wrote it."""
    with closing(sqlite3.connect(folder / "study.sqlite", isolation_level=None)) as connection:
        db = Database(connection, execute_plugins=False)
        sums.teach(db)
        as_of(connection, BEFORE)
        connection.execute("INSERT INTO identity VALUES (?, ?)", [person, NAME])
        _history(db, person)


def _history(db: Database, person: ParticipantId) -> None:
    names: list[str | None] = [None, EARLIER, NAME]
    for before, after in pairwise(names):
        db.conn.execute(
            "INSERT INTO step(op, merge_key, coder, at, state)"
            " VALUES ('edit-people', '', '', '2026-01-01T10:10:10+00:00', 'done')"
        )
        (step,) = db.conn.execute("SELECT max(id) FROM step").fetchone()
        images = [
            name and json.dumps({"participant_id": person, "real_name": name}, ensure_ascii=False)
            for name in (before, after)
        ]
        db.conn.execute(
            "INSERT INTO change(step_id, tbl, pk, before, after) VALUES (?, 'identity', ?, ?, ?)",
            [step, json.dumps([person]), *images],
        )
        sums.sign_step(db, step)
    changes = db["change"].rows_where("sum IS NULL")
    for row in list(changes):
        parts = (row[name] and row[name].encode() for name in ("pk", "before", "after"))
        db["change"].update(row["id"], {"sum": sums.checksum(row["step_id"], row["tbl"], *parts)})


def holders(folder: Path, *names: str) -> list[str]:
    """Return the files below a folder in which a name stands, in any form of letters."""
    sought = [*names, *(json.dumps(name)[1:-1] for name in names)]
    return sorted(
        os.fspath(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and told(path.read_bytes(), sought)
    )
