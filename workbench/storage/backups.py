"""The copies in a study's folder `backups`: what there is, and the way back to one of them."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from workbench.errors import UserError, WorkbenchError
from workbench.storage import database
from workbench.storage.links import refuse_links
from workbench.storage.lock import StudyLock

FOLDER = "backups"
_LOGS = ("-wal", "-shm", "-journal")  # what SQLite keeps beside a file, and would apply to it


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of the database of a study.

    Attributes:
        number: 1 is the newest; a new copy moves the numbers.
        at: when it was made, ISO 8601, UTC.
        size: bytes.
    """

    number: int
    file: Path
    at: str
    size: int


def listed(folder: Path) -> list[Backup]:
    """Return the backups of a study, the newest first."""
    files = ((path, path.stat()) for path in (folder / FOLDER).glob("*.sqlite"))
    newest = sorted(files, key=lambda item: (item[1].st_mtime_ns, item[0].name), reverse=True)
    return [
        Backup(number, path, _iso(stat.st_mtime), stat.st_size)
        for number, (path, stat) in enumerate(newest, start=1)
    ]


def free_name(folder: Path, name: str, suffix: str = ".sqlite") -> Path:
    """Return a path in `backups` that is not taken: two copies within a second stay two.

    Raises:
        EnvironmentProblem: the folder is not there and cannot be made.
    """
    folder = folder / FOLDER
    try:
        folder.mkdir(exist_ok=True)
    except OSError as problem:
        raise database.cannot_write(folder, problem) from problem
    plain = folder / f"{name}{suffix}"
    numbered = (folder / f"{name}-{number}{suffix}" for number in range(2, 1000))
    return next(path for path in (plain, *numbered) if not path.exists())


def restore(folder: Path, number: int, stamp: str) -> Path | None:
    """Put a backup in the place of the study's database; what is there now becomes a backup.

    Recordings are not part of a backup: `check` says when one is missing.

    Args:
        folder: the study's folder; nobody may have it open.
        number: of the backup, as in `listed`.
        stamp: for the name of the copy of what is there now.

    Returns:
        the copy of what was there; `None` when the database was missing.

    Raises:
        UserError: there is no such backup, it is damaged itself, or a link is in the folder.
        StudyLocked: a program has the study open.
        EnvironmentProblem: the folder cannot be written.
    """
    refuse_links(folder)
    chosen = _chosen(folder, number)
    lock = StudyLock(folder / "lock")
    try:
        lock.acquire()
        _require_whole(chosen)
        place = folder / database.FILE_NAME
        kept = _keep(folder, stamp)
        draft = place.with_name(f"{place.name}.restoring")
        shutil.copyfile(chosen.file, draft)
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        for ending in _LOGS:
            place.with_name(place.name + ending).unlink(missing_ok=True)
        draft.replace(place)
    except OSError as problem:
        raise database.cannot_write(folder, problem) from problem
    finally:
        lock.release()
    return kept


def _chosen(folder: Path, number: int) -> Backup:
    known = listed(folder)
    for one in known:
        if one.number == number:
            return one
    raise UserError(
        "backup-unknown",
        f"The study has no backup {number}.",
        f"Choose one from 1 to {len(known)}." if known else "It has no backups at all.",
    )


def _require_whole(chosen: Backup) -> None:
    """Refuse a copy that is damaged, of another program, or of a newer version.

    Raises:
        UserError: it is.
    """
    database.read_version(chosen.file)
    with database.told(chosen.file), closing(_look(chosen.file)) as copy:
        verdict = copy.execute("PRAGMA quick_check").fetchone()[0]
    if verdict != "ok":
        raise UserError(
            "backup-damaged",
            f"Backup {chosen.number} is damaged itself ({verdict}).",
            "Choose another one; the study was not touched.",
        )


def _keep(folder: Path, stamp: str) -> Path | None:
    """Copy what is there now into `backups`: whole if it can be read, else byte by byte.

    Returns:
        the copy; `None` when there is nothing.
    """
    place = folder / database.FILE_NAME
    if not place.exists():
        return None
    target = free_name(folder, f"before-restore-{stamp}")
    try:
        database.read_version(place)
        with closing(sqlite3.connect(place)) as present:
            database.backup_connection(present, target)
    except (sqlite3.DatabaseError, WorkbenchError):
        target = target.with_name(f"damaged-{stamp}.sqlite.kept")
        shutil.copyfile(place, target)
        for ending in _LOGS:
            beside = place.with_name(place.name + ending)
            if beside.exists():
                shutil.copyfile(beside, target.with_name(target.name + ending))
    return target


def _look(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
