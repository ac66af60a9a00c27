"""A study on disk: a folder with `study.sqlite`, `media/`, `backups/`, `cache/`, `spool/`."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from workbench import paths, rights
from workbench.errors import EnvironmentProblem, UserError, Way
from workbench.storage import blank, driver, key_leaving, logs, migrations, ours, sums
from workbench.storage.head import APPLICATION_ID, read_version
from workbench.storage.refusals import (
    DAMAGED,
    WAY_BACK,
    DamagedStudy,
    NewerStudy,
    NotAStudy,
    Stopped,
    code_of,
    damaged,
    is_damage,
)
from workbench.vault import ring

FILE_NAME = paths.STUDY_FILE
SUFFIX = paths.STUDY_SUFFIX
__all__ = [
    "FILE_NAME",
    "SUFFIX",
    "WAY_BACK",
    "DamagedStudy",
    "Database",
    "NewerStudy",
    "NotAStudy",
    "backup",
    "backup_connection",
    "cannot_write",
    "close",
    "connect",
    "create_folder",
    "hurried",
    "is_newer_minor",
    "require",
    "told",
    "writing",
]
FOLDERS = ("media", "backups", "cache", "spool")
_PATIENCE_MS = 3000  # how long a step waits for another program
_HURRY_MS = 30
# What SQLite says when the machine stands in the way, not our program.
_IN_THE_WAY = (
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_READONLY,
)


def create_folder(folder: Path) -> None:
    """Make the folder of a new study.

    Raises:
        UserError: there is something at that place already, or it lies in another study.
        EnvironmentProblem: the place cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError(
            "study-exists",
            "“{folder}” exists already and is not empty.",
            "Choose another name, or open the study that is there.",
            ways=(Way.CHOOSE,),
            folder=folder,
        )
    paths.keep_out_of_studies(folder)
    try:
        rights.own_folder(folder)
        with suppress(OSError):  # an empty one of somebody else
            folder.chmod(0o700)
        for name in FOLDERS:
            rights.folder(folder / name)
    except OSError as problem:
        remove_folder(folder)
        raise cannot_write(folder, problem) from problem


def remove_folder(folder: Path) -> None:
    """Take away what `create_folder` made, when the study could not be made in it."""
    shutil.rmtree(folder, ignore_errors=True)


def connect(
    folder: Path,
    *,
    create: bool = False,
    read_only: bool = False,
    alone: bool = False,
    again: bool = False,
) -> Database:
    """Open the database of a study, bring its schema up to date, and return it.

    A file that is not ours, or of a newer major version, is refused before SQLite may write to
    it; one of a newer minor version is opened for reading only.

    Args:
        folder: the study's folder.
        create: the file does not exist yet.
        read_only: open without writing a byte, also when another program writes.
        alone: with `read_only`, leave out the log that lies beside the file.
        again: this process has it open already; the file is opened by SQLite alone, for whoever
            else closes it takes SQLite's locks away (https://www.sqlite.org/howtocorrupt.html).

    Raises:
        NotAStudy: the file is missing, empty, damaged or of another program.
        NewerStudy: a newer major version wrote it.
        UserError: it must be updated first, and may only be read.
        EnvironmentProblem: the file cannot be read or written.
    """
    path = folder / FILE_NAME
    require(folder, create=create)
    if not (create or again):
        found = read_version(path)
        read_only = read_only or found > migrations.newest()
        if not read_only and not os.access(path, os.W_OK):
            raise cannot_write(path, PermissionError(errno.EACCES, os.strerror(errno.EACCES)))
    mode = "ro" if read_only else "rwc" if create else "rw"
    how = f"mode={mode}&immutable=1" if alone else f"mode={mode}"
    if create:
        _touch(path)
    with told(path):
        # Plugins of sqlite-utils are for its command line; looking for them takes its time.
        connection = driver.connect(path, how, isolation_level=None)
        db = Database(connection, execute_plugins=False)
        try:
            _configure(db, create=create)
            if not create:
                ours.require(db, path)  # tells also what is damaged
            if not read_only:
                # Our own triggers write to the search index, which counts as unsafe.
                db.conn.execute("PRAGMA trusted_schema = ON")
            _bring_up_to_date(db, folder, fresh=create, read_only=read_only)
            if not (read_only or again):
                key_leaving.sweep(db)
        except BaseException:
            db.close()
            raise
    return db


@contextmanager
def writing(db: Database) -> Iterator[None]:
    """Hold a transaction that has the right to write from its beginning.

    One that only reads at first cannot wait when it begins to write after another program has:
    what it has read is stale by then, and SQLite refuses at once.
    """
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.conn.execute("COMMIT")
    except BaseException:
        db.rollback()  # nothing where SQLite has done it already, as on a full disk
        raise


@contextmanager
def hurried(db: Database) -> Iterator[None]:
    """Hardly wait for another program meanwhile: nobody shall notice, and it is tried again."""
    [(patience,)] = db.conn.execute("PRAGMA busy_timeout").fetchall()
    db.conn.execute(f"PRAGMA busy_timeout = {min(patience, _HURRY_MS)}")
    try:
        yield
    finally:
        db.conn.execute(f"PRAGMA busy_timeout = {patience}")


def close(db: Database, *, in_place: bool = True) -> None:
    """Close the database and leave one file behind, without write-ahead log.

    Args:
        db: the open database.
        in_place: false where it was moved or replaced meanwhile, so that it is left as it is.
    """
    try:
        if in_place:
            logs.fold_in(db)
    except (sqlite3.DatabaseError, MemoryError):  # SQLCipher says the latter of damage, too
        # A reader elsewhere keeps the log, which SQLite folds in at the next opening; or the file
        # is damaged, which whoever used it has said.
        pass
    finally:
        db.close()


def backup(db: Database, target: Path) -> None:
    """Copy the database to `target` with SQLite's backup, and verify the copy.

    Raises:
        EnvironmentProblem: the copy could not be written or is damaged.
    """
    backup_connection(db.conn, target)


def backup_connection(
    connection: sqlite3.Connection,
    target: Path,
    *,
    pages: int = -1,
    progress: Callable[[int, int, int], object] | None = None,
) -> None:
    """Do what `backup` does, for a database that is not open as a study.

    Args:
        connection: the database.
        target: the copy.
        pages: how many at a time; -1 = all at once.
        progress: called after each lot; it may raise to stop.
    """
    partial = target.with_suffix(".partial")
    try:
        _touch(partial)
        copy = driver.connect(partial)
        try:
            connection.backup(copy, pages=pages, progress=progress)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, also on read-only media
            verdict = copy.execute("PRAGMA quick_check").fetchone()[0]
        finally:
            copy.close()
        if verdict != "ok":
            raise _damaged_backup(target, verdict)
        partial.replace(target)
    except (sqlite3.DatabaseError, OSError) as problem:
        if code_of(problem) in DAMAGED:
            raise _damaged_backup(target, str(problem)) from problem
        raise cannot_write(target, problem) from problem
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what SQLite says about the machine or the file into sentences for people.

    Raises:
        NotAStudy: the file is damaged or no database.
        EnvironmentProblem: the disk is full, or the file cannot be written.
        Stopped: whoever waits for it wants it no more.
    """
    try:
        yield
    except sqlite3.DatabaseError as problem:
        if is_damage(problem):
            raise damaged(path, getattr(problem, "sqlite_errorname", "")) from problem
        if code_of(problem) == sqlite3.SQLITE_INTERRUPT:
            raise Stopped from problem
        if code_of(problem) == sqlite3.SQLITE_FULL:
            raise EnvironmentProblem(
                "disk-full",
                "The disk with “{path}” is full.",
                "Make room and try again; everything that was there before is kept.",
                path=path,
            ) from problem
        if code_of(problem) in _IN_THE_WAY:
            raise cannot_write(path, problem) from problem
        raise
    except MemoryError as problem:  # what SQLCipher says when it has met a damaged page before
        if ring.study_key(path) is None:
            raise
        raise damaged(path, "") from problem


def cannot_write(path: Path, problem: Exception) -> EnvironmentProblem:
    """Return the sentence for a place that cannot be written."""
    reason = getattr(problem, "strerror", None) or problem
    return EnvironmentProblem(
        "cannot-write",
        "“{path}” cannot be written ({reason}).",
        "Check that the disk has space and that you may write there.",
        path=path,
        reason=reason,
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
            "There is no study at “{folder}”.",
            "Check the name and the place; a study is a folder whose name ends in {ending}.",
            folder=path.parent,
            ending=SUFFIX,
        )
    if path.stat().st_size == 0:
        raise NotAStudy(
            "study-empty",
            "The study file “{path}” is empty (0 bytes).",
            WAY_BACK,
            path=path,
        )


def version(db: Database) -> tuple[int, int]:
    """Return what is another whenever something was written since, by others or through this."""
    by_others = int(db.conn.execute("PRAGMA data_version").fetchone()[0])
    return by_others, db.conn.total_changes


def is_newer_minor(db: Database) -> bool:
    """Tell whether a newer program of the same major version has written the study."""
    return _version(db) > migrations.newest()


def _damaged_backup(target: Path, reason: str) -> EnvironmentProblem:
    return EnvironmentProblem(
        "backup-damaged",
        "The backup “{target}” would be damaged, since the study is ({reason}).",
        WAY_BACK,
        target=target,
        reason=reason,
    )


def _configure(db: Database, *, create: bool) -> None:
    # SQLite's own lower() knows ASCII only.
    db.conn.create_function("casefold", 1, str.casefold, deterministic=True)
    sums.teach(db)
    db.conn.execute("PRAGMA foreign_keys = ON")
    # What stands in the file is data: functions are not called from it, pages are looked at first.
    db.conn.execute("PRAGMA trusted_schema = OFF")
    db.conn.execute("PRAGMA cell_size_check = ON")
    db.conn.execute("PRAGMA secure_delete = ON")  # what was deleted is nowhere in the file
    db.conn.execute("PRAGMA mmap_size = 0")
    if hasattr(db.conn, "setconfig"):  # from Python 3.12 on
        db.conn.setconfig(getattr(sqlite3, "SQLITE_DBCONFIG_DEFENSIVE"), True)  # noqa: B009
    db.conn.execute("PRAGMA recursive_triggers = ON")
    db.conn.execute(f"PRAGMA busy_timeout = {_PATIENCE_MS}")
    if create:
        # Outside any transaction, so that the file itself tells whose it is from the start.
        db.conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def _touch(path: Path) -> None:
    """Give a new file its rights, for SQLite has its own; its logs take those of the file."""
    try:
        rights.claim(path)
    except OSError as problem:
        raise cannot_write(path, problem) from problem


def _version(db: Database) -> int:
    return int(db.conn.execute("PRAGMA user_version").fetchone()[0])


def _bring_up_to_date(db: Database, folder: Path, *, fresh: bool, read_only: bool) -> None:
    if fresh:
        blank.fill(db)
        return
    if _version(db) >= migrations.newest():
        return
    if read_only:
        raise UserError(
            "study-older",
            "The study “{study}” was written by an older version of Workbench.",
            "Open it once for writing; that updates it, after a backup. Where its folder cannot be"
            " written, open a copy of it in another place.",
            ways=(Way.COPY, Way.CHOOSE),
            study=folder.stem,
        )
    try:
        key_leaving.save(db, folder)
    except OSError as problem:
        raise cannot_write(folder, problem) from problem
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    target = folder / "backups" / f"before-update-{stamp}.sqlite"
    try:
        rights.folder(target.parent)
    except OSError as problem:
        raise cannot_write(target, problem) from problem
    backup(db, target)
    migrations.update(db)
