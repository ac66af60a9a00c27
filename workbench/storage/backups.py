"""The copies in a study's folder `backups`: what there is, and the way back to one of them."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from sqlite_utils import Database

from workbench import rights, underway
from workbench.domain import rolling
from workbench.errors import UserError, WorkbenchError
from workbench.storage import database, driver, history, logs, ours
from workbench.storage.carrying import Carried, carry
from workbench.storage.head import read_version
from workbench.storage.links import refuse_links
from workbench.storage.lock import StudyLock
from workbench.storage.logs import Found
from workbench.storage.rollback import ALONE
from workbench.vault import state

FOLDER = "backups"
_LOGS = ("-wal", "-shm", "-journal")  # what SQLite keeps beside a file, and would apply to it
_NAME = re.compile(r"(?:(?P<reason>[a-z-]+)-)?(?P<stamp>\d{8}-\d{6})(?:-\d+)?")
_STAMP = "%Y%m%d-%H%M%S"
_HOLDS = {
    "sessions": "session WHERE deleted_at IS NULL",
    "sources": "source WHERE deleted_at IS NULL",
    "codes": "code WHERE deleted_at IS NULL",
    "observations": "observation WHERE deleted_at IS NULL",
    "insights": "insight WHERE deleted_at IS NULL",
}


class _Foreign(sqlite3.DatabaseError):
    """A copy holds what this program never made and what could run; nothing of it was read."""


class Reason(StrEnum):
    """Why a copy was made; its file's name begins with it."""

    BY_HAND = ""
    ROUTINE = "hourly"
    IMPORT = "before-import"
    MERGE = "before-merge"
    REMOVAL = "before-removal"
    REWIND = "before-rewind"
    UPDATE = "before-update"
    RESTORE = "before-restore"

    def file_name(self, now: datetime) -> str:
        """Return the name of a copy, without its ending."""
        stamp = f"{now.astimezone(UTC):{_STAMP}}"
        return f"{self}-{stamp}" if self else stamp


# After these, the study has left out what it was: no later copy knows it, and no undo brings it.
_ALONE = (Reason.RESTORE, Reason.UPDATE, Reason.REWIND)


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of the database of a study.

    Attributes:
        number: 1 is the newest; a new copy moves the numbers.
        at: when it was made, ISO 8601, UTC.
        size: bytes.
        reason: `None` for a file that somebody else put there.
    """

    number: int
    file: Path
    at: str
    size: int
    reason: Reason | None


def listed(folder: Path) -> list[Backup]:
    """Return the backups of a study, the newest first."""
    found = []
    for path in (folder / FOLDER).glob("*.sqlite"):
        with suppress(FileNotFoundError):  # old ones go meanwhile, in another thread
            found.append((path, path.stat()))
    told = [(path, stat, *_named(path, stat.st_mtime)) for path, stat in found]
    newest = sorted(told, key=lambda one: (one[2], one[1].st_mtime_ns, one[0].name), reverse=True)
    return [
        Backup(number, path, at.isoformat(timespec="seconds"), stat.st_size, reason)
        for number, (path, stat, at, reason) in enumerate(newest, start=1)
    ]


def _named(path: Path, changed: float) -> tuple[datetime, Reason | None]:
    """Return when and why a copy was made, as its name says: times of files change in copying."""
    named = _NAME.fullmatch(path.stem)
    try:
        if named:
            at = datetime.strptime(named["stamp"], _STAMP).replace(tzinfo=UTC)
            return at, Reason(named["reason"] or "")
    except ValueError:  # a name of somebody else
        pass
    return datetime.fromtimestamp(changed, UTC), None


def holds(file: Path) -> dict[str, int]:
    """Return what a copy holds, how much of each; empty where it is damaged."""
    try:
        with closing(_look(file)) as copy:
            return {
                what: copy.execute(f"SELECT count(*) FROM {where}").fetchone()[0]
                for what, where in _HOLDS.items()
            }
    except sqlite3.DatabaseError:
        return {}


def media_known(folder: Path) -> set[str] | None:
    """Return the media files that any of the copies knows; `None` where one cannot be read."""
    if any((folder / FOLDER).glob("*.kept")):
        return None
    found: set[str] = set()
    try:
        for path in (folder / FOLDER).glob("*.sqlite"):
            with closing(_look(path)) as copy:
                found |= history.media_files(copy)
    except sqlite3.DatabaseError:
        return None
    return found


def thin(folder: Path, now: datetime) -> None:
    """Delete the copies that the program made and that need not be kept any more."""
    ours = {
        one.file.name: rolling.Copy(
            one.file.name, datetime.fromisoformat(one.at), one.size, one.reason in _ALONE
        )
        for one in listed(folder)
        if one.reason  # not those made by hand
    }
    for copy in rolling.superfluous(list(ours.values()), now):
        with suppress(OSError):  # tried again with the next copy
            (folder / FOLDER / copy.name).unlink()


def free_name(folder: Path, name: str, suffix: str = ".sqlite") -> Path:
    """Return a path in `backups` that is not taken: two copies within a second stay two.

    Raises:
        EnvironmentProblem: the folder is not there and cannot be made.
    """
    folder = folder / FOLDER
    try:
        rights.folder(folder)
    except OSError as problem:
        raise database.cannot_write(folder, problem) from problem
    plain = folder / f"{name}{suffix}"
    numbered = (folder / f"{name}-{number}{suffix}" for number in range(2, 1000))
    return next(path for path in (plain, *numbered) if not path.exists())


def set_log_aside(folder: Path, now: datetime) -> Path:
    """Move a stranger's log beside a study into its `backups`, and return where it is now.

    Raises:
        EnvironmentProblem: the folder cannot be written.
    """
    name = f"strange-log-{now:{_STAMP}}"
    place = free_name(folder, name, ".sqlite-wal").with_suffix("")
    try:
        return logs.set_aside(folder / database.FILE_NAME, place)
    except OSError as problem:
        raise database.cannot_write(folder, problem) from problem


def numbered(folder: Path, number: int) -> Backup:
    """Return a backup by the number it has now.

    Raises:
        UserError: there is none, or a link is in the folder.
    """
    refuse_links(folder)
    known = listed(folder)
    for one in known:
        if one.number == number:
            return one
    raise UserError(
        "backup-unknown",
        "The study has no backup {number}.",
        "Choose one from 1 to {last}." if known else "It has no backups at all.",
        number=number,
        last=len(known),
    )


@dataclass(frozen=True, slots=True)
class Restored:
    """What a study was put back from.

    Attributes:
        kept: the copy of what was there; `None` when the database was missing.
        carried: what became of what people have said.
    """

    kept: Path | None
    carried: Carried


def restore(folder: Path, chosen: Backup, now: datetime) -> Restored:
    """Put a backup in the place of the study's database; what is there now becomes a backup.

    Recordings are not part of a backup: `check` says when one is missing. What people have said to
    being quoted and all else does not go back.

    Args:
        folder: the study's folder; nobody may have it open.
        chosen: one of `listed`; its file counts, for numbers move with every new copy.
        now: for the name of the copy of what is there now.

    Raises:
        UserError: the backup is damaged itself, or a link is in the folder.
        StudyLocked: a program has the study open.
        EnvironmentProblem: the folder cannot be written, or the key not be read that real names
            of an older backup shall join.
    """
    refuse_links(folder)
    state.require_key(folder)
    lock = StudyLock(folder / "lock")
    try:
        lock.acquire()
        _require_whole(chosen)
        place = folder / database.FILE_NAME
        kept = _keep(folder, now)
        draft = place.with_name(f"{place.name}.restoring")
        rights.claim(draft)
        shutil.copyfile(chosen.file, draft)
        is_whole = kept is not None and kept.suffix == ".sqlite"
        try:
            carried = carry(kept if is_whole else None, draft, folder)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        for ending in _LOGS:
            place.with_name(place.name + ending).unlink(missing_ok=True)
        draft.replace(place)
    except OSError as problem:
        raise database.cannot_write(folder, problem) from problem
    finally:
        lock.release()
    return Restored(kept, carried)


def _require_whole(chosen: Backup) -> None:
    """Refuse a copy that is damaged, of another program, or of a newer version.

    Raises:
        UserError: it is.
    """
    read_version(chosen.file)
    try:
        with database.told(chosen.file), closing(_look(chosen.file)) as copy:
            verdict = copy.execute("PRAGMA quick_check").fetchone()[0]
    except _Foreign:
        raise UserError(
            "backup-foreign",
            "Backup {number} holds what Workbench never made; it could run on this computer.",
            "Choose another one; the study was not touched.",
            number=chosen.number,
        ) from None
    if verdict != "ok":
        raise UserError(
            "backup-damaged",
            "Backup {number} is damaged itself ({verdict}).",
            "Choose another one; the study was not touched.",
            number=chosen.number,
            verdict=verdict,
        )


def _keep(folder: Path, now: datetime) -> Path | None:
    """Copy what is there now into `backups`: whole if it can be read, else byte by byte.

    Returns:
        the copy; `None` when there is nothing.
    """
    place = folder / database.FILE_NAME
    if not place.exists():
        return None
    target = free_name(folder, Reason.RESTORE.file_name(now))
    try:
        read_version(place)
        if logs.look(place) is Found.STRANGER:  # applied, it would spoil what is kept
            set_log_aside(folder, now)
        with closing(driver.connect(place)) as present:
            database.backup_connection(present, target)
    except (sqlite3.DatabaseError, WorkbenchError):
        return _keep_as_it_is(place, target.with_name(f"damaged-{now:{_STAMP}}.sqlite.kept"))
    return target


def _keep_as_it_is(place: Path, target: Path) -> Path:
    """Copy a database with its logs byte by byte; nothing is left where that fails."""
    with ExitStack() as on_failure:
        for ending in ("", *_LOGS):
            beside, copy = (path.with_name(path.name + ending) for path in (place, target))
            if beside.exists():
                on_failure.callback(copy.unlink, missing_ok=True)
                with underway.renewed(copy) as draft:
                    rights.claim(draft)
                    shutil.copyfile(beside, draft)
        on_failure.pop_all()
    return target


def _require_ours(copy: sqlite3.Connection) -> None:
    if ours.foreign(Database(copy, execute_plugins=False)):
        raise _Foreign


def _look(path: Path) -> sqlite3.Connection:
    copy = driver.connect(path, ALONE)
    try:
        _require_ours(copy)
    except BaseException:
        copy.close()
        raise
    return copy
