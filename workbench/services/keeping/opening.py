"""Opens the folder of a study: the lock, the connection, the journal over it."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from datetime import datetime
from pathlib import Path

from workbench import rights
from workbench.errors import EnvironmentProblem, UserError, WorkbenchError
from workbench.services.desk import Desk
from workbench.services.files import intake
from workbench.services.keys.keys import Keys
from workbench.storage import (
    backups,
    conversion,
    database,
    leftovers,
    logs,
    mending,
    migrations,
)
from workbench.storage.head import read_version
from workbench.storage.journal import Journal
from workbench.storage.links import refuse_links
from workbench.storage.lock import StudyLock
from workbench.storage.logs import Found
from workbench.storage.tables import Tables
from workbench.vault import state
from workbench.words import said

_MOMENT_S = 0.05


def open_desk(
    folder: Path,
    *,
    coder: str,
    now: Callable[[], datetime],
    create: bool = False,
    read_only: bool = False,
) -> tuple[Desk, StudyLock | None]:
    """Open a study's folder, for writing where that is asked for and possible.

    Args:
        folder: the study's folder.
        coder: who works on it.
        now: clock.
        create: make the database.
        read_only: look only; possible while another program writes.

    Returns:
        what the managers work on, and the lock that is held as long as the study is open.

    Raises:
        StudyLocked: another program has it open for writing.
        UserError: not a study, damaged, of a newer version, or locked with a passphrase.
        EnvironmentProblem: it cannot be read or written.
    """
    database.require(folder, create=create)
    refuse_links(folder)
    conversion.settle_begun(folder)
    state.require_key(folder)
    lock = None if read_only else _taken(folder)
    with ExitStack() as on_failure:
        if lock:
            on_failure.callback(lock.release)
            conversion.settle(folder)
            state.require_key(folder)  # once more: it may just have been locked
        found = Found.NOTHING if create else _look(folder, again=read_only)
        alone = read_only and found is Found.STRANGER
        was = 0 if create else read_version(folder / database.FILE_NAME)
        notices = _about(found, folder, now, writes=not read_only)
        db = database.connect(folder, create=create, read_only=read_only, alone=alone)
        on_failure.callback(database.close, db)
        watched = not read_only and not database.is_newer_minor(db)
        journal = Journal(db, now) if watched else None
        if journal:
            on_failure.callback(journal.place.leave)
        if lock:
            for name in database.FOLDERS:  # programs that copy leave out empty ones
                with suppress(OSError):  # whoever needs it says so
                    rights.folder(folder / name)
        tables = Tables(db, folder)
        desk = Desk(db, folder, tables, journal, coder, now, notices=notices, alone=alone)
        if lock:
            _tidy(desk)
        _look_for_key(desk, was)
        on_failure.pop_all()
    if lock and not watched:
        lock.release()
    return desk, lock


def _taken(folder: Path) -> StudyLock:
    lock = StudyLock(folder / "lock")
    try:
        lock.acquire()
    except OSError as problem:
        raise database.cannot_write(folder, problem) from problem
    return lock


def _look_for_key(desk: Desk, was: int) -> None:
    """Say what people should know of the key with the real names.

    Args:
        desk: the study.
        was: the version in which it was found; 0 = it is made just now.
    """
    if was:
        keys = Keys(desk)
        keys.mark()
        moved = was < migrations.version(migrations.NAMELESS)
        desk.notices = (*desk.notices, *keys.notices(moved=moved))


def _tidy(desk: Desk) -> None:
    """Delete what a sudden end left: half-written files, and copies whose row was never written.

    Where the study is damaged nobody can tell, and nothing goes.
    """
    if settling := leftovers.settling(desk.media):
        try:
            with database.told(desk.folder / database.FILE_NAME):
                nobodys = {path.name for path in mending.spare(desk.db, desk.media)}
        except WorkbenchError:
            return
        intake.remove(desk.media, nobodys.intersection(settling))
    leftovers.sweep(desk.folder)


def unlock(folder: Path) -> None:
    """Take away the lock of another computer: somebody has decided that it has it open no more.

    Raises:
        StudyLocked: a program on this computer has it open.
        EnvironmentProblem: the folder cannot be written.
    """
    database.require(folder)
    refuse_links(folder)
    try:
        StudyLock(folder / "lock").take_over()
    except OSError as problem:
        raise database.cannot_write(folder, problem) from problem


def folder_of(path: Path) -> Path:
    """Return the folder of a study that somebody named, by it, its file, or without “.study”."""
    folder = path.absolute()
    folder = folder.parent if folder.name == database.FILE_NAME else folder
    if folder.name and not folder.exists() and with_suffix(folder).exists():
        return with_suffix(folder)
    return folder


def require_folder(path: Path) -> Path:
    """Return the folder of a study, which may be damaged.

    Raises:
        NotAStudy: there is neither a study nor a copy of one.
    """
    folder = path.parent if path.name == database.FILE_NAME else path
    if not folder.is_dir():
        folder = with_suffix(folder)
    if not (folder / "backups").is_dir():
        database.require(folder)
    return folder


def _look(folder: Path, *, again: bool) -> Found:
    """Tell what lies beside the file; what only seems wrong while it is closed is looked at again.

    Where nothing is wrong, nobody waits.
    """
    file = folder / database.FILE_NAME
    read_version(file)  # what is not ours is not looked into
    found = logs.look(file)
    if again and found in {Found.STRANGER, Found.MISSING}:
        time.sleep(_MOMENT_S)
        found = logs.look(file)
    return found


def _about(
    found: Found, folder: Path, now: Callable[[], datetime], *, writes: bool
) -> tuple[EnvironmentProblem, ...]:
    """Set a stranger's log aside where that is allowed, and say what was found."""
    if found is Found.MISSING:
        return (
            EnvironmentProblem(
                "log-missing",
                "“{study}” was copied while it was open, without its log “{file}-wal”; what"
                " was done last may be missing.",
                "Close the study where it is whole and copy its folder again, or look through"
                " what was done last.",
                study=folder.stem,
                file=database.FILE_NAME,
            ),
        )
    if found is not Found.STRANGER:
        return ()
    what = said(
        "Beside “{study}” lay a log that is not its own, as when a study is copied over an older"
        " copy of itself, or is synchronised while it is open.",
        study=folder.stem,
    )
    if not writes:
        return (EnvironmentProblem("log-strange", what, "It was left out."),)
    place = backups.set_log_aside(folder, now())
    return (
        EnvironmentProblem(
            "log-strange",
            what,
            "It was set aside, unused: “{place}”. Nothing was deleted.",
            place=place,
        ),
    )


def with_suffix(folder: Path) -> Path:
    """Return the folder with “.study” at its end.

    Raises:
        UserError: it has no name, as the root of a disk.
    """
    if not folder.name:
        raise UserError(
            "study-name",
            "“{folder}” cannot be a study.",
            "Give the study a folder with a name.",
            folder=folder,
        )
    return (
        folder
        if folder.suffix == database.SUFFIX
        else folder.with_name(folder.name + database.SUFFIX)
    )
