"""Real names leave the file of a study of before for its key, and nothing of them stays behind.

The key is written, whole and on the disk, before the table goes; a name that is in it already is
newer and stays. Only then the table and its history go, in the transaction of the migration, and at
last the pages in which they stood: until that is done the study says so, and each opening tries.
Whatever ends the program in between, names are in the study, in the key, or in both.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from workbench import paths
from workbench.domain.ids import ParticipantId
from workbench.domain.people import Identity
from workbench.errors import EnvironmentProblem
from workbench.storage import driver, erasing, history, logs
from workbench.storage.key import FILE, Entries, Key, State, set_aside


def save(db: Database, folder: Path) -> None:
    """Write the names that stand in a study of before into its key.

    Raises:
        EnvironmentProblem: its key lies elsewhere, where it cannot be read just now.
        OSError: it cannot be written.
    """
    names = _names(db)
    if not names:
        return
    key = Key(db, folder)
    path = key.path
    found = key.read()
    if found.state in (State.NEWER, State.UNREADABLE) or (
        found.state in (State.NONE, State.MISSING) and path != folder / FILE
    ):
        raise EnvironmentProblem(
            "key-away",
            "The real names of “{study}” shall join its key, which lies at “{path}” and"
            " cannot be read just now.",
            "Connect the disk on which it lies, then open the study again; nothing was changed. If"
            " it is lost, “workbench key STUDY new” lets it go.",
            study=folder.stem,
            path=path,
        )
    if found.state in (State.DAMAGED, State.FOREIGN):
        set_aside(path, datetime.now(UTC))
    key.write({**names, **found.people}, path)


def sweep(db: Database) -> None:
    """Write the file anew without the pages in which names stood, unless that was done.

    While another program reads the study, or its disk is full, it has to wait for the next opening.
    """
    if is_swept(db):
        return
    with suppress(sqlite3.OperationalError):
        logs.fold_in(db)
        erasing.shrink(db)
        db.conn.execute("UPDATE key_mark SET swept = 1")
        logs.fold_in(db)


def is_swept(db: Database) -> bool:
    """Tell whether no page holds names from before any more."""
    row = db.conn.execute("SELECT swept FROM key_mark").fetchone()
    return bool(row and row[0])


def study_of(folder: Path) -> str:
    """Return the id of a study that cannot be opened yet; "" where nobody can tell."""
    try:
        with closing(driver.connect(folder / paths.STUDY_FILE, "mode=ro")) as db:
            return str(db.execute("SELECT id FROM charter").fetchone()[0])
    except (sqlite3.Error, TypeError):
        return ""


def _names(db: Database) -> Entries:
    if not db["identity"].exists():
        return {}
    rows = db.conn.execute("SELECT participant_id, real_name FROM identity WHERE real_name <> ''")
    return {
        ParticipantId(person): Identity(
            name,
            former=tuple(
                past
                for past in history.past_values(db, "identity", person, "real_name")
                if past != name
            ),
        )
        for person, name in rows.fetchall()
    }


__all__ = ["is_swept", "save", "study_of", "sweep"]
