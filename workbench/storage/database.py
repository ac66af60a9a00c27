"""A study on disk: a folder with `study.sqlite`, `media/`, `backups/`, `cache/`, `spool/`."""

from __future__ import annotations

import sqlite3
import urllib.parse
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from workbench.errors import EnvironmentProblem, UserError
from workbench.storage import migrations

APPLICATION_ID = 0x574B4244  # "WKBD"
FILE_NAME = "study.sqlite"
SUFFIX = ".study"
FOLDERS = ("media", "backups", "cache", "spool")


class NotAStudy(UserError):
    """The folder or file is not a study of this program."""


class NewerStudy(UserError):
    """The study was written by a newer program."""


def create_folder(folder: Path) -> None:
    """Make the folder of a new study.

    Raises:
        UserError: there is something at that place already.
        EnvironmentProblem: the place cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError(
            "study-exists",
            f"“{folder}” exists already and is not empty.",
            "Choose another name, or open the study that is there.",
        )
    try:
        for name in FOLDERS:
            (folder / name).mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise cannot_write(folder, problem) from problem


def connect(folder: Path, *, create: bool = False, read_only: bool = False) -> Database:
    """Open the database of a study, bring its schema up to date, and return it.

    Args:
        folder: the study's folder.
        create: the file does not exist yet.
        read_only: open without writing a byte, also when another program writes.

    Raises:
        NotAStudy: the file is missing, empty, damaged or of another program.
        NewerStudy: a newer major version wrote it.
        EnvironmentProblem: the file cannot be read or written.
    """
    path = folder / FILE_NAME
    require(folder, create=create)
    mode = "ro" if read_only else "rwc"
    uri = f"file:{urllib.parse.quote(str(path.absolute()))}?mode={mode}"
    try:
        connection = sqlite3.connect(uri, uri=True, isolation_level=None)
        db = Database(connection)
        _configure(db, read_only=read_only)
        if create:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        _check_version(db, path)
        if not read_only:
            _migrate(db, folder, fresh=create)
    except sqlite3.DatabaseError as problem:
        raise _explain(path, problem) from problem
    return db


def close(db: Database) -> None:
    """Close the database and leave one file behind, without write-ahead log."""
    try:
        if db.conn.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
            db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            db.conn.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.OperationalError:
        pass  # a reader elsewhere keeps the log; SQLite folds it in at the next opening
    finally:
        db.close()


def backup(db: Database, target: Path) -> None:
    """Copy the database to `target` with SQLite's backup, and verify the copy.

    Raises:
        EnvironmentProblem: the copy could not be written or is damaged.
    """
    partial = target.with_suffix(".partial")
    try:
        copy = sqlite3.connect(partial)
        try:
            db.conn.backup(copy)
            verdict = copy.execute("PRAGMA quick_check").fetchone()[0]
        finally:
            copy.close()
        if verdict != "ok":
            raise EnvironmentProblem("backup-damaged", f"The backup is damaged: {verdict}")
        partial.replace(target)
    except (sqlite3.DatabaseError, OSError) as problem:
        partial.unlink(missing_ok=True)
        raise cannot_write(target, problem) from problem


def cannot_write(path: Path, problem: Exception) -> EnvironmentProblem:
    """Return the sentence for a place that cannot be written."""
    return EnvironmentProblem(
        "cannot-write",
        f"“{path}” cannot be written: {problem}.",
        "Check that the disk has space and that you may write there.",
    )


def require(folder: Path, *, create: bool = False) -> None:
    """Make sure that a study is there, unless it is about to be created.

    Raises:
        NotAStudy: the file is missing or empty.
    """
    path = folder / FILE_NAME
    if create:
        return
    if not path.is_file():
        raise NotAStudy(
            "not-a-study",
            f"There is no study at “{path.parent}”.",
            f"Choose a folder whose name ends in {SUFFIX}.",
        )
    if path.stat().st_size == 0:
        raise NotAStudy(
            "study-empty",
            f"The study file “{path}” is empty (0 bytes).",
            "Copy the newest file from the study’s “backups” folder in its place.",
        )


def _configure(db: Database, *, read_only: bool) -> None:
    # SQLite's own lower() knows ASCII only.
    db.conn.create_function("casefold", 1, str.casefold, deterministic=True)
    db.conn.execute("PRAGMA foreign_keys = ON")
    db.conn.execute("PRAGMA recursive_triggers = ON")
    db.conn.execute("PRAGMA busy_timeout = 3000")
    if not read_only:
        db.conn.execute("PRAGMA journal_mode = WAL")
        db.conn.execute("PRAGMA synchronous = FULL")
    db.conn.execute("PRAGMA temp_store = MEMORY")


def _check_version(db: Database, path: Path) -> None:
    application = db.conn.execute("PRAGMA application_id").fetchone()[0]
    if application != APPLICATION_ID:
        raise NotAStudy(
            "not-a-study",
            f"“{path}” is an SQLite file, but not one of Workbench.",
            f"Choose a folder whose name ends in {SUFFIX}.",
        )
    found = db.conn.execute("PRAGMA user_version").fetchone()[0]
    if found >> 16 > migrations.MAJOR:
        raise NewerStudy(
            "study-newer",
            f"The study “{path.parent.stem}” was written by a newer version of Workbench.",
            "Update Workbench on this machine; the study was not touched.",
        )


def is_newer_minor(db: Database) -> bool:
    """Tell whether a newer program of the same major version has written the study."""
    found = db.conn.execute("PRAGMA user_version").fetchone()[0]
    return bool(found > migrations.version(len(migrations.STEPS)))


def _migrate(db: Database, folder: Path, *, fresh: bool) -> None:
    if is_newer_minor(db):
        return
    steps = migrations.build()
    if not steps.pending(db):
        return
    if not fresh:
        stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
        (folder / "backups").mkdir(exist_ok=True)
        backup(db, folder / "backups" / f"before-update-{stamp}.sqlite")
    steps.apply(db)


def _explain(path: Path, problem: sqlite3.DatabaseError) -> UserError | EnvironmentProblem:
    text = str(problem)
    if "not a database" in text or "malformed" in text:
        return NotAStudy(
            "study-damaged",
            f"The study file “{path}” is damaged or not a study ({text}).",
            "Copy the newest file from the study’s “backups” folder in its place.",
        )
    return cannot_write(path, problem)
