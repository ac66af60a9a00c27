"""Which SQLite opens a file: that of Python, or SQLCipher where the file lies in a locked study.

Everybody in this package asks here. SQLCipher's connections are used as any other, and what they
fail with is made a kind of what Python's fail with, so that nobody has to know which it was.
The first bytes of a locked file stay readable: what it is, which version wrote it, and whether it
was closed is looked up there before SQLite may open it (`head.py`, `logs.py`, `rollback.py`).
What SQLite sorts or keeps for a moment stays in memory, whatever is open and whoever opened it: it
would write it to the computer's folder for temporary files, in clear.
"""

from __future__ import annotations

import os
import sqlite3
import urllib.parse
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, cast

from workbench.vault import ring, state
from workbench.vault.keys import StudyKey
from workbench.vault.refusals import not_installed

Connection = sqlite3.Connection
_HOW = (
    f"cipher_plaintext_header_size = {state.CLEAR_HEAD}",
    "cipher_hmac_algorithm = HMAC_SHA256",  # twice as fast as the default where chips know it
)
# SQLCipher's statements are kept by how often they were asked for: once so many are kept, those
# that are new push one another out, and are prepared again each time. A study is opened with
# hundreds, most of them asked for once, and a prepared one takes some 20 kB.
_STATEMENTS = 1024
_KINDS = {
    "DatabaseError": "Error",
    "InterfaceError": "Error",
    "OperationalError": "DatabaseError",
    "IntegrityError": "DatabaseError",
    "ProgrammingError": "DatabaseError",
    "InternalError": "DatabaseError",
    "DataError": "DatabaseError",
    "NotSupportedError": "DatabaseError",
}


def connect(
    file: Path,
    how: str = "mode=rwc",
    *,
    isolation_level: str | None = "",
    check_same_thread: bool = True,
) -> Connection:
    """Open a database.

    Args:
        file: where it lies decides what opens it.
        how: as SQLite's URIs say it.
        isolation_level: as of `sqlite3.connect`.
        check_same_thread: as of `sqlite3.connect`.

    Raises:
        sqlite3.Error: it cannot be opened.
        EnvironmentProblem: it is locked, and the libraries for that are not installed.
    """
    key = ring.study_key(file)
    library = sqlite3 if key is None else _library()
    opened: Connection = library.connect(
        uri(file, how),
        uri=True,
        isolation_level=isolation_level,
        check_same_thread=check_same_thread,
        cached_statements=_STATEMENTS,
    )
    if key is not None:
        _unlock(opened, "main", key)
    return _discreet(opened)


def memory(*, check_same_thread: bool = True) -> Connection:
    """Open a database that is in memory alone; see `connect`."""
    return _discreet(
        sqlite3.connect(":memory:", isolation_level=None, check_same_thread=check_same_thread)
    )


def at_most(rows: int) -> str:
    """Return the limit of a statement.

    Where it is bound, SQLite (from 3.46 on) prepares the statement anew whenever it is run, since
    it could choose another way for another number.
    """
    return f"LIMIT {rows:d}"


def require_installed() -> None:
    """Make sure that locked studies can be opened here.

    Raises:
        EnvironmentProblem: the library for that is not installed.
    """
    _library()


def uri(file: Path, how: str) -> str:
    """Return the name of a file as SQLite takes it, whatever letters are in it."""
    return f"file:{urllib.parse.quote(os.fsencode(file.absolute()))}?{how}"


def sealed(file: Path, target: Path, key: StudyKey) -> None:
    """Write a locked copy of an open database, row by row.

    Raises:
        sqlite3.Error: it cannot be read or written.
        EnvironmentProblem: the libraries for that are not installed.
    """
    _exported(file, None, target, key)


def unsealed(file: Path, target: Path, key: StudyKey) -> None:
    """Write an open copy of a locked database, row by row; see `sealed`."""
    _exported(file, key, target, None)


def _exported(file: Path, key: StudyKey | None, target: Path, new: StudyKey | None) -> None:
    library = _library()
    db: Connection = library.connect(uri(file, "mode=ro"), uri=True, isolation_level=None)
    try:
        if key is not None:
            _unlock(db, "main", key)
        _discreet(db).execute(
            "ATTACH DATABASE ? AS other KEY ?",
            [uri(target, "mode=rwc"), "" if new is None else new.database],
        )
        if new is not None:
            for pragma in _HOW:
                db.execute(f"PRAGMA other.{pragma}")
        # A draft, which whoever asked for it has written to the disk as a whole.
        db.execute("PRAGMA other.synchronous = OFF")
        db.execute("PRAGMA other.journal_mode = OFF")
        db.execute("SELECT sqlcipher_export('other', 'main')").fetchall()
        for name in ("application_id", "user_version"):
            [(value,)] = db.execute(f"PRAGMA main.{name}").fetchall()
            db.execute(f"PRAGMA other.{name} = {value}")
        db.execute("DETACH DATABASE other")
    finally:
        db.close()


def _discreet(db: Connection) -> Connection:
    """Let a connection keep in memory what it would write into files of its own."""
    db.execute("PRAGMA temp_store = MEMORY")
    return db


def _unlock(db: Connection, schema: str, key: StudyKey) -> None:
    db.execute(f'PRAGMA {schema}.key = "{key.database}"')
    for pragma in _HOW:
        db.execute(f"PRAGMA {schema}.{pragma}")


@cache
def _library() -> ModuleType:
    """Load SQLCipher.

    Raises:
        EnvironmentProblem: it is not installed.
    """
    try:
        from sqlcipher3 import dbapi2
    except ImportError as problem:
        raise not_installed(problem) from problem
    library = cast("Any", dbapi2)
    for name, above in _KINDS.items():
        getattr(library, name).__bases__ = (getattr(library, above), getattr(sqlite3, name))
    memory = library.connect(":memory:")
    memory.execute("PRAGMA cipher_log_level = NONE")  # it would write to our error output
    memory.close()
    return cast("ModuleType", library)


__all__ = [
    "Connection",
    "at_most",
    "connect",
    "memory",
    "require_installed",
    "sealed",
    "unsealed",
    "uri",
]
